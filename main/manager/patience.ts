import type { Timers } from "../contract/wire.ts";

/** How long a page is made to wait for the platform: it gives up by itself soon after. */
const patienceMs = 12_000;

/** Resolves when the work has ended or somebody has waited long enough; the work itself goes on. */
export async function forAWhile(timers: Timers, work: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = timers.setTimer(() => late.resolve(), patienceMs);
  try {
    await Promise.race([work, late.promise]);
  } finally {
    timers.clearTimer(timer);
  }
}
