import type { Rail } from "../../sync/protocol/entry-types.ts";

/** When an answer is late: the gaps between asking again, and when the payment is undone by itself, from the first question. */
export type PaymentTimings = { askAgainAfterMs: readonly number[]; undoAfterMs: number; repeatReversalMs: number };

function times(count: number, gapMs: number): number[] {
  return Array.from({ length: count }, () => gapMs);
}

/**
 * The windows of each rail.
 *
 * - The platform's own wallet answers in a second or not at all: it is asked again after 5, 10, 10 and 10 seconds.
 * - WeChat Pay: a query every 5 seconds while the shopper types, and the payment is reversed after 45 (code payment of the merchant
 *   documentation, v2 text of August 2025). When it may be reversed is for the platform to know.
 * - Alipay: a first query after 5 seconds, then every 3, for a minute, and the cancel directly after the last one (barcode
 *   payment, practice for the cashier's side).
 *
 * Each ends well before a shopper gives up. An undone payment is free for another tender at once.
 */
export const railTimings: Readonly<Record<Rail, PaymentTimings>> = {
  wallet: { askAgainAfterMs: [5_000, ...times(3, 10_000)], undoAfterMs: 45_000, repeatReversalMs: 10_000 },
  "wechat-pay": { askAgainAfterMs: times(8, 5_000), undoAfterMs: 45_000, repeatReversalMs: 10_000 },
  alipay: { askAgainAfterMs: [5_000, ...times(18, 3_000)], undoAfterMs: 60_000, repeatReversalMs: 10_000 },
};
