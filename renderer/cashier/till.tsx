import type { Fault } from "../../main/contract/errors.ts";
import type { TillContract } from "../../main/contract/methods.ts";
import type { Session } from "../shared/session.ts";
import { useTillAct, type Act } from "../shared/till-act.ts";
import { useTillSession } from "../shared/till-session.tsx";
import { setView } from "./view.ts";

export type { Act } from "../shared/till-act.ts";
export { useTillSessionState as useSessionState, useTillSnapshot as useSnapshot } from "../shared/till-session.tsx";

/** Asks the till for something that the page then shows; rejects with a TillError. */
export function useAsk(): Session<TillContract>["call"] {
  return useTillSession().call;
}

/** Puts a refusal where the cashier reads it. */
export function showFault(fault: Fault): void {
  setView({ message: { kind: "fault", fault } });
}

const outcome = { onDone: () => setView({ message: null }), onRefused: showFault };

/** Asks the till to do something, and shows its refusal. */
export function useAct(): Act {
  return useTillAct(outcome);
}
