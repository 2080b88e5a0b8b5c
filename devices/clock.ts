/** A timer that has been set and can be cleared. Only the clock that made it knows what it is. */
export type Timer = object;

/** Time as the devices see it. It is handed in so that tests move it by hand and never wait. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls back once after `delayMs`. */
  setTimer(callback: () => void, delayMs: number): Timer;
  /** Forgets a timer; one that has fired already is not an error. */
  clearTimer(timer: Timer): void;
}

const runningTimers = new WeakMap<Timer, NodeJS.Timeout>();

/** The real clock of the process. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(callback, delayMs) {
    const timer: Timer = {};
    runningTimers.set(timer, setTimeout(callback, delayMs));
    return timer;
  },
  clearTimer(timer) {
    clearTimeout(runningTimers.get(timer));
  },
};
