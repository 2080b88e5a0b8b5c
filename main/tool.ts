import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { connect } from "./contract/connect.ts";
import { TillError } from "./contract/errors.ts";
import {
  tillContract,
  type MethodInput,
  type MethodName,
  type MethodOutput,
  type TillContract,
} from "./contract/methods.ts";
import { connectLocalSocket } from "./host/local-socket.ts";
import { systemTimers } from "./system-timers.ts";

/**
 * Asks the till that runs on this data folder, over its local socket.
 * @returns null where none runs.
 * @throws TillError also `till.recovering` where one runs that waits for its ledger.
 */
export async function askRunningTill<M extends MethodName<TillContract>>(
  folder: string,
  method: M,
  input: MethodInput<TillContract, M>,
): Promise<MethodOutput<TillContract, M> | null> {
  const wire = await connectLocalSocket(folder);
  if (wire === null) return null;
  const connection = connect({ contract: tillContract, wire, timers: systemTimers, hello: {} });
  try {
    return await connection.call(method, input);
  } catch (error) {
    const isOther = error instanceof TillError && error.code === "wire.other-contract";
    throw isOther ? new TillError("till.recovering", { folder }, error) : error;
  } finally {
    connection.close();
  }
}

/**
 * Runs `work` on a ledger file that stands still: a copy that the running till makes, or the till's own file where none
 * runs. The copy is removed afterwards.
 * @throws TillError `folder.not-writable` where there is no ledger.
 */
export async function withLedgerFile<T>(
  folder: string,
  work: (source: { file: string; isCopy: boolean }) => Promise<T> | T,
): Promise<T> {
  const copy = await askRunningTill(folder, "ledger.copy", {});
  if (copy !== null) {
    try {
      return await work({ file: copy.file, isCopy: true });
    } finally {
      // Whoever reads a database in WAL mode leaves two files beside it.
      for (const suffix of ["", "-wal", "-shm"]) rmSync(copy.file + suffix, { force: true });
    }
  }
  const file = join(folder, "ledger.db");
  if (!existsSync(file)) throw new TillError("ledger.missing", { folder });
  return work({ file, isCopy: false });
}
