import type { Till } from "../authorisation/till-access.ts";
import { storeNames, storesByIds } from "../changes/known-things.ts";
import type { Database, Queryable } from "../database/database.ts";
import { finishCharge, type ChargeRow } from "../wallets/charge-store.ts";
import { giveBack } from "../wallets/charges.ts";
import { commissionOf, termsOf } from "../wallets/merchant-terms.ts";
import { bookTransfer, type Leg } from "../wallets/transfers.ts";
import { orderNumberOf } from "./order-number.ts";
import type { RailName, RailOrder } from "./rail.ts";
import { queryAtMostEveryMs } from "./timings.ts";
import type { Transition } from "./transitions.ts";

/** A charge over a rail, with what the rail is told of the shop. */
export type RailChargeRow = Omit<ChargeRow, "rail"> & { rail: RailName };

const openSql = "state in ('asked', 'waiting', 'unknown', 'reversing')";

/** How long another platform process leaves a charge alone that this one is working on. */
const leaseMs = 60_000;

/** Whether a row is of a rail. */
export function isRailCharge(row: ChargeRow): row is RailChargeRow {
  return row.rail !== "wallet";
}

/** The order that a charge is at its rail. */
export async function orderOf(database: Queryable, row: ChargeRow): Promise<RailOrder> {
  const { rows } = await database.query<{ store_id: string; number: number }>(
    "select store_id, number from tills where id = $1",
    [row.till_id],
  );
  const till = rows[0];
  if (till === undefined) throw new Error(`The charge ${row.payment_id} is of a till that is not there`);
  const stores = await storesByIds(database, [till.store_id]);
  return {
    orderNumber: orderNumberOf(row.payment_id),
    amountMinor: row.amount_minor,
    currency: row.currency,
    // Both wallets are read by people in China.
    subject: storeNames(stores.get(till.store_id), till.store_id).name["zh-CN"],
    storeId: till.store_id,
    tillNumber: till.number,
  };
}

/**
 * Takes an open charge for one question, unless the rail was asked after it a moment ago. Many may try at once, in several
 * processes; one gets it.
 */
export async function claimForQuestion(database: Queryable, paymentId: string, at: Date): Promise<boolean> {
  const result = await database.query(
    `update charges set rail_heard_at = $2 where payment_id = $1 and ${openSql}
       and (rail_heard_at is null or rail_heard_at <= $3 or rail_heard_at > $2)`,
    [paymentId, at, new Date(at.getTime() - queryAtMostEveryMs)],
  );
  return result.rowCount === 1;
}

/** Takes the charges that are due, at most `limit`, the longest due first. Others pass over them for a minute. */
export async function claimDue(database: Database, limit: number, at: Date): Promise<string[]> {
  return database.transaction(async (transaction) => {
    const { rows } = await transaction.query<{ payment_id: string }>(
      `select payment_id from charges where next_try_at <= $1 and ${openSql}
       order by next_try_at limit $2 for update skip locked`,
      [at, limit],
    );
    const ids = rows.map((row) => row.payment_id);
    if (ids.length === 0) return ids;
    await transaction.query(
      "update charges set next_try_at = $2, rail_heard_at = $3 where payment_id = any($1::uuid[])",
      [ids, new Date(at.getTime() + leaseMs), at],
    );
    return ids;
  });
}

/** Whether this code has been taken for another payment that was not declined. It is good for one. */
export async function isCodeTaken(transaction: Queryable, row: ChargeRow): Promise<boolean> {
  const result = await transaction.query(
    `select 1 from charges where token_hash = $1 and rail = $2 and payment_id <> $3 and state <> 'declined' limit 1`,
    [row.token_hash, row.rail, row.payment_id],
  );
  return result.rowCount === 1;
}

/** Stores what became of a charge, with its booking. The row is locked. */
export async function storeTransition(
  transaction: Queryable,
  row: RailChargeRow,
  transition: Transition,
  next: { at: Date; tryAt: Date | null; tries: number },
): Promise<ChargeRow> {
  const schedule = { next_try_at: next.tryAt, tries: next.tries };
  switch (transition.to) {
    case "paid":
      return book(transaction, row, transition);
    case "declined":
      return finishCharge(transaction, row, { ...final, state: "declined", code: transition.code });
    case "reversed":
      if (row.transfer_id !== null) return giveBack(transaction, { ...row, ...final }, next.at);
      // Paid at the rail and never here: nothing is booked, but the shopper's money was gone for a moment, and is told of.
      return finishCharge(transaction, row, { ...final, state: "reversed", taken_before: transition.gaveBack });
    case "reversing":
      return finishCharge(transaction, row, { ...schedule, state: "reversing", closing: transition.closing });
    default:
      return finishCharge(transaction, row, { ...schedule, state: transition.to });
  }
}

const final = { next_try_at: null, closing: false } as const;

/** From the rail to the shop, less what the platform keeps by the terms of the time when the money was asked for. */
async function book(
  transaction: Queryable,
  row: RailChargeRow,
  paid: { transactionId: string; paidAt: Date },
): Promise<ChargeRow> {
  const { payment_id: reference, currency, amount_minor: amountMinor } = row;
  const storeId = await storeOf(transaction, row.till_id);
  const commissionMinor = commissionOf(amountMinor, await termsOf(transaction, storeId, row.created_at));
  const legs: Leg[] = [
    { account: `rail:${row.rail}:${currency}`, kind: "rail", amountMinor: -amountMinor },
    { account: `merchant:${storeId}:${currency}`, kind: "merchant", amountMinor: amountMinor - commissionMinor },
    { account: `commission:${currency}`, kind: "commission", amountMinor: commissionMinor },
  ];
  const transferId = await bookTransfer(transaction, { kind: "charge", reference, currency, legs, at: paid.paidAt });
  if (transferId === null) throw new Error(`The payment ${reference} cannot be booked`);
  return finishCharge(transaction, row, {
    ...final,
    state: "paid",
    transfer_id: transferId,
    rail_transaction: paid.transactionId,
    paid_at: paid.paidAt,
    taken_before: true,
    commission_minor: commissionMinor,
  });
}

async function storeOf(transaction: Queryable, tillId: Till["id"]): Promise<string> {
  const { rows } = await transaction.query<{ store_id: string }>("select store_id from tills where id = $1", [tillId]);
  const storeId = rows[0]?.store_id;
  if (storeId === undefined) throw new Error(`The till ${tillId} is not there`);
  return storeId;
}
