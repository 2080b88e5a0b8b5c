import { contactKindOf, SyncError } from "../../sync/errors.ts";
import type { ChargeResponse, ReverseRequest } from "../../sync/protocol/api.ts";
import type { Timers } from "../contract/wire.ts";

/** The pause between two tries of what the platform refuses. */
const longestPauseMs = 10 * 60_000;

/** What the reversals work with. */
export type ReversalsOptions = {
  reverse(request: ReverseRequest): Promise<ChargeResponse>;
  repeatMs: number;
  timers: Timers;
  /** Stores that a payment is reversed. What it throws is told, and the reversal is asked for again later. */
  store(request: ReverseRequest): void;
  /** The platform refuses to undo it, and not because the line is bad: told once for each, while it is asked for ever more seldom. */
  refused(request: ReverseRequest, code: SyncError["code"]): void;
  /** What the payment had taken is with the shopper again; called once for each, after it is stored. */
  returned(request: ReverseRequest): void;
  changed(): void;
  failed(error: unknown): void;
};

/**
 * Payments that are being undone. Each reversal is repeated until the platform has confirmed it and the journal says so:
 * what a shopper may have paid is never let go of because a line was dead or a disk was full.
 */
export class Reversals {
  readonly #options: ReversalsOptions;
  /** The timer of the next try for each payment; null while one is under way. */
  readonly #waiting = new Map<string, unknown>();
  /** How often each of those that the platform refuses was refused. */
  readonly #refusals = new Map<string, number>();
  #stopped = false;

  constructor(options: ReversalsOptions) {
    this.#options = options;
  }

  /** How many wait for the platform's confirmation. */
  get size(): number {
    return this.#waiting.size;
  }

  /** How many of them are under way as they should be; those that the platform refuses wait for somebody. */
  get running(): number {
    return this.#waiting.size - this.#refusals.size;
  }

  /** Begins to reverse a payment whose `payment.reversing` is stored. */
  start(request: ReverseRequest): void {
    if (this.#waiting.has(request.paymentId)) return;
    this.#try(request).catch(this.#options.failed);
  }

  /** Stops asking. What is not confirmed is taken up from the journal at the next start. */
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#waiting.values()) this.#options.timers.clearTimer(timer);
  }

  async #try(request: ReverseRequest): Promise<void> {
    this.#waiting.set(request.paymentId, null);
    if (this.#stopped) return;
    let delayMs = this.#options.repeatMs;
    try {
      const answer = await this.#options.reverse(request);
      if (this.#stopped) return;
      // Anything else would say that the money may still be the shop's: it is asked for until it is not.
      if (answer.state === "reversed" || answer.state === "declined") {
        this.#options.store(request);
        this.#waiting.delete(request.paymentId);
        this.#refusals.delete(request.paymentId);
        if (answer.state === "reversed" && answer.takenBefore) this.#options.returned(request);
        this.#options.changed();
        return;
      }
    } catch (error) {
      if (error instanceof SyncError) delayMs = this.#delayAfter(error, request);
      else this.#options.failed(error);
    }
    if (this.#stopped) return;
    const again = () => void this.#try(request).catch(this.#options.failed);
    this.#waiting.set(request.paymentId, this.#options.timers.setTimer(again, delayMs));
  }

  /** A dead line is tried at the same pace. What the platform refuses for good is tried ever more seldom, and told once. */
  #delayAfter(error: SyncError, request: ReverseRequest): number {
    const pauseMs = Math.max(this.#options.repeatMs, error.retryAfterMs ?? 0);
    if (contactKindOf(error.code) === "offline") return pauseMs;
    const refusals = (this.#refusals.get(request.paymentId) ?? 0) + 1;
    this.#refusals.set(request.paymentId, refusals);
    if (refusals === 1) this.#options.refused(request, error.code);
    return Math.min(pauseMs * 2 ** Math.min(refusals, 10), longestPauseMs);
  }
}
