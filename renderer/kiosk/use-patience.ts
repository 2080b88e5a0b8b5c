import { useCallback, useEffect, useState } from "react";
import { create } from "zustand";
import { useClock } from "../shared/clock.tsx";
import { useTillSessionState, useTillSnapshot } from "../shared/till-session.tsx";
import { patienceAfter, patienceAtStart, waitAt, type Patience, type PatienceEvent, type Wait } from "./patience.ts";
import { occasionOf, type Stage } from "./stage.ts";
import { useLeave } from "./use-leave.ts";
import { plainAccess, useView } from "./view.ts";

/** Where the wait stands. A store of its own, so that each touch redraws nothing but what shows the wait. */
export const usePatienceState = create<{ patience: Patience }>(() => ({ patience: patienceAtStart }));

const retryMs = 5_000;

/** Tells the wait what happened. */
function tell(event: PatienceEvent): void {
  usePatienceState.setState(({ patience }) => ({ patience: patienceAfter(patience, event) }));
}

/** Everything by which a shopper shows to be there besides touching: scans, answers, paper. */
function useSigns(): string {
  const { basket, notice, payment, outcome } = useTillSnapshot();
  return [basket.addedCount, basket.itemCount, notice?.id, payment?.state, outcome?.print].join();
}

/** Keeps the wait in step with the shopper, and ends the sale of one who has left. */
export function usePatience(stage: Stage): void {
  const clock = useClock();
  const { phase } = useTillSessionState();
  const { outcome } = useTillSnapshot();
  const leave = useLeave();
  const isHelpCalled = useView((view) => view.helpCalledMs !== null);
  const isTouched = useView(({ access, panel }) => panel !== null || access !== plainAccess);
  const occasion = occasionOf(stage, { phase, isHelpCalled, isTouched });
  const storedAt = occasion === "receipt" ? outcome?.storedAt : undefined;
  const signs = useSigns();
  const patience = usePatienceState((state) => state.patience);

  useEffect(() => tell({ kind: "sign", atMs: clock() }), [signs, clock]);

  useEffect(() => {
    // A receipt that a window finds when it opens has been in view since it was stored.
    const since = storedAt === undefined ? {} : { sinceMs: Date.parse(storedAt) };
    tell({ kind: "occasion", occasion, atMs: clock(), ...since });
  }, [occasion, storedAt, clock]);

  useEffect(() => {
    const hear = () => tell({ kind: "sign", atMs: clock() });
    window.addEventListener("pointerdown", hear, { capture: true });
    window.addEventListener("keydown", hear, { capture: true });
    return () => {
      window.removeEventListener("pointerdown", hear, { capture: true });
      window.removeEventListener("keydown", hear, { capture: true });
    };
  }, [clock]);

  useEffect(() => {
    if (patience.occasion !== occasion) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      const wait = waitAt(patience, clock());
      if (wait.kind === "over") leave("idle");
      if (wait.kind === "rest" && wait.leftMs === 0) tell({ kind: "time", atMs: clock() });
      // What the till refuses just now (a full disk, a restart) is asked for again.
      const againMs = wait.kind === "over" ? retryMs : wait.leftMs;
      if (againMs !== null) timer = setTimeout(look, againMs);
    };
    look();
    return () => clearTimeout(timer);
  }, [patience, occasion, clock, leave]);
}

/** Where the wait stands now, read anew each second while something counts down. */
export function useWait(isShown: boolean): Wait {
  const clock = useClock();
  const patience = usePatienceState((state) => state.patience);
  const [nowMs, setNowMs] = useState(clock);
  const read = useCallback(() => setNowMs(clock()), [clock]);
  useEffect(() => {
    read();
    if (!isShown) return;
    const timer = setInterval(read, 1000);
    return () => clearInterval(timer);
  }, [read, isShown, patience]);
  return waitAt(patience, Math.max(nowMs, patience.askedMs ?? patience.sinceMs));
}
