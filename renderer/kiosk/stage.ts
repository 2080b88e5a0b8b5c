import type { Phase } from "../shared/session.ts";
import type { Snapshot } from "../../main/contract/snapshot.ts";
import type { Occasion } from "./patience.ts";

/** Where a shopper is. `asking` and `unknown` are a payment that is open. */
export type Stage = "start" | "scan" | "check" | "pay" | "asking" | "unknown" | "receipt";

/** What of the page's own state decides where the shopper is. */
export type StageView = {
  /** A language was touched. */
  readonly hasBegun: boolean;
  readonly wantsToPay: boolean;
  /** The sale whose receipt has gone from view. */
  readonly leftSaleId: string | null;
};

/** Where the shopper is. What is stored comes before what was touched: a payment, then an outcome, then the basket. */
export function stageOf(
  { payment, outcome, basket }: Pick<Snapshot, "payment" | "outcome" | "basket">,
  view: StageView,
): Stage {
  // A wallet that waits for its owner and one that is being asked look alike here: both need a look at the phone.
  if (payment !== undefined) return payment.state === "unknown" ? "unknown" : "asking";
  if (outcome !== undefined) return outcome.saleId === view.leftSaleId ? "start" : "receipt";
  if (basket.lines.length === 0) return view.hasBegun ? "scan" : "start";
  if (!view.wantsToPay) return "scan";
  return basket.age !== undefined && basket.age.checked === undefined ? "check" : "pay";
}

/** What the kiosk waits for. */
export function occasionOf(
  stage: Stage,
  { phase, isHelpCalled, isTouched }: { phase: Phase; isHelpCalled: boolean; isTouched: boolean },
): Occasion {
  if (phase !== "ready" || stage === "asking" || stage === "unknown") return "held";
  if (stage === "receipt") return isHelpCalled ? "receipt-helped" : "receipt";
  if (isHelpCalled) return "held";
  if (stage === "start") return isTouched ? "looking" : "free";
  return stage === "pay" ? "paying" : "shopping";
}
