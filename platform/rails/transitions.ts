import type { DeclineCode } from "../../sync/protocol/api.ts";
import type { ChargeRow } from "../wallets/charge-store.ts";
import type { RailName, RailOutcome } from "./rail.ts";
import { abandonAfterMs, railTimings } from "./timings.ts";

/** Which call an outcome is of. */
export type Asked = "pay" | "query" | "reverse";

/** What becomes of a charge. Null where it stays as it is. */
export type Transition =
  | { to: "paid"; transactionId: string; paidAt: Date }
  | { to: "waiting" | "unknown" }
  | { to: "reversed"; gaveBack: boolean }
  | { to: "declined"; code: DeclineCode }
  | { to: "reversing"; closing: boolean };

type Standing = Pick<ChargeRow, "state" | "closing" | "created_at" | "token_hash" | "transfer_id"> & { rail: RailName };

/** The states that are not final. */
export const openStates: ReadonlySet<ChargeRow["state"]> = new Set(["asked", "waiting", "unknown", "reversing"]);

/**
 * What an outcome makes of a charge. Pure: the row is locked by whoever asks, and an outcome that comes late, after another one
 * has settled the matter, changes nothing. But one: a payment that went through although it was given up is undone.
 */
export function transitionOf(row: Standing, asked: Asked, outcome: RailOutcome, nowMs: number): Transition | null {
  if (row.state === "reversing") return reversingTransition(row, asked, outcome, nowMs);
  if (row.state === "asked" || row.state === "waiting" || row.state === "unknown") {
    return openTransition(row, outcome, nowMs);
  }
  const cameLate = asked === "pay" && (outcome.kind === "paid" || outcome.kind === "waiting");
  if (cameLate && row.state !== "paid" && row.transfer_id === null) {
    return { to: "reversing", closing: row.state === "declined" };
  }
  return null;
}

function openTransition(row: Standing, outcome: RailOutcome, nowMs: number): Transition | null {
  switch (outcome.kind) {
    case "refunded":
      // Somebody gave it back in the rail's own pages, while nobody here knew that it was paid: no goods go out for it.
      return { to: "reversing", closing: true };
    case "paid":
      return { to: "paid", transactionId: outcome.transactionId, paidAt: outcome.paidAt };
    case "declined":
      return { to: "declined", code: outcome.code };
    case "closed":
      return { to: "declined", code: "rail.not-confirmed" };
    case "waiting":
    case "unpaid":
    case "not-found":
      if (mustClose(row, outcome.kind, nowMs)) return { to: "reversing", closing: true };
      // An order that is not known yet may still be on its way.
      return { to: outcome.kind === "not-found" ? "unknown" : "waiting" };
    case "unknown":
      // Of a shopper who types nothing new is known when one question gets no answer.
      return row.state === "waiting" ? null : { to: "unknown" };
  }
}

/**
 * Whether the platform closes an order by itself: one that nobody is paying, as soon as a reversal is allowed; one that the rail
 * still does not know when a till would have given up, because a code is long worthless then; and one that waits for ever.
 */
function mustClose(row: Standing, kind: "waiting" | "unpaid" | "not-found", nowMs: number): boolean {
  const ageMs = nowMs - row.created_at.getTime();
  const { reverseNotBeforeMs, giveUpMs } = railTimings[row.rail];
  if (kind === "unpaid") return ageMs >= reverseNotBeforeMs;
  return ageMs >= (kind === "not-found" ? giveUpMs : abandonAfterMs);
}

/** A charge that is being reversed is never paid again; it ends when the rail says that it is closed. */
function reversingTransition(row: Standing, asked: Asked, outcome: RailOutcome, nowMs: number): Transition | null {
  const gaveBack = outcome.kind === "closed" && outcome.gaveBack;
  const over: Transition = row.closing ? { to: "declined", code: "rail.not-confirmed" } : { to: "reversed", gaveBack };
  const ageMs = nowMs - row.created_at.getTime();
  if (outcome.kind === "closed") return over;
  // The payment itself was refused while somebody already wanted it back: nothing was taken.
  if (outcome.kind === "declined" && asked === "pay") return over;
  // Asked after it so long after, the rail would know it if it were ever to come.
  if (outcome.kind === "not-found" && asked === "reverse" && ageMs >= railTimings[row.rail].giveUpMs) return over;
  return null;
}
