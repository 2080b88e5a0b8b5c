import type { LedgerDatabase } from "./database.ts";
import { minorFromBigInt } from "./minor.ts";

/** A shift that was closed. What it came to stands in the entry `closedSeq`, its Z report. */
export interface ClosedShift {
  /** The number of its Z report, 0 in a copy of a ledger of before they had any. */
  zNumber: number;
  shift: string;
  openedSeq: number;
  openedAt: string;
  /** Who opened it; nobody at a kiosk. */
  person?: string;
  floatMinor: number;
  closedSeq: number;
  closedAt: string;
}

/** What sales and refunds come to. Refunds are positive in their own amount; training is in neither. */
export interface SettledSums {
  sales: number;
  salesMinor: number;
  refunds: number;
  refundsMinor: number;
}

/** Shifts that were closed, and where the till's totals of all time are told. */
export interface ShiftReads {
  /** The newest first, at most `limit`, those closed before an entry where it is given. */
  closedShifts(limit: number, beforeSeq?: number): ClosedShift[];
  closedShift(shift: string): ClosedShift | undefined;
  /** The shift of a Z report. */
  closedShiftByNumber(zNumber: number): ClosedShift | undefined;
  /** The entries by which the till was enrolled, the newest first. */
  enrolmentSeqs(): number[];
  /** What was settled after an entry up to another, by the table of sales. */
  settledBetween(afterSeq: number, upToSeq: number): SettledSums;
}

interface ShiftRow {
  shift: string;
  opened_seq: bigint;
  opened_at: string;
  person: string | null;
  float_minor: bigint;
  closed_seq: bigint;
  closed_at: string;
  /** Not there in a copy of an older ledger. */
  z_number?: bigint | null;
}

interface SumRow {
  sales: bigint;
  sales_minor: bigint;
  refunds: bigint;
  refunds_minor: bigint;
}

/** Reads of an open database. */
export function createShiftReads(database: LedgerDatabase): ShiftReads {
  // Prepared when they are first asked for: a copy of an older ledger, which a tool reads, lacks some of the columns.
  const select = <Parameters extends unknown[]>(rest: string) => {
    let statement: ReturnType<typeof prepare> | undefined;
    const prepare = () => database.prepare<Parameters, ShiftRow>(`SELECT * FROM shifts ${rest}`).safeIntegers(true);
    return (...given: Parameters) => (statement ??= prepare()).all(...given).map(toClosedShift);
  };
  const before = select<[number, number]>("WHERE closed_seq < ? ORDER BY closed_seq DESC LIMIT ?");
  const byId = select<[string]>("WHERE shift = ? AND closed_seq IS NOT NULL");
  const byNumber = select<[number]>("WHERE z_number = ? ORDER BY closed_seq DESC LIMIT 1");
  const enrolments = database.prepare<[], number>("SELECT seq FROM enrolments ORDER BY seq DESC").pluck();
  const sums = () =>
    database
      .prepare<[number, number], SumRow>(
        `SELECT count(*) FILTER (WHERE kind = 'sale') AS sales,
           coalesce(sum(total_minor) FILTER (WHERE kind = 'sale'), 0) AS sales_minor,
           count(*) FILTER (WHERE kind = 'refund') AS refunds,
           coalesce(-sum(total_minor) FILTER (WHERE kind = 'refund'), 0) AS refunds_minor
         FROM sales WHERE seq > ? AND seq <= ? AND training = 0`,
      )
      .safeIntegers(true);
  return {
    closedShifts: (limit, beforeSeq = Number.MAX_SAFE_INTEGER) => before(beforeSeq, limit),
    closedShift: (shift) => byId(shift)[0],
    closedShiftByNumber: (zNumber) => byNumber(zNumber)[0],
    enrolmentSeqs: () => enrolments.all(),
    settledBetween: (afterSeq, upToSeq) => toSums(sums().all(afterSeq, upToSeq)[0]),
  };
}

function toClosedShift(row: ShiftRow): ClosedShift {
  return {
    zNumber: Number(row.z_number ?? 0),
    shift: row.shift,
    openedSeq: Number(row.opened_seq),
    openedAt: row.opened_at,
    ...(row.person === null ? {} : { person: row.person }),
    floatMinor: minorFromBigInt(row.float_minor),
    closedSeq: Number(row.closed_seq),
    closedAt: row.closed_at,
  };
}

function toSums(row: SumRow | undefined): SettledSums {
  return {
    sales: Number(row?.sales ?? 0n),
    salesMinor: minorFromBigInt(row?.sales_minor ?? 0n),
    refunds: Number(row?.refunds ?? 0n),
    refundsMinor: minorFromBigInt(row?.refunds_minor ?? 0n),
  };
}
