import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import type { Verdict } from "./answers.ts";
import { forgetProjections, judgeAgain, projectLedger } from "./project.ts";
import { salesPaidBy } from "./sales-store.ts";
import { ledgersToRead, ledgersWaitingFor } from "./waiting.ts";

/** Works stored entries off behind the pushes, one ledger at a time. */
export type Projector = {
  /** Says that a ledger has entries to read. */
  wake(ledger: string): void;
  /** Says that a payment is paid, for which entries may have waited. */
  wakeWaitingFor(paymentId: string): void;
  /** Says that a payment was given back: a sale that was settled with it is judged again, so that somebody looks. */
  paymentReversed(paymentId: string): void;
  /** Says that a refund has its final answer from another company's rail: its entry is judged again, which tells the till. */
  refundFinal(entry: { ledger: string; seq: number }): void;
  /**
   * Judges one stored entry again by what is known now.
   * @throws PlatformError `not-found`.
   */
  judgeAgain(ledger: string, seq: number): Promise<Verdict>;
  /** Reads every ledger again from its beginning. */
  rebuild(): Promise<void>;
  /** Resolves when everything that was stored before the call has been read. */
  idle(): Promise<void>;
  /** Finishes the batch under way and starts no other. */
  close(): Promise<void>;
};

/**
 * A projector over this database. What was left unread by an earlier process is read first. A failure of the database
 * ends the run; the ledger is read again at its next push or at the next start, because its mark has not moved. `onRead` hears
 * that entries were read: there may be money to carry over a rail.
 */
export async function startProjector(
  database: Database,
  nowMs: () => number,
  log: Logger,
  onRead: () => void = () => undefined,
): Promise<Projector> {
  const dirty = new Set<string>();
  const paid = new Set<string>();
  const reversed = new Set<string>();
  const finals: { ledger: string; seq: number }[] = [];
  const state: { running: Promise<void> | null; closing: boolean } = { running: null, closing: false };

  async function workOff(): Promise<void> {
    while (!state.closing && paid.size + reversed.size + finals.length + dirty.size > 0) {
      await wakeThoseWhoWait();
      await judgeThoseGivenBack();
      for (const ledger of dirty) {
        // Taken out first: what comes while it is read puts it in again, at the end.
        dirty.delete(ledger);
        while (!state.closing && (await projectSafely(ledger)));
      }
    }
    state.running = null;
  }

  async function wakeThoseWhoWait(): Promise<void> {
    const ids = [...paid];
    paid.clear();
    try {
      for (const ledger of await ledgersWaitingFor(database, ids)) dirty.add(ledger);
    } catch (error) {
      log.error({ err: error }, "entries that wait for a payment could not be found");
    }
  }

  async function judgeThoseGivenBack(): Promise<void> {
    const ids = [...reversed];
    reversed.clear();
    try {
      for (const { ledger, seq } of [...(await salesPaidBy(database, ids)), ...finals.splice(0)]) {
        const { wakes } = await judgeAgain(database, ledger, seq, nowMs(), failureIn(ledger));
        for (const each of wakes) dirty.add(each);
      }
    } catch (error) {
      log.error({ err: error }, "sales and refunds whose money went back could not be judged again");
    }
  }

  async function projectSafely(ledger: string): Promise<boolean> {
    try {
      const { more, wakes } = await projectLedger(database, ledger, nowMs(), failureIn(ledger));
      for (const each of wakes) dirty.add(each);
      onRead();
      return more;
    } catch (error) {
      log.error({ ledger, err: error }, "a ledger could not be read");
      return false;
    }
  }

  function failureIn(ledger: string): (seq: number, error: unknown) => void {
    return (seq, error) => log.error({ ledger, seq, err: error }, "an entry could not be read");
  }

  function start(): void {
    if (!state.closing) state.running ??= workOff();
  }

  function wake(ledger: string): void {
    dirty.add(ledger);
    start();
  }

  async function idle(): Promise<void> {
    while (state.running !== null) await state.running;
  }

  for (const ledger of await ledgersToRead(database)) wake(ledger);
  return {
    wake,
    wakeWaitingFor: (paymentId) => {
      paid.add(paymentId);
      start();
    },
    paymentReversed: (paymentId) => {
      reversed.add(paymentId);
      start();
    },
    refundFinal: (entry) => {
      finals.push(entry);
      start();
    },
    judgeAgain: async (ledger, seq) => {
      // Only this ledger is read to its end before: in a rush of tills there is no moment when all of them are.
      while (!state.closing && (await projectSafely(ledger)));
      const { verdict, wakes } = await judgeAgain(database, ledger, seq, nowMs(), failureIn(ledger));
      // Its own ledger too: what it waits for may have come while it was judged.
      for (const each of [ledger, ...wakes]) wake(each);
      return verdict;
    },
    rebuild: async () => {
      await idle();
      for (const ledger of await forgetProjections(database)) wake(ledger);
      await idle();
    },
    idle,
    close: async () => {
      state.closing = true;
      await idle();
    },
  };
}
