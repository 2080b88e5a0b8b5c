import { SyncError } from "../../sync/errors.ts";
import type { NumberedCharges } from "../../sync/protocol/api.ts";
import { currencySchema } from "../../sync/protocol/money.ts";
import type { FoundPayment } from "../contract/found-payment.ts";
import type { Ledger } from "../ledger/open.ts";
import type { PaymentState, PaymentSummary } from "../ledger/payment-reads.ts";

/** What payments are found with. */
export type FindPaymentsParts = {
  ledger: Pick<Ledger, "paymentsOfNumber" | "sale" | "entry">;
  tillNumber: number;
  /** Rejects with a SyncError where the platform cannot be asked. */
  numbered(number: string): Promise<NumberedCharges>;
};

/** Payments under a number. Where the platform could not be asked, those of other tills are not among them. */
export type FoundPayments = { payments: FoundPayment[]; isPlatformAsked: boolean };

const stateHere: Readonly<Record<PaymentState, FoundPayment["state"]>> = {
  created: "asking",
  sent: "asking",
  waiting: "waiting",
  unknown: "unknown",
  paid: "paid",
  declined: "declined",
  reversing: "reversing",
  reversed: "reversed",
};

/**
 * Finds payments by the eight digits that the shopper's phone shows: those of this till in its journal, those of the other
 * tills of the shop at the platform. Of one that is known to both, the journal says what the till made of it. The newest is
 * the first.
 */
export async function findPayments(parts: FindPaymentsParts, number: string): Promise<FoundPayments> {
  const here = parts.ledger.paymentsOfNumber(number).map((payment) => foundHere(parts, payment));
  const known = new Set(here.map(({ paymentId }) => paymentId));
  try {
    const { charges } = await parts.numbered(number);
    const elsewhere = charges
      .filter(({ paymentId }) => !known.has(paymentId))
      .map(({ paymentId, tillNumber, at, rail, charge }) => {
        const { amountMinor, currency, state } = charge;
        return { paymentId, number, rail, amountMinor, currency, at, state, tillNumber };
      });
    const payments = [...here, ...elsewhere].toSorted((left, right) => Date.parse(right.at) - Date.parse(left.at));
    return { payments, isPlatformAsked: true };
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    return { payments: here, isPlatformAsked: false };
  }
}

function foundHere({ ledger, tillNumber }: FindPaymentsParts, payment: PaymentSummary): FoundPayment {
  const { paymentId, number, rail, amountMinor, saleId, state, createdSeq } = payment;
  const sale = state === "paid" ? ledger.sale(saleId) : undefined;
  const { time } = JSON.parse(ledger.entry(createdSeq)?.text ?? "{}") as { time: string };
  return {
    paymentId,
    number,
    rail,
    amountMinor,
    currency: currencySchema.parse(payment.currency),
    at: time,
    state: stateHere[state],
    tillNumber,
    ...(sale === undefined ? {} : { receipt: { saleId, receiptCode: sale.receiptCode } }),
  };
}
