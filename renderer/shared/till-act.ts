import { useCallback } from "react";
import { TillError, type Fault } from "../../main/contract/errors.ts";
import type { MethodInput, MethodName, MethodOutput, TillContract } from "../../main/contract/methods.ts";
import { useTillSession } from "./till-session.tsx";

/** Asks the till to do something. Gives its answer, or null after its refusal was put where it is read. */
export type Act = <M extends MethodName<TillContract>>(
  method: M,
  input: MethodInput<TillContract, M>,
) => Promise<MethodOutput<TillContract, M> | null>;

/** What becomes of what was asked; the same functions each time the page is drawn. */
export type Outcome = { onDone(): void; onRefused(fault: Fault): void };

/** Asks the till to do something, and hands on what became of it. */
export function useTillAct(outcome: Outcome): Act {
  const session = useTillSession();
  return useCallback(
    async (method, input) => {
      try {
        const output = await session.call(method, input);
        outcome.onDone();
        return output;
      } catch (error) {
        if (!(error instanceof TillError)) throw error;
        outcome.onRefused({ code: error.code, params: { ...error.params } });
        return null;
      }
    },
    [session, outcome],
  );
}
