import { createHash } from "node:crypto";
import { SyncError } from "../../sync/errors.ts";
import type { ChargeResponse, ReverseRequest } from "../../sync/protocol/api.ts";
import type { Posting } from "../../sync/protocol/entry.ts";
import type { Rail } from "../../sync/protocol/entry-types.ts";
import type { Currency } from "../../sync/protocol/money.ts";
import { TillError, type TillErrorCode } from "../contract/errors.ts";
import type { Timers } from "../contract/wire.ts";
import type { NewEntry } from "../ledger/entries.ts";
import type { PaymentSummary } from "../ledger/payment-reads.ts";
import { Attempt, type AttemptEnd, type AttemptParts, requestOf } from "./attempt.ts";
import { attemptOf, type OpenAttempt } from "./open-attempt.ts";
import { mirroredPostings } from "./payment-postings.ts";
import { railTimings, type PaymentTimings } from "./rail-timings.ts";
import { Reversals } from "./reversals.ts";

/** What is asked of the platform; each rejects with a SyncError. */
export type ChargeRequests = AttemptParts["requests"] & {
  /** Whether the platform can be heard now, found out with a question that moves nothing. */
  ensureReachable(): Promise<void>;
  reverse(request: ReverseRequest): Promise<ChargeResponse>;
};

/** What code payments work with. `settle` is handed the entry that says paid, to be stored with the sale's own. */
export type CodePaymentsOptions = {
  ledger: string;
  /** Stores entries, and what `work` changes beside them, in one commit. */
  append(entries: readonly NewEntry[], work?: () => void): void;
  /** What the journal has booked as paid for this payment; no legs where it never was. */
  booked(paymentId: string): readonly Posting[];
  requests: ChargeRequests;
  timings?: Readonly<Record<Rail, PaymentTimings>>;
  clock: { now(): number; format(timeMs: number): string };
  timers: Timers;
  newId(): string;
  /** Uniform in [0, 1). */
  random(): number;
  settle(paid: NewEntry, attempt: OpenAttempt): void;
  /** Sets the sale in front of the cashier aside, in a commit of its own. @throws TillError where there is no room for it. */
  park(attempt: OpenAttempt): void;
  /** The attempt ended without money; its sale is free for another tender. */
  refused(code: TillErrorCode, attempt: OpenAttempt, place: AttemptPlace): void;
  /** The sale of an attempt that was set aside is paid. */
  paidAside(attempt: OpenAttempt): void;
  /** The platform refuses to undo a payment; called once for each. */
  undoRefused(request: ReverseRequest, code: TillErrorCode): void;
  /** What an undone payment had taken is with the shopper again. */
  returned(request: ReverseRequest): void;
  /** Something that a page shows has changed. */
  changed(): void;
  /** A part of the work failed in a way that nobody foresaw. */
  failed(error: unknown): void;
};

/** Whether an attempt is of the sale in front of the cashier, of one that was set aside, or of one that nobody has any more. */
export type AttemptPlace = "front" | "aside" | "nowhere";

/** What is to be paid, and with which code. */
export type CodeSale = { saleId: string; amountMinor: number; currency: Currency; token: string; rail: Rail };

/** What is stored in the commit with which a payment begins, and what follows once it is. */
export type Beside = { write(): void; stored(): void };

/** Where the sales of unfinished payments are, as a start finds them. */
export type FoundSales = {
  openSaleId: string;
  isParked(saleId: string): boolean;
  /** At a kiosk the one shopper stands in front of it and sees their own payment through. */
  setsAside: boolean;
};

/**
 * Takes payments by the code that a phone shows. At most one attempt is open in front of the cashier; those of sales that
 * were set aside are worked to their end beside it. An id and its intent are stored before the first byte leaves, and
 * nothing is ever charged for a sale under a second id while the first is open.
 */
export class CodePayments {
  readonly #options: CodePaymentsOptions;
  readonly #reversals: Reversals;
  #front: Attempt | null = null;
  /** Those of sales that were set aside. */
  readonly #aside = new Set<Attempt>();
  /** Those of sales that nobody has any more: each is undone as soon as there is room for the entry. */
  readonly #left = new Set<Attempt>();
  /** The code whose payment is about to be created: until the platform was heard, nothing of it is stored. */
  #startingHash: string | null = null;
  #stopped = false;

  constructor(options: CodePaymentsOptions) {
    this.#options = options;
    this.#reversals = new Reversals({
      reverse: (request) => options.requests.reverse(request),
      repeatMs: this.#timingsOf("wallet").repeatReversalMs,
      timers: options.timers,
      store: (request) => this.#storeReversed(request),
      returned: options.returned,
      refused: options.undoRefused,
      changed: options.changed,
      failed: options.failed,
    });
  }

  /** The attempt that the cashier has to see to its end, if there is one. */
  get open(): OpenAttempt | null {
    return this.#front?.stand ?? null;
  }

  /** The open attempt of a sale that was set aside. */
  asideOf(saleId: string): OpenAttempt | undefined {
    return [...this.#aside].find(({ stand }) => stand.saleId === saleId)?.stand;
  }

  /** Whether the sale must stay as it is: an attempt is open, or is just being started with the sale's amount. */
  get isHolding(): boolean {
    return this.#front !== null || this.#startingHash !== null;
  }

  /** Whether any payment is not at its end yet. */
  get isBusy(): boolean {
    return this.isHolding || this.#aside.size + this.#left.size > 0 || this.#reversals.running > 0;
  }

  /** Whether this very code is being charged right now: a phone that is held a moment too long is read twice. */
  isAsking(codeHash: string): boolean {
    if (this.#startingHash === codeHash) return true;
    return this.#front !== null && this.#front.isAsking && this.#front.stand.codeHash === codeHash;
  }

  /** How many undone payments wait for the platform's confirmation. */
  get reversalsWaiting(): number {
    return this.#reversals.size;
  }

  /**
   * Charges a code. Resolves when the outcome is stored, or when it is not known yet and the attempt stays open.
   * @throws TillError `payment.open` while another attempt is open; `wallet.needs-network` before anything is stored,
   * when the platform cannot be heard: these wallets cannot be taken off line.
   */
  async start(sale: CodeSale, beside?: Beside): Promise<void> {
    if (this.isHolding) throw new TillError("payment.open");
    const codeHash = createHash("sha256").update(sale.token).digest("hex");
    this.#startingHash = codeHash;
    let attempt: Attempt;
    try {
      await this.#ensureOnline();
      if (this.#stopped) throw new TillError("wallet.needs-network");
      attempt = this.#create(sale, codeHash, beside);
    } finally {
      this.#startingHash = null;
    }
    await attempt.ask();
  }

  /** Asks about an open attempt now. @throws TillError `payment.not-open` when there is none of this id. */
  async askAgain(paymentId: string): Promise<void> {
    await this.#find(paymentId).askAgain();
  }

  /**
   * Undoes an open attempt: from now on its sale is free, and the reversal is stored and repeated until it is final.
   * @throws TillError `payment.not-open` when there is none of this id, or its answer is just being waited for.
   */
  undo(paymentId: string): void {
    const attempt = this.#find(paymentId);
    if (!attempt.isWaiting) throw new TillError("payment.not-open");
    attempt.undo("cashier");
  }

  /**
   * Sets the sale in front of the cashier aside with its payment, which is asked about beside the selling that goes on.
   * @throws TillError `payment.not-open` as `undo` does; `park.full`.
   */
  setAside(paymentId: string): void {
    const attempt = this.#front;
    if (attempt === null || attempt.stand.paymentId !== paymentId || !attempt.isWaiting) {
      throw new TillError("payment.not-open");
    }
    // Parked first: a sale whose payment nobody asks about any more would be worse than one that still stands in front.
    this.#options.park(attempt.stand);
    this.#front = null;
    this.#aside.add(attempt);
    this.#options.changed();
  }

  /**
   * Takes up what a stopped or crashed till left open. The sale in front of the cashier is set aside, so that selling goes
   * on, and its payment is asked about like those of the others that are aside. A payment whose sale is nowhere is
   * undone, because nobody is left who could hand over its goods.
   */
  resume(payments: readonly PaymentSummary[], sales: FoundSales): void {
    for (const payment of payments) {
      const attempt = this.#attempt(attemptOf(payment, this.#options.clock.now()), null);
      const { saleId, state } = attempt.stand;
      if (state === "reversing") {
        this.#reversals.start(requestOf(attempt.stand, this.#options.ledger));
      } else if (sales.isParked(saleId) && this.asideOf(saleId) === undefined) {
        this.#aside.add(attempt);
        attempt.resume();
      } else if (saleId === sales.openSaleId && this.#front === null && state !== "created") {
        this.#front = attempt;
        attempt.resume();
        if (sales.setsAside) this.#setFrontAside(attempt);
      } else {
        this.#left.add(attempt);
        attempt.undoWhenStored("restart");
      }
    }
  }

  /** Stops asking. What is open stays stored and is taken up at the next start. */
  stop(): void {
    this.#stopped = true;
    this.#front?.stop();
    for (const attempt of [...this.#aside, ...this.#left]) attempt.stop();
    this.#reversals.stop();
  }

  /** Where there is no room for it, it stays in front of the cashier, who sees it through. */
  #setFrontAside(attempt: Attempt): void {
    try {
      this.setAside(attempt.stand.paymentId);
      this.#options.refused("payment.set-aside", attempt.stand, "aside");
    } catch (error) {
      this.#options.failed(error);
    }
  }

  #find(paymentId: string): Attempt {
    const attempts = [...(this.#front === null ? [] : [this.#front]), ...this.#aside];
    const attempt = attempts.find(({ stand }) => stand.paymentId === paymentId);
    if (attempt === undefined) throw new TillError("payment.not-open");
    return attempt;
  }

  async #ensureOnline(): Promise<void> {
    try {
      await this.#options.requests.ensureReachable();
    } catch (error) {
      if (error instanceof SyncError) throw new TillError("wallet.needs-network", {}, error);
      throw error;
    }
  }

  #create({ saleId, amountMinor, currency, token, rail }: CodeSale, codeHash: string, beside?: Beside): Attempt {
    const { newId, append, clock, random } = this.#options;
    const now = clock.now();
    const paymentId = newId();
    const number = String(Math.floor(random() * 100_000_000)).padStart(8, "0");
    append(
      [
        {
          id: newId(),
          type: "payment.created",
          body: { paymentId, saleId, amountMinor, currency, number, codeHash, rail },
        },
        { id: newId(), type: "payment.sent", body: { paymentId, saleId } },
      ],
      () => beside?.write(),
    );
    beside?.stored();
    const times = { askedAt: now, asks: [now], nextAskAt: null, undoAt: null };
    const about = { paymentId, saleId, number, rail, codeHash, amountMinor, currency };
    this.#front = this.#attempt({ ...about, state: "sent", ...times }, token);
    this.#options.changed();
    return this.#front;
  }

  #attempt(stand: OpenAttempt, code: string | null): Attempt {
    const { ledger, append, requests, clock, timers, newId, settle, changed, failed } = this.#options;
    const parts: AttemptParts = {
      ledger,
      append,
      requests,
      timings: this.#timingsOf(stand.rail),
      clock,
      timers,
      newId,
      settle,
      ended: (attempt, end) => this.#ended(attempt, end),
      changed,
      failed,
    };
    return new Attempt(parts, stand, code);
  }

  #timingsOf(rail: Rail): PaymentTimings {
    return (this.#options.timings ?? railTimings)[rail];
  }

  #ended(attempt: Attempt, end: AttemptEnd): void {
    const { stand } = attempt;
    const place = this.#take(attempt);
    if (end.kind === "declined") this.#options.refused(end.code, stand, place);
    else if (end.kind === "paid" && place === "aside") this.#options.paidAside(stand);
    else if (end.kind === "reversing") {
      // Whoever undid it knows, and of a sale that nobody has there is nobody to tell.
      if (end.reason !== "cashier" && place !== "nowhere") this.#options.refused("payment.undone-late", stand, place);
      this.#reversals.start(requestOf(stand, this.#options.ledger));
    }
    this.#options.changed();
  }

  #take(attempt: Attempt): AttemptPlace {
    if (this.#front === attempt) {
      this.#front = null;
      return "front";
    }
    if (this.#aside.delete(attempt)) return "aside";
    this.#left.delete(attempt);
    return "nowhere";
  }

  /** Books back what was booked, commission and all. Mostly that is nothing: the entry says that it is over. */
  #storeReversed({ paymentId, saleId, amountMinor, currency }: ReverseRequest): void {
    const postings = mirroredPostings(this.#options.booked(paymentId));
    const body = { paymentId, saleId, amountMinor, currency, postings };
    this.#options.append([{ id: this.#options.newId(), type: "payment.reversed", body }]);
  }
}
