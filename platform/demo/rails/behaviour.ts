import type { RailBehaviour } from "../../../sync/protocol/demo-rails.ts";

/** The calls of a rail, as far as an emulator can fail them. */
export type RailStep = "pay" | "query" | "reverse" | "refund" | "query-refund" | "bill";

/** How one call goes wrong. `effect` says whether it does what it was asked for before. */
export type RailFault = {
  step: RailStep;
  kind: "timeout" | "system-error" | "lost-reply" | "bad-signature" | "unsigned";
  effect: boolean;
};

/** The fault that a behaviour is, or null where the call itself goes well. */
export function faultOf(behaviour: RailBehaviour): RailFault | null {
  switch (behaviour) {
    case "timeout-charged":
    case "timeout-not-charged":
      return { step: "pay", kind: "timeout", effect: behaviour === "timeout-charged" };
    case "system-error-charged":
    case "system-error-not-charged":
      return { step: "pay", kind: "system-error", effect: behaviour === "system-error-charged" };
    case "lost-reply":
    case "bad-signature":
      return { step: "pay", kind: behaviour, effect: true };
    default:
      return null;
  }
}
