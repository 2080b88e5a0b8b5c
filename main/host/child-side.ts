/**
 * What one of the product's processes does at its edges: it says when it is ready, puts its things away when asked to end
 * or when its starter is gone, and ends at once, with words, on anything that nobody handled.
 */
export type ChildSide = {
  /** Tells the starter; printed as one JSON line where there is no starter. */
  ready(message: Record<string, unknown>): void;
};

/** Puts the process's edges in order. `close` is called once. */
export function openChildSide(close: () => Promise<void>): ChildSide {
  let closing = false;

  function end(): void {
    if (closing) return;
    closing = true;
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${describe(error)}\n`);
        process.exit(1);
      },
    );
  }

  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  process.on("disconnect", end);
  // Node and Electron differ in what an unhandled rejection does; here both end the process and the ledger says what
  // was in flight.
  process.on("unhandledRejection", (error) => {
    process.stderr.write(`${describe(error)}\n`);
    process.exit(70);
  });
  return {
    ready(message) {
      if (process.send === undefined) process.stdout.write(`${JSON.stringify({ ready: true, ...message })}\n`);
      else process.send({ ready: true, ...message });
    },
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
