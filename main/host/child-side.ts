import { sentenceOf } from "../sentence.ts";

/** What one of the product's processes can tell and ask of its edges. */
export type ChildSide = {
  /** Tells the starter; printed as one JSON line where there is no starter. */
  ready(message: Record<string, unknown>): void;
  /** Puts something away when the process is asked to end; what was registered last is put away first. */
  onEnd(close: () => Promise<void> | void): void;
  /** Puts everything away and ends the process with this code, as it decided itself. */
  end(exitCode: number): void;
};

/**
 * Runs one of the product's processes. It puts its things away when asked to end or when its starter is gone, and ends at
 * once, with words, when it cannot start or on anything that nobody handled.
 */
export async function runAsChild(run: (side: ChildSide) => Promise<void>): Promise<void> {
  const closers: (() => Promise<void> | void)[] = [];
  let closing = false;

  async function end(exitCode: number): Promise<void> {
    if (closing) return;
    closing = true;
    try {
      for (const close of closers.toReversed()) await close();
      process.exit(exitCode);
    } catch (error) {
      process.stderr.write(`${describe(error)}\n`);
      process.exit(1);
    }
  }

  for (const event of ["SIGTERM", "SIGINT", "disconnect"] as const) process.on(event, () => void end(0));
  // Node and Electron differ in what an unhandled rejection does; here both end the process and the ledger says what
  // was in flight.
  process.on("unhandledRejection", (error) => {
    process.stderr.write(`${describe(error)}\n`);
    process.exit(70);
  });
  try {
    await run({
      ready: sayReady,
      onEnd: (close) => void closers.push(close),
      end: (exitCode) => void end(exitCode),
    });
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exit(1);
  }
}

function sayReady(message: Record<string, unknown>): void {
  if (process.send === undefined) process.stdout.write(`${JSON.stringify({ ready: true, ...message })}\n`);
  else process.send({ ready: true, ...message });
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
