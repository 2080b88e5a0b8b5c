import { TillError } from "../contract/errors.ts";
import type { LedgerDatabase } from "./database.ts";

/** The one way to write to the ledger's file. */
export interface Transactions {
  /**
   * Runs `work` in one durable transaction and gives back its result; inside another `write` it becomes part of that one.
   * When `work` throws, nothing of it is kept and the error goes on to the caller.
   * @throws TillError `ledger.disk-full` when there is no room: nothing is lost, the same call works again once there is.
   * @throws TillError `ledger.flush-failed` or `ledger.damaged` when the disk failed, now and ever after: whether that
   * last transaction is kept is only known once the ledger has been opened again.
   */
  write<Result>(work: () => Result): Result;
}

/** Who is told when the disk does not do what it should. */
export interface DiskTrouble {
  /** The disk is full: gives room that was kept back for this, and says whether there was any. */
  makeRoom(): boolean;
  /** A flush failed, or a page is damaged: this database is not to be written any more. */
  failed(error: TillError): void;
}

const noHelp: DiskTrouble = { makeRoom: () => false, failed: () => {} };

/**
 * Transactions over an open database. After a failed flush all further ones are refused. A transaction that finds the disk
 * full is tried once more in the room that `trouble` gives, so that what was begun can be brought to its end.
 */
export function createTransactions(database: LedgerDatabase, trouble: DiskTrouble = noHelp): Transactions {
  const begin = database.prepare("BEGIN IMMEDIATE");
  const commit = database.prepare("COMMIT");
  const rollback = database.prepare("ROLLBACK");
  let failure: TillError | undefined;

  function explain(error: unknown): unknown {
    const explained = storageError(error);
    // After a failed flush the kernel may call the lost pages clean, so a later success would prove nothing.
    if (explained !== undefined && explained.code !== "ledger.disk-full" && failure === undefined) {
      failure = explained;
      trouble.failed(explained);
    }
    return explained ?? error;
  }

  function run<Result>(work: () => Result): Result {
    try {
      begin.run();
      const result = work();
      commit.run();
      return result;
    } catch (error) {
      // A full disk and a failed write roll back by themselves.
      if (database.inTransaction) rollback.run();
      throw error;
    }
  }

  return {
    write(work) {
      if (failure !== undefined) throw new TillError(failure.code, failure.params, failure);
      if (database.inTransaction) return work();
      try {
        return run(work);
      } catch (error) {
        if (!isFull(error) || !trouble.makeRoom()) throw explain(error);
      }
      try {
        return run(work);
      } catch (error) {
        throw explain(error);
      }
    },
  };
}

function isFull(error: unknown): boolean {
  return storageError(error)?.code === "ledger.disk-full";
}

function storageError(error: unknown): TillError | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "SQLITE_FULL") return new TillError("ledger.disk-full", {}, error);
  if (code.startsWith("SQLITE_IOERR")) return new TillError("ledger.flush-failed", { detail: code }, error);
  if (code.startsWith("SQLITE_CORRUPT")) return new TillError("ledger.damaged", { detail: code }, error);
  return undefined;
}
