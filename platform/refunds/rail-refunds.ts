import type { Logger } from "pino";
import type { Rail } from "../../sync/protocol/entry-types.ts";
import type { Currency } from "../../sync/protocol/money.ts";
import type { Database, Queryable } from "../database/database.ts";
import { bookTransfer, type Leg } from "../wallets/transfers.ts";
import { finishRefund, lockDue, nextDueAt, type RefundRow } from "./refund-store.ts";

/** A refund as another company's rail is asked for it. `refundId` stays the same however often it is asked. */
export type RailRefund = {
  refundId: string;
  paymentId: string;
  rail: Exclude<Rail, "wallet">;
  amountMinor: number;
  currency: Currency;
};

/**
 * Gives money back over another company's rail, idempotent by `refundId`. `pending` says that the company has not said its last
 * word: it is asked again. A thrown error is a broken line and is the same.
 */
export type RefundOverRail = (refund: RailRefund) => Promise<"done" | "pending" | "refused">;

/** Carries pending refunds over their rails until each has a final answer. */
export type RailRefunds = {
  /** Looks for pending refunds now. */
  wake(): void;
  /** Finishes the refund under way and starts no other. */
  close(): Promise<void>;
};

/** What the worker works with. */
export type RailRefundsOptions = {
  database: Database;
  refundOverRail: RefundOverRail;
  /** A refund has a final answer: its entry is judged again, which tells the till. */
  onFinal(entry: { ledger: string; seq: number }): void;
  nowMs(): number;
  log: Logger;
};

const firstPauseMs = 2000;
const longestPauseMs = 10 * 60_000;

/**
 * Starts the worker. What an earlier process left pending is tried first. It asks outside of any transaction, so that a slow
 * company holds up no row: the id is what keeps a refund that was asked for twice to one.
 */
export function startRailRefunds(options: RailRefundsOptions): RailRefunds {
  const { database, log, nowMs } = options;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isClosing = false;

  async function workOff(): Promise<void> {
    try {
      while (!isClosing && (await tryNext(options)));
      const dueAt = isClosing ? null : await nextDueAt(database);
      if (dueAt !== null && !isClosing) wakeIn(Math.max(0, dueAt.getTime() - nowMs()));
    } catch (error) {
      log.error({ err: error }, "pending refunds could not be read");
      if (!isClosing) wakeIn(firstPauseMs);
    }
  }

  function wakeIn(pauseMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(wake, Math.min(pauseMs, longestPauseMs));
    timer.unref();
  }

  function wake(): void {
    if (isClosing || running !== null) return;
    running = workOff().finally(() => {
      running = null;
    });
  }

  wake();
  return {
    wake,
    async close() {
      isClosing = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Tries the refund that is due first. Gives whether there was one. */
async function tryNext({ database, refundOverRail, onFinal, nowMs, log }: RailRefundsOptions): Promise<boolean> {
  const at = new Date(nowMs());
  const row = await database.transaction(async (transaction) => {
    const due = await lockDue(transaction, at);
    // Taken out of the line before it is asked for: should this process end meanwhile, it is tried again after the pause.
    if (due !== null) await finishRefund(transaction, due.id, { state: "pending", at, nextTryAt: nextTry(due, at) });
    return due;
  });
  if (row === null) return false;
  const answer = await ask(refundOverRail, row, log);
  if (answer === "pending") return true;
  const doneAt = new Date(nowMs());
  await database.transaction(async (transaction) => {
    const transferId = answer === "done" ? await book(transaction, row, doneAt) : undefined;
    const transfer = transferId === undefined ? {} : { transferId };
    await finishRefund(transaction, row.id, { state: answer, at: doneAt, nextTryAt: null, ...transfer });
  });
  onFinal({ ledger: row.ledger, seq: row.seq });
  return true;
}

/** From the store back to the rail. The commission stays kept, as with the platform's own wallet. */
async function book(transaction: Queryable, row: RefundRow, at: Date): Promise<string> {
  const { id, rail, currency, amount_minor: amountMinor } = row;
  const { rows } = await transaction.query<{ store_id: string }>("select store_id from tills where id = $1", [
    row.till_id,
  ]);
  const legs: Leg[] = [
    { account: `rail:${rail}:${currency}`, kind: "rail", amountMinor },
    { account: `merchant:${rows[0]?.store_id}:${currency}`, kind: "merchant", amountMinor: -amountMinor },
  ];
  const transferId = await bookTransfer(transaction, { kind: "refund", reference: id, currency, legs, at });
  if (transferId === null) throw new Error(`The refund ${id} cannot be booked`);
  return transferId;
}

async function ask(
  refundOverRail: RefundOverRail,
  row: RefundRow,
  log: Logger,
): Promise<"done" | "pending" | "refused"> {
  const { id: refundId, payment_id: paymentId, rail, amount_minor: amountMinor, currency } = row;
  if (rail === "wallet") throw new Error(`The refund ${refundId} is of the platform's own wallet`);
  try {
    return await refundOverRail({ refundId, paymentId, rail, amountMinor, currency });
  } catch (error) {
    log.warn({ refundId, rail, err: error }, "a refund could not be asked for over its rail; it is tried again");
    return "pending";
  }
}

function nextTry({ attempts }: RefundRow, at: Date): Date {
  return new Date(at.getTime() + Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempts, 20)));
}
