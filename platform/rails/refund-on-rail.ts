import type { Database } from "../database/database.ts";
import { lockKnownCharge } from "../wallets/charge-store.ts";
import { orderNumberOf } from "./order-number.ts";
import type { Rails, UnknownReason } from "./rail.ts";
import { isRailCharge } from "./rail-charge-store.ts";

/** A refund of a part or the whole of a charge over a rail. `refundId` is written down by whoever asks, before it asks. */
export type RefundOnRail = { refundId: string; paymentId: string; amountMinor: number };

/**
 * What became of it. `refunded` and `refused` stay; on `pending` it is asked again with the same refund, as often as it takes.
 * `refused`: the charge is not one that the rail can give back from, or the rail has said no for good.
 */
export type RefundOnRailOutcome =
  | { kind: "refunded"; railTransaction: string }
  | { kind: "pending"; reason: "accepted" | "rail-off" | UnknownReason }
  | { kind: "refused"; detail: string };

/**
 * Refunds over the rail that took the money, once for its `refundId`, however often and from however many processes it is
 * called: the id is the refund's number at the rail, where the same number is one refund. It books nothing; that is for
 * whoever keeps the refund. First it asks, because the answer to an earlier call may have been lost and a rail may refuse a
 * repetition that comes too soon (WeChat Pay wants a minute between two refunds of one order).
 */
export async function refundOnRail(
  parts: { database: Database; rails: Rails },
  refund: RefundOnRail,
): Promise<RefundOnRailOutcome> {
  const { refundId, paymentId, amountMinor } = refund;
  const row = await parts.database.transaction((transaction) => lockKnownCharge(transaction, paymentId));
  if (!isRailCharge(row)) return { kind: "refused", detail: "not-a-rail" };
  if (row.state !== "paid") return { kind: "refused", detail: `charge-${row.state}` };
  if (amountMinor < 1 || amountMinor > row.amount_minor) return { kind: "refused", detail: "amount" };
  const rail = parts.rails.get(row.rail);
  if (rail === undefined) return { kind: "pending", reason: "rail-off" };
  const asked = {
    refundNumber: orderNumberOf(refundId),
    orderNumber: orderNumberOf(paymentId),
    amountMinor,
    orderAmountMinor: row.amount_minor,
    currency: row.currency,
  };
  const known = await rail.queryRefund(asked);
  // Only when the rail knows nothing of it is it sent; an unclear answer is asked for again later.
  const outcome = known.kind === "not-found" ? await rail.refund(asked) : known;
  switch (outcome.kind) {
    case "refunded":
      return { kind: "refunded", railTransaction: outcome.transactionId };
    case "accepted":
      return { kind: "pending", reason: "accepted" };
    case "refused":
      return { kind: "refused", detail: outcome.detail };
    case "not-found":
      return { kind: "pending", reason: "other-order" };
    case "unknown":
      return { kind: "pending", reason: outcome.reason };
  }
}
