import { backoffDelayMs } from "./backoff.ts";
import { contactKindOf, SyncError } from "./errors.ts";
import {
  pullAnswers,
  pullChanges,
  pullPictures,
  type AnswerStore,
  type ChangeStore,
  type HashBytes,
  type PullRequests,
} from "./pull.ts";
import { noteVainTry, pushBatch, type PushStore, type SendEntries, type Stretch } from "./push.ts";

/** Sets timers; handed in so that tests need not wait. */
export type EngineTimers = {
  setTimer(action: () => void, delayMs: number): unknown;
  clearTimer(timer: unknown): void;
};

/** What the engine tells about itself. */
export type SyncStatus = {
  state: "online" | "offline" | "paused";
  /** When the line was first found dead after the last good contact. */
  offlineSince?: number;
  lastContactAt?: number;
  /** Why it is off line or paused. */
  error?: SyncError;
  /** Rounds that failed in a row. */
  failures: number;
};

/** What the engine is made of. */
export type SyncEngineOptions = {
  push: PushStore;
  /** Ledgers that this till went on from and that still have entries to send. They are sent first. */
  olderPushes?: readonly PushStore[];
  /** Hears once of each older ledger that the platform refuses: it does not hold up the others. */
  onOlderRefused?(ledger: string, error: SyncError): void;
  changes: ChangeStore;
  answers: AnswerStore;
  send: SendEntries;
  requests: PullRequests;
  hash: HashBytes;
  clock: { now(): number };
  timers: EngineTimers;
  random(): number;
  /** Called after anything that a page may show has changed. */
  onChange(change: { status: boolean; catalog: boolean; marks: boolean }): void;
  /** Hears of each change of state once, for the log. */
  onStatus(status: SyncStatus): void;
};

/** On line the platform is asked this often for what is new. */
const pollIntervalMs = 5_000;

/** After a failure: from one second up to half a minute, so that a shop notices the network within that time. */
const backoff = { leastMs: 1_000, mostMs: 30_000 };

/** Batches of one round; a long backlog goes on at once with the next round. */
const maximumBatches = 50;

/** What a platform says of a ledger itself: sending it again changes nothing, and other ledgers are not meant. */
const refusalsOfOneLedger: ReadonlySet<string> = new Set([
  "ledger.fork",
  "ledger.gap",
  "ledger.bad-chain",
  "ledger.bad-signature",
  "ledger.not-yours",
]);

/**
 * One worker that pushes the journal and pulls what is new, for as long as the till runs. There is never a second round
 * beside the first, so no entry can be sent by two. Nothing it does can block a sale: it only reads the journal.
 */
export class SyncEngine {
  readonly #options: SyncEngineOptions;
  #status: SyncStatus = { state: "offline", failures: 0 };
  #timer: unknown = null;
  #running: Promise<void> | null = null;
  #stopped = true;
  #wanted = false;
  #underWay: Stretch | null = null;
  #nextRoundAt: number | null = null;
  /** Whether the round that goes on has sent all that it was to send. */
  #hasPushed = false;
  /** Pictures that cannot be had, for this run. There are never more than the catalogue has goods. */
  readonly #unusablePictures = new Set<string>();
  readonly #refusedLedgers = new Set<string>();

  constructor(options: SyncEngineOptions) {
    this.#options = options;
  }

  /** How it stands. */
  get status(): SyncStatus {
    return this.#status;
  }

  /** The entries of the batch that is on its way right now. */
  get underWay(): Stretch | null {
    return this.#underWay;
  }

  /** When the next round begins by itself; null while one is under way. */
  get nextRoundAt(): number | null {
    return this.#running === null ? this.#nextRoundAt : null;
  }

  /** Begins with a first round at once. */
  start(): void {
    this.#stopped = false;
    this.#run();
  }

  /** Resolves when the round that is under way has ended, whatever came of it. */
  async roundEnded(): Promise<void> {
    await this.#running;
  }

  /** Ends after the request that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#options.timers.clearTimer(this.#timer);
    await this.#running;
  }

  /** Something is there to send. Off line it waits for its turn, so that an outage is never hammered. */
  wake(): void {
    if (this.#status.state === "online") this.#run();
  }

  /** Tries now, whatever the state: the network came back, or a person asked. */
  tryNow(): void {
    this.#run();
  }

  /** Tries now, and resolves when a round that began after this call has ended, whatever came of it. */
  async wholeRound(): Promise<void> {
    await this.#running;
    if (this.#running === null) this.#run();
    await this.#running;
  }

  /** Another request of the till got through or did not; the state follows what is known, not what a timer says. */
  noteContact(contact: { ok: true } | { ok: false; error: SyncError }): void {
    if (contact.ok) {
      const wasOnline = this.#status.state === "online";
      if (this.#status.state === "paused") return;
      this.#setStatus({ state: "online", lastContactAt: this.#options.clock.now(), failures: this.#status.failures });
      if (!wasOnline && this.#running === null) this.#run();
      return;
    }
    const kind = contactKindOf(contact.error.code);
    if (kind === "online") return;
    this.#setStatus({
      state: kind,
      failures: this.#status.failures,
      error: contact.error,
      offlineSince: this.#status.offlineSince ?? this.#options.clock.now(),
      ...(this.#status.lastContactAt === undefined ? {} : { lastContactAt: this.#status.lastContactAt }),
    });
  }

  #run(): void {
    if (this.#stopped) return;
    if (this.#running !== null) {
      this.#wanted = true;
      return;
    }
    this.#options.timers.clearTimer(this.#timer);
    this.#wanted = false;
    this.#running = this.#round().finally(() => {
      this.#running = null;
      if (this.#wanted && this.#status.state === "online") this.#run();
    });
  }

  async #round(): Promise<void> {
    this.#hasPushed = false;
    try {
      const more = await this.#work();
      this.#setStatus({ state: "online", failures: 0, lastContactAt: this.#options.clock.now() });
      this.#schedule(more ? 0 : pollIntervalMs);
    } catch (error) {
      if (this.#stopped) return;
      // Whatever goes wrong here, a full disk under the catalogue for example, must never take selling down with it.
      const known = error instanceof SyncError ? error : new SyncError("internal", "sync round", { cause: error });
      if (!this.#hasPushed) this.#noteVainTry(known);
      this.#failed(known);
    } finally {
      this.#underWay = null;
    }
  }

  #noteVainTry({ code }: SyncError): void {
    try {
      noteVainTry(this.#options.push, this.#underWay, code);
    } catch {
      // The count of tries is for people to read; a disk that cannot keep it must not end the worker.
    }
  }

  async #work(): Promise<boolean> {
    const { push, changes, answers, onChange, hash } = this.#options;
    const requests = this.#whileRunning(this.#options.requests);
    const send = this.#whileRunning({ send: this.#options.send }).send;
    const onUnderWay = (stretch: Stretch) => {
      this.#underWay = stretch;
    };
    const epochBefore = push.mark().epoch;
    const pulled = await pullChanges(changes, requests);
    if (pulled.changed) onChange({ status: false, catalog: true, marks: false });
    let again = epochBefore > 0 && pulled.epoch !== epochBefore;
    // A restored platform counts its answers anew, too, and gives all of them again.
    if (again) answers.startOver();
    await this.#pushOlder(send);
    let more = true;
    for (let batch = 0; batch < maximumBatches && more; batch += 1) {
      const before = push.mark().seq;
      more = (await pushBatch(push, send, { again, onUnderWay })) === "more-to-send";
      this.#underWay = null;
      again = false;
      if (push.mark().seq !== before) onChange({ status: false, catalog: false, marks: true });
    }
    this.#hasPushed = true;
    if (await pullAnswers(answers, requests)) onChange({ status: false, catalog: false, marks: true });
    if (await pullPictures(changes, requests, { hash, unusable: this.#unusablePictures }))
      onChange({ status: false, catalog: true, marks: false });
    return more;
  }

  /** What an older ledger could not send while it was in use; its order among the entries of the new one matters to nobody. */
  async #pushOlder(send: SendEntries): Promise<void> {
    const { olderPushes = [], onOlderRefused } = this.#options;
    for (const store of olderPushes.filter(({ ledger }) => !this.#refusedLedgers.has(ledger))) {
      try {
        let more = store.mark().seq < store.head().seq;
        for (let batch = 0; batch < maximumBatches && more; batch += 1) {
          more = (await pushBatch(store, send, { again: false })) === "more-to-send";
        }
      } catch (error) {
        if (!(error instanceof SyncError) || !refusalsOfOneLedger.has(error.code)) throw error;
        this.#refusedLedgers.add(store.ledger);
        onOlderRefused?.(store.ledger, error);
      }
    }
  }

  /** The same requests, which are not made any more once the engine is stopped: the round ends there. */
  #whileRunning<T extends Readonly<Record<string, (...given: never[]) => unknown>>>(requests: T): T {
    const guarded = Object.entries(requests).map(([name, request]) => {
      const ask = (...given: never[]) => {
        if (this.#stopped) throw new SyncError("platform.not-reached", "stopped");
        return request(...given);
      };
      return [name, ask];
    });
    return Object.fromEntries(guarded) as T;
  }

  #failed(error: SyncError): void {
    const failures = this.#status.failures + 1;
    const kind = contactKindOf(error.code);
    const lastContactAt = this.#status.lastContactAt;
    this.#setStatus({
      // A refusal that concerns one request still ends the round: the next one starts later and says why meanwhile.
      state: kind === "online" ? "paused" : kind,
      failures,
      error,
      offlineSince: this.#status.offlineSince ?? this.#options.clock.now(),
      ...(lastContactAt === undefined ? {} : { lastContactAt }),
    });
    const delayMs = backoffDelayMs(failures, { ...backoff, random: this.#options.random }, error.retryAfterMs);
    this.#schedule(delayMs);
  }

  #schedule(delayMs: number): void {
    if (this.#stopped) return;
    this.#nextRoundAt = this.#options.clock.now() + delayMs;
    this.#timer = this.#options.timers.setTimer(() => this.#run(), delayMs);
  }

  #setStatus(next: SyncStatus): void {
    const before = this.#status;
    this.#status = next;
    if (before.state !== next.state || before.error?.code !== next.error?.code) {
      this.#options.onStatus(next);
      this.#options.onChange({ status: true, catalog: false, marks: false });
    }
  }
}
