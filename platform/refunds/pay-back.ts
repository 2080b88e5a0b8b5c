import { randomUUID } from "node:crypto";
import type { AnswerCode } from "../../sync/protocol/answer-codes.ts";
import type { EntryBody, Payout } from "../../sync/protocol/entry-types.ts";
import { addMinor, type Currency } from "../../sync/protocol/money.ts";
import type { Queryable } from "../database/database.ts";
import { bookTransfer, type Leg } from "../wallets/transfers.ts";
import { walletById } from "../wallets/wallets.ts";
import {
  insertDone,
  insertPending,
  refundedMinor,
  refundRows,
  type RefundContent,
  type RefundRow,
} from "./refund-store.ts";

type Refund = EntryBody<"refund.settled">;
type WalletPayout = Extract<Payout, { kind: "wallet" }>;

/** Where the entry of a refund stands, and whose it is. */
type Place = { tillId: string; storeId: string; ledger: string; seq: number };

/**
 * What became of a refund's money: all of it is back, some waits for another company's rail, or nothing has moved and the code
 * says why.
 */
export type PaidBack = { state: "done" } | { state: "pending" } | { state: "refused"; code: AnswerCode };

/** A charge as a refund of it needs it. */
type Charge = {
  payment_id: string;
  amount_minor: number;
  currency: Currency;
  number: string;
  sale_id: string;
  wallet_id: string | null;
  rail: string;
  state: string;
  store_id: string;
};

/** The parts of a refund that go back to wallets. */
export function walletPayouts({ payouts = [] }: Refund): WalletPayout[] {
  return payouts.filter((payout) => payout.kind === "wallet");
}

/**
 * Gives a refund's money back to the wallets that paid, once however often its entry is read, in the caller's transaction: at
 * once where it is the platform's own wallet, else as a row that the worker carries over the rail. All of it is held against the
 * charges before any of it moves. The store bears it whole: the commission stays kept (docs/decisions/0024-refunds.md).
 */
export async function payBack(transaction: Queryable, place: Place, refund: Refund, at: Date): Promise<PaidBack> {
  const payouts = walletPayouts(refund);
  if (payouts.length === 0) return { state: "done" };
  const stored = await refundRows(transaction, refund.refundId);
  if (stored.length > 0) return isSame(stored, payouts, refund, place) ? stateOf(stored) : refused("refund.twice");
  const charges: Charge[] = [];
  for (const payout of payouts) {
    const charge = await lockCharge(transaction, payout.paymentId);
    if (charge === null || !isPaidHere(charge, payout, refund, place)) return refused("refund.payment-unknown");
    const given = await refundedMinor(transaction, charge.payment_id);
    if (addMinor(given, payout.amountMinor) > charge.amount_minor) return refused("refund.above-charge");
    charges.push(charge);
  }
  for (const [index, payout] of payouts.entries()) {
    await payOne(transaction, place, contentOf(payout, refund, place), charges[index]?.wallet_id ?? null, at);
  }
  return stateOf(await refundRows(transaction, refund.refundId));
}

/** Locked, so that two refunds of one payment are one after the other. */
async function lockCharge(transaction: Queryable, paymentId: string): Promise<Charge | null> {
  const result = await transaction.query<Charge>(
    `select c.payment_id, c.amount_minor, c.currency, c.number, c.sale_id, c.wallet_id, c.rail, c.state, t.store_id
     from charges c join tills t on t.id = c.till_id where c.payment_id = $1 for update of c`,
    [paymentId],
  );
  return result.rows[0] ?? null;
}

function isPaidHere(charge: Charge, payout: WalletPayout, { currency, saleId }: Refund, { storeId }: Place): boolean {
  return (
    charge.state === "paid" &&
    charge.store_id === storeId &&
    charge.currency === currency &&
    charge.number === payout.number &&
    charge.sale_id === saleId &&
    charge.rail === (payout.rail ?? "wallet")
  );
}

function contentOf(
  payout: WalletPayout,
  { refundId, currency }: Refund,
  { tillId, ledger, seq }: Place,
): RefundContent {
  const { paymentId, amountMinor, rail = "wallet" } = payout;
  const of = { refund_id: refundId, payment_id: paymentId, till_id: tillId, ledger, seq };
  return { ...of, rail, amount_minor: amountMinor, currency };
}

async function payOne(
  transaction: Queryable,
  { storeId }: Place,
  content: RefundContent,
  walletId: string | null,
  at: Date,
): Promise<void> {
  if (content.rail !== "wallet") {
    await insertPending(transaction, content, at);
    return;
  }
  const wallet = walletId === null ? null : await walletById(transaction, walletId);
  if (wallet === null) throw new Error(`The paid charge ${content.payment_id} has no wallet`);
  const { currency, amount_minor: amountMinor } = content;
  const legs: Leg[] = [
    { account: wallet.account, kind: "wallet", amountMinor },
    { account: `merchant:${storeId}:${currency}`, kind: "merchant", amountMinor: -amountMinor },
  ];
  const id = randomUUID();
  const transferId = await bookTransfer(transaction, { kind: "refund", reference: id, currency, legs, at });
  if (transferId === null) throw new Error(`The refund ${content.refund_id} cannot be paid back`);
  await insertDone(transaction, { id, ...content }, transferId, at);
}

/** Whether stored payouts are those of this very entry. */
function isSame(stored: readonly RefundRow[], payouts: readonly WalletPayout[], refund: Refund, place: Place): boolean {
  return (
    stored.length === payouts.length &&
    payouts.every((payout) => {
      const asked = contentOf(payout, refund, place);
      return stored.some((row) =>
        Object.entries(asked).every(([name, value]) => row[name as keyof RefundRow] === value),
      );
    })
  );
}

function stateOf(rows: readonly RefundRow[]): PaidBack {
  if (rows.some(({ state }) => state === "refused")) return refused("refund.rail-refused");
  return { state: rows.some(({ state }) => state === "pending") ? "pending" : "done" };
}

function refused(code: AnswerCode): PaidBack {
  return { state: "refused", code };
}
