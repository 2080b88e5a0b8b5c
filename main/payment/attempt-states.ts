import { strict as assert } from "node:assert";
import type { PaymentState } from "../ledger/payment-reads.ts";
import { type PaymentEntryType, paymentStateAfter } from "../ledger/payment-transitions.ts";

/**
 * The state after an entry.
 * @throws AssertionError for a transition that the design does not have: a defect, never a matter of input.
 */
export function afterEntry(state: PaymentState | "none", type: PaymentEntryType): PaymentState {
  const after = paymentStateAfter(state, type);
  assert(after !== undefined, `A payment that is ${state} cannot take ${type}`);
  return after;
}
