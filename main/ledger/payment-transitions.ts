import type { EntryType } from "../../sync/protocol/entry-types.ts";
import type { PaymentState } from "./payment-reads.ts";

/** Entries that move a payment on. */
export type PaymentEntryType = Extract<EntryType, `payment.${string}`>;

/**
 * Which entry may follow in which state. A payment that was declined or reversed stays so: a new try has a new id.
 * `reversing` can still end as paid when the money turns out to have been taken for good.
 */
const transitions: Readonly<Record<PaymentState | "none", readonly PaymentEntryType[]>> = {
  none: ["payment.created"],
  created: ["payment.sent", "payment.declined", "payment.reversing"],
  sent: ["payment.paid", "payment.declined", "payment.waiting", "payment.unknown", "payment.reversing"],
  waiting: ["payment.paid", "payment.declined", "payment.unknown", "payment.reversing"],
  unknown: ["payment.paid", "payment.declined", "payment.waiting", "payment.reversing"],
  reversing: ["payment.reversed", "payment.paid"],
  paid: ["payment.reversing"],
  declined: [],
  reversed: [],
};

const stateAfter: Readonly<Record<PaymentEntryType, PaymentState>> = {
  "payment.created": "created",
  "payment.sent": "sent",
  "payment.paid": "paid",
  "payment.declined": "declined",
  "payment.waiting": "waiting",
  "payment.unknown": "unknown",
  "payment.reversing": "reversing",
  "payment.reversed": "reversed",
};

/** The state of a payment after an entry, `undefined` where that entry cannot follow. `none` is a payment without entries. */
export function paymentStateAfter(state: PaymentState | "none", type: PaymentEntryType): PaymentState | undefined {
  return transitions[state].includes(type) ? stateAfter[type] : undefined;
}

/** Whether a payment in this state stays as it is for ever. */
export function isFinalPaymentState(state: PaymentState | "none"): boolean {
  return transitions[state].length === 0;
}
