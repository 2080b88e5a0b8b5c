import type { Logger } from "pino";

/** Something that is done again and again. */
export type RailWorker = {
  /** Lets what is under way end, and begins nothing else. */
  close(): Promise<void>;
};

/**
 * Works off what is due every `everyMs`, one round after the other. What is due stands in the database, so a platform that was
 * killed goes on where it was.
 */
export function startRailWorker(workOff: () => Promise<unknown>, everyMs: number, log: Logger): RailWorker {
  const state = { closing: false, running: Promise.resolve() };
  let timer: NodeJS.Timeout | null = null;

  async function round(): Promise<void> {
    try {
      await workOff();
    } catch (error) {
      log.error({ err: error }, "what is due at the rails could not be worked off");
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
