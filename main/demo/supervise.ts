import { exitForGood, startChild, type Child } from "../child.ts";

/** A process that is started again when it ends by itself. */
export type Supervised<Ready> = {
  ready: Ready;
  /** Resolves with words when it has ended too often, or could not be started again. */
  failed: Promise<string>;
  stop(): Promise<void>;
  /** Ends the process as a power cut would. It is started again. Resolves when the new one is ready. */
  crash(): Promise<void>;
};

/** What is supervised. `onWords` hears what the process says and of every new start. */
export type SuperviseOptions = {
  name: string;
  entry: string;
  parameters: readonly string[];
  environment: Record<string, string>;
  onWords(words: string): void;
  /** Ends the process in the middle of its first start. */
  signal?: AbortSignal;
  /** What is said when it has ended for good on a person's wish, and the rest goes on; without it that is a failure. */
  leftWords?: string;
};

/** A process that ends by itself more often than this within a minute has a fault that starting again does not mend. */
const restartsPerMinute = 5;

/**
 * Starts a process that says `{ ready, url }`, and starts it again on the same port whenever it ends by itself.
 * @throws ChildError with the process's own sentence when the very first start fails.
 */
export async function supervise<Ready extends { url: string }>(options: SuperviseOptions): Promise<Supervised<Ready>> {
  const { name, entry, environment, onWords } = options;
  const failed = Promise.withResolvers<string>();
  const ending = new AbortController();
  const signal = options.signal === undefined ? ending.signal : AbortSignal.any([ending.signal, options.signal]);
  const start = (parameters: readonly string[]) =>
    startChild<Ready>(entry, parameters, { environment, onWords, signal });
  let current = await start(options.parameters);
  // Whoever knows its address goes on asking there, also where any free port was good enough at first.
  const again = [...options.parameters, "--port", new URL(current.ready.url).port];
  let stopping = false;
  let restarted = Promise.withResolvers<void>();
  let restarting: Promise<void> = Promise.resolve();
  let recentEnds: number[] = [];

  function watch(child: Child<Ready>): void {
    void child.ended.then((code) => {
      if (!stopping) restarting = startAgain(code);
    });
  }

  async function startAgain(code: number): Promise<void> {
    if (code === exitForGood && options.leftWords !== undefined) {
      onWords(`${options.leftWords}\n`);
      return;
    }
    if (code === exitForGood) {
      failed.resolve(`The ${name} has ended and is not started again.`);
      return;
    }
    const now = Date.now();
    recentEnds = [...recentEnds.filter((at) => now - at < 60_000), now];
    if (recentEnds.length > restartsPerMinute) {
      failed.resolve(
        `The ${name}'s process has ended ${recentEnds.length} times within a minute, last with code ${code}.`,
      );
      return;
    }
    onWords(`The ${name}'s process has ended by itself and is started again; what was in flight is on its disk.\n`);
    try {
      current = await start(again);
      // Somebody may have stopped the shop meanwhile; the new process must not outlive it.
      if (stopping) await current.stop();
      else watch(current);
      restarted.resolve();
    } catch (error) {
      if (stopping) return;
      failed.resolve(error instanceof Error ? error.message : String(error));
    }
  }

  watch(current);
  return {
    get ready() {
      return current.ready;
    },
    failed: failed.promise,
    async stop() {
      stopping = true;
      ending.abort();
      await current.stop();
      await restarting;
    },
    async crash() {
      restarted = Promise.withResolvers<void>();
      await current.kill();
      const words = await Promise.race([restarted.promise, failed.promise]);
      if (typeof words === "string") throw new Error(words);
    },
  };
}
