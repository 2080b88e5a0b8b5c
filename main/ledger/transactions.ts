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

/** Transactions over an open database. After a failed flush all further ones are refused. */
export function createTransactions(database: LedgerDatabase): Transactions {
  const begin = database.prepare("BEGIN IMMEDIATE");
  const commit = database.prepare("COMMIT");
  const rollback = database.prepare("ROLLBACK");
  let failure: TillError | undefined;

  function explain(error: unknown): unknown {
    const explained = storageError(error);
    // After a failed flush the kernel may call the lost pages clean, so a later success would prove nothing.
    if (explained !== undefined && explained.code !== "ledger.disk-full") failure = explained;
    return explained ?? error;
  }

  return {
    write(work) {
      if (failure !== undefined) throw new TillError(failure.code, failure.params, failure);
      if (database.inTransaction) return work();
      try {
        begin.run();
        const result = work();
        commit.run();
        return result;
      } catch (error) {
        const explained = explain(error);
        // A full disk and a failed write roll back by themselves.
        if (database.inTransaction) rollback.run();
        throw explained;
      }
    },
  };
}

function storageError(error: unknown): TillError | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "SQLITE_FULL") return new TillError("ledger.disk-full", {}, error);
  if (code.startsWith("SQLITE_IOERR")) return new TillError("ledger.flush-failed", { detail: code }, error);
  if (code.startsWith("SQLITE_CORRUPT")) return new TillError("ledger.damaged", { detail: code }, error);
  return undefined;
}
