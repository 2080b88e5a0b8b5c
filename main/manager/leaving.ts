import type { SyncError } from "../../sync/errors.ts";
import type { Currency } from "../../sync/protocol/money.ts";
import { TillError } from "../contract/errors.ts";
import type { Timers } from "../contract/wire.ts";
import type { Ledger } from "../ledger/open.ts";
import { plainAmount } from "../money-text.ts";
import { forAWhile } from "./patience.ts";
import { standOf, type SyncWorker } from "./sync-log.ts";

/**
 * How a till ends by its own will: for good, until it is enrolled again, or to be started again at once, because a person
 * wants it, because its disk failed and only a new opening shows what is stored, or because its ledger is in order again.
 */
export type TillEnd = "signed-out" | "reset" | "disk-failed" | "recovered";

/** What leaving works with. */
export type LeavingParts = {
  ledger: Ledger;
  worker: SyncWorker & { readonly status: { error?: SyncError } };
  timers: Timers;
  newId(): string;
  currency(): Currency;
  /** Whether goods are in a basket, a payment is open or undone, or sales are parked. */
  isBusy(): boolean;
  /** Forgets what the platform has as well, goods above all, and what people have set. */
  forget(): void;
  /** Puts the till away and ends its process, after whoever asked has been answered. */
  end(how: TillEnd): void;
};

/** Long enough for the answer to leave the process before it ends. */
const answerFirstMs = 250;

/**
 * The two ways to take a till out of its place. Both are refused while something of it has not arrived or a sale is under
 * way (docs/decisions/0013): what is only here is never left behind. The journal stays in any case.
 */
export class Leaving {
  readonly #parts: LeavingParts;
  #underWay: Promise<void> | null = null;

  constructor(parts: LeavingParts) {
    this.#parts = parts;
  }

  /**
   * Takes the till out of its shop: says so in the journal, sees it arrive, and ends.
   * @throws TillError `till.busy`, `till.unsent`, or `till.needs-platform` where the platform cannot be told.
   */
  signOut(): Promise<void> {
    return this.#once(async () => {
      const { ledger, newId } = this.#parts;
      await this.#makeReady();
      const enrolment = ledger.enrolment();
      if (enrolment === undefined) throw new TillError("till.signed-out");
      ledger.append([{ id: newId(), type: "till.signed-out", body: { tillId: enrolment.tillId } }]);
      // Should the line die in this very moment, it is sent at the next start: the till has left all the same.
      await this.#settle();
      this.#end("signed-out");
    });
  }

  /**
   * Forgets goods and settings, and has the till started again: it fetches the shop anew. Refused as above, and without
   * the platform, because there would be nothing to sell then.
   */
  reset(): Promise<void> {
    return this.#once(async () => {
      await this.#makeReady();
      this.#parts.forget();
      this.#end("reset");
    });
  }

  #once(leave: () => Promise<void>): Promise<void> {
    this.#underWay ??= leave().finally(() => {
      this.#underWay = null;
    });
    return this.#underWay;
  }

  async #makeReady(): Promise<void> {
    this.#assertIdle();
    await this.#settle();
    // Meanwhile somebody may have scanned a good.
    this.#assertIdle();
    const { ledger, worker, currency } = this.#parts;
    const { markSeq } = standOf({ ledger, worker });
    const { count, totalMinor } = ledger.notArrived(markSeq);
    if (count > 0) {
      const sum = `${currency()} ${plainAmount(totalMinor, currency())}`;
      throw new TillError("till.unsent", { count, sum });
    }
    const { error } = worker.status;
    // What is left then is no sale: a receipt that was printed, or nothing but a dead line.
    if (markSeq < ledger.head().seq || error !== undefined) throw new TillError("till.needs-platform", {}, error);
  }

  #assertIdle(): void {
    if (this.#parts.isBusy()) throw new TillError("till.busy");
  }

  /** Gives what is left the chance to arrive, for as long as somebody waits. */
  #settle(): Promise<void> {
    return forAWhile(this.#parts.timers, this.#parts.worker.wholeRound());
  }

  #end(how: TillEnd): void {
    this.#parts.timers.setTimer(() => this.#parts.end(how), answerFirstMs);
  }
}
