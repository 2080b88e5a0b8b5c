import type { Clock, Timer } from "./clock.ts";
import { DeviceError, reasonOf } from "./errors.ts";
import type { DeviceReason } from "./errors.ts";
import type { Connection, Transport } from "./transport/transport.ts";

/**
 * How a device stands. `absent`: nothing is plugged in. `present`: it is there and not yet opened. `degraded`: it cannot
 * be used, or not fully, for a reason somebody can act on; the supervisor keeps trying by itself meanwhile.
 */
export type DeviceState =
  | { kind: "absent"; reason: DeviceReason }
  | { kind: "present" }
  | { kind: "opening" }
  | { kind: "ready" }
  | { kind: "degraded"; reason: DeviceReason };

/** What a supervisor needs. */
export interface SupervisorOptions {
  transport: Transport;
  clock: Clock;
  /** Uniform in [0, 1); handed in so that tests know the delays. */
  random: () => number;
  onState(state: DeviceState): void;
  onData(bytes: Uint8Array): void;
  /** Called when a connection has opened, before the state says `ready`. */
  onOpen?(connection: Connection): void;
  /** Called once for every connection that had opened, when it is gone. */
  onGone?(): void;
  /** Turns a transport's error into the reason this kind of device shows; the error's own by default. */
  describe?(error: DeviceError): DeviceReason;
}

const firstBackoffCapMs = 500;
const longestBackoffCapMs = 10_000;
/** No retry comes sooner than this, so that chance cannot make the tries run into one another. */
const shortestDelayMs = 50;
/** A connection that lived this long was a good one: the next loss begins again with short delays. */
const steadyMs = 10_000;

/**
 * Keeps one device connected: opens it, notices when it is gone and opens it again with a new connection object, after
 * delays with full jitter under a cap that doubles from 0.5 s to 10 s. A device that is plugged in again is tried at once
 * where the system can tell.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  #state: DeviceState = { kind: "present" };
  #connection: Connection | undefined;
  #running = false;
  #failures = 0;
  #readySinceMs = 0;
  #timer: Timer | undefined;
  #stopWatching: (() => void) | undefined;
  #attempt: { abort: AbortController; done: Promise<void> } | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  get state(): DeviceState {
    return this.#state;
  }

  /** The open connection, or nothing. It must be asked for again before each use. */
  get connection(): Connection | undefined {
    return this.#connection?.isOpen === true ? this.#connection : undefined;
  }

  /** Begins to keep the device connected. Calling it twice is the same as once. */
  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#failures = 0;
    this.#stopWatching = this.#options.transport.watchPresence?.(() => this.#tryNow());
    this.#tryNow();
  }

  /** Closes the connection and gives back every timer and watcher. Resolves when nothing is left open. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#clearTimer();
    const attempt = this.#attempt;
    attempt?.abort.abort();
    await attempt?.done;
    await this.#connection?.close();
  }

  /** Says that the open device is not as it should be (out of paper). It stays open. */
  degrade(reason: DeviceReason): void {
    if (this.connection !== undefined) this.#show({ kind: "degraded", reason });
  }

  /** Takes back what `degrade` said. */
  recover(): void {
    if (this.connection !== undefined) this.#show({ kind: "ready" });
  }

  /** Gives up a connection that no longer answers; a new one is opened after the usual delay. */
  drop(): void {
    void this.#connection?.close();
  }

  #tryNow(): void {
    if (!this.#running || this.#attempt !== undefined || this.#connection !== undefined) return;
    this.#clearTimer();
    const abort = new AbortController();
    const done = this.#try(abort.signal).finally(() => {
      this.#attempt = undefined;
    });
    this.#attempt = { abort, done };
  }

  async #try(signal: AbortSignal): Promise<void> {
    const { transport } = this.#options;
    if (!(await transport.isPresent())) {
      this.#failed(new DeviceError("device.port-missing", { path: transport.label }), signal);
      return;
    }
    if (signal.aborted) return;
    // A device that keeps failing stays `degraded` while it is tried again: the screen must not flicker.
    if (this.#state.kind === "absent") this.#show({ kind: "present" });
    if (this.#state.kind !== "degraded") this.#show({ kind: "opening" });
    let connection: Connection | undefined;
    let lostWhileOpening: DeviceError | undefined;
    const listener = {
      data: (bytes: Uint8Array): void => {
        // Bytes of an earlier connection mean nothing to the present one.
        if (connection === undefined || connection === this.#connection) this.#options.onData(bytes);
      },
      closed: (error: DeviceError | undefined): void => {
        const cause = error ?? new DeviceError("device.connection-lost", { path: transport.label });
        if (connection === undefined) lostWhileOpening = cause;
        else if (connection === this.#connection) this.#gone(cause);
      },
    };
    try {
      const opened = await transport.open(listener, signal);
      if (signal.aborted) {
        await opened.close();
        return;
      }
      if (lostWhileOpening !== undefined) throw lostWhileOpening;
      connection = opened;
      this.#opened(opened);
    } catch (error) {
      if (!(error instanceof DeviceError)) throw error;
      this.#failed(error, signal);
    }
  }

  #opened(connection: Connection): void {
    this.#connection = connection;
    this.#readySinceMs = this.#options.clock.now();
    this.#options.onOpen?.(connection);
    this.#show({ kind: "ready" });
  }

  #gone(error: DeviceError): void {
    this.#connection = undefined;
    if (this.#options.clock.now() - this.#readySinceMs >= steadyMs) this.#failures = 0;
    this.#options.onGone?.();
    if (!this.#running) return;
    this.#showFailure(error);
    this.#schedule();
  }

  #failed(error: DeviceError, signal: AbortSignal): void {
    if (signal.aborted || !this.#running) return;
    this.#showFailure(error);
    this.#schedule();
  }

  #showFailure(error: DeviceError): void {
    const reason = this.#options.describe?.(error) ?? reasonOf(error);
    const isAbsent = error.code === "device.port-missing";
    this.#show({ kind: isAbsent ? "absent" : "degraded", reason });
  }

  #schedule(): void {
    const capMs = Math.min(longestBackoffCapMs, firstBackoffCapMs * 2 ** Math.min(this.#failures, 10));
    this.#failures += 1;
    const delayMs = Math.max(shortestDelayMs, Math.floor(this.#options.random() * capMs));
    this.#clearTimer();
    this.#timer = this.#options.clock.setTimer(() => {
      this.#timer = undefined;
      this.#tryNow();
    }, delayMs);
  }

  #clearTimer(): void {
    if (this.#timer !== undefined) this.#options.clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }

  #show(state: DeviceState): void {
    if (isSameState(this.#state, state)) return;
    this.#state = state;
    this.#options.onState(state);
  }
}

function isSameState(before: DeviceState, after: DeviceState): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
