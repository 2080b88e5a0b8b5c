import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import { faultOf, type Fault } from "../../main/contract/errors.ts";
import type { MethodInput, MethodName, MethodOutput, TillContract } from "../../main/contract/methods.ts";
import type { Snapshot } from "../../main/contract/snapshot.ts";
import { pageTimers } from "../shared/page-timers.ts";
import type { Session, SessionState } from "../shared/session.ts";
import { openTillData, type Known, type TillData } from "./till-data.ts";

const LineContext = createContext<{ session: Session<TillContract>; data: TillData } | null>(null);
const SnapshotContext = createContext<Snapshot | null>(null);

const risingNow = () => performance.now();

/** Gives everything below it the line to the till. */
export function TillProvider({ session, children }: { session: Session<TillContract>; children: ReactNode }) {
  const line = useMemo(() => ({ session, data: openTillData(session, pageTimers(window), risingNow) }), [session]);
  useEffect(() => line.data.close, [line]);
  return <LineContext value={line}>{children}</LineContext>;
}

/** Gives everything below it what the till told last. */
export function SnapshotProvider({ snapshot, children }: { snapshot: Snapshot; children: ReactNode }) {
  return <SnapshotContext value={snapshot}>{children}</SnapshotContext>;
}

function useLine(): { session: Session<TillContract>; data: TillData } {
  const line = use(LineContext);
  if (line === null) throw new Error("There is no TillProvider above this component.");
  return line;
}

/** Where the line to the till stands. */
export function useSessionState(): SessionState<Snapshot> {
  const { session } = useLine();
  return useSyncExternalStore(session.subscribe, session.state);
}

/** What the till told last. */
export function useSnapshot(): Snapshot {
  const snapshot = use(SnapshotContext);
  if (snapshot === null) throw new Error("There is no SnapshotProvider above this component.");
  return snapshot;
}

/** Whether anybody can see the page. What nobody sees asks for nothing. */
function useIsSeen(): boolean {
  return useSyncExternalStore(subscribeToSight, isSeen);
}

function subscribeToSight(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}

function isSeen(): boolean {
  return document.visibilityState === "visible";
}

/** How often a page asks again while the till keeps changing. */
const defaultEveryMs = 1000;

/** What the till answers, asked again as the till changes; the last answer stays in view while the line is down. */
export function useTillData<M extends MethodName<TillContract>>(
  method: M,
  input: MethodInput<TillContract, M>,
  everyMs = defaultEveryMs,
): Known<MethodOutput<TillContract, M>> {
  const { data } = useLine();
  const seen = useIsSeen();
  const key = JSON.stringify(input);
  // The text of the input stands for it, so that an equal one made anew asks nothing twice.
  const stable = useMemo(() => JSON.parse(key) as MethodInput<TillContract, M>, [key]);
  const subscribe = useCallback(
    (listener: () => void) => (seen ? data.watch(method, stable, everyMs, listener) : () => {}),
    [data, method, stable, everyMs, seen],
  );
  return useSyncExternalStore(subscribe, () => data.known(method, stable));
}

/** Asks everything that is in view once more. */
export function useRefresh(): () => void {
  return useLine().data.refresh;
}

/** Asks one thing that is in view once more. */
export function useAgain(): TillData["again"] {
  return useLine().data.again;
}

/** Asks the till for something once; rejects with a TillError. */
export function useAsk(): Session<TillContract>["call"] {
  return useLine().session.call;
}

/** Something that can be asked of the till, what became of it, and whether it is under way. */
export type Action<M extends MethodName<TillContract>> = {
  readonly isBusy: boolean;
  readonly isDone: boolean;
  readonly fault: Fault | null;
  /** Does it, once at a time. Gives the answer, or null after setting `fault`. */
  run(input: MethodInput<TillContract, M>): Promise<MethodOutput<TillContract, M> | null>;
  /** Takes the outcome out of view. */
  clear(): void;
};

type Standing = Pick<Action<"till.snapshot">, "isBusy" | "isDone" | "fault">;

const atRest: Standing = { isBusy: false, isDone: false, fault: null };

/** Lets the page ask something of the till and show what became of it. */
export function useAction<M extends MethodName<TillContract>>(method: M): Action<M> {
  const { session, data } = useLine();
  const [standing, setStanding] = useState(atRest);
  const run = async (input: MethodInput<TillContract, M>) => {
    if (standing.isBusy) return null;
    setStanding({ ...atRest, isBusy: true });
    try {
      const output = await session.call(method, input);
      setStanding({ ...atRest, isDone: true });
      data.refresh();
      return output;
    } catch (error) {
      setStanding({ ...atRest, fault: faultOf(error) });
      return null;
    }
  };
  return { ...standing, run, clear: () => setStanding(atRest) };
}

/** Runs something at once and then every `everyMs`, for as long as the page is seen. */
export function useEvery(action: () => void, everyMs: number): void {
  const seen = useIsSeen();
  useEffect(() => {
    if (!seen) return;
    action();
    const timer = setInterval(action, everyMs);
    return () => clearInterval(timer);
  }, [action, everyMs, seen]);
}
