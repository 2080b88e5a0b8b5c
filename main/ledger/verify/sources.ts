import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import Database from "better-sqlite3";
import { TillError } from "../../contract/errors.ts";

/** A row of the journal as it lies there, unchecked. What an export does not have is left out. */
export interface JournalRow {
  seq: unknown;
  text: unknown;
  signature: unknown;
  keyId: unknown;
  hash?: unknown;
  ledger?: unknown;
  id?: unknown;
  type?: unknown;
}

/** A leg as the projection has it. */
export interface LegRow {
  seq: bigint;
  account: string;
  currency: string;
  amount_minor: bigint;
}

/** What is to be verified, read as it is asked for. */
export interface JournalSource {
  rows(): AsyncIterable<JournalRow> | Iterable<JournalRow>;
  /** The projections, where the source has them. */
  projections?: {
    legs(): Iterable<LegRow>;
    balances(): { account: string; currency: string; amount_minor: bigint }[];
    sales(): { count: bigint; total: bigint };
  };
  close(): void;
}

/**
 * Opens a ledger's database for reading only. A copy or the file of a till that is not running.
 * @throws TillError `folder.in-use` while a till holds it, `ledger.damaged` when it is not a ledger.
 */
export function openDatabaseSource(file: string): JournalSource {
  if (!existsSync(file)) throw new TillError("ledger.damaged", { detail: "not found" });
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true, timeout: 0 });
    return readDatabase(database);
  } catch (error) {
    database?.close();
    throw readingError(error);
  }
}

function readDatabase(database: Database.Database): JournalSource {
  const rows = database.prepare<[], JournalRow>(
    `SELECT seq, ledger, id, type, text, lower(hex(hash)) AS hash, lower(hex(signature)) AS signature, key_id AS keyId
     FROM journal ORDER BY seq`,
  );
  const legs = database
    .prepare<[], LegRow>("SELECT seq, account, currency, amount_minor FROM postings ORDER BY seq, leg")
    .safeIntegers(true);
  const balances = database
    .prepare<[], { account: string; currency: string; amount_minor: bigint }>("SELECT * FROM balances")
    .safeIntegers(true);
  const sales = database
    .prepare<[], { count: bigint; total: bigint }>(
      "SELECT count(*) AS count, coalesce(sum(total_minor), 0) AS total FROM sales",
    )
    .safeIntegers(true);
  let openLegs: IterableIterator<LegRow> | undefined;
  return {
    rows: () => rows.iterate(),
    projections: {
      legs: () => (openLegs = legs.iterate()),
      balances: () => balances.all(),
      sales: () => sales.get() ?? { count: 0n, total: 0n },
    },
    close() {
      // A walk that stopped at a broken entry has not read all legs; SQLite does not close under a reader.
      openLegs?.return?.();
      database.close();
    },
  };
}

/** Says in the till's words why the file cannot be read; other errors stay as they are. */
export function readingError(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code)) return new TillError("folder.in-use", {}, error);
  if (/^SQLITE_(?:CORRUPT|NOTADB|ERROR)/.test(code)) return new TillError("ledger.damaged", { detail: code }, error);
  return error;
}

/** Opens an export: JSON lines `{seq, text, signature, keyId}`, read line by line. */
export async function openExportSource(file: string): Promise<JournalSource> {
  const handle = await open(file);
  return {
    async *rows() {
      for await (const line of handle.readLines({ autoClose: true })) yield readLine(line);
    },
    close() {},
  };
}

function readLine(line: string): JournalRow {
  const nothing: JournalRow = { seq: undefined, text: undefined, signature: undefined, keyId: undefined };
  try {
    const row: unknown = JSON.parse(line);
    return typeof row === "object" && row !== null ? { ...nothing, ...row } : nothing;
  } catch {
    // A line that is not JSON is a broken entry, which the walk names by its place.
    return nothing;
  }
}
