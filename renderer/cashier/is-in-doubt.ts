import type { PaymentView } from "../../main/contract/snapshot.ts";

/** Whether a payment's outcome is waited for, so that the cashier sees what is true of it and what can be done. */
export function isInDoubt(payment: PaymentView | undefined): payment is PaymentView {
  return payment !== undefined && payment.state !== "asking";
}
