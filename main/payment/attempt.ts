import { contactKindOf, SyncError } from "../../sync/errors.ts";
import type { ChargeRequest, ChargeResponse, ReverseRequest } from "../../sync/protocol/api.ts";
import { TillError, type TillErrorCode } from "../contract/errors.ts";
import type { Timers } from "../contract/wire.ts";
import type { NewEntry } from "../ledger/entries.ts";
import type { PaymentState } from "../ledger/payment-reads.ts";
import { afterEntry } from "./attempt-states.ts";
import type { OpenAttempt } from "./open-attempt.ts";
import { paidPostings } from "./payment-postings.ts";
import type { PaymentTimings } from "./rail-timings.ts";

/** Why a payment is undone: the cashier wished it, nobody is left who could hand over its goods, or its answer never came. */
export type UndoReason = "cashier" | "restart" | "late";

/** How an attempt ended. From `reversing` on the sale is free, and the reversal has a life of its own. */
export type AttemptEnd =
  | { kind: "paid" }
  | { kind: "declined"; code: TillErrorCode }
  | { kind: "reversing"; reason: UndoReason };

/** What an attempt works with. `settle` is handed the entry that says paid, to be stored with the sale's own. */
export type AttemptParts = {
  ledger: string;
  append(entries: readonly NewEntry[]): void;
  requests: {
    charge(request: ChargeRequest): Promise<ChargeResponse>;
    /** What became of a charge. `not-found` means that it never arrived. */
    look(paymentId: string): Promise<ChargeResponse>;
  };
  timings: PaymentTimings;
  clock: { now(): number };
  timers: Timers;
  newId(): string;
  settle(paid: NewEntry, stand: OpenAttempt): void;
  ended(attempt: Attempt, end: AttemptEnd): void;
  /** Something that a page shows has changed. */
  changed(): void;
  /** A part of the work failed in a way that nobody foresaw. */
  failed(error: unknown): void;
};

/** What names a payment to the platform, for charging and for undoing it. */
export function requestOf(stand: OpenAttempt, ledger: string): ReverseRequest {
  const { paymentId, saleId, amountMinor, currency, number, rail } = stand;
  return { paymentId, saleId, amountMinor, currency, number, ledger, ...(rail === "wallet" ? {} : { rail }) };
}

/**
 * One payment from its stored intent to its end. Whatever the network does, it ends in an entry that says what is true:
 * paid, declined, or reversing. It asks by one id alone, for as long as its rail's window lasts, and then undoes itself.
 */
export class Attempt {
  readonly stand: OpenAttempt;
  readonly #parts: AttemptParts;
  /** The scanned code, in memory only: it is as good as money until it has been charged or has expired. */
  #code: string | null;
  #isAsking = false;
  /** It has ended, or the till is being closed: the journal has the next word on it. */
  #isOver = false;
  #timer: unknown = null;

  /** @param code Null after a restart, when the charge can only be looked for. */
  constructor(parts: AttemptParts, stand: OpenAttempt, code: string | null) {
    this.#parts = parts;
    this.stand = stand;
    this.#code = code;
  }

  /** Whether the platform is being asked right now. */
  get isAsking(): boolean {
    return this.#isAsking;
  }

  /** Whether its outcome is waited for, so that it may be asked about, undone or set aside. */
  get isWaiting(): boolean {
    return !this.#isOver && (this.stand.state === "unknown" || this.stand.state === "waiting");
  }

  /**
   * Asks the platform, once at a time. Whatever goes wrong with its answer here, a full disk or an answer that is not
   * about this payment, the attempt stays open as one that may have been paid, and is asked about again.
   */
  async ask(): Promise<void> {
    this.#isAsking = true;
    try {
      if (this.#code !== null) await this.#charge(this.#code);
      else await this.#look();
    } catch (error) {
      if (!this.#isOver) this.#keepOpen();
      throw error;
    } finally {
      this.#isAsking = false;
    }
  }

  /** Asks again now, where its outcome is waited for and nobody is asking. */
  async askAgain(): Promise<void> {
    if (!this.isWaiting || this.#isAsking) return;
    this.stand.asks.push(this.#parts.clock.now());
    this.stand.nextAskAt = null;
    this.#parts.changed();
    await this.ask();
  }

  /** Takes up what a stopped till left open: what became of it is not known, and is asked about before long. */
  resume(): void {
    if (this.stand.state === "sent") this.#toUnknown("restart");
    else this.#schedule();
  }

  /** Stores that the payment is being undone, which frees its sale. */
  undo(reason: UndoReason): void {
    const { paymentId, saleId } = this.stand;
    this.#move([{ id: this.#parts.newId(), type: "payment.reversing", body: { paymentId, saleId, reason } }]);
    this.#end({ kind: "reversing", reason });
  }

  /** The same, tried again for as long as the disk refuses the entry: not stored, it is not undone. */
  undoWhenStored(reason: UndoReason): void {
    const { timers, timings, failed } = this.#parts;
    try {
      this.undo(reason);
    } catch (error) {
      if (!this.#isOver) this.#timer = timers.setTimer(() => this.undoWhenStored(reason), timings.repeatReversalMs);
      failed(error);
    }
  }

  /** Stops asking. What is open stays stored and is taken up at the next start. */
  stop(): void {
    this.#isOver = true;
    this.#parts.timers.clearTimer(this.#timer);
  }

  async #charge(token: string): Promise<void> {
    try {
      const request = { ...requestOf(this.stand, this.#parts.ledger), token };
      this.#take(await this.#parts.requests.charge(request));
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      if (!this.#isOver) this.#chargeFailed(error);
    }
  }

  /**
   * Nothing was moved when the very first request was refused, or when no connection was made for it. After that the
   * first one may have moved money, whatever becomes of a later one, and only the platform's word on it counts.
   */
  #chargeFailed(error: SyncError): void {
    const isFirst = this.stand.state === "sent";
    if (isFirst && error.code === "platform.not-reached") this.#decline("wallet.needs-network");
    else if (isFirst && contactKindOf(error.code) !== "offline") this.#decline(error.code);
    else this.#toUnknown(error.code);
  }

  /** After a restart the code is gone: a charge that never arrived is then undone, so that it never can arrive. */
  async #look(): Promise<void> {
    try {
      this.#take(await this.#parts.requests.look(this.stand.paymentId));
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      if (this.#isOver) return;
      if (error.code === "not-found") this.undo("restart");
      else this.#schedule();
    }
  }

  #take(answer: ChargeResponse): void {
    // The reversal of an undone attempt takes back whatever this answer says was taken.
    if (this.#isOver) return;
    const { amountMinor, currency, number } = this.stand;
    const isOther = answer.amountMinor !== amountMinor || answer.currency !== currency;
    if (isOther || (answer.state === "paid" && (answer.commissionMinor ?? 0) > answer.amountMinor)) {
      throw new TillError("platform.bad-answer", { number });
    }
    if (answer.state === "paid") this.#paid(answer);
    else if (answer.state === "declined") this.#decline(answer.code);
    else if (answer.state === "reversed") this.#decline("payment.reversed");
    else if (answer.state === "waiting") this.#toWaiting();
    // A reversal that nobody here has asked for is the platform's own; its end is waited for.
    else this.#toUnknown(answer.state === "reversing" ? "rail.reversing" : "rail.unknown");
  }

  /**
   * Stores the payment with the sale it settles. Should the disk refuse, the attempt stays open and is asked about again:
   * it must not be forgotten that money was taken.
   */
  #paid(answer: Extract<ChargeResponse, { state: "paid" }>): void {
    const { paymentId, saleId, amountMinor, currency, rail } = this.stand;
    const { transactionId, paidAt, commissionMinor } = answer;
    const state = afterEntry(this.stand.state, "payment.paid");
    const postings = paidPostings({ rail, amountMinor, currency, commissionMinor: commissionMinor ?? 0 });
    const kept = commissionMinor === undefined ? {} : { commissionMinor };
    const body = { paymentId, saleId, amountMinor, currency, transactionId, paidAt, ...kept, postings };
    this.#parts.settle({ id: this.#parts.newId(), type: "payment.paid", body }, this.stand);
    this.stand.state = state;
    this.#end({ kind: "paid" });
  }

  #decline(code: TillErrorCode): void {
    const { paymentId, saleId } = this.stand;
    this.#move([{ id: this.#parts.newId(), type: "payment.declined", body: { paymentId, saleId, code } }]);
    this.#end({ kind: "declined", code });
  }

  #toWaiting(): void {
    const { paymentId, saleId, state } = this.stand;
    if (state !== "waiting") {
      this.#move([{ id: this.#parts.newId(), type: "payment.waiting", body: { paymentId, saleId } }]);
    }
    this.#schedule();
  }

  #toUnknown(reason: string): void {
    const { paymentId, saleId, state } = this.stand;
    if (state !== "unknown") {
      this.#move([{ id: this.#parts.newId(), type: "payment.unknown", body: { paymentId, saleId, reason } }]);
    }
    this.#schedule();
  }

  /** Goes on with an attempt whose answer could not be stored. Without room for the entry, `sent` or `waiting` says the same. */
  #keepOpen(): void {
    try {
      this.#toUnknown("internal");
    } catch (error) {
      if (this.stand.state === "sent") this.stand.state = "unknown";
      this.#schedule();
      this.#parts.failed(error);
    }
  }

  #schedule(): void {
    const { clock, timers, timings } = this.#parts;
    const { stand } = this;
    const now = clock.now();
    stand.undoAt ??= stand.askedAt + timings.undoAfterMs;
    const gapMs = timings.askAgainAfterMs[stand.asks.length - 1];
    const askAt = gapMs === undefined ? stand.undoAt : Math.min(now + gapMs, stand.undoAt);
    stand.nextAskAt = askAt < stand.undoAt ? askAt : null;
    timers.clearTimer(this.#timer);
    // A clock that was set back meanwhile makes the wait no longer than the whole window.
    const delayMs = Math.min(Math.max(0, askAt - now), timings.undoAfterMs);
    if (!this.#isOver) this.#timer = timers.setTimer(() => this.#due(), delayMs);
    this.#parts.changed();
  }

  #due(): void {
    if (this.#isOver) return;
    const { clock, failed } = this.#parts;
    if (this.stand.undoAt === null || clock.now() < this.stand.undoAt) this.askAgain().catch(failed);
    else this.undoWhenStored("late");
  }

  #move(entries: readonly NewEntry[]): void {
    let state: PaymentState = this.stand.state;
    for (const entry of entries) state = afterEntry(state, entry.type as Parameters<typeof afterEntry>[1]);
    this.#parts.append(entries);
    this.stand.state = state;
  }

  #end(end: AttemptEnd): void {
    this.stop();
    this.#code = null;
    this.#parts.ended(this, end);
  }
}
