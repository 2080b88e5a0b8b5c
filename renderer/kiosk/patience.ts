/**
 * How long the kiosk waits for a shopper. Pure: every event comes with its time.
 *
 * It asks before it takes anything away, it gives at least 30 s to answer, and any touch or scan begins the wait anew,
 * without a limit (look, section 7; WCAG 2.2, 2.2.1). While a payment is open, and while the till is away, it never ends.
 */

/** What the shopper is doing, as far as waiting is concerned. */
export type Occasion =
  /** Nobody is here. */
  | "free"
  /** Somebody changed how the start looks, or opened something there; there is nothing to lose. */
  | "looking"
  /** A shopper has begun. */
  | "shopping"
  /** The wallet code is to be shown. Finding it takes time, so that this waits much longer. */
  | "paying"
  /** The sale is over; the receipt goes away by itself. */
  | "receipt"
  /** The same with a person on the way, who may want to see it. */
  | "receipt-helped"
  /** Nothing ends: a payment is open, a person was called, or the till is away. */
  | "held";

type Limits = {
  /** After so long without a sign of the shopper. */
  readonly quietMs: number;
  /** So long the question stands before anything ends; without it there is no question. */
  readonly answerMs?: number;
};

/** The waits of each occasion; one without limits waits for ever. */
export const patienceLimits: Readonly<Record<Occasion, Limits | null>> = {
  free: null,
  looking: { quietMs: 60_000 },
  shopping: { quietMs: 60_000, answerMs: 40_000 },
  paying: { quietMs: 180_000, answerMs: 60_000 },
  receipt: { quietMs: 20_000 },
  "receipt-helped": { quietMs: 180_000 },
  held: null,
};

/** What is remembered: since when there was no sign of the shopper, and since when the question stands. */
export type Patience = {
  readonly occasion: Occasion;
  readonly sinceMs: number;
  readonly askedMs: number | null;
};

/** What happens to the wait. `sinceMs` of an occasion is when it began, where that was before now. */
export type PatienceEvent =
  | { readonly kind: "sign"; readonly atMs: number }
  | { readonly kind: "occasion"; readonly occasion: Occasion; readonly atMs: number; readonly sinceMs?: number }
  | { readonly kind: "time"; readonly atMs: number };

/** Where the wait stands: at rest until it has to be looked at again, with the question in view, or over. */
export type Wait =
  | { readonly kind: "rest"; readonly leftMs: number | null }
  | { readonly kind: "asking"; readonly leftMs: number; readonly ofMs: number }
  | { readonly kind: "over" };

/** A kiosk at which nobody is. */
export const patienceAtStart: Patience = { occasion: "free", sinceMs: 0, askedMs: null };

/** The wait after an event. Where nothing changes it is the same object. */
export function patienceAfter(patience: Patience, event: PatienceEvent): Patience {
  if (event.kind === "sign") return { ...patience, sinceMs: event.atMs, askedMs: null };
  if (event.kind === "occasion") {
    const sinceMs = Math.min(event.sinceMs ?? event.atMs, event.atMs);
    return { occasion: event.occasion, sinceMs, askedMs: null };
  }
  const limits = patienceLimits[patience.occasion];
  const isDue = limits?.answerMs !== undefined && event.atMs - patience.sinceMs >= limits.quietMs;
  // The answer's time runs from when the question was really shown: a machine that slept still asks first.
  return isDue && patience.askedMs === null ? { ...patience, askedMs: event.atMs } : patience;
}

/** Where the wait stands at a time. */
export function waitAt({ occasion, sinceMs, askedMs }: Patience, nowMs: number): Wait {
  const limits = patienceLimits[occasion];
  if (limits === null) return { kind: "rest", leftMs: null };
  const { quietMs, answerMs } = limits;
  const leftMs = Math.max(0, sinceMs + quietMs - nowMs);
  if (answerMs === undefined) return leftMs === 0 ? { kind: "over" } : { kind: "rest", leftMs };
  if (askedMs === null) return { kind: "rest", leftMs };
  const toAnswerMs = askedMs + answerMs - nowMs;
  return toAnswerMs <= 0 ? { kind: "over" } : { kind: "asking", leftMs: toAnswerMs, ofMs: answerMs };
}
