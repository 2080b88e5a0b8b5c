import type { OperatorTill } from "../../sync/protocol/operator-api.ts";
import type { WordKey } from "../shared/words/en.ts";
import type { BeadPlace } from "./bead-place.ts";

/** A till counts as heard for so long after it last asked anything. */
const heardForMs = 10 * 60_000;
/** When it was last heard is known to ten seconds; within a minute it is there now. */
const nowForMs = 60_000;

/** How a till stands, the worst first: what a person must look at, and whether it has been heard. */
export type TillState = "revoked" | "forked" | "needs-you" | "heard" | "quiet" | "never";

/** How a till stands by the platform's own clock. */
export function stateOfTill(till: OperatorTill, platformTime: string): TillState {
  if (till.revoked) return "revoked";
  if (till.forked) return "forked";
  if (till.needsYou > 0) return "needs-you";
  if (till.lastSeenAt === undefined) return "never";
  return isHeard(till, platformTime) ? "heard" : "quiet";
}

/** One row for each till: that of its newest ledger, which is the last of its rows. */
export function newestLedgers(tills: readonly OperatorTill[]): OperatorTill[] {
  return [...new Map(tills.map((till) => [till.tillId, till])).values()];
}

/** Whether a till has asked anything within the last ten minutes. */
export function isHeard(till: OperatorTill, platformTime: string): boolean {
  return till.lastSeenAt !== undefined && Date.parse(platformTime) - Date.parse(till.lastSeenAt) < heardForMs;
}

/** Whether a till is there at this moment. */
export function isSeenNow(till: OperatorTill, platformTime: string): boolean {
  return till.lastSeenAt !== undefined && Date.parse(platformTime) - Date.parse(till.lastSeenAt) < nowForMs;
}

/** The words and the bead of each state. */
export const tillStateLooks: Readonly<Record<TillState, { words: WordKey; place: BeadPlace }>> = {
  revoked: { words: "console.state-revoked", place: "back" },
  forked: { words: "console.state-forked", place: "stopped" },
  "needs-you": { words: "console.state-needs", place: "stopped" },
  heard: { words: "console.state-heard", place: "there" },
  quiet: { words: "console.state-quiet", place: "far" },
  never: { words: "console.state-never", place: "far" },
};
