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
import { pageTimers } from "../shared/page-timers.ts";
import type { Session } from "../shared/session.ts";
import { useTillSession } from "../shared/till-session.tsx";
import { openTillData, type Known, type TillData } from "./till-data.ts";

export { useTillSessionState as useSessionState, useTillSnapshot as useSnapshot } from "../shared/till-session.tsx";

const DataContext = createContext<TillData | null>(null);

const risingNow = () => performance.now();

/** Gives everything below it what the page has asked of the till. */
export function TillDataProvider({ children }: { children: ReactNode }) {
  const session = useTillSession();
  const data = useMemo(() => openTillData(session, pageTimers(window), risingNow), [session]);
  useEffect(() => data.close, [data]);
  return <DataContext value={data}>{children}</DataContext>;
}

function useData(): TillData {
  const data = use(DataContext);
  if (data === null) throw new Error("There is no TillDataProvider above this component.");
  return data;
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
  const data = useData();
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
  return useData().refresh;
}

/** Asks one thing that is in view once more. */
export function useAgain(): TillData["again"] {
  return useData().again;
}

/** Asks the till for something once; rejects with a TillError. */
export function useAsk(): Session<TillContract>["call"] {
  return useTillSession().call;
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
  const session = useTillSession();
  const data = useData();
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
