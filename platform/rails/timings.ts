import type { RailName } from "./rail.ts";

/** The times of a rail, in milliseconds. */
export type RailTimings = {
  /** How long one call may take. */
  callMs: { pay: number; other: number };
  /** When an order that is not final is first asked after, and how often then. */
  firstQueryMs: number;
  queryEveryMs: number;
  /** When the till gives up and reverses; an order that the rail still does not know then is closed. */
  giveUpMs: number;
  /** A reversal of what was paid is not sent earlier than this after it was asked for. */
  reverseNotBeforeMs: number;
};

/**
 * The documented times.
 *
 * - WeChat Pay, code payment, pay.weixin.qq.com/doc/v2/merchant/4011937125 (2025-08-14): after a system error wait 5 s and
 *   query; while the shopper types, every 10 s up to 45 s. The developer guide (doc/v2/partner/4011941160, 2025-03-21) says
 *   every 5 s; asking oftener is allowed. Reverse not before 15 s after paying, and again until it answers.
 * - Alipay, docs.antom.com/ac/barcode_cn/practice: first query after 5 s, then every 3 to 5 s, about 60 s in all; then cancel at
 *   once. What the mainland's own documents say of interval and total is not confirmed.
 *
 * How long a call may take is ours: a till waits ten seconds for the platform, and a payment may need a question after it, so
 * that it mostly hears an answer and not silence.
 */
export const railTimings: Readonly<Record<RailName, RailTimings>> = {
  "wechat-pay": {
    callMs: { pay: 6000, other: 3000 },
    firstQueryMs: 5000,
    queryEveryMs: 5000,
    giveUpMs: 45_000,
    reverseNotBeforeMs: 15_000,
  },
  alipay: {
    callMs: { pay: 6000, other: 3000 },
    firstQueryMs: 5000,
    queryEveryMs: 3000,
    giveUpMs: 60_000,
    reverseNotBeforeMs: 0,
  },
};

/**
 * An order that is not known to be paid is not reversed while the call that pays it may be under way: Alipay says "cancelled" of an
 * order that it does not know yet, and could make it a moment later. Ours; by then the call is over or cut.
 */
const paymentIsOverMs = 10_000;

/** When a reversal may be sent at the earliest. */
export function reverseDueMs(rail: RailName, askedAtMs: number, isPaid: boolean): number {
  return askedAtMs + Math.max(railTimings[rail].reverseNotBeforeMs, isPaid ? 0 : paymentIsOverMs);
}

/**
 * When an order that is still waiting is closed although the rail has not said that it is over, and no till has asked for it.
 * Ours: Alipay closes its own after three minutes, and a payment code lives for one.
 */
export const abandonAfterMs = 10 * 60_000;

/** No order is asked after more often than this, however often a till asks. */
export const queryAtMostEveryMs = 1000;

/** How long the platform's worker leaves an order alone that a till has just asked about. */
export const tillIsLookingMs = 15_000;

const dayMs = 24 * 3_600_000;
const chinaOffsetMs = 8 * 3_600_000;

/**
 * Until when an order can be reversed; later it has to be refunded. WeChat Pay: seven days (doc/v2/merchant/4011937361).
 * Alipay: on the same day in China and fifteen minutes of the next (docs.antom.com/ac/barcode_cn/implementing_apis).
 */
export function reversibleUntilMs(rail: RailName, askedAtMs: number): number {
  if (rail === "wechat-pay") return askedAtMs + 7 * dayMs;
  return (Math.floor((askedAtMs + chinaOffsetMs) / dayMs) + 1) * dayMs - chinaOffsetMs + 15 * 60_000;
}

/** When the worker next turns to an order that it has tried `attempts` times: ever later, at most ten minutes. */
export function retryAfterMs(rail: RailName, attempts: number): number {
  return Math.min(railTimings[rail].queryEveryMs * 2 ** Math.min(attempts, 12), 10 * 60_000);
}
