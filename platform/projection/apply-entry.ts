import type { AnswerCode } from "../../sync/protocol/answer-codes.ts";
import { deliverReceipt } from "../chat/deliver-receipt.ts";
import type { Queryable } from "../database/database.ts";
import { payBack, walletPayouts } from "../refunds/pay-back.ts";
import { paidConflict, reversedConflict } from "./compare-payment.ts";
import { refundConflict, saleOfRefund } from "./compare-refund.ts";
import { saleConflict, walletTenders } from "./compare-sale.ts";
import type { Reading, Subject } from "./judge.ts";
import { insertRefund, insertSale, type EntryPlace } from "./sales-store.ts";
import { successorConflict } from "./successor-conflict.ts";
import { waitFor } from "./waiting.ts";

type Of<K extends NonNullable<Subject>["kind"]> = Extract<Subject, { kind: K }>;

/**
 * Holds what an entry says against the platform's own books, reads it into them, delivers its receipt, and gives what is
 * wrong with it, or null. All of it may be done again: what is there stays as it is. `ids` are what its verdict or its
 * receipt wait for.
 */
export async function applyEntry(
  transaction: Queryable,
  place: EntryPlace,
  reading: Reading,
  at: Date,
): Promise<AnswerCode | null> {
  const { subject } = reading;
  if (subject === null) return reading.code;
  const { code, ids } = await applySubject(transaction, place, reading, subject, at);
  await waitFor(transaction, place, ids);
  return reading.code ?? code;
}

type Applied = { code: AnswerCode | null; ids: readonly string[] };

async function applySubject(
  transaction: Queryable,
  place: EntryPlace,
  reading: Reading,
  subject: NonNullable<Subject>,
  at: Date,
): Promise<Applied> {
  if (subject.kind === "sale") return applySale(transaction, place, reading, subject, at);
  if (subject.kind === "refund") return applyRefund(transaction, place, reading, subject, at);
  if (subject.kind === "opened" || subject.kind === "replaced") {
    return { code: await successorConflict(transaction, place.ledger, subject), ids: [] };
  }
  if (reading.fields.training) return { code: null, ids: [] };
  const code =
    subject.kind === "paid"
      ? await paidConflict(transaction, place, subject.body)
      : await reversedConflict(transaction, place, subject.body);
  return { code, ids: code === "payment.unmatched" ? [subject.body.paymentId] : [] };
}

async function applySale(
  transaction: Queryable,
  place: EntryPlace,
  { fields }: Reading,
  subject: Of<"sale">,
  at: Date,
): Promise<Applied> {
  const sale = subject.body;
  await insertSale(transaction, place, fields, sale);
  const code = await saleConflict(transaction, place, sale, fields.training);
  if (fields.training) return { code, ids: [] };
  const payments = walletTenders(sale).map((tender) => tender.paymentId);
  // A second entry of the same sale is no second sale: its receipt is the first one's.
  if (payments.length > 0 && code !== "sale.twice") await deliverReceipt(transaction, { place, fields, subject }, at);
  return { code, ids: payments };
}

/**
 * A refund's money goes back to the wallet when nothing is wrong with the refund and not before; then the shopper is told. One
 * that went out in cash is told of whatever is wrong with it, because the shopper has the money.
 */
async function applyRefund(
  transaction: Queryable,
  place: EntryPlace,
  reading: Reading,
  subject: Of<"refund">,
  at: Date,
): Promise<Applied> {
  const { fields, code: ownCode } = reading;
  const refund = subject.body;
  await insertRefund(transaction, place, fields, refund);
  const sale = await saleOfRefund(transaction, place, refund.saleId, fields.training);
  const code = await refundConflict(transaction, place, refund, sale);
  if (fields.training) return { code, ids: [] };
  if (sale === null) return { code, ids: [refund.saleId] };
  const payments = walletPayouts(refund).map(({ paymentId }) => paymentId);
  const ids = [...new Set([...(await paymentsOf(transaction, sale)), ...payments])];
  const isGood = code === null && ownCode === null;
  if (payments.length === 0) {
    if (code !== "refund.twice") await deliverReceipt(transaction, { place, fields, subject }, at);
    return { code, ids };
  }
  if (!isGood) return { code, ids };
  const paid = await payBack(transaction, place, refund, at);
  if (paid.state === "refused") return { code: paid.code, ids };
  if (paid.state === "pending") return { code: "refund.pending", ids };
  await deliverReceipt(transaction, { place, fields, subject }, at);
  return { code: null, ids };
}

async function paymentsOf(transaction: Queryable, sale: { ledger: string; seq: number }): Promise<string[]> {
  const result = await transaction.query<{ payment_id: string }>(
    "select payment_id from tenders where ledger = $1 and seq = $2 and payment_id is not null",
    [sale.ledger, sale.seq],
  );
  return result.rows.map((row) => row.payment_id);
}
