import { createContext, use, useSyncExternalStore, type ReactNode } from "react";
import type { TillContract } from "../../main/contract/methods.ts";
import type { Snapshot } from "../../main/contract/snapshot.ts";
import type { Session, SessionState } from "./session.ts";

const SessionContext = createContext<Session<TillContract> | null>(null);
const SnapshotContext = createContext<Snapshot | null>(null);

/** Gives everything below it the line to the till. */
export function TillSessionProvider(props: { session: Session<TillContract>; children: ReactNode }) {
  return <SessionContext value={props.session}>{props.children}</SessionContext>;
}

/** Gives everything below it what the till told last. */
export function TillSnapshotProvider({ snapshot, children }: { snapshot: Snapshot; children: ReactNode }) {
  return <SnapshotContext value={snapshot}>{children}</SnapshotContext>;
}

/** The line to the till. */
export function useTillSession(): Session<TillContract> {
  const session = use(SessionContext);
  if (session === null) throw new Error("There is no TillSessionProvider above this component.");
  return session;
}

/** Where the line to the till stands. */
export function useTillSessionState(): SessionState<Snapshot> {
  const session = useTillSession();
  return useSyncExternalStore(session.subscribe, session.state);
}

/** What the till told last. */
export function useTillSnapshot(): Snapshot {
  const snapshot = use(SnapshotContext);
  if (snapshot === null) throw new Error("There is no TillSnapshotProvider above this component.");
  return snapshot;
}
