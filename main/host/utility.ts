import { faultOf } from "../contract/errors.ts";
import type { HostedTill } from "./hosted-till.ts";
import { messagePortWire, type Port } from "./message-port-wire.ts";
import type { Picture } from "./pages.ts";
import { toTillSchema, type FromTill } from "./till-messages.ts";

/** The line of an Electron utility process to the shell: `process.parentPort`. */
export type ParentPort = {
  postMessage(message: FromTill): void;
  on(event: "message", listener: (event: { data: unknown; ports: Port[] }) => void): unknown;
};

/** What the process of the till is made of; handed in so that a test needs no process. */
export type UtilityOptions = {
  parentPort: ParentPort;
  open(): Promise<HostedTill>;
  exit(code: number): void;
  log(words: string): void;
};

/**
 * Runs a till inside an Electron utility process: opens it, says `ready` and which page is to be shown instead of its own,
 * where there is one (or `failed` with the reason, and ends), and serves each window whose port the shell hands over, in the role that the shell gives it.
 */
export async function runUtility(options: UtilityOptions): Promise<void> {
  const { parentPort, log } = options;
  let till: HostedTill;
  try {
    till = await options.open();
  } catch (error) {
    log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    parentPort.postMessage({ type: "failed", fault: faultOf(error) });
    options.exit(1);
    return;
  }
  // Every wire comes through `attachAs`; a page token is worth nothing here.
  const service = till.serve(() => null);
  let isStopping = false;

  async function stop(): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    service.close();
    let exitCode = 0;
    try {
      await till.close();
    } catch (error) {
      log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      exitCode = 1;
    }
    options.exit(exitCode);
  }

  async function sendPicture(id: number, hash: string): Promise<void> {
    let picture: Picture | null = null;
    try {
      picture = await till.picture(hash);
    } catch (error) {
      // A good without its picture can still be sold.
      log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    parentPort.postMessage({ type: "picture", id, picture });
  }

  parentPort.on("message", ({ data, ports }) => {
    const read = toTillSchema.safeParse(data);
    const [port] = ports;
    if (!read.success) log("The shell sent a message that is none.");
    else if (read.data.type === "stop") void stop();
    else if (read.data.type === "picture") void sendPicture(read.data.id, read.data.hash);
    else if (port !== undefined) service.attachAs(read.data.role)(messagePortWire(port));
  });
  parentPort.postMessage({ type: "ready", ...(till.instead === undefined ? {} : { instead: till.instead }) });
  void till.ended?.then((how) => {
    // After this the shell does not start it again.
    if (how === "signed-out")
      parentPort.postMessage({ type: "failed", fault: { code: "till.signed-out", params: {} } });
    return stop();
  });
}
