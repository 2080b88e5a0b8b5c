import type { Timers } from "./contract/wire.ts";

/** The timers of this process. Tests hand in others, which they move by hand. */
export const systemTimers: Timers = {
  setTimer: (action, delayMs) => setTimeout(action, delayMs),
  clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout | undefined),
};
