import { createHash } from "node:crypto";
import { contactKindOf, SyncError } from "../../sync/errors.ts";
import type { ChargeRequest, ChargeResponse, ReverseRequest } from "../../sync/protocol/api.ts";
import type { Posting } from "../../sync/protocol/entry.ts";
import type { Currency } from "../../sync/protocol/money.ts";
import { TillError, type TillErrorCode } from "../contract/errors.ts";
import type { Timers } from "../contract/wire.ts";
import type { NewEntry } from "../ledger/entries.ts";
import type { PaymentState, PaymentSummary } from "../ledger/payment-reads.ts";
import { afterEntry } from "./attempt-states.ts";
import { attemptOf, type OpenAttempt } from "./open-attempt.ts";
import { Reversals } from "./reversals.ts";
import { mirroredPostings, paidPostings } from "./wallet-postings.ts";

/** When an answer is late: the gaps between asking again, and when the payment is undone by itself. */
export type PaymentTimings = { askAgainAfterMs: readonly number[]; undoAfterMs: number; repeatReversalMs: number };

/**
 * The platform's own wallet answers in a second or not at all, so it is asked again after 5, 10, 10 and 10 seconds and
 * undone after 45: the shopper stands there.
 */
export const walletTimings: PaymentTimings = {
  askAgainAfterMs: [5_000, 10_000, 10_000, 10_000],
  undoAfterMs: 45_000,
  repeatReversalMs: 10_000,
};

/** What is asked of the platform; each rejects with a SyncError. */
export type ChargeRequests = {
  /** Whether the platform can be heard now, found out with a question that moves nothing. */
  ensureReachable(): Promise<void>;
  charge(request: ChargeRequest): Promise<ChargeResponse>;
  /** What became of a charge. `not-found` means that it never arrived. */
  look(paymentId: string): Promise<ChargeResponse>;
  reverse(request: ReverseRequest): Promise<ChargeResponse>;
};

/** What the attempts work with. `settle` is handed the entry that says paid, to be stored with the sale's own. */
export type WalletPaymentsOptions = {
  ledger: string;
  append(entries: readonly NewEntry[]): void;
  /** What the journal has booked as paid for this payment; no legs where it never was. */
  booked(paymentId: string): readonly Posting[];
  requests: ChargeRequests;
  timings: PaymentTimings;
  clock: { now(): number; format(timeMs: number): string };
  timers: Timers;
  newId(): string;
  /** Uniform in [0, 1). */
  random(): number;
  settle(paid: NewEntry, attempt: OpenAttempt): void;
  /** The attempt ended without money; the sale is free for another tender. */
  refused(code: TillErrorCode, attempt: OpenAttempt): void;
  /** Something that a page shows has changed. */
  changed(): void;
  /** A part of the work failed in a way that nobody foresaw. */
  failed(error: unknown): void;
};

type Sale = { saleId: string; amountMinor: number; currency: Currency; token: string };

/**
 * Takes payments by the platform's wallet. At most one attempt is open at a time. Its id and intent are stored before
 * the first byte leaves; whatever the network does afterwards, the attempt ends in an entry that says what is true:
 * paid, declined, or reversed. Nothing is ever charged under a second id while the first is open.
 */
export class WalletPayments {
  readonly #options: WalletPaymentsOptions;
  readonly #reversals: Reversals;
  #open: OpenAttempt | null = null;
  /** The code of the open attempt, in memory only: it is as good as money until it has been charged or has expired. */
  #token: string | null = null;
  /** The code whose payment is about to be created: until the platform was heard, nothing of it is stored. */
  #startingHash: string | null = null;
  /** The attempt about which the platform is being asked. An undone one may still be while the next is open. */
  #asking: OpenAttempt | null = null;
  #timer: unknown = null;
  #stopped = false;

  constructor(options: WalletPaymentsOptions) {
    this.#options = options;
    this.#reversals = new Reversals({
      reverse: (request) => options.requests.reverse(request),
      repeatMs: options.timings.repeatReversalMs,
      timers: options.timers,
      store: (request) => this.#storeReversed(request),
      changed: options.changed,
      failed: options.failed,
    });
  }

  /** The attempt that the cashier has to see to its end, if there is one. */
  get open(): OpenAttempt | null {
    return this.#open;
  }

  /** Whether the sale must stay as it is: an attempt is open, or is just being started with the sale's amount. */
  get isHolding(): boolean {
    return this.#open !== null || this.#startingHash !== null;
  }

  /** Whether this very code is being charged right now: a phone that is held a moment too long is read twice. */
  isAsking(codeHash: string): boolean {
    if (this.#startingHash === codeHash) return true;
    return this.#open !== null && this.#open === this.#asking && this.#open.codeHash === codeHash;
  }

  /** How many undone payments wait for the platform's confirmation. */
  get reversalsWaiting(): number {
    return this.#reversals.size;
  }

  /**
   * Charges a wallet code. Resolves when the outcome is stored, or when it is not known yet and the attempt stays open.
   * @throws TillError `payment.open` while another attempt is open; `wallet.needs-network` before anything is stored,
   * when the platform cannot be heard: this part of the wallet cannot be taken off line.
   */
  async start(sale: Sale): Promise<void> {
    if (this.isHolding) throw new TillError("payment.open");
    const codeHash = createHash("sha256").update(sale.token).digest("hex");
    this.#startingHash = codeHash;
    let attempt: OpenAttempt;
    try {
      await this.#ensureOnline();
      if (this.#stopped) throw new TillError("wallet.needs-network");
      attempt = this.#create(sale, codeHash);
    } finally {
      this.#startingHash = null;
    }
    await this.#ask(attempt);
  }

  /** Asks about the open attempt now. @throws TillError `payment.not-open` when it is not the open one. */
  async askAgain(paymentId: string): Promise<void> {
    const attempt = this.#open;
    if (attempt === null || attempt.paymentId !== paymentId) throw new TillError("payment.not-open");
    if (attempt.state !== "unknown" || this.#asking === attempt) return;
    attempt.asks.push(this.#options.clock.now());
    attempt.nextAskAt = null;
    this.#options.changed();
    await this.#ask(attempt);
  }

  /**
   * Undoes the open attempt: from now on the sale is free, and the reversal is stored and repeated until it is final.
   * @throws TillError `payment.not-open` when it is not the open one, or its answer is just being waited for.
   */
  undo(paymentId: string): void {
    const attempt = this.#open;
    if (attempt === null || attempt.paymentId !== paymentId || attempt.state !== "unknown") {
      throw new TillError("payment.not-open");
    }
    this.#reverse(attempt, "cashier");
  }

  /**
   * Takes up what a stopped or crashed till left open. The attempt of the sale that is still in front of the cashier is
   * asked about; every other one is undone, because nobody is left who could hand over its goods.
   */
  resume(payments: readonly PaymentSummary[], openSaleId: string): void {
    for (const payment of payments) {
      const attempt = attemptOf(payment, this.#options.clock.now());
      if (attempt.state === "reversing") {
        this.#reversals.start(this.#requestOf(attempt));
      } else if (payment.saleId === openSaleId && this.#open === null && attempt.state !== "created") {
        this.#open = attempt;
        if (attempt.state === "sent") this.#toUnknown(attempt, "restart");
        else this.#schedule(attempt);
      } else {
        this.#reverse(attempt, "restart");
      }
    }
  }

  /** Stops asking. What is open stays stored and is taken up at the next start. */
  stop(): void {
    this.#stopped = true;
    this.#options.timers.clearTimer(this.#timer);
    this.#reversals.stop();
  }

  async #ensureOnline(): Promise<void> {
    try {
      await this.#options.requests.ensureReachable();
    } catch (error) {
      if (error instanceof SyncError) throw new TillError("wallet.needs-network", {}, error);
      throw error;
    }
  }

  #create(sale: Sale, codeHash: string): OpenAttempt {
    const now = this.#options.clock.now();
    const attempt: OpenAttempt = {
      paymentId: this.#options.newId(),
      saleId: sale.saleId,
      number: String(Math.floor(this.#options.random() * 100_000_000)).padStart(8, "0"),
      codeHash,
      amountMinor: sale.amountMinor,
      currency: sale.currency,
      state: "created",
      askedAt: now,
      asks: [now],
      nextAskAt: null,
      undoAt: null,
    };
    const { paymentId, saleId, amountMinor, currency, number } = attempt;
    this.#move(attempt, [
      {
        id: this.#options.newId(),
        type: "payment.created",
        body: { paymentId, saleId, amountMinor, currency, number, codeHash, rail: "wallet" },
      },
      { id: this.#options.newId(), type: "payment.sent", body: { paymentId, saleId } },
    ]);
    this.#open = attempt;
    this.#token = sale.token;
    this.#options.changed();
    return attempt;
  }

  /**
   * Asks the platform, once at a time. Whatever goes wrong with its answer here, a full disk or an answer that is not
   * about this payment, the attempt stays open as one that may have been paid, and is asked about again.
   */
  async #ask(attempt: OpenAttempt): Promise<void> {
    this.#asking = attempt;
    try {
      const token = this.#token;
      if (token !== null) await this.#charge(attempt, token);
      else await this.#look(attempt);
    } catch (error) {
      if (this.#isOver(attempt)) throw error;
      this.#keepOpen(attempt);
      throw error;
    } finally {
      if (this.#asking === attempt) this.#asking = null;
    }
  }

  async #charge(attempt: OpenAttempt, token: string): Promise<void> {
    try {
      this.#take(attempt, await this.#options.requests.charge({ ...this.#requestOf(attempt), token }));
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      if (!this.#isOver(attempt)) this.#chargeFailed(attempt, error);
    }
  }

  /**
   * Nothing was moved when the very first request was refused, or when no connection was made for it. After that the
   * first one may have moved money, whatever becomes of a later one, and only the platform's word on it counts.
   */
  #chargeFailed(attempt: OpenAttempt, error: SyncError): void {
    const isFirst = attempt.state === "sent";
    if (isFirst && error.code === "platform.not-reached") this.#decline(attempt, "wallet.needs-network");
    else if (isFirst && contactKindOf(error.code) !== "offline") this.#decline(attempt, error.code);
    else this.#toUnknown(attempt, error.code);
  }

  /** After a restart the code is gone: a charge that never arrived is then undone, so that it never can arrive. */
  async #look(attempt: OpenAttempt): Promise<void> {
    try {
      this.#take(attempt, await this.#options.requests.look(attempt.paymentId));
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      if (this.#isOver(attempt)) return;
      if (error.code === "not-found") this.#reverse(attempt, "restart");
      else this.#schedule(attempt);
    }
  }

  /** Undone while its answer was on the way, or the till is being closed: the journal has the next word on it. */
  #isOver(attempt: OpenAttempt): boolean {
    return this.#stopped || this.#open !== attempt;
  }

  #take(attempt: OpenAttempt, answer: ChargeResponse): void {
    // The reversal of an undone attempt takes back whatever this answer says was taken.
    if (this.#isOver(attempt)) return;
    const isOther = answer.amountMinor !== attempt.amountMinor || answer.currency !== attempt.currency;
    if (isOther || (answer.state === "paid" && (answer.commissionMinor ?? 0) > answer.amountMinor)) {
      throw new TillError("platform.bad-answer", { number: attempt.number });
    }
    if (answer.state === "paid") this.#paid(attempt, answer);
    else if (answer.state === "declined") this.#decline(attempt, answer.code);
    else this.#decline(attempt, "payment.reversed");
  }

  /**
   * Stores the payment with the sale it settles. Should the disk refuse, the attempt stays open and is asked about again:
   * it must not be forgotten that money was taken.
   */
  #paid(attempt: OpenAttempt, answer: Extract<ChargeResponse, { state: "paid" }>): void {
    const { paymentId, saleId, amountMinor, currency } = attempt;
    const { transactionId, paidAt, commissionMinor } = answer;
    const state = afterEntry(attempt.state, "payment.paid");
    const postings = paidPostings({ amountMinor, currency, commissionMinor: commissionMinor ?? 0 });
    const kept = commissionMinor === undefined ? {} : { commissionMinor };
    const body = { paymentId, saleId, amountMinor, currency, transactionId, paidAt, ...kept, postings };
    this.#options.settle({ id: this.#options.newId(), type: "payment.paid", body }, attempt);
    attempt.state = state;
    this.#clear();
    this.#options.changed();
  }

  #decline(attempt: OpenAttempt, code: TillErrorCode): void {
    const { paymentId, saleId } = attempt;
    this.#move(attempt, [{ id: this.#options.newId(), type: "payment.declined", body: { paymentId, saleId, code } }]);
    this.#clear();
    this.#options.refused(code, attempt);
    this.#options.changed();
  }

  #toUnknown(attempt: OpenAttempt, reason: string): void {
    const { paymentId, saleId } = attempt;
    if (attempt.state !== "unknown") {
      this.#move(attempt, [
        { id: this.#options.newId(), type: "payment.unknown", body: { paymentId, saleId, reason } },
      ]);
    }
    this.#schedule(attempt);
  }

  /** Goes on with an attempt whose answer could not be stored. Without room for the entry, `sent` says the same. */
  #keepOpen(attempt: OpenAttempt): void {
    try {
      this.#toUnknown(attempt, "internal");
    } catch (error) {
      attempt.state = "unknown";
      this.#schedule(attempt);
      this.#options.failed(error);
    }
  }

  #schedule(attempt: OpenAttempt): void {
    const { clock, timers, timings } = this.#options;
    const now = clock.now();
    attempt.undoAt ??= attempt.askedAt + timings.undoAfterMs;
    const gapMs = timings.askAgainAfterMs[attempt.asks.length - 1];
    const askAt = gapMs === undefined ? attempt.undoAt : Math.min(now + gapMs, attempt.undoAt);
    attempt.nextAskAt = askAt < attempt.undoAt ? askAt : null;
    timers.clearTimer(this.#timer);
    if (!this.#stopped) this.#timer = timers.setTimer(() => this.#due(attempt), Math.max(0, askAt - now));
    this.#options.changed();
  }

  #due(attempt: OpenAttempt): void {
    if (this.#isOver(attempt)) return;
    const { clock, timers, timings, failed } = this.#options;
    if (attempt.undoAt === null || clock.now() < attempt.undoAt) {
      this.askAgain(attempt.paymentId).catch(failed);
      return;
    }
    try {
      this.#reverse(attempt, "late");
    } catch (error) {
      // Not stored, so not undone: it is tried again for as long as it takes.
      this.#timer = timers.setTimer(() => this.#due(attempt), timings.repeatReversalMs);
      failed(error);
    }
  }

  #reverse(attempt: OpenAttempt, reason: "cashier" | "restart" | "late"): void {
    const { paymentId, saleId } = attempt;
    this.#move(attempt, [
      { id: this.#options.newId(), type: "payment.reversing", body: { paymentId, saleId, reason } },
    ]);
    if (this.#open === attempt) this.#clear();
    if (reason === "late") this.#options.refused("payment.undone-late", attempt);
    this.#reversals.start(this.#requestOf(attempt));
    this.#options.changed();
  }

  /** Books back what was booked, commission and all. Mostly that is nothing: the entry says that it is over. */
  #storeReversed({ paymentId, saleId, amountMinor, currency }: ReverseRequest): void {
    const postings = mirroredPostings(this.#options.booked(paymentId));
    const body = { paymentId, saleId, amountMinor, currency, postings };
    this.#options.append([{ id: this.#options.newId(), type: "payment.reversed", body }]);
  }

  #requestOf({ paymentId, saleId, amountMinor, currency, number }: OpenAttempt): ReverseRequest {
    return { paymentId, saleId, amountMinor, currency, number, ledger: this.#options.ledger };
  }

  #move(attempt: OpenAttempt, entries: readonly NewEntry[]): void {
    let state: PaymentState | "none" = entries[0]?.type === "payment.created" ? "none" : attempt.state;
    for (const entry of entries) state = afterEntry(state, entry.type as Parameters<typeof afterEntry>[1]);
    this.#options.append(entries);
    if (state !== "none") attempt.state = state;
  }

  #clear(): void {
    this.#options.timers.clearTimer(this.#timer);
    this.#open = null;
    this.#token = null;
  }
}
