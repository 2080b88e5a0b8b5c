import { createContext, use, useCallback, useSyncExternalStore, type ReactNode } from "react";
import { TillError } from "../../main/contract/errors.ts";
import type { MethodInput, MethodName, MethodOutput, TillContract } from "../../main/contract/methods.ts";
import type { Snapshot } from "../../main/contract/snapshot.ts";
import type { Session, SessionState } from "../shared/session.ts";
import { setView } from "./view.ts";

const SessionContext = createContext<Session<TillContract> | null>(null);
const SnapshotContext = createContext<Snapshot | null>(null);

/** Gives everything below it the line to the till. */
export function TillProvider({ session, children }: { session: Session<TillContract>; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Gives everything below it what the till told last. */
export function SnapshotProvider({ snapshot, children }: { snapshot: Snapshot; children: ReactNode }) {
  return <SnapshotContext value={snapshot}>{children}</SnapshotContext>;
}

function useSession(): Session<TillContract> {
  const session = use(SessionContext);
  if (session === null) throw new Error("There is no TillProvider above this component.");
  return session;
}

/** Where the line to the till stands. */
export function useSessionState(): SessionState<Snapshot> {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.state);
}

/** What the till told last. */
export function useSnapshot(): Snapshot {
  const snapshot = use(SnapshotContext);
  if (snapshot === null) throw new Error("There is no SnapshotProvider above this component.");
  return snapshot;
}

/** Asks the till for something that the page then shows; rejects with a TillError. */
export function useAsk(): Session<TillContract>["call"] {
  return useSession().call;
}

/** Asks the till to do something. Gives its answer, or null after putting its refusal where the cashier reads it. */
export type Act = <M extends MethodName<TillContract>>(
  method: M,
  input: MethodInput<TillContract, M>,
) => Promise<MethodOutput<TillContract, M> | null>;

/** Asks the till to do something, and shows its refusal. */
export function useAct(): Act {
  const session = useSession();
  return useCallback(
    async (method, input) => {
      try {
        const output = await session.call(method, input);
        setView({ message: null });
        return output;
      } catch (error) {
        if (!(error instanceof TillError)) throw error;
        setView({ message: { kind: "fault", fault: { code: error.code, params: { ...error.params } } } });
        return null;
      }
    },
    [session],
  );
}
