import { renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { TillError } from "../contract/errors.ts";
import type { LedgerDatabase } from "./database.ts";
import { flushFolder } from "./flush-folder.ts";

/** Pages that are copied before selling gets its turn again: about a millisecond's worth. */
const pagesPerStep = 256;

/**
 * Makes a consistent copy of the whole ledger in `file` while selling goes on. What is sold meanwhile is in it. The file
 * has its name only once it is whole, and when this ends it keeps it through a power cut.
 * @param onProgress Hears how many pages of how many are done.
 * @throws TillError `ledger.disk-full` or `folder.not-writable` when the copy cannot be written; the ledger is untouched.
 */
export async function copyLedger(
  database: LedgerDatabase,
  file: string,
  onProgress?: (donePages: number, totalPages: number) => void,
): Promise<void> {
  const partial = `${file}.partial`;
  rmSync(partial, { force: true });
  try {
    await database.backup(partial, {
      progress({ totalPages, remainingPages }) {
        onProgress?.(totalPages - remainingPages, totalPages);
        return pagesPerStep;
      },
    });
    renameSync(partial, file);
    flushFolder(dirname(file));
  } catch (error) {
    rmSync(partial, { force: true });
    throw copyError(error, file);
  }
}

function copyError(error: unknown, file: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "SQLITE_FULL" || code === "ENOSPC") return new TillError("ledger.disk-full", {}, error);
  if (/^(?:SQLITE_(?:CANTOPEN|READONLY|IOERR)|EIO$|EACCES$|EPERM$|EROFS$)/.test(code) || error instanceof TypeError) {
    return new TillError("folder.not-writable", { folder: file }, error);
  }
  return error;
}
