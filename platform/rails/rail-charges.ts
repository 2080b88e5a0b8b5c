import { createHash } from "node:crypto";
import type { Logger } from "pino";
import type { z } from "zod";
import type { ChargeRequest, ChargeResponse, DeclineCode, reverseRequestSchema } from "../../sync/protocol/api.ts";
import type { Till } from "../authorisation/till-access.ts";
import type { Database, Queryable } from "../database/database.ts";
import { PlatformError } from "../http/errors.ts";
import { requireOwnLedger } from "../ingest/push.ts";
import {
  chargeResponse,
  findCharge,
  finishCharge,
  isSameCharge,
  lockCharge,
  lockKnownCharge,
  type ChargeRow,
} from "../wallets/charge-store.ts";
import { refundedMinor } from "../refunds/refund-store.ts";
import { otherContent, refundedAlready } from "../wallets/charges.ts";
import type { Rail, RailName, RailOutcome, Rails } from "./rail.ts";
import {
  claimDue,
  claimForQuestion,
  isCodeTaken,
  isRailCharge,
  orderOf,
  storeTransition,
  type RailChargeRow,
} from "./rail-charge-store.ts";
import { reverseAtRail } from "./reverse-at-rail.ts";
import { retryAfterMs, reverseDueMs, tillIsLookingMs } from "./timings.ts";
import { openStates, transitionOf, type Asked } from "./transitions.ts";

/** What charges over rails work with. */
export type RailChargesContext = {
  database: Database;
  rails: Rails;
  nowMs: () => number;
  log: Logger;
  /** Hears of each charge whose state has changed to one that stays, whoever asked. */
  onSettled: (charge: ChargeResponse) => void;
};

/** What the codes of a rail look like; those of other countries' wallets collide, so that the till says which it is. */
const codePatterns: Readonly<Record<RailName, RegExp>> = {
  "wechat-pay": /^1[0-5]\d{16}$/,
  alipay: /^(?:2[5-9]|30)\d{14,22}$/,
};

/** How many charges one round of the worker takes, and how many of them at a time. */
const chargesPerRound = 40;
const chargesAtATime = 4;

/** Who asks; it decides when the platform next turns to the charge by itself. */
type Asker = "till" | "worker";

/**
 * Charges over rails. The row is stored before the rail hears of it; the rail is called outside of every transaction; what it
 * says is stored in a second one, under the row's lock. So whatever dies in between, the row says what was in flight, and the
 * rail is asked what became of it.
 */
export class RailCharges {
  readonly #context: RailChargesContext;

  constructor(context: RailChargesContext) {
    this.#context = context;
  }

  /**
   * Charges a shopper by a code of another company's wallet, once. The same request again gives the stored answer, and where
   * that is not final what the rail says now.
   * @throws PlatformError `request.invalid` when the id belongs to another charge, `ledger.not-yours`.
   */
  async charge(till: Till, request: ChargeRequest): Promise<ChargeResponse> {
    const { token, ...content } = request;
    const codeHash = createHash("sha256").update(token).digest();
    const at = this.#now();
    const { row, isNew } = await this.#context.database.transaction(async (transaction) => {
      await requireOwnLedger(transaction, till, content.ledger);
      const locked = await lockCharge(transaction, till.id, content, codeHash, at);
      if (!isSameCharge(locked.row, till.id, content, codeHash)) throw otherContent();
      return locked.isNew ? { row: await this.#ask(transaction, locked.row, token, at), isNew: true } : locked;
    });
    if (!isRailCharge(row)) throw otherContent();
    const rail = this.#context.rails.get(row.rail);
    if (isNew && row.state === "asked" && rail !== undefined) return this.#pay(row, rail, token);
    if (isNew) return chargeResponse(row);
    if (row.state === "reversed" && row.token_hash === null) {
      // The reversal came first: it stands, and this charge never will.
      return chargeResponse({ ...row, state: "declined", code: "payment.reversed" });
    }
    return this.#lookAgain(row);
  }

  /** The state of a charge that is not the wallet's, asked of the rail where it is not final. */
  async state(row: ChargeRow): Promise<ChargeResponse> {
    return this.#lookAgain(row);
  }

  /**
   * Undoes a charge, as often as it is asked to, with one effect. The wish is stored before the rail hears of it, and kept up
   * until the rail has said that the order is closed.
   * @throws PlatformError `request.invalid` when the id belongs to another charge, `ledger.not-yours`.
   */
  async reverse(till: Till, request: z.infer<typeof reverseRequestSchema>): Promise<ChargeResponse> {
    const at = this.#now();
    const row = await this.#context.database.transaction(async (transaction) => {
      await requireOwnLedger(transaction, till, request.ledger);
      const { row: stored, isNew } = await lockCharge(transaction, till.id, request, null, at);
      // A till that goes on in a new ledger undoes what it had left open in the old one: both are its own.
      if (!isSameCharge(stored, till.id, { ...request, ledger: stored.ledger }, null)) throw otherContent();
      if (isNew) return finishCharge(transaction, stored, { state: "reversed" });
      return isRailCharge(stored) ? this.#wishReversed(transaction, stored) : stored;
    });
    if (row.state === "declined") return chargeResponse({ ...row, state: "reversed", taken_before: false });
    return this.#lookAgain(row);
  }

  /** Works off what is due, in this process; gives how many charges that were. */
  async workOff(): Promise<number> {
    const due = await claimDue(this.#context.database, chargesPerRound, this.#now());
    for (let first = 0; first < due.length; first += chargesAtATime) {
      await Promise.all(due.slice(first, first + chargesAtATime).map((id) => this.#workOn(id)));
    }
    return due.length;
  }

  async #workOn(paymentId: string): Promise<void> {
    try {
      const row = await this.#context.database.transaction((transaction) => lockKnownCharge(transaction, paymentId));
      if (isRailCharge(row) && openStates.has(row.state)) await this.#advance(row, "worker");
    } catch (error) {
      // Its lease ends by itself, so that it is tried again.
      this.#context.log.error({ paymentId, err: error }, "a charge over a rail could not be worked on");
    }
  }

  /** What is known without the rail, and else the order that it will be, before anybody is asked. */
  async #ask(transaction: Queryable, row: ChargeRow, code: string, at: Date): Promise<ChargeRow> {
    const decline = (reason: DeclineCode): Promise<ChargeRow> =>
      finishCharge(transaction, row, { state: "declined", code: reason });
    if (!isRailCharge(row) || !this.#context.rails.has(row.rail)) return decline("rail.off");
    if (row.currency !== "CNY") return decline("currency.mismatch");
    if (!codePatterns[row.rail].test(code)) return decline("rail.code-invalid");
    if (await isCodeTaken(transaction, row)) return decline("rail.code-used");
    const next = new Date(at.getTime() + tillIsLookingMs);
    return finishCharge(transaction, row, { state: "asked", rail_heard_at: at, next_try_at: next });
  }

  async #pay(row: RailChargeRow, rail: Rail, code: string): Promise<ChargeResponse> {
    const outcome = await rail.pay(await orderOf(this.#context.database, row), code);
    return chargeResponse(await this.#apply(row, "pay", outcome, "till"));
  }

  async #wishReversed(transaction: Queryable, row: RailChargeRow): Promise<ChargeRow> {
    if (row.state === "reversing" && row.closing) return finishCharge(transaction, row, { closing: false });
    if (row.state !== "paid" && (!openStates.has(row.state) || row.state === "reversing")) return row;
    // What a refund has given back, or is about to, cannot be given back again.
    if (row.state === "paid" && (await refundedMinor(transaction, row.payment_id)) > 0) throw refundedAlready();
    const next = new Date(Math.max(dueOf(row), this.#now().getTime()));
    // The rail may be asked at once, though it was asked for the payment a moment ago.
    return finishCharge(transaction, row, { state: "reversing", next_try_at: next, tries: 0, rail_heard_at: null });
  }

  async #lookAgain(row: ChargeRow): Promise<ChargeResponse> {
    if (!isRailCharge(row) || !openStates.has(row.state)) return chargeResponse(row);
    if (!this.#isDue(row)) return chargeResponse(row);
    const isOurs = await claimForQuestion(this.#context.database, row.payment_id, this.#now());
    return chargeResponse(isOurs ? await this.#advance(row, "till") : row);
  }

  /** A reversal is sent no earlier than the rail wants it. */
  #isDue(row: RailChargeRow): boolean {
    return row.state !== "reversing" || this.#now().getTime() >= dueOf(row);
  }

  /** Asks the rail what the charge's state asks for, and once more where that shows that it has to be closed. */
  async #advance(row: RailChargeRow, asker: Asker): Promise<ChargeRow> {
    const rail = this.#context.rails.get(row.rail);
    // A rail that was switched off with charges open: they wait until it is on again, in view.
    if (rail === undefined) return row;
    const order = await orderOf(this.#context.database, row);
    if (row.state === "reversing") {
      return this.#apply(row, "reverse", await reverseAtRail(rail, order, row, this.#now().getTime()), asker);
    }
    const now = await this.#apply(row, "query", await rail.query(order), asker);
    if (!isRailCharge(now) || now.state !== "reversing" || !this.#isDue(now)) return now;
    return this.#apply(now, "reverse", await reverseAtRail(rail, order, now, this.#now().getTime()), asker);
  }

  async #apply(row: RailChargeRow, asked: Asked, outcome: RailOutcome, asker: Asker): Promise<ChargeRow> {
    const { database, log, onSettled } = this.#context;
    const at = this.#now();
    const paymentId = row.payment_id;
    if (outcome.kind === "unknown") {
      const { reason, detail } = outcome;
      log.warn({ paymentId, rail: row.rail, asked, reason, detail }, "a rail has not said what became of a charge");
    }
    const done = await database.transaction(async (transaction) => {
      const locked = await lockKnownCharge(transaction, paymentId);
      if (!isRailCharge(locked)) throw new Error(`The charge ${paymentId} is not of a rail`);
      const transition = transitionOf(locked, asked, outcome, at.getTime());
      const next = { at, ...nextTry(locked, transition?.to ?? locked.state, asker, at) };
      if (transition !== null) return storeTransition(transaction, locked, transition, next);
      if (!openStates.has(locked.state)) return locked;
      return finishCharge(transaction, locked, { next_try_at: next.tryAt, tries: next.tries });
    });
    if (!openStates.has(done.state)) onSettled(chargeResponse(done));
    return done;
  }

  #now(): Date {
    return new Date(this.#context.nowMs());
  }
}

/**
 * When the platform turns to a charge by itself. While a till asks it keeps back; its own tries come ever later, and reversals
 * count as its own, whoever asked for them.
 */
function nextTry(
  row: RailChargeRow,
  to: ChargeRow["state"],
  asker: Asker,
  at: Date,
): { tryAt: Date | null; tries: number } {
  if (!openStates.has(to)) return { tryAt: null, tries: row.tries };
  if (asker === "till" && to !== "reversing") {
    return { tryAt: new Date(at.getTime() + tillIsLookingMs), tries: row.tries };
  }
  const earliestMs = to === "reversing" ? dueOf(row) : 0;
  const tryAt = new Date(Math.max(earliestMs, at.getTime() + retryAfterMs(row.rail, row.tries)));
  return { tryAt, tries: row.tries + 1 };
}

function dueOf(row: RailChargeRow): number {
  return reverseDueMs(row.rail, row.created_at.getTime(), row.transfer_id !== null);
}

/**
 * The row of a charge that this till made.
 * @throws PlatformError `not-found`.
 */
export async function ownCharge(database: Queryable, till: Till, paymentId: string): Promise<ChargeRow> {
  const row = await findCharge(database, till.id, paymentId);
  if (row === null) throw new PlatformError("not-found", "This till has made no such charge");
  return row;
}
