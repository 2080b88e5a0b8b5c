import { hash as hashOf } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Broken } from "./reasons.ts";

/** A mark as it stands beside the database. */
export interface FoundMark {
  ledger: string;
  seq: number;
  hash: string;
  receiptCode: string;
}

/** The marks in a folder that can be read; a slot that is not there, or that a power cut has torn, is passed over. */
export function readMarks(folder: string): FoundMark[] {
  return ["mark-a", "mark-b"].map((name) => readMark(join(folder, name))).filter((mark) => mark !== undefined);
}

function readMark(file: string): FoundMark | undefined {
  let value: unknown;
  try {
    const [, checksum, text] = /^([0-9a-f]{64}) (\[.*\])\s*$/.exec(readFileSync(file, "utf8")) ?? [];
    if (text === undefined || hashOf("sha256", text, "hex") !== checksum) return undefined;
    value = JSON.parse(text);
  } catch {
    // Not there, not to be read, or no JSON: nothing is known from it. Whether that is an incident says the till.
    return undefined;
  }
  const [ledger, seq, hash, , receiptCode] = value as unknown[];
  if (typeof ledger !== "string" || typeof hash !== "string" || typeof receiptCode !== "string") return undefined;
  return Number.isSafeInteger(seq) ? { ledger, seq: seq as number, hash, receiptCode } : undefined;
}

/**
 * How a mark stands to the journal: `followed` is one of an older ledger, of which this one says how it ended and that no
 * later place was known.
 */
export interface MarkResult {
  ledger: string;
  seq: number;
  hash: string;
  state: "agrees" | "ahead" | "differs" | "followed";
}

/**
 * Holds the marks against a journal and against what is said there of older ledgers.
 * @param followed The older ledgers that are named, with the newest place in each.
 */
export function holdMarks(
  marks: readonly FoundMark[],
  journal: { ledger: string | null; hashes: ReadonlyMap<number, string> },
  followed: readonly { ledger: string; seq: number; hash: string }[],
): { results: MarkResult[]; broken?: Broken } {
  const results = marks.map(({ ledger, seq, hash }): MarkResult => {
    const mark = { ledger, seq, hash };
    const older = followed.find((named) => named.ledger === ledger);
    if (ledger === journal.ledger) {
      const found = journal.hashes.get(seq);
      if (found === undefined) return { ...mark, state: seq === 0 ? "agrees" : "ahead" };
      return { ...mark, state: found === hash ? "agrees" : "differs" };
    }
    if (older === undefined || seq > older.seq) return { ...mark, state: "ahead" };
    return { ...mark, state: seq === older.seq && hash !== older.hash ? "differs" : "followed" };
  });
  const index = results.findIndex(({ state }) => state === "ahead" || state === "differs");
  const mark = marks[index];
  if (mark === undefined) return { results };
  const reason = results[index]?.state === "ahead" ? "behind-mark" : "mark-differs";
  return { results, broken: { seq: mark.seq, reason, params: { receipt: mark.receiptCode } } };
}
