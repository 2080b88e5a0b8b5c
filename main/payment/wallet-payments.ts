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

/** The open attempt in front of the cashier. */
export type OpenAttempt = {
  paymentId: string;
  saleId: string;
  number: string;
  amountMinor: number;
  currency: Currency;
  state: PaymentState;
  askedAt: number;
  asks: number[];
  nextAskAt: number | null;
  undoAt: number | null;
};

/** What the attempts work with. `settle` is handed the entry that says paid, to be stored with the sale's own. */
export type WalletPaymentsOptions = {
  ledger: string;
  append(entries: readonly NewEntry[]): void;
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

/** A reversal that is repeated until the platform has confirmed it. */
type Reversal = { request: ReverseRequest; timer: unknown };

/**
 * Takes payments by the platform's wallet. At most one attempt is open at a time. Its id and intent are stored before
 * the first byte leaves; whatever the network does afterwards, the attempt ends in an entry that says what is true:
 * paid, declined, or reversed. Nothing is ever charged under a second id while the first is open.
 */
export class WalletPayments {
  readonly #options: WalletPaymentsOptions;
  readonly #reversals = new Map<string, Reversal>();
  #open: OpenAttempt | null = null;
  /** The code of the open attempt, in memory only: it is as good as money until it has been charged or has expired. */
  #token: string | null = null;
  #busy = false;
  #timer: unknown = null;
  #stopped = false;

  constructor(options: WalletPaymentsOptions) {
    this.#options = options;
  }

  /** The attempt that the cashier has to see to its end, if there is one. */
  get open(): OpenAttempt | null {
    return this.#open;
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
  async start(sale: { saleId: string; amountMinor: number; currency: Currency; token: string }): Promise<void> {
    if (this.#open !== null || this.#busy) throw new TillError("payment.open");
    this.#busy = true;
    try {
      await this.#ensureOnline();
      const attempt = this.#create(sale);
      await this.#charge(attempt, sale.token);
    } finally {
      this.#busy = false;
    }
  }

  /** Asks about the open attempt now. @throws TillError `payment.not-open` when it is not the open one. */
  async askAgain(paymentId: string): Promise<void> {
    const attempt = this.#open;
    if (attempt === null || attempt.paymentId !== paymentId) throw new TillError("payment.not-open");
    if (attempt.state === "unknown") await this.#ask(attempt);
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
        this.#startReversal(attempt);
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
    for (const reversal of this.#reversals.values()) this.#options.timers.clearTimer(reversal.timer);
  }

  async #ensureOnline(): Promise<void> {
    try {
      await this.#options.requests.ensureReachable();
    } catch (error) {
      if (error instanceof SyncError) throw new TillError("wallet.needs-network", {}, error);
      throw error;
    }
  }

  #create(sale: { saleId: string; amountMinor: number; currency: Currency; token: string }): OpenAttempt {
    const now = this.#options.clock.now();
    const attempt: OpenAttempt = {
      paymentId: this.#options.newId(),
      saleId: sale.saleId,
      number: String(Math.floor(this.#options.random() * 100_000_000)).padStart(8, "0"),
      amountMinor: sale.amountMinor,
      currency: sale.currency,
      state: "created",
      askedAt: now,
      asks: [now],
      nextAskAt: null,
      undoAt: null,
    };
    const { paymentId, saleId, amountMinor, currency, number } = attempt;
    const codeHash = createHash("sha256").update(sale.token).digest("hex");
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

  async #charge(attempt: OpenAttempt, token: string): Promise<void> {
    const { paymentId, saleId, amountMinor, currency, number } = attempt;
    const request = { paymentId, saleId, amountMinor, currency, number, token, ledger: this.#options.ledger };
    try {
      this.#take(attempt, await this.#options.requests.charge(request));
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      this.#chargeFailed(attempt, error);
    }
  }

  /**
   * Nothing was moved when no connection was made at the first try, or when the platform refused the request itself. In
   * every other case it may have been, and only the platform can say.
   */
  #chargeFailed(attempt: OpenAttempt, error: SyncError): void {
    const first = attempt.state === "sent";
    if (first && error.code === "platform.not-reached") this.#decline(attempt, "wallet.needs-network");
    else if (contactKindOf(error.code) === "offline") this.#toUnknown(attempt, error.code);
    else this.#decline(attempt, error.code);
  }

  async #ask(attempt: OpenAttempt): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    attempt.asks.push(this.#options.clock.now());
    attempt.nextAskAt = null;
    this.#options.changed();
    try {
      const token = this.#token;
      if (token !== null) await this.#charge(attempt, token);
      else await this.#look(attempt);
    } finally {
      this.#busy = false;
    }
  }

  /** After a restart the code is gone: a charge that never arrived is then undone, so that it never can arrive. */
  async #look(attempt: OpenAttempt): Promise<void> {
    try {
      this.#take(attempt, await this.#options.requests.look(attempt.paymentId));
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      if (error.code === "not-found") this.#reverse(attempt, "restart");
      else this.#schedule(attempt);
    }
  }

  #take(attempt: OpenAttempt, answer: ChargeResponse): void {
    // Undone while its answer was on the way: the reversal takes back whatever this answer says was taken.
    if (this.#open !== attempt) return;
    if (answer.amountMinor !== attempt.amountMinor || answer.currency !== attempt.currency) {
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
    const { transactionId, paidAt } = answer;
    const state = afterEntry(attempt.state, "payment.paid");
    const postings = walletPostings(amountMinor, currency);
    const body = { paymentId, saleId, amountMinor, currency, transactionId, paidAt, postings };
    try {
      this.#options.settle({ id: this.#options.newId(), type: "payment.paid", body }, attempt);
    } catch (error) {
      this.#schedule(attempt);
      throw error;
    }
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
    if (this.#open !== attempt) return;
    if (attempt.undoAt !== null && this.#options.clock.now() >= attempt.undoAt) this.#reverse(attempt, "late");
    else this.#ask(attempt).catch(this.#options.failed);
  }

  #reverse(attempt: OpenAttempt, reason: "cashier" | "restart" | "late"): void {
    const { paymentId, saleId } = attempt;
    this.#move(attempt, [
      { id: this.#options.newId(), type: "payment.reversing", body: { paymentId, saleId, reason } },
    ]);
    if (this.#open === attempt) this.#clear();
    if (reason === "late") this.#options.refused("payment.undone-late", attempt);
    this.#startReversal(attempt);
    this.#options.changed();
  }

  #startReversal(attempt: OpenAttempt): void {
    const { paymentId, saleId, amountMinor, currency, number } = attempt;
    const request = { paymentId, saleId, amountMinor, currency, number, ledger: this.#options.ledger };
    const reversal: Reversal = { request, timer: null };
    this.#reversals.set(paymentId, reversal);
    this.#sendReversal(reversal, attempt).catch(this.#options.failed);
  }

  async #sendReversal(reversal: Reversal, attempt: OpenAttempt): Promise<void> {
    if (this.#stopped) return;
    try {
      await this.#options.requests.reverse(reversal.request);
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      const delayMs = error.retryAfterMs ?? this.#options.timings.repeatReversalMs;
      const again = () => void this.#sendReversal(reversal, attempt).catch(this.#options.failed);
      if (!this.#stopped) reversal.timer = this.#options.timers.setTimer(again, delayMs);
      return;
    }
    const { paymentId, saleId, amountMinor, currency } = attempt;
    this.#reversals.delete(paymentId);
    // The till had not booked this money, so there is nothing to book back: the entry says that it is over.
    this.#move(attempt, [
      {
        id: this.#options.newId(),
        type: "payment.reversed",
        body: { paymentId, saleId, amountMinor, currency, postings: [] },
      },
    ]);
    this.#options.changed();
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

/** What the wallet has paid waits in `suspense` until the sale is settled with it. */
function walletPostings(amountMinor: number, currency: Currency): Posting[] {
  return [
    { account: "wallet:online", amountMinor, currency },
    { account: "suspense", amountMinor: -amountMinor, currency },
  ];
}

function attemptOf(payment: PaymentSummary, now: number): OpenAttempt {
  const { paymentId, saleId, number, amountMinor, state } = payment;
  const currency = payment.currency as Currency;
  return {
    paymentId,
    saleId,
    number,
    amountMinor,
    currency,
    state,
    askedAt: now,
    asks: [now],
    nextAskAt: null,
    undoAt: null,
  };
}
