import Database from "better-sqlite3";
import { TillError } from "../contract/errors.ts";
import type { StoredEntry } from "./entries.ts";
import { everyEntry } from "./every-entry.ts";
import { createJournalReads, type JournalReads } from "./journal-reads.ts";
import { createSaleReads, type SaleReads } from "./sale-reads.ts";
import { createShiftReads, type ShiftReads } from "./shift-reads.ts";
import { createTillReads, type TillReads } from "./till-reads.ts";

/** A ledger file that is read and never written: a copy, or the file of a till that is not running. */
export type LedgerCopy = JournalReads &
  SaleReads &
  TillReads &
  ShiftReads & {
    /** What a person or the till itself has set. */
    setting(key: string): string | undefined;
    /** A personal value of an entry, while it is kept. */
    privateValue(entryId: string, name: string): string | undefined;
    /** Every entry in order, read in small batches. */
    everyEntry(): Iterable<StoredEntry>;
    close(): void;
  };

/**
 * Opens a ledger file for reading.
 * @throws TillError `folder.in-use` when a running till holds it, `ledger.damaged` when it is not a ledger.
 */
export function openLedgerCopy(file: string): LedgerCopy {
  let database: Database.Database;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true });
    database.prepare("SELECT seq FROM journal LIMIT 1").get();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new TillError(code.startsWith("SQLITE_BUSY") ? "folder.in-use" : "ledger.damaged", { folder: file }, error);
  }
  const reads = createJournalReads(database);
  return {
    ...reads,
    everyEntry: () => everyEntry(reads),
    ...createSaleReads(database),
    ...createTillReads(database),
    ...createShiftReads(database),
    setting: (key) => valueOf(database, "SELECT value FROM settings WHERE key = ?", [key]),
    privateValue: (entryId, name) =>
      valueOf(database, "SELECT value FROM private_values WHERE entry_id = ? AND name = ?", [entryId, name]),
    close: () => database.close(),
  };
}

/** One text of a table, or undefined; also where the copy is of a ledger that did not have the table yet. */
function valueOf(database: Database.Database, query: string, key: readonly string[]): string | undefined {
  try {
    return database.prepare<string[], { value: string }>(query).get(...key)?.value;
  } catch (error) {
    if (error instanceof Database.SqliteError && error.message.startsWith("no such table")) return undefined;
    throw error;
  }
}
