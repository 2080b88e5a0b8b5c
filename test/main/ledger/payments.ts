import type { NewEntry } from "../../../main/ledger/entries.ts";
import type { IdSource } from "../../../main/ledger/ids.ts";

/** What all entries of a payment agree on. */
export type TestPayment = { paymentId: string; saleId: string; amountMinor: number; currency: "CNY" | "USD" };

/** The last part of the types of a payment's entries. */
export const paymentMoves = [
  "created",
  "sent",
  "waiting",
  "paid",
  "declined",
  "unknown",
  "reversing",
  "reversed",
] as const;

/** The last part of the type of a payment's entry. */
export type PaymentMove = (typeof paymentMoves)[number];

/** An entry that moves this payment on; what is booked as paid stands in \`wallet:online\` until it is reversed. */
export function paymentEntry(ids: IdSource, move: PaymentMove, payment: TestPayment): NewEntry {
  const { paymentId, saleId, amountMinor, currency } = payment;
  const about = { paymentId, saleId };
  const money = { amountMinor, currency };
  const legs = (sign: 1 | -1) => [
    { account: "wallet:online", currency, amountMinor: sign * amountMinor },
    { account: "suspense", currency, amountMinor: -sign * amountMinor },
  ];
  const id = ids.uuid();
  switch (move) {
    case "created": {
      const body = { ...about, ...money, rail: "wallet" as const, number: "12345678", codeHash: "c".repeat(64) };
      return { id, type: "payment.created", body };
    }
    case "sent":
      return { id, type: "payment.sent", body: about };
    case "paid": {
      const body = { ...about, ...money, transactionId: "t1", paidAt: "2026-11-20T14:32:09.120+08:00" };
      return { id, type: "payment.paid", body: { ...body, postings: legs(1) } };
    }
    case "declined":
      return { id, type: "payment.declined", body: { ...about, code: "wallet.insufficient" } };
    case "waiting":
      return { id, type: "payment.waiting", body: about };
    case "unknown":
      return { id, type: "payment.unknown", body: { ...about, reason: "timeout" } };
    case "reversing":
      return { id, type: "payment.reversing", body: { ...about, reason: "cashier" } };
    case "reversed":
      return { id, type: "payment.reversed", body: { ...about, ...money, postings: legs(-1) } };
  }
}

/** The entries of a payment up to the one that says it is paid. */
export function paidPayment(ids: IdSource, payment: TestPayment): NewEntry[] {
  return (["created", "sent", "paid"] as const).map((move) => paymentEntry(ids, move, payment));
}
