import type { Timers } from "../../main/contract/wire.ts";

/** Timers that run only when a test moves the time. */
export type ByHandTimers = Timers & {
  /** Moves the time and runs, in order, everything that falls due on the way. */
  advance(byMs: number): void;
  /** How many timers are set. */
  waiting(): number;
};

/** Makes timers whose time stands still until it is moved. */
export function createTimersByHand(): ByHandTimers {
  let nowMs = 0;
  const timers = new Set<{ dueMs: number; action: () => void }>();

  function nextDue(limitMs: number): { dueMs: number; action: () => void } | undefined {
    const due = [...timers].filter((timer) => timer.dueMs <= limitMs);
    return due.sort((one, other) => one.dueMs - other.dueMs)[0];
  }

  return {
    setTimer(action, delayMs) {
      const timer = { dueMs: nowMs + delayMs, action };
      timers.add(timer);
      return timer;
    },
    clearTimer(timer) {
      timers.delete(timer as { dueMs: number; action: () => void });
    },
    advance(byMs) {
      const untilMs = nowMs + byMs;
      for (let timer = nextDue(untilMs); timer !== undefined; timer = nextDue(untilMs)) {
        timers.delete(timer);
        nowMs = timer.dueMs;
        timer.action();
      }
      nowMs = untilMs;
    },
    waiting: () => timers.size,
  };
}
