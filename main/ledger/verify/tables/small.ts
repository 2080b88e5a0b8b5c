import type { Cell, LedgerFile } from "../ledger-file.ts";
import type { Report } from "../reasons.ts";
import type { WalkedEntry } from "../walk.ts";
import { type Column, isSameRow, presentColumns, reportOnce, type TableCheck } from "./table-check.ts";

/** What a table should hold, by the text of its key. `seq` is the entry that a difference is told of. */
interface Expected {
  seq: number;
  row: readonly Cell[];
  /** A newer version had a hand in it: the row may be there or not, and say what it says. */
  isLoose?: boolean;
}

/** Holds all rows of a table that stays small against what they should be. */
function compare(
  file: LedgerFile,
  query: string,
  keyColumns: number,
  expected: ReadonlyMap<string, Expected>,
  differs: (seq: number) => void,
  lastSeq: number,
): void {
  const left = new Map(expected);
  for (const rows = file.cursor(query); rows.row !== undefined; rows.advance()) {
    const key = rows.row.slice(0, keyColumns).join(" ");
    const should = left.get(key);
    left.delete(key);
    if (should === undefined) differs(lastSeq);
    else if (should.isLoose !== true && !isSameRow(rows.row, should.row)) differs(should.seq);
  }
  for (const { seq, isLoose } of left.values()) if (isLoose !== true) differs(seq);
}

/** What stands in each account. Legs of an entry that a newer version wrote may be in it or not, as long as all agree. */
export function createBalancesCheck(file: LedgerFile, report: Report): TableCheck {
  const sums = new Map<string, bigint>();
  const withStrange = new Map<string, bigint>();
  return {
    next({ legs, isStrange }) {
      for (const { account, currency, amountMinor } of legs) {
        const key = `${account} ${currency}`;
        if (!isStrange) sums.set(key, (sums.get(key) ?? 0n) + BigInt(amountMinor));
        else withStrange.set(key, (withStrange.get(key) ?? 0n) + BigInt(amountMinor));
      }
    },
    finish(lastSeq) {
      const differs = reportOnce("balances", report);
      const left = new Map(sums);
      const rows = file.cursor("SELECT account, currency, amount_minor FROM balances", true);
      for (; rows.row !== undefined; rows.advance()) {
        const [account, currency, amountMinor] = rows.row;
        const key = `${String(account)} ${String(currency)}`;
        const sum = left.get(key) ?? 0n;
        const strange = withStrange.get(key);
        const isKnown = left.delete(key) || strange !== undefined;
        if (!isKnown || (amountMinor !== sum && amountMinor !== sum + (strange ?? 0n))) differs(lastSeq);
      }
      if (left.size > 0) differs(lastSeq);
    },
  };
}

interface ShiftRow {
  shift: string;
  drawer: string;
  openedSeq: number;
  openedAt: string;
  person: string | null;
  floatMinor: number;
  currency: string;
  closedSeq: number | null;
  closedAt: string | null;
  zNumber: number | null;
}

const shiftColumns: readonly Column<ShiftRow>[] = [
  { name: "shift", of: (row) => row.shift },
  { name: "drawer", of: (row) => row.drawer },
  { name: "opened_seq", of: (row) => row.openedSeq },
  { name: "opened_at", of: (row) => row.openedAt },
  { name: "person", of: (row) => row.person },
  { name: "float_minor", of: (row) => row.floatMinor },
  { name: "currency", of: (row) => row.currency },
  { name: "closed_seq", of: (row) => row.closedSeq },
  { name: "closed_at", of: (row) => row.closedAt },
  { name: "z_number", of: (row) => row.zNumber },
];

/** Shifts, of which there are a few a day. */
export function createShiftsCheck(file: LedgerFile, report: Report): TableCheck {
  const shifts = new Map<string, ShiftRow>();
  const loose = new Set<string>();
  let lastNumber = 0;

  function open({ seq, known, fields }: WalkedEntry): void {
    if (known?.type !== "shift.opened" || shifts.has(known.body.shift)) return;
    const { shift, drawer, floatMinor, currency } = known.body;
    shifts.set(shift, {
      shift,
      drawer,
      openedSeq: seq,
      openedAt: fields["time"] as string,
      person: (fields["person"] as string | undefined) ?? null,
      floatMinor,
      currency,
      closedSeq: null,
      closedAt: null,
      zNumber: null,
    });
  }

  function close({ seq, known, fields }: WalkedEntry): void {
    if (known?.type !== "shift.closed") return;
    const row = shifts.get(known.body.shift);
    if (row === undefined || row.closedSeq !== null) return;
    row.closedSeq = seq;
    row.closedAt = fields["time"] as string;
    // Reports of older versions have no number of their own: theirs is the next one.
    row.zNumber = known.body.perpetual?.zNumber ?? lastNumber + 1;
    lastNumber = Math.max(lastNumber, row.zNumber);
  }

  return {
    next(entry) {
      open(entry);
      close(entry);
      const { known, type, body } = entry;
      if (known === undefined && type.startsWith("shift.") && typeof body["shift"] === "string")
        loose.add(body["shift"]);
    },
    finish(lastSeq) {
      const columns = presentColumns(shiftColumns, file.columns("shifts"));
      const expected = new Map<string, Expected>();
      for (const shift of loose) expected.set(shift, { seq: lastSeq, row: [], isLoose: true });
      for (const [shift, row] of shifts) {
        // A number that a newer version gave in between moves all that come after it.
        const isLoose = loose.has(shift) || (loose.size > 0 && row.zNumber !== null);
        expected.set(shift, { seq: row.openedSeq, row: columns.map((column) => column.of(row)), isLoose });
      }
      const query = `SELECT ${columns.map(({ name }) => name).join(", ")} FROM shifts`;
      compare(file, query, 1, expected, reportOnce("shifts", report), lastSeq);
    },
  };
}

interface EnrolmentRow {
  seq: number;
  tillId: string;
  tillNumber: number;
  storeId: string;
  platformRoot: string;
  requestKeyId: string;
  endedSeq: number | null;
}

const enrolmentColumns: readonly Column<EnrolmentRow>[] = [
  { name: "seq", of: (row) => row.seq },
  { name: "till_id", of: (row) => row.tillId },
  { name: "till_number", of: (row) => row.tillNumber },
  { name: "store_id", of: (row) => row.storeId },
  { name: "platform_root", of: (row) => row.platformRoot },
  { name: "request_key_id", of: (row) => row.requestKeyId },
  { name: "ended_seq", of: (row) => row.endedSeq },
];

/** The shops that the till was enrolled in, which are few. */
export function createEnrolmentsCheck(file: LedgerFile, report: Report): TableCheck {
  const rows: EnrolmentRow[] = [];
  const strange: number[] = [];
  let firstOpen = 0;
  return {
    next({ seq, type, known }) {
      if (known?.type === "till.enrolled") {
        const { tillId, tillNumber, storeId, platformRoot, requestKeyId } = known.body;
        rows.push({ seq, tillId, tillNumber, storeId, platformRoot, requestKeyId, endedSeq: null });
      } else if (known?.type === "till.signed-out") {
        for (; firstOpen < rows.length; firstOpen += 1) {
          const row = rows[firstOpen];
          if (row !== undefined) row.endedSeq = seq;
        }
      } else if (known === undefined && type.startsWith("till.")) strange.push(seq);
    },
    finish(lastSeq) {
      const columns = presentColumns(enrolmentColumns, file.columns("enrolments"));
      const expected = new Map<string, Expected>();
      for (const seq of strange) expected.set(String(seq), { seq, row: [], isLoose: true });
      for (const row of rows) {
        const { seq } = row;
        // What a newer version wrote about enrolments may have ended this one.
        expected.set(String(seq), { seq, row: columns.map((column) => column.of(row)), isLoose: strange.length > 0 });
      }
      const query = `SELECT ${columns.map(({ name }) => name).join(", ")} FROM enrolments`;
      compare(file, query, 1, expected, reportOnce("enrolments", report), lastSeq);
    },
  };
}

/** Where each business day begins. A version that could not read a day's first entry may have counted from the next one. */
export function createBusinessDaysCheck(file: LedgerFile, report: Report): TableCheck {
  const firsts = new Map<string, { any: number; known?: number }>();
  return {
    next({ seq, fields, isStrange }) {
      const day = fields["businessDay"];
      if (typeof day !== "string") return;
      const first = firsts.get(day) ?? { any: seq };
      if (!isStrange) first.known ??= seq;
      firsts.set(day, first);
    },
    finish(lastSeq) {
      const differs = reportOnce("business_days", report);
      const rows = file.cursor("SELECT business_day, first_seq FROM business_days");
      for (; rows.row !== undefined; rows.advance()) {
        const [day, seq] = rows.row;
        const first = firsts.get(String(day));
        firsts.delete(String(day));
        if (first === undefined) differs(lastSeq);
        else if (seq !== first.any && seq !== first.known) differs(first.any);
      }
      for (const first of firsts.values()) if (first.known !== undefined) differs(first.any);
    },
  };
}
