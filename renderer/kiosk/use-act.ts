import { useCallback } from "react";
import { TillError } from "../../main/contract/errors.ts";
import type { MethodInput, MethodName, MethodOutput, TillContract } from "../../main/contract/methods.ts";
import { useTillSession, useTillSnapshot } from "../shared/till-session.tsx";
import { setView } from "./view.ts";

/** Asks the till to do something. Gives its answer, or null after putting its refusal where the shopper reads it. */
export type Act = <M extends MethodName<TillContract>>(
  method: M,
  input: MethodInput<TillContract, M>,
) => Promise<MethodOutput<TillContract, M> | null>;

/** Asks the till to do something, and shows its refusal. */
export function useAct(): Act {
  const session = useTillSession();
  return useCallback(
    async (method, input) => {
      try {
        const output = await session.call(method, input);
        setView({ fault: null, reason: null });
        return output;
      } catch (error) {
        if (!(error instanceof TillError)) throw error;
        setView({ fault: { code: error.code, params: { ...error.params } } });
        return null;
      }
    },
    [session],
  );
}

/** Asks the till to tidy up after a shopper. A refusal is nobody's to read: the next shopper is not told of it. */
export function useQuietAct(): Act {
  const session = useTillSession();
  return useCallback(
    async (method, input) => {
      try {
        return await session.call(method, input);
      } catch (error) {
        if (!(error instanceof TillError)) throw error;
        return null;
      }
    },
    [session],
  );
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
