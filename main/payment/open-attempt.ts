import type { Rail } from "../../sync/protocol/entry-types.ts";
import type { Currency } from "../../sync/protocol/money.ts";
import type { PaymentState, PaymentSummary } from "../ledger/payment-reads.ts";

/** An attempt that is not over yet: in front of the cashier, or of a sale that was set aside. */
export type OpenAttempt = {
  paymentId: string;
  saleId: string;
  number: string;
  /** Whose wallet is asked. */
  rail: Rail;
  /** SHA-256 of the scanned code, hexadecimal. */
  codeHash: string;
  amountMinor: number;
  currency: Currency;
  state: PaymentState;
  askedAt: number;
  asks: number[];
  nextAskAt: number | null;
  undoAt: number | null;
};

/** An attempt as the journal has it, taken up at `now`: how often it was asked about before is not known any more. */
export function attemptOf(payment: PaymentSummary, now: number): OpenAttempt {
  const { paymentId, saleId, number, rail, codeHash, amountMinor, state } = payment;
  const currency = payment.currency as Currency;
  const times = { askedAt: now, asks: [now], nextAskAt: null, undoAt: null };
  return { paymentId, saleId, number, rail, codeHash, amountMinor, currency, state, ...times };
}
