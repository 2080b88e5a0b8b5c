import { createContext, use, useCallback, useState, useSyncExternalStore, type ReactNode } from "react";
import {
  stationOf,
  type CounterContract,
  type CounterSnapshot,
  type Station,
  type StationId,
} from "../../main/contract/counter.ts";
import { TillError, type Fault } from "../../main/contract/errors.ts";
import type { MethodInput, MethodName } from "../../main/contract/methods.ts";
import type { Session, SessionState } from "../shared/session.ts";

type Counter = {
  readonly session: Session<CounterContract>;
  readonly fault: Fault | null;
  setFault(fault: Fault | null): void;
};

const CounterContext = createContext<Counter | null>(null);
const SnapshotContext = createContext<CounterSnapshot | null>(null);
const StationContext = createContext<StationId>("till");

/** Gives everything below it the line to the demo's server, and keeps what it refused last. */
export function CounterProvider({ session, children }: { session: Session<CounterContract>; children: ReactNode }) {
  const [fault, setFault] = useState<Fault | null>(null);
  return <CounterContext value={{ session, fault, setFault }}>{children}</CounterContext>;
}

/** Gives everything below it what is on the counter. */
export function CounterSnapshotProvider({ snapshot, children }: { snapshot: CounterSnapshot; children: ReactNode }) {
  return <SnapshotContext value={snapshot}>{children}</SnapshotContext>;
}

/** Says at which station everything below it stands. */
export function StationProvider({ station, children }: { station: StationId; children: ReactNode }) {
  return <StationContext value={station}>{children}</StationContext>;
}

function useCounter(): Counter {
  const counter = use(CounterContext);
  if (counter === null) throw new Error("There is no CounterProvider above this component.");
  return counter;
}

/** Where the line to the demo's server stands. */
export function useCounterState(): SessionState<CounterSnapshot> {
  const { session } = useCounter();
  return useSyncExternalStore(session.subscribe, session.state);
}

/** Everything on the counter. */
export function useCounterSnapshot(): CounterSnapshot {
  const snapshot = use(SnapshotContext);
  if (snapshot === null) throw new Error("There is no CounterSnapshotProvider above this component.");
  return snapshot;
}

/** The devices of the station that is shown. */
export function useStation(): Station {
  return stationOf(useCounterSnapshot(), use(StationContext));
}

/** What was refused last, and the way to put it away. */
export function useCounterFault(): { fault: Fault | null; dismiss(): void } {
  const { fault, setFault } = useCounter();
  return { fault, dismiss: () => setFault(null) };
}

/** Does something on the counter; what is refused is shown. */
export type CounterAct = <M extends MethodName<CounterContract>>(
  method: M,
  input: MethodInput<CounterContract, M>,
) => Promise<void>;

/** Does something on the counter; what is refused is shown. */
export function useCounterAct(): CounterAct {
  const { session, setFault } = useCounter();
  return useCallback(
    async (method, input) => {
      try {
        await session.call(method, input);
        setFault(null);
      } catch (error) {
        if (!(error instanceof TillError)) throw error;
        setFault({ code: error.code, params: { ...error.params } });
      }
    },
    [session, setFault],
  );
}
