import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import { TillError } from "../../contract/errors.ts";

/** What SQLite gives for a column. */
export type Cell = string | number | bigint | null | Buffer;

/** Rows that are read one after the other, the next of them in sight. */
export interface Cursor {
  /** The row that is next, its columns in the order of the query; undefined behind the last one. */
  row: readonly Cell[] | undefined;
  advance(): void;
}

/** A ledger's file, read and never written. */
export interface LedgerFile {
  /** Reads rows as they are asked for. Whole numbers beyond 2^53 come rounded, or with `isExact` all of them as bigints. */
  cursor(query: string, isExact?: boolean): Cursor;
  /** A query that is asked again and again; gives its first row. */
  lookUp(query: string): (...keys: (string | number)[]) => readonly Cell[] | undefined;
  /** The names of a table's columns in its own order; none where there is no table of that name. */
  columns(table: string): string[];
  /** Ends whatever is being read. */
  close(): void;
}

/**
 * Opens a ledger's database for reading only: a copy, or the file of a till that is not running.
 * @throws TillError `folder.in-use` while a till holds it, `ledger.damaged` when it is not a ledger.
 */
export function openLedgerFile(file: string): LedgerFile {
  if (!existsSync(file)) throw new TillError("ledger.damaged", { detail: "not found" });
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true, timeout: 0 });
    // What a stranger wrote into the schema is not to be run, and a page that says nonsense is to be noticed.
    database.pragma("trusted_schema = OFF");
    database.pragma("cell_size_check = ON");
    database.pragma("schema_version");
    return readDatabase(database);
  } catch (error) {
    database?.close();
    throw readingError(error);
  }
}

function readDatabase(database: Database.Database): LedgerFile {
  const reading = new Set<IterableIterator<unknown>>();
  return {
    cursor(query, isExact = false) {
      const rows = database.prepare<[], Cell[]>(query).safeIntegers(isExact).raw(true).iterate();
      reading.add(rows);
      const cursor: Cursor = {
        row: undefined,
        advance() {
          const next = rows.next();
          if (next.done === true) reading.delete(rows);
          cursor.row = next.done === true ? undefined : next.value;
        },
      };
      cursor.advance();
      return cursor;
    },
    lookUp(query) {
      const statement = database.prepare<(string | number)[], Cell[]>(query).raw(true);
      return (...keys) => statement.get(...keys);
    },
    columns: (table) =>
      database.prepare<[string], string>("SELECT name FROM pragma_table_xinfo(?) ORDER BY cid").pluck().all(table),
    close() {
      // SQLite does not close under a reader, and a walk that stopped has not read all.
      for (const rows of reading) rows.return?.();
      database.close();
    },
  };
}

/** Whether SQLite says that the file cannot be read as it should. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(?!BUSY|LOCKED)/.test(codeOf(error));
}

/** Says in the till's words why the file cannot be read. What is no error of reading stays as it is. */
export function readingError(error: unknown): unknown {
  const code = codeOf(error);
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code)) return new TillError("folder.in-use", {}, error);
  if (code.startsWith("SQLITE_")) return new TillError("ledger.damaged", { detail: code }, error);
  if (/^(?:ENOENT|EISDIR|EACCES|EPERM|EIO|ENOTDIR)$/.test(code))
    return new TillError("ledger.damaged", { detail: code }, error);
  return error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
