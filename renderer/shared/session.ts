import { schemasAreInterpreted } from "./interpreted-schemas.ts";
import { connect, type Connection } from "../../main/contract/connect.ts";
import { TillError, type Fault } from "../../main/contract/errors.ts";
import type { Contract, MethodInput, MethodName, MethodOutput, SnapshotOf } from "../../main/contract/methods.ts";
import type { Timers, Wire } from "../../main/contract/wire.ts";

/** Where the line stands: `restarting` keeps the last snapshot in view while the page tries again by itself. */
export type Phase = "connecting" | "ready" | "restarting" | "refused";

/** What a page knows of the till. `fault` says why it was refused. */
export type SessionState<S> = {
  readonly phase: Phase;
  readonly snapshot: S | null;
  readonly fault: Fault | null;
};

/** A page's standing line to the till: it reconnects by itself and keeps the newest snapshot. */
export type Session<C extends Contract> = {
  state(): SessionState<SnapshotOf<C>>;
  subscribe(listener: () => void): () => void;
  /** Asks the till; rejects with a TillError, at once where the line is down. */
  call<M extends MethodName<C>>(method: M, input: MethodInput<C, M>): Promise<MethodOutput<C, M>>;
  close(): void;
};

/** What a session is made of. `random` is for the spread of its attempts to reconnect. */
export type SessionOptions<C extends Contract> = {
  contract: C;
  openWire(): Wire;
  timers: Timers;
  /** A page token, good once: it is exchanged for the session that `keep` keeps. */
  token: string | null;
  kept: { read(): string | null; write(session: string | null): void };
  /** Loads the page anew: the till serves another contract now, and another page at this address. */
  loadAnew(): void;
  random(): number;
};

const firstRetryMs = 250;
const longestRetryMs = 5_000;

type Numbered = { run: string; version: number };

/** Opens the line and keeps it open until `close`. */
export function openSession<C extends Contract>(options: SessionOptions<C>): Session<C> {
  if (!schemasAreInterpreted()) throw new Error("The schemas were made before they were set to be interpreted.");
  type Snapshot = SnapshotOf<C>;
  let state: SessionState<Snapshot> = { phase: "connecting", snapshot: null, fault: null };
  let connection: Connection<C> | null = null;
  let token = options.token;
  let attempts = 0;
  let retry: unknown;
  let ended = false;
  const listeners = new Set<() => void>();

  function tell(change: Partial<SessionState<Snapshot>>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  function takeSnapshot(snapshot: Snapshot): void {
    const next = snapshot as Numbered;
    const last = state.snapshot as Numbered | null;
    if (last !== null && last.run === next.run && next.version < last.version) return;
    attempts = 0;
    tell({ phase: "ready", snapshot, fault: null });
  }

  function lost(fault: Fault | null): void {
    connection = null;
    if (ended) return;
    if (fault?.code === "wire.other-contract") {
      tell({ phase: state.snapshot === null ? "connecting" : "restarting" });
      options.loadAnew();
      return;
    }
    if (fault !== null) {
      if (fault.code === "session.invalid") options.kept.write(null);
      tell({ phase: "refused", fault });
      return;
    }
    tell({ phase: state.snapshot === null ? "connecting" : "restarting" });
    const delayMs = Math.min(longestRetryMs, firstRetryMs * 2 ** attempts);
    attempts += 1;
    retry = options.timers.setTimer(open, delayMs * (0.5 + options.random() / 2));
  }

  function greeting(): { token?: string; session?: string } {
    if (token !== null) return { token };
    const session = options.kept.read();
    return session === null ? {} : { session };
  }

  function open(): void {
    connection = connect({
      contract: options.contract,
      wire: options.openWire(),
      timers: options.timers,
      hello: greeting(),
      onWelcome(welcome) {
        token = null;
        options.kept.write(welcome.session);
      },
      onSnapshot: takeSnapshot,
      onClosed: lost,
    });
  }

  open();
  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async call(method, input) {
      if (connection === null) throw new TillError("wire.closed");
      return connection.call(method, input);
    },
    close() {
      ended = true;
      options.timers.clearTimer(retry);
      connection?.close();
    },
  };
}
