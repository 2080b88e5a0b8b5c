import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** How long a process may take to say that it is ready; the first start of the platform makes a database. */
const readyTimeoutMs = 90_000;

/** How long a process may take to put its things away before it is ended. */
const stopTimeoutMs = 15_000;

/** The last words of a process that are kept for its error. */
const keptCharacters = 4000;

/** A process that ends with this code has said why, and is not to be started again before a person has acted. */
export const exitForGood = 78;

/** One of the product's own processes. */
export type Child<Ready> = {
  ready: Ready;
  /** Resolves with the exit code when the process has ended, whatever ended it. */
  ended: Promise<number>;
  /** Asks it to end and waits; ends it by force after a while. */
  stop(): Promise<void>;
  /** Tells it something over the channel it was started with. */
  tell(message: Record<string, unknown>): void;
  /** Ends it without asking, as a power cut would. For tests of what is left behind. */
  kill(): Promise<void>;
};

/** A process that ended before it was ready: `words` is what it said of itself, `exitCode` what it ended with. */
export class ChildError extends Error {
  readonly words: string;
  readonly exitCode: number;
  constructor(words: string, exitCode: number) {
    super(words);
    this.name = "ChildError";
    this.words = words;
    this.exitCode = exitCode;
  }
}

/**
 * Starts one of the product's processes and waits for its `{ ready: true, … }`. It stands in a process group of its own,
 * so that Ctrl-C reaches the starter alone and things are put away in order; if the starter is killed, the broken channel
 * tells the process to end. `signal` ends it as long as it is not ready.
 * @throws ChildError when it ends first; its own sentence is the message.
 */
export async function startChild<Ready>(
  entry: string,
  parameters: readonly string[],
  options: { environment?: Record<string, string>; onWords?(words: string): void; signal?: AbortSignal } = {},
): Promise<Child<Ready>> {
  options.signal?.throwIfAborted();
  const child = fork(fileURLToPath(new URL(entry, import.meta.url)), [...parameters], {
    env: { ...process.env, ...options.environment },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    detached: process.platform !== "win32",
    execArgv: [],
  });
  let words = "";
  let isReady = false;
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    if (isReady) options.onWords?.(text);
    else words = (words + text).slice(-keptCharacters);
  });
  const ended = once(child, "exit").then(([code]) => (typeof code === "number" ? code : 1));
  const endEarly = () => void child.kill("SIGTERM");
  options.signal?.addEventListener("abort", endEarly);
  const ready = await waitUntilReady<Ready>(child, ended, () => words).finally(() =>
    options.signal?.removeEventListener("abort", endEarly),
  );
  // Until here its words were kept back: a process that ends before it is ready says them once, in the error.
  isReady = true;
  if (words !== "") options.onWords?.(words);
  return {
    ready,
    ended,
    stop: () => stopChild(child, ended),
    tell: (message) => void child.send(message),
    kill: () => killChild(child, ended),
  };
}

async function waitUntilReady<Ready>(child: ChildProcess, ended: Promise<number>, words: () => string): Promise<Ready> {
  let timer: NodeJS.Timeout | undefined;
  const ready = new Promise<Ready>((resolve) => {
    child.on("message", (message) => {
      if (typeof message === "object" && message !== null && "ready" in message) resolve(message as Ready);
    });
  });
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ChildError("The process did not get ready in time.", 1)), readyTimeoutMs);
  });
  const gone = ended.then((code) => {
    throw new ChildError(sentencesIn(words()) || `The process ended with code ${code}.`, code === 0 ? 1 : code);
  });
  // Once the process is ready its end is reported by `ended`, and this branch must not count as unhandled.
  gone.catch(() => {});
  try {
    return await Promise.race([ready, gone, late]);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function stopChild(child: ChildProcess, ended: Promise<number>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform === "win32" && child.connected) child.disconnect();
  else child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
  await ended;
  clearTimeout(timer);
}

async function killChild(child: ChildProcess, ended: Promise<number>): Promise<void> {
  child.kill("SIGKILL");
  await ended;
}

/** What a process said to a person: its log, one line of JSON each, is for others. */
function sentencesIn(words: string): string {
  const lines = words.split("\n").filter((line) => !line.startsWith("{"));
  return lines.join("\n").trim();
}
