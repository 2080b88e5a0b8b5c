import { createContext, use, useSyncExternalStore, type ReactNode } from "react";
import type { RecoveryContract, RecoveryView } from "../../main/contract/recovery.ts";
import type { Session, SessionState } from "../shared/session.ts";

const SessionContext = createContext<Session<RecoveryContract> | null>(null);
const StandContext = createContext<RecoveryView | null>(null);

/** Gives everything below it the line to the till that waits. */
export function RecoverySessionProvider(props: { session: Session<RecoveryContract>; children: ReactNode }) {
  return <SessionContext value={props.session}>{props.children}</SessionContext>;
}

/** Gives everything below it what the till told last of how it stands. */
export function StandProvider({ stand, children }: { stand: RecoveryView; children: ReactNode }) {
  return <StandContext value={stand}>{children}</StandContext>;
}

/** The line to the till that waits. */
export function useRecoverySession(): Session<RecoveryContract> {
  const session = use(SessionContext);
  if (session === null) throw new Error("There is no RecoverySessionProvider above this component.");
  return session;
}

/** Where the line stands. */
export function useRecoverySessionState(): SessionState<RecoveryView> {
  const session = useRecoverySession();
  return useSyncExternalStore(session.subscribe, session.state);
}

/** How the recovery stands. */
export function useStand(): RecoveryView {
  const stand = use(StandContext);
  if (stand === null) throw new Error("There is no StandProvider above this component.");
  return stand;
}
