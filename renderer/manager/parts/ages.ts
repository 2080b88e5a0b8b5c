/** How long something has been so, in the two units that a person says: 2 h 11 min. */
export type Age =
  | { readonly unit: "moment" }
  | { readonly unit: "minutes"; readonly minutes: number }
  | { readonly unit: "hours"; readonly hours: number; readonly minutes: number }
  | { readonly unit: "days"; readonly days: number };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** From two days on hours are of no interest to anybody. */
const longestInHoursMs = 2 * dayMs;

/** The age of what is `ms` milliseconds old; what lies in the future is a moment old. */
export function ageOf(ms: number): Age {
  if (ms < minuteMs) return { unit: "moment" };
  if (ms < hourMs) return { unit: "minutes", minutes: Math.floor(ms / minuteMs) };
  if (ms < longestInHoursMs) {
    return { unit: "hours", hours: Math.floor(ms / hourMs), minutes: Math.floor((ms % hourMs) / minuteMs) };
  }
  return { unit: "days", days: Math.floor(ms / dayMs) };
}

/** How far two clocks are apart, in what a person says: 0.4 s, 12 s, 3 min. */
export type Offset =
  | { readonly side: "right" }
  | { readonly side: "behind" | "ahead"; readonly unit: "tenths" | "seconds" | "minutes"; readonly amount: number };

/** Less than half a tenth is not worth a number. */
const rightWithinMs = 50;
const tenthsBelowMs = 10_000;

/** How far the till's clock is from the platform's; `offsetMs` is negative where the till is behind. */
export function offsetOf(offsetMs: number): Offset {
  const ms = Math.abs(offsetMs);
  if (ms < rightWithinMs) return { side: "right" };
  const side = offsetMs < 0 ? "behind" : "ahead";
  if (ms < tenthsBelowMs) return { side, unit: "tenths", amount: Math.round(ms / 100) / 10 };
  if (ms < 2 * minuteMs) return { side, unit: "seconds", amount: Math.round(ms / 1000) };
  return { side, unit: "minutes", amount: Math.round(ms / minuteMs) };
}

/** From here on a clock is wrong enough for receipts to carry the wrong minute, and somebody should set it. */
export const oddOffsetMs = 60_000;

/** A contact that is older than this needs the manager: prices and goods may have changed since. */
export const oldContactMs = dayMs;
