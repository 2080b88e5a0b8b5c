import type { Timers } from "../../main/contract/wire.ts";

/** The timers of a window. */
export function pageTimers(page: Window): Timers {
  return {
    setTimer: (action, delayMs) => page.setTimeout(action, delayMs),
    clearTimer: (timer) => page.clearTimeout(timer as number),
  };
}
