import type { Posting } from "../../sync/protocol/entry.ts";
import type { Rail } from "../../sync/protocol/entry-types.ts";
import type { LedgerDatabase } from "./database.ts";
import { minorFromBigInt } from "./minor.ts";

/** Where a payment stands: the last part of the newest `payment.*` entry about it. */
export type PaymentState = "created" | "sent" | "waiting" | "paid" | "declined" | "unknown" | "reversing" | "reversed";

/** A payment as the journal tells it. */
export interface PaymentSummary {
  paymentId: string;
  saleId: string;
  state: PaymentState;
  amountMinor: number;
  currency: string;
  number: string;
  codeHash: string;
  rail: Rail;
  createdSeq: number;
  lastSeq: number;
  transactionId?: string;
  /** The code of a decline, or why it is unknown or reversed. */
  reason?: string;
}

/** Payments and their states. */
export interface PaymentReads {
  payment(paymentId: string): PaymentSummary | undefined;
  /** Those of a sale, oldest first. */
  paymentsOfSale(saleId: string): PaymentSummary[];
  /** Those under a number that a shopper shows, newest first. */
  paymentsOfNumber(number: string): PaymentSummary[];
  /** Those that are neither paid, declined nor reversed, oldest first: after a crash each is worked to its end. */
  openPayments(): PaymentSummary[];
  /** The legs that its `payment.paid` booked and no `payment.reversed` has taken back yet; none where it never was paid. */
  bookedOfPayment(paymentId: string): Posting[];
}

interface PaymentRow {
  payment_id: string;
  sale_id: string;
  state: PaymentState;
  amount_minor: bigint;
  currency: string;
  number: string;
  code_hash: string;
  rail: Rail;
  created_seq: bigint;
  last_seq: bigint;
  transaction_id: string | null;
  reason: string | null;
}

/** Reads of an open database. */
export function createPaymentReads(database: LedgerDatabase): PaymentReads {
  const prepare = <Parameters extends unknown[]>(rest: string) =>
    database.prepare<Parameters, PaymentRow>(`SELECT * FROM payments ${rest}`).safeIntegers(true);
  const byId = prepare<[string]>("WHERE payment_id = ?");
  const bySale = prepare<[string]>("WHERE sale_id = ? ORDER BY created_seq");
  const byNumber = prepare<[string]>("WHERE number = ? ORDER BY created_seq DESC LIMIT 20");
  const open = prepare<[]>(
    "WHERE state IN ('created', 'sent', 'waiting', 'unknown', 'reversing') ORDER BY created_seq",
  );
  const booked = database
    .prepare<[string], { account: string; currency: Posting["currency"]; amount_minor: bigint }>(
      `SELECT account, postings.currency, postings.amount_minor FROM payments JOIN postings ON seq = paid_seq
       WHERE payment_id = ? AND state <> 'reversed' ORDER BY leg`,
    )
    .safeIntegers(true);
  return {
    payment: (paymentId) => byId.all(paymentId).map(toPaymentSummary)[0],
    paymentsOfSale: (saleId) => bySale.all(saleId).map(toPaymentSummary),
    paymentsOfNumber: (number) => byNumber.all(number).map(toPaymentSummary),
    openPayments: () => open.all().map(toPaymentSummary),
    bookedOfPayment: (paymentId) =>
      booked.all(paymentId).map(({ account, currency, amount_minor }) => {
        return { account, currency, amountMinor: minorFromBigInt(amount_minor) };
      }),
  };
}

function toPaymentSummary(row: PaymentRow): PaymentSummary {
  return {
    paymentId: row.payment_id,
    saleId: row.sale_id,
    state: row.state,
    amountMinor: minorFromBigInt(row.amount_minor),
    currency: row.currency,
    number: row.number,
    codeHash: row.code_hash,
    rail: row.rail,
    createdSeq: Number(row.created_seq),
    lastSeq: Number(row.last_seq),
    ...(row.transaction_id === null ? {} : { transactionId: row.transaction_id }),
    ...(row.reason === null ? {} : { reason: row.reason }),
  };
}
