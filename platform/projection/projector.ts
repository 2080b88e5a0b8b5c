import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import { projectLedger } from "./project.ts";

/** Works stored entries off behind the pushes, one ledger at a time. */
export type Projector = {
  /** Says that a ledger has entries to read. */
  wake(ledger: string): void;
  /** Resolves when everything that was stored before the call has been read. */
  idle(): Promise<void>;
  /** Finishes the batch under way and starts no other. */
  close(): Promise<void>;
};

/**
 * A projector over this database. What was left unread by an earlier process is read first. A failure of the database
 * ends the run; the ledger is read again at its next push or at the next start, because its mark has not moved.
 */
export async function startProjector(database: Database, nowMs: () => number, log: Logger): Promise<Projector> {
  const dirty = new Set<string>();
  const state: { running: Promise<void> | null; closing: boolean } = { running: null, closing: false };

  async function workOff(): Promise<void> {
    for (const ledger of dirty) {
      // Taken out first: what comes while it is read puts it in again, at the end.
      dirty.delete(ledger);
      while (!state.closing && (await projectSafely(ledger)));
    }
    state.running = null;
  }

  async function projectSafely(ledger: string): Promise<boolean> {
    try {
      return await projectLedger(database, ledger, nowMs(), (seq, error) => {
        log.error({ ledger, seq, err: error }, "an entry could not be read");
      });
    } catch (error) {
      log.error({ ledger, err: error }, "a ledger could not be read");
      return false;
    }
  }

  function wake(ledger: string): void {
    if (state.closing) return;
    dirty.add(ledger);
    state.running ??= workOff();
  }

  async function idle(): Promise<void> {
    while (state.running !== null) await state.running;
  }

  const unread = await database.query<{ id: string }>(
    "select l.id from ledgers l join projection_marks m on m.ledger = l.id where m.seq < l.head_seq",
  );
  for (const { id } of unread.rows) wake(id);
  return {
    wake,
    idle,
    close: async () => {
      state.closing = true;
      await idle();
    },
  };
}
