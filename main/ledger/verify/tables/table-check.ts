import type { Cell } from "../ledger-file.ts";
import type { Report } from "../reasons.ts";
import type { WalkedEntry } from "../walk.ts";

/** A table that is made from the journal, held against what the entries make of it. */
export interface TableCheck {
  next(entry: WalkedEntry): void;
  /** After the last entry. */
  finish(lastSeq: number): void;
}

/** A column with what an entry, or what was gathered of several, puts into it. */
export interface Column<Of> {
  name: string;
  of(from: Of): Cell;
}

/**
 * The columns of a table that its file has. Those that came with a later version may be missing in an older copy; the
 * migration fills them.
 */
export function presentColumns<Of>(columns: readonly Column<Of>[], present: readonly string[]): Column<Of>[] {
  return columns.filter(({ name }) => present.includes(name));
}

/** Says of a table once that it differs: the first difference is enough, because a rebuild makes the whole table again. */
export function reportOnce(table: string, report: Report): (seq: number) => void {
  let isTold = false;
  return (seq) => {
    if (!isTold) report({ seq, reason: "projection-differs", params: { table } });
    isTold = true;
  };
}

/** Whether a row says what it should. */
export function isSameRow(row: readonly Cell[], expected: readonly Cell[]): boolean {
  return row.length === expected.length && row.every((cell, index) => cell === expected[index]);
}
