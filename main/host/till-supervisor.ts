import type { Fault } from "../contract/errors.ts";
import type { Timers } from "../contract/wire.ts";
import type { Picture } from "./pages.ts";
import { fromTillSchema, type ToTill } from "./till-messages.ts";

/** Opening, checking and migrating a ledger of years takes seconds; a till that takes longer than this hangs. */
const readyTimeoutMs = 60_000;

/** How long the till may take to put its things away. */
const stopTimeoutMs = 15_000;

const pictureTimeoutMs = 10_000;
const restartDelayMs = 1_000;
const maximumRestarts = 5;

/** A till that has run this long has recovered: its earlier failures are forgotten. */
const healthyAfterMs = 60_000;

/** The till's process as the shell holds it. `P` is what carries a window's line. */
export type TillProcess<P> = {
  send(message: ToTill, ports?: readonly P[]): void;
  kill(): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (exitCode: number) => void): void;
};

/** What the supervisor needs. */
export type TillSupervisorOptions<P> = {
  start(): TillProcess<P>;
  timers: Timers;
  /**
   * Called once when the till will not be started again: with the fault that it named itself, or with null after it
   * ended too often.
   */
  onGivenUp(fault: Fault | null): void;
  log(words: string): void;
};

/** Keeps one till running beside the windows. */
export type TillSupervisor<P> = {
  /** Gives a window's line to the till; false when there is no till to take it. */
  handOver(role: string, port: P): boolean;
  /** The page that the till that runs wants to be shown instead of its own; undefined where it wants none. */
  readonly instead: string | undefined;
  /** A picture of the till; null when it has none of that hash or does not answer. */
  picture(hash: string): Promise<Picture | null>;
  /** Asks the till to end and resolves when its process has. It is not started again. */
  stop(): Promise<void>;
};

/**
 * Starts the till's process and starts it again when it ends unasked, a few times at most: a ledger that stops the till
 * at each start needs a person and not a loop.
 */
export function superviseTill<P>(options: TillSupervisorOptions<P>): TillSupervisor<P> {
  const { timers } = options;
  const pictures = new Map<number, (picture: Picture | null) => void>();
  let running: TillProcess<P> | null = null;
  let isReady = false;
  let instead: string | undefined;
  let isOver = false;
  let restarts = 0;
  let nextPicture = 1;
  let restartTimer: unknown;
  let stopped: PromiseWithResolvers<void> | null = null;

  function giveUp(fault: Fault | null): void {
    if (isOver) return;
    isOver = true;
    options.onGivenUp(fault);
  }

  function start(): void {
    const child = options.start();
    running = child;
    let timer = timers.setTimer(() => {
      options.log("The till did not get ready in time and is ended.");
      child.kill();
    }, readyTimeoutMs);

    child.onMessage((value) => {
      const read = fromTillSchema.safeParse(value);
      if (!read.success) {
        options.log("The till sent a message that is none.");
        return;
      }
      const message = read.data;
      if (message.type === "ready") {
        isReady = true;
        ({ instead } = message);
        timers.clearTimer(timer);
        timer = timers.setTimer(() => (restarts = 0), healthyAfterMs);
      } else if (message.type === "failed") giveUp(message.fault);
      else settlePicture(message.id, message.picture);
    });

    child.onExit((exitCode) => {
      timers.clearTimer(timer);
      running = null;
      isReady = false;
      instead = undefined;
      for (const id of pictures.keys()) settlePicture(id, null);
      stopped?.resolve();
      if (isOver) return;
      options.log(`The till's process ended with code ${exitCode}.`);
      if (restarts >= maximumRestarts) {
        giveUp(null);
        return;
      }
      restarts += 1;
      restartTimer = timers.setTimer(start, restartDelayMs);
    });
  }

  function settlePicture(id: number, picture: Picture | null): void {
    const settle = pictures.get(id);
    pictures.delete(id);
    settle?.(picture);
  }

  start();
  return {
    handOver(role, port) {
      if (running === null || !isReady) return false;
      running.send({ type: "window", role }, [port]);
      return true;
    },
    get instead() {
      return instead;
    },
    picture(hash) {
      const till = running;
      if (till === null || !isReady) return Promise.resolve(null);
      return new Promise((resolve) => {
        const id = nextPicture;
        nextPicture += 1;
        const timer = timers.setTimer(() => settlePicture(id, null), pictureTimeoutMs);
        pictures.set(id, (picture) => {
          timers.clearTimer(timer);
          resolve(picture);
        });
        till.send({ type: "picture", id, hash });
      });
    },
    stop() {
      isOver = true;
      timers.clearTimer(restartTimer);
      if (running === null) return Promise.resolve();
      if (stopped === null) {
        const child = running;
        stopped = Promise.withResolvers();
        child.send({ type: "stop" });
        const timer = timers.setTimer(() => child.kill(), stopTimeoutMs);
        child.onExit(() => timers.clearTimer(timer));
      }
      return stopped.promise;
    },
  };
}
