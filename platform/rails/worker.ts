import type { Logger } from "pino";
import type { RailCharges } from "./rail-charges.ts";

/** What turns to charges by itself. */
export type RailWorker = {
  /** Lets what is under way end, and begins nothing else. */
  close(): Promise<void>;
};

/**
 * Works off due charges every `everyMs`, one round after the other. What is due stands in the database, so a platform that was
 * killed goes on where it was, and of several platforms over one database each takes its own.
 */
export function startRailWorker(charges: RailCharges, everyMs: number, log: Logger): RailWorker {
  const state = { closing: false, running: Promise.resolve() };
  let timer: NodeJS.Timeout | null = null;

  async function round(): Promise<void> {
    try {
      await charges.workOff();
    } catch (error) {
      log.error({ err: error }, "charges over rails could not be worked off");
    }
    arm();
  }

  function arm(): void {
    if (state.closing) return;
    timer = setTimeout(() => {
      state.running = round();
    }, everyMs);
    timer.unref();
  }

  arm();
  return {
    close: async () => {
      state.closing = true;
      if (timer !== null) clearTimeout(timer);
      await state.running;
    },
  };
}
