import { strict as assert } from "node:assert";
import { TillError } from "../contract/errors.ts";
import type { LedgerDatabase } from "./database.ts";
import type { KnownEntry } from "./entries.ts";
import { createPaymentReads, type PaymentSummary } from "./payment-reads.ts";
import { isFinalPaymentState, type PaymentEntryType, paymentStateAfter } from "./payment-transitions.ts";

type PaymentEntry = Extract<KnownEntry, { type: PaymentEntryType }>;
type SaleEntry = Extract<KnownEntry, { type: "sale.settled" }>;

/** What the journal holds payments to, whoever writes. */
export interface PaymentRules {
  /**
   * Holds an entry against the payments as the entries before it left them, those of the same transaction included.
   * Entries that concern no payment cost nothing.
   * @throws TillError `payment.final` with `number` when the payment was declined or reversed.
   * @throws AssertionError for anything else that cannot follow: a defect, never a matter of input.
   */
  check(entry: KnownEntry): void;
}

/** The rules over the payments of an open database. */
export function createPaymentRules(database: LedgerDatabase): PaymentRules {
  const reads = createPaymentReads(database);
  return {
    check(entry) {
      if (entry.type === "sale.settled") checkTenders(entry, (paymentId) => reads.payment(paymentId));
      else if (isPaymentEntry(entry)) checkTransition(entry, reads.payment(entry.body.paymentId));
    },
  };
}

/** Whether an entry moves a payment on. */
export function isPaymentEntry(entry: KnownEntry): entry is PaymentEntry {
  return entry.type.startsWith("payment.");
}

/** An answer may come after the payment's end, so that is refused in words; no other wrong order comes from outside. */
function checkTransition({ type, body }: PaymentEntry, payment: PaymentSummary | undefined): void {
  const state = payment?.state ?? "none";
  if (payment !== undefined && isFinalPaymentState(state)) {
    throw new TillError("payment.final", { number: payment.number });
  }
  assert(
    paymentStateAfter(state, type) !== undefined,
    payment === undefined
      ? `${type} names a payment that was never created`
      : `A payment that is ${state} cannot take ${type}`,
  );
  if (payment === undefined) return;
  assert.equal(body.saleId, payment.saleId, `${type} names another sale than its payment`);
  if ("amountMinor" in body) assertSameMoney(body, payment, type);
}

/**
 * A sale's wallet tenders are payments that are paid, each with the tender's amount. A payment belongs to one sale from
 * its creation, and a sale is settled once: so no payment pays for two sales.
 */
function checkTenders({ body }: SaleEntry, find: (paymentId: string) => PaymentSummary | undefined): void {
  const used = new Set<string>();
  for (const tender of body.tenders) {
    if (tender.kind !== "wallet") continue;
    const payment = find(tender.paymentId);
    assert(
      payment?.state === "paid",
      `sale.settled names a payment that is ${payment?.state ?? "not there"}, not paid`,
    );
    assert.equal(payment.saleId, body.saleId, "sale.settled names a payment of another sale");
    assertSameMoney({ amountMinor: tender.amountMinor, currency: body.currency }, payment, "sale.settled");
    assert(!used.has(tender.paymentId), "sale.settled names a payment twice");
    used.add(tender.paymentId);
  }
}

type Money = { amountMinor: number; currency: string };

function assertSameMoney(named: Money, payment: Money, type: string): void {
  const isSame = named.amountMinor === payment.amountMinor && named.currency === payment.currency;
  assert(isSame, `${type} names another amount than its payment`);
}
