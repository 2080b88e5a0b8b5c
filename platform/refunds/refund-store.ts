import { randomUUID } from "node:crypto";
import type { Rail } from "../../sync/protocol/entry-types.ts";
import type { Currency } from "../../sync/protocol/money.ts";
import type { Queryable } from "../database/database.ts";

/** One payout of a refund to a wallet, as it is stored. */
export type RefundRow = {
  id: string;
  refund_id: string;
  payment_id: string;
  till_id: string;
  ledger: string;
  seq: number;
  rail: Rail;
  amount_minor: number;
  currency: Currency;
  state: "pending" | "done" | "refused";
  attempts: number;
};

/** What names a payout: all of it but what became of it. */
export type RefundContent = Omit<RefundRow, "id" | "state" | "attempts">;

const columns = "id, refund_id, payment_id, till_id, ledger, seq, rail, amount_minor, currency, state, attempts";

/** The payouts of a refund that are stored already. */
export async function refundRows(transaction: Queryable, refundId: string): Promise<RefundRow[]> {
  const result = await transaction.query<RefundRow>(`select ${columns} from refunds where refund_id = $1`, [refundId]);
  return result.rows;
}

/** What has gone back of a payment, or is on its way there. A refused payout has moved nothing. */
export async function refundedMinor(transaction: Queryable, paymentId: string): Promise<number> {
  const result = await transaction.query<{ sum: number }>(
    "select coalesce(sum(amount_minor), 0)::bigint as sum from refunds where payment_id = $1 and state <> 'refused'",
    [paymentId],
  );
  return result.rows[0]?.sum ?? 0;
}

/** Writes a payout down that another company's rail has to make. */
export async function insertPending(transaction: Queryable, content: RefundContent, at: Date): Promise<void> {
  await insert(transaction, { id: randomUUID(), ...content, state: "pending", attempts: 0 }, at, null);
}

/** Writes a payout down that the platform has booked. */
export async function insertDone(
  transaction: Queryable,
  content: RefundContent & { id: string },
  transferId: string,
  at: Date,
): Promise<void> {
  await insert(transaction, { ...content, state: "done", attempts: 1 }, at, transferId);
}

/** Pending payouts that are due, the oldest first, each locked for whoever asks; those that another one works on are passed over. */
export async function lockDue(transaction: Queryable, at: Date): Promise<RefundRow | null> {
  const result = await transaction.query<RefundRow>(
    `select ${columns} from refunds where state = 'pending' and next_try_at <= $1
     order by next_try_at limit 1 for update skip locked`,
    [at],
  );
  return result.rows[0] ?? null;
}

/** When the next pending payout is due, or null without one. */
export async function nextDueAt(database: Queryable): Promise<Date | null> {
  const result = await database.query<{ at: Date | null }>(
    "select min(next_try_at) as at from refunds where state = 'pending'",
  );
  return result.rows[0]?.at ?? null;
}

/** Stores what became of a pending payout. */
export async function finishRefund(
  transaction: Queryable,
  id: string,
  outcome: { state: RefundRow["state"]; at: Date; nextTryAt: Date | null; transferId?: string },
): Promise<void> {
  const { state, at, nextTryAt, transferId = null } = outcome;
  await transaction.query(
    `update refunds set state = $2, attempts = attempts + 1, next_try_at = $3, done_at = $4, transfer_id = $5 where id = $1`,
    [id, state, nextTryAt, state === "pending" ? null : at, transferId],
  );
}

async function insert(transaction: Queryable, row: RefundRow, at: Date, transferId: string | null): Promise<void> {
  const isPending = row.state === "pending";
  await transaction.query(
    `insert into refunds (id, refund_id, payment_id, till_id, ledger, seq, rail, amount_minor, currency, state, attempts,
       transfer_id, made_at, next_try_at, done_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      row.id,
      row.refund_id,
      row.payment_id,
      row.till_id,
      row.ledger,
      row.seq,
      row.rail,
      row.amount_minor,
      row.currency,
      row.state,
      row.attempts,
      transferId,
      at,
      isPending ? at : null,
      isPending ? null : at,
    ],
  );
}
