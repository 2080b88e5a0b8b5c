import Database from "better-sqlite3";
import { TillError } from "../contract/errors.ts";
import { damageInWords } from "./damaged-reads.ts";
import type { StoredEntry } from "./entries.ts";
import { everyEntry } from "./every-entry.ts";
import { createJournalReads, type JournalReads } from "./journal-reads.ts";
import { createSaleReads, type SaleReads } from "./sale-reads.ts";
import { createShiftReads, type ShiftReads } from "./shift-reads.ts";
import { createTillReads, type TillReads } from "./till-reads.ts";
import { isCommitted, isWholeRow } from "./work/row-checksum.ts";

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
  const reads = damageInWords(createJournalReads(database));
  return damageInWords({
    ...reads,
    everyEntry: () => everyEntry(reads),
    ...createSaleReads(database),
    ...createTillReads(database),
    ...createShiftReads(database),
    setting: (key) => settingOf(database, key),
    privateValue: (entryId, name) => privateValueOf(database, entryId, name),
    close: () => void database.close(),
  });
}

/** Only what was written: a copy of a ledger that had no checksums yet has nothing to hold it against. */
function settingOf(database: Database.Database, key: string): string | undefined {
  const row = rowOf<{ value: string; checksum?: Buffer }>(database, "SELECT * FROM settings WHERE key = ?", [key]);
  const isKept = row !== undefined && (row.checksum === undefined || isWholeRow("settings", row));
  return isKept ? row.value : undefined;
}

/** Only what the entry commits itself to, in a ledger of any version. */
function privateValueOf(database: Database.Database, entryId: string, name: string): string | undefined {
  const row = rowOf<{ text: string; salt: Buffer; value: string }>(
    database,
    `SELECT journal.text, salt, value FROM private_values JOIN journal ON journal.id = entry_id
     WHERE entry_id = ? AND name = ?`,
    [entryId, name],
  );
  return row !== undefined && isCommitted(row.text, name, row.salt, row.value) ? row.value : undefined;
}

/** A row, or undefined; also where the copy is of a ledger that did not have the table yet. */
function rowOf<Row>(database: Database.Database, query: string, key: readonly string[]): Row | undefined {
  try {
    return database.prepare<string[], Row>(query).get(...key);
  } catch (error) {
    if (error instanceof Database.SqliteError && error.message.startsWith("no such table")) return undefined;
    throw error;
  }
}
