import type { Logger } from "pino";
import type { Person } from "../../sync/protocol/change.ts";
import { SyncError } from "../../sync/errors.ts";
import { faultOf, TillError, type Fault } from "../contract/errors.ts";
import type { Timers } from "../contract/wire.ts";
import type { IdSource } from "../ledger/ids.ts";
import { PinPad } from "../staff/pins.ts";
import { readEnrolmentFile } from "./enrolment-file.ts";
import { openPlatformRecords, type PlatformRecords } from "./platform-records.ts";
import { recoverLedger, type Recovered } from "./recover.ts";

/** What a recovery is started with. */
export type RecoveryParts = {
  folder: string;
  platformUrl: string;
  fault: TillError;
  /** The people whose PINs the catalogue on this disk knows. */
  people: readonly Person[];
  clock: { now(): number; zone: string };
  ids: IdSource;
  softwareVersion: string;
  timers: Timers;
  log: Logger;
};

/** How it stands, for whoever waits in front of the till. */
export type RecoveryStand = {
  state: "working" | "waiting" | "done";
  /** Why the till does not sell; its `params` say what is missing. */
  fault: Fault;
  /** Why the last try came to nothing, and when the next one begins by itself (Unix milliseconds). */
  lastError?: Fault;
  nextTryAt?: number;
  /** Entries that the try under way has read so far. */
  taken: number;
  /** Whether a manager's PIN can let the shop open without the platform. */
  canApprove: boolean;
  /** What came of it, once it is done. */
  recovered?: Recovered["kind"];
};

/** Soon enough that a shop whose line comes back opens by itself, seldom enough for a platform that is in trouble. */
const tryAgainMs = 10_000;

/**
 * A till whose ledger is not in order, until it is: asks the platform again and again, or takes a manager's word. While it
 * lasts nothing is sold, and nothing that is on the disk is lost.
 */
export class Recovery {
  readonly #parts: RecoveryParts;
  readonly #pins: PinPad;
  readonly #done = Promise.withResolvers<Recovered>();
  readonly #listeners = new Set<() => void>();
  #stand: RecoveryStand;
  #timer: unknown;
  #running: Promise<Recovered | null> | null = null;
  #stopped = false;

  constructor(parts: RecoveryParts) {
    this.#parts = parts;
    const managers = parts.people.filter(({ roles, pin }) => roles.includes("manager") && pin !== undefined);
    this.#pins = new PinPad({ people: () => managers, now: () => parts.clock.now() });
    this.#stand = { state: "waiting", fault: faultOf(parts.fault), taken: 0, canApprove: managers.length > 0 };
  }

  /** How it stands. */
  get stand(): RecoveryStand {
    return this.#stand;
  }

  /** Resolves when the ledger is in order and the till can be opened. */
  get done(): Promise<Recovered> {
    return this.#done.promise;
  }

  /** Calls `listener` on every change; gives the function that ends that. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** One try with the platform; null when it came to nothing, and the next one is set. Never rejects. */
  tryNow(): Promise<Recovered | null> {
    return this.#running ?? this.#run(undefined);
  }

  /**
   * Lets the shop open in a new ledger on a manager's word. If the platform can be asked after all, it is.
   * @throws TillError `staff.pin-wrong` for anybody but a manager, `staff.pin-wait`, or what keeps the new ledger from being made.
   */
  async approve(pin: string): Promise<Recovered> {
    const person = await this.#pins.identify(pin);
    // One at a time: two would write into the same file. What is under way may make the word unnecessary.
    while (this.#running !== null) {
      const recovered = await this.#running;
      if (recovered !== null) return recovered;
    }
    const recovered = await this.#run(person.id);
    if (recovered !== null) return recovered;
    const { code, params } = this.#stand.lastError ?? this.#stand.fault;
    throw new TillError(code, params);
  }

  /** Ends trying. A try that is under way goes on to its end. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#parts.timers.clearTimer(this.#timer);
    await this.#running;
  }

  /** Whoever asks after the end is told what came of it. */
  #run(approvedBy: string | undefined): Promise<Recovered | null> {
    if (this.#stand.state === "done") return this.#done.promise;
    this.#running = this.#try(approvedBy).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #try(approvedBy: string | undefined): Promise<Recovered | null> {
    const { folder, platformUrl, fault, clock, ids, softwareVersion, timers, log } = this.#parts;
    timers.clearTimer(this.#timer);
    const { lastError: _lastError, nextTryAt: _nextTryAt, ...stand } = this.#stand;
    this.#show({ ...stand, state: "working", taken: 0 });
    let records: PlatformRecords | null = null;
    try {
      records = openRecords(folder, platformUrl);
      const recovered = await recoverLedger({
        folder,
        platformUrl,
        fault,
        records,
        ...(approvedBy === undefined ? {} : { approvedBy }),
        clock,
        ids,
        softwareVersion,
        onTaken: (taken) => this.#show({ ...this.#stand, taken }),
      });
      this.#show({ ...this.#stand, state: "done", recovered: recovered.kind });
      this.#done.resolve(recovered);
      return recovered;
    } catch (error) {
      const isForeseen = error instanceof TillError || error instanceof SyncError;
      log[isForeseen ? "warn" : "error"]({ err: error }, "the ledger could not be put in order yet");
      this.#wait(isForeseen ? error : new TillError("internal", {}, error));
      return null;
    } finally {
      records?.close();
    }
  }

  #wait(error: TillError | SyncError): void {
    const { clock, timers } = this.#parts;
    // The newer fault says what is missing now, after some of it has been brought back.
    const fault = error.code === "ledger.behind-mark" ? faultOf(error) : this.#stand.fault;
    this.#show({
      ...this.#stand,
      state: "waiting",
      fault,
      lastError: faultOf(error),
      nextTryAt: clock.now() + tryAgainMs,
    });
    if (this.#stopped) return;
    this.#timer = timers.setTimer(() => void this.tryNow(), tryAgainMs);
  }

  #show(stand: RecoveryStand): void {
    this.#stand = stand;
    for (const listener of this.#listeners) listener();
  }
}

/** The line to the platform; null for a till that was never enrolled, or has lost the key of its requests. */
function openRecords(folder: string, platformUrl: string): PlatformRecords | null {
  const enrolment = readEnrolmentFile(folder);
  if (enrolment === undefined) return null;
  try {
    return openPlatformRecords(folder, platformUrl, enrolment);
  } catch (error) {
    if (error instanceof TillError && error.code === "ledger.key-missing") return null;
    throw error;
  }
}
