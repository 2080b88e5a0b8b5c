import type { LedgerDatabase } from "./database.ts";
import { minorFromBigInt } from "./minor.ts";

/** What an account holds. Positive is a debit. */
export interface Balance {
  account: string;
  currency: string;
  amountMinor: number;
}

/** A shift that is open. */
export interface OpenShift {
  shift: string;
  drawer: string;
  openedSeq: number;
  openedAt: string;
  person?: string;
  floatMinor: number;
  currency: string;
}

/** Which till of which platform this is, as the newest `till.enrolled` says. */
export interface Enrolment {
  tillId: string;
  tillNumber: number;
  storeId: string;
  platformRoot: string;
  requestKeyId: string;
}

/** Something that happened to the ledger itself. */
export interface Incident {
  seq: number;
  at: string;
  code: string;
  detail: string;
}

/** Accounts, the open shift, the enrolment and the incidents. */
export interface TillReads {
  /** Every account that was ever posted to, by name and currency. */
  balances(): Balance[];
  openShift(): OpenShift | undefined;
  /** The enrolment that holds; none after the till has left its shop. */
  enrolment(): Enrolment | undefined;
  /** The newest enrolment, also one that the till has left: its last entries are still sent in its name. */
  lastEnrolment(): Enrolment | undefined;
  /** The newest incidents, the newest first. */
  incidents(limit: number): Incident[];
}

interface ShiftRow {
  shift: string;
  drawer: string;
  opened_seq: bigint;
  opened_at: string;
  person: string | null;
  float_minor: bigint;
  currency: string;
}

interface EnrolmentRow {
  till_id: string;
  till_number: number;
  store_id: string;
  platform_root: string;
  request_key_id: string;
  /** Not there in a copy of an older ledger. */
  ended_seq?: number | null;
}

/** Reads of an open database. */
export function createTillReads(database: LedgerDatabase): TillReads {
  const balances = database
    .prepare<[], { account: string; currency: string; amount_minor: bigint }>(
      "SELECT * FROM balances ORDER BY account, currency",
    )
    .safeIntegers(true);
  const openShift = database
    .prepare<[], ShiftRow>("SELECT * FROM shifts WHERE closed_seq IS NULL ORDER BY opened_seq DESC LIMIT 1")
    .safeIntegers(true);
  const lastEnrolment = database.prepare<[], EnrolmentRow>("SELECT * FROM enrolments ORDER BY seq DESC LIMIT 1");
  // Prepared when it is first asked for: a copy of an older ledger, which a tool reads, has no such table.
  let incidents: ReturnType<typeof prepareIncidents> | undefined;
  return {
    incidents: (limit) => (incidents ??= prepareIncidents(database)).all(limit),
    balances: () =>
      balances.all().map(({ account, currency, amount_minor }) => {
        return { account, currency, amountMinor: minorFromBigInt(amount_minor) };
      }),
    openShift: () => openShift.all().map(toOpenShift)[0],
    enrolment: () => lastEnrolment.all().filter(isHolding).map(toEnrolment)[0],
    lastEnrolment: () => lastEnrolment.all().map(toEnrolment)[0],
  };
}

function prepareIncidents(database: LedgerDatabase) {
  return database.prepare<[number], Incident>("SELECT seq, at, code, detail FROM incidents ORDER BY seq DESC LIMIT ?");
}

function toOpenShift(row: ShiftRow): OpenShift {
  return {
    shift: row.shift,
    drawer: row.drawer,
    openedSeq: Number(row.opened_seq),
    openedAt: row.opened_at,
    ...(row.person === null ? {} : { person: row.person }),
    floatMinor: minorFromBigInt(row.float_minor),
    currency: row.currency,
  };
}

function isHolding({ ended_seq }: EnrolmentRow): boolean {
  return ended_seq === undefined || ended_seq === null;
}

function toEnrolment(row: EnrolmentRow): Enrolment {
  return {
    tillId: row.till_id,
    tillNumber: row.till_number,
    storeId: row.store_id,
    platformRoot: row.platform_root,
    requestKeyId: row.request_key_id,
  };
}
