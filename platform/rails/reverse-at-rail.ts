import type { ChargeRow } from "../wallets/charge-store.ts";
import type { Rail, RailOrder, RailOutcome } from "./rail.ts";
import { reversibleUntilMs } from "./timings.ts";

/**
 * Closes an order at its rail for good. Once its time for reversals is over, what was paid is refunded whole instead, under the
 * order's own number as the refund's, so that it happens once; what was not paid by then never will be.
 */
export async function reverseAtRail(
  rail: Rail,
  order: RailOrder,
  row: Pick<ChargeRow, "created_at">,
  nowMs: number,
): Promise<RailOutcome> {
  if (nowMs <= reversibleUntilMs(rail.name, row.created_at.getTime())) {
    const outcome = await rail.reverse(order);
    if (outcome.kind !== "unknown" || outcome.reason !== "window-over") return outcome;
  }
  const now = await rail.query(order);
  if (now.kind !== "paid" && now.kind !== "refunded")
    return now.kind === "not-found" ? { kind: "closed", gaveBack: false } : now;
  const { orderNumber, amountMinor, currency } = order;
  const refund = { refundNumber: orderNumber, orderNumber, amountMinor, orderAmountMinor: amountMinor, currency };
  const sent = await rail.refund(refund);
  const known = sent.kind === "accepted" ? await rail.queryRefund(refund) : sent;
  if (known.kind === "refunded") return { kind: "closed", gaveBack: true };
  return { kind: "unknown", reason: "not-reversed", detail: known.kind };
}
