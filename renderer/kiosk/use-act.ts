import type { Fault } from "../../main/contract/errors.ts";
import { useTillAct, type Act } from "../shared/till-act.ts";
import { useTillSnapshot } from "../shared/till-session.tsx";
import { setView } from "./view.ts";

export type { Act } from "../shared/till-act.ts";

/** Puts a refusal where the shopper reads it. */
export function showFault(fault: Fault): void {
  setView({ fault });
}

const shown = { onDone: () => setView({ fault: null, reason: null }), onRefused: showFault };
const quiet = { onDone: () => {}, onRefused: () => {} };

/** Asks the till to do something, and shows its refusal. */
export function useAct(): Act {
  return useTillAct(shown);
}

/** Asks the till to tidy up after a shopper. A refusal is nobody's to read: the next shopper is not told of it. */
export function useQuietAct(): Act {
  return useTillAct(quiet);
}

/** Puts away what the till said last, for a step at which it is no longer of use. */
export function useDismiss(): () => void {
  const quietly = useQuietAct();
  const noticeId = useTillSnapshot().notice?.id;
  return () => {
    setView({ fault: null, reason: null });
    if (noticeId !== undefined) void quietly("notice.dismiss", { noticeId });
  };
}
