import { strictEqual } from "node:assert/strict";
import { chmodSync, closeSync, openSync, readSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { TillError } from "../contract/errors.ts";
import { flushFolder } from "./flush-folder.ts";

/** An open SQLite database. */
export type LedgerDatabase = Database.Database;

/**
 * A sale touches eight to ten pages, and each goes to the log whole: small pages take a third off the work of a commit
 * (measured: 87 µs at 2 KiB, 126 µs at SQLite's 4 KiB, flush left out). A file keeps the size it was made with.
 */
const pageBytes = 2048;

/** Some 400 sales of log (8 MiB) before a commit has to copy it back into the database. */
const checkpointPages = 4000;

/** The write-ahead log is cut back to this size after a checkpoint; by itself it never shrinks. */
const walLimitBytes = 16 * 1024 * 1024;

/**
 * What every connection has to have, in this order, with what SQLite answers when it has it. `locking_mode` comes before
 * WAL, so that no shared-memory file is made; `synchronous` comes after WAL, because better-sqlite3 is built to fall back
 * to NORMAL there, which loses acknowledged sales in a power cut; `recursive_triggers` makes REPLACE run into the
 * triggers that protect the journal; the two `fullfsync` make macOS flush its drive.
 */
const pragmas = [
  ["locking_mode", "EXCLUSIVE", "exclusive"],
  ["journal_mode", "WAL", "wal"],
  ["synchronous", "FULL", 2],
  ["fullfsync", "ON", 1],
  ["checkpoint_fullfsync", "ON", 1],
  ["recursive_triggers", "ON", 1],
  ["foreign_keys", "ON", 1],
  ["trusted_schema", "OFF", 0],
  ["cell_size_check", "ON", 1],
  ["wal_autocheckpoint", checkpointPages, checkpointPages],
  ["journal_size_limit", walLimitBytes, walLimitBytes],
] as const;

/** Tables that stay small: what the till goes on with after a start. */
const smallTables = ["open_basket", "parked_sales", "settings", "platform_marks", "shifts", "enrolments", "balances"];

/** How much of a database is read when it is opened: every page, or what costs the same however large it is. */
export type PageCheck = "whole" | "bounded";

/**
 * Opens the ledger's file for this process alone, making it with owner-only rights where there is none, and holds
 * every setting against what SQLite reports. What an earlier run left in the write-ahead log is copied into the database
 * and flushed before anything is read: had a flush of that run failed, the kernel would show pages that are on no disk.
 * @throws TillError `folder.in-use` while another process holds it, `folder.not-writable` when it cannot be made or
 * written, `ledger.damaged` when it is not a database or its pages are broken, `ledger.flush-failed` while the disk fails.
 */
export function openDatabase(file: string, check: PageCheck = "whole"): LedgerDatabase {
  let database: LedgerDatabase | undefined;
  try {
    closeSync(openSync(file, "a", 0o600));
    chmodSync(file, 0o600);
    // Waiting would not help: who holds the ledger holds it as long as it runs.
    database = new Database(file, { timeout: 0 });
    setPragmas(database);
    takeLock(database);
    // SQLite does this once for a new file and does not say when it failed. A rollback journal whose removal is not on the
    // disk comes back with a power cut and takes the whole new ledger with it.
    flushFolder(dirname(file));
    settle(database);
    checkPages(database, file, check);
    return database;
  } catch (error) {
    database?.close();
    throw openingError(error, file);
  }
}

function setPragmas(database: LedgerDatabase): void {
  database.pragma(`page_size = ${pageBytes}`);
  for (const [name, value, expected] of pragmas) {
    database.pragma(`${name} = ${value}`);
    strictEqual(database.pragma(name, { simple: true }), expected, `PRAGMA ${name} did not take`);
  }
}

/** In exclusive mode the first write takes the lock for good. This one changes nothing. */
function takeLock(database: LedgerDatabase): void {
  database.exec("BEGIN EXCLUSIVE; COMMIT");
}

function settle(database: LedgerDatabase): void {
  try {
    database.pragma("wal_checkpoint(RESTART)");
  } catch (error) {
    // A full disk has no room for the copy. The log stays as it is, whole, and can be read.
    if (!(error instanceof Database.SqliteError && error.code === "SQLITE_FULL")) throw error;
  }
}

function checkPages(database: LedgerDatabase, file: string, check: PageCheck): void {
  if (check === "whole") {
    quickCheck(database, "1");
    return;
  }
  if (statSync(file).size < statedBytes(file))
    throw new TillError("ledger.damaged", { detail: "The file is shorter than it says" });
  const tables = new Set(
    database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all(),
  );
  for (const table of smallTables) if (tables.has(table)) quickCheck(database, `'${table}'`);
}

function quickCheck(database: LedgerDatabase, what: string): void {
  const found = String(database.pragma(`quick_check(${what})`, { simple: true }));
  if (found !== "ok") throw new TillError("ledger.damaged", { detail: found.slice(0, 200) });
}

/** The size that the header claims: page size times pages (SQLite file format, sections 1.3.2 and 1.3.7). */
function statedBytes(file: string): number {
  const header = Buffer.alloc(32);
  const handle = openSync(file, "r");
  try {
    readSync(handle, header, 0, header.length, 0);
  } finally {
    closeSync(handle);
  }
  return header.readUInt16BE(16) * header.readUInt32BE(28);
}

/** What a failure of the disk or the file means for whoever wanted to open it; other errors stay as they are. */
export function openingError(error: unknown, file: string): unknown {
  if (error instanceof TillError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code)) return new TillError("folder.in-use", { folder: file }, error);
  if (code.startsWith("SQLITE_IOERR") || code === "EIO")
    return new TillError("ledger.flush-failed", { detail: code }, error);
  if (code === "SQLITE_FULL" || code === "ENOSPC") return new TillError("ledger.disk-full", {}, error);
  if (/^SQLITE_(?:CORRUPT|NOTADB)/.test(code)) return new TillError("ledger.damaged", { detail: code }, error);
  if (/^SQLITE_(?:CANTOPEN|READONLY|PERM)/.test(code) || /^(?:EACCES|EPERM|EROFS|ENOTDIR|EISDIR|ENOENT)$/.test(code)) {
    return new TillError("folder.not-writable", { folder: file }, error);
  }
  return error;
}
