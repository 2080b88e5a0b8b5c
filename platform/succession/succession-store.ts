import type { Head } from "../../sync/protocol/entry.ts";
import type { Perpetual, SuccessionReason } from "../../sync/protocol/entry-types.ts";
import type { Queryable } from "../database/database.ts";
import { readPerpetual, writePerpetual } from "../projection/ledger-totals.ts";

/** What a till asked of a new ledger. */
export type SuccessionAsked = {
  successor: string;
  predecessor: string;
  /** Raw, hexadecimal. */
  journalKey: string;
  reason: SuccessionReason;
  /** The newest place of the old ledger, and the newest receipt, that the till knew of. */
  lastKnown: Head;
  knownReceipt: number;
  approvedBy: string | null;
  openedAt: string | null;
};

/** A ledger in another one's place, as it was agreed. It never changes. */
export type Succession = SuccessionAsked & {
  tillId: string;
  /** What the platform held of the old ledger, and the highest receipt number of the till that it knew of. */
  platformHead: Head;
  platformReceipt: number;
  /** Receipts go on behind it. */
  receiptNumber: number;
  /** The newest receipt that had arrived. */
  receiptCode: string | null;
  perpetual: Perpetual | null;
  statement: string;
  /** It came with an enrolment code for a till whose disk is gone. */
  byEnrolment: boolean;
  /** Another ledger had taken the old one's place already. */
  isSecond: boolean;
  at: Date;
};

type Row = {
  successor: string;
  predecessor: string;
  till_id: string;
  journal_key: Buffer;
  reason: SuccessionReason;
  known_seq: number;
  known_hash: Buffer;
  known_receipt: number;
  approved_by: string | null;
  opened_at: string | null;
  platform_seq: number;
  platform_hash: Buffer;
  platform_receipt: number;
  receipt_number: number;
  receipt_code: string | null;
  perpetual: string | null;
  statement: string;
  by_enrolment: boolean;
  is_second: boolean;
  at: Date;
};

/** The head that a new ledger names: the higher of what the till knew and what the platform held. */
export function agreedHead({ lastKnown, platformHead }: Pick<Succession, "lastKnown" | "platformHead">): Head {
  return lastKnown.seq > platformHead.seq ? lastKnown : platformHead;
}

/** The entries up to that head that the platform did not have then, both ends included; null where there are none. */
export function missingRange({
  lastKnown,
  platformHead,
}: Pick<Succession, "lastKnown" | "platformHead">): { fromSeq: number; toSeq: number } | null {
  if (lastKnown.seq <= platformHead.seq) return null;
  return { fromSeq: platformHead.seq + 1, toSeq: lastKnown.seq };
}

/** How the ledger came to take another one's place, or null where it did not. */
export async function findSuccession(database: Queryable, successor: string): Promise<Succession | null> {
  const result = await database.query<Row>("select * from successions where successor = $1", [successor]);
  const row = result.rows[0];
  return row === undefined ? null : readSuccession(row);
}

/** Whether a ledger has taken this one's place. */
export async function isSucceeded(database: Queryable, predecessor: string): Promise<boolean> {
  const result = await database.query("select 1 from successions where predecessor = $1 limit 1", [predecessor]);
  return result.rowCount === 1;
}

/** Stores what was agreed. */
export async function insertSuccession(transaction: Queryable, succession: Succession): Promise<void> {
  await transaction.query(
    `insert into successions (successor, predecessor, till_id, journal_key, reason, known_seq, known_hash, known_receipt,
       approved_by, opened_at, platform_seq, platform_hash, platform_receipt, receipt_number, receipt_code, perpetual,
       statement, by_enrolment, is_second, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    [
      succession.successor,
      succession.predecessor,
      succession.tillId,
      Buffer.from(succession.journalKey, "hex"),
      succession.reason,
      succession.lastKnown.seq,
      Buffer.from(succession.lastKnown.hash, "hex"),
      succession.knownReceipt,
      succession.approvedBy,
      succession.openedAt,
      succession.platformHead.seq,
      Buffer.from(succession.platformHead.hash, "hex"),
      succession.platformReceipt,
      succession.receiptNumber,
      succession.receiptCode,
      writePerpetual(succession.perpetual),
      succession.statement,
      succession.byEnrolment,
      succession.isSecond,
      succession.at,
    ],
  );
}

function readSuccession(row: Row): Succession {
  return {
    successor: row.successor,
    predecessor: row.predecessor,
    tillId: row.till_id,
    journalKey: row.journal_key.toString("hex"),
    reason: row.reason,
    lastKnown: { seq: row.known_seq, hash: row.known_hash.toString("hex") },
    knownReceipt: row.known_receipt,
    approvedBy: row.approved_by,
    openedAt: row.opened_at,
    platformHead: { seq: row.platform_seq, hash: row.platform_hash.toString("hex") },
    platformReceipt: row.platform_receipt,
    receiptNumber: row.receipt_number,
    receiptCode: row.receipt_code,
    perpetual: readPerpetual(row.perpetual),
    statement: row.statement,
    byEnrolment: row.by_enrolment,
    isSecond: row.is_second,
    at: row.at,
  };
}
