import { isDamage, type LedgerFile } from "./ledger-file.ts";
import type { Report } from "./reasons.ts";

/** How the journal is declared, with its two guards: one and the same in every version. */
const journalTable = `CREATE TABLE journal (
  seq INTEGER PRIMARY KEY CHECK (seq >= 1), ledger TEXT NOT NULL, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL,
  text TEXT NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32),
  signature BLOB NOT NULL CHECK (length(signature) = 64), key_id TEXT NOT NULL ) STRICT`;
const guards: Readonly<Record<string, string>> = {
  journal_refuses_update: `CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal
    BEGIN SELECT raise(ABORT, 'The journal is append only'); END`,
  journal_refuses_delete: `CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal
    BEGIN SELECT raise(ABORT, 'The journal is append only'); END`,
};

/** What the file declares, as far as it may be read without running what a stranger declared. */
export interface Schema {
  /** Whether there is a plain table of that name. */
  isTable(name: string): boolean;
}

/** Holds the declaration of the journal and of what guards it against how it was made. */
export function checkSchema(file: LedgerFile, report: Report): Schema {
  const tables = new Set<string>();
  const found = new Map<string, string>();
  const differs = (object: string): void => report({ seq: 0, reason: "schema-differs", params: { object } });
  let journal = "";
  const declared = file.cursor("SELECT type, name, tbl_name, rootpage, coalesce(sql, '') FROM sqlite_schema");
  for (; declared.row !== undefined; declared.advance()) {
    const [type, name, table, rootPage, sql] = declared.row.map(String) as [string, string, string, string, string];
    if (type === "table" && Number(rootPage) > 0) tables.add(name);
    if (type === "table" && name === "journal") journal = sql;
    if (type !== "trigger") continue;
    if (Object.hasOwn(guards, name)) found.set(name, sql);
    // A trigger of another table may write to the journal all the same.
    else if (table === "journal" || /journal/i.test(sql)) differs(name.slice(0, 100));
  }
  if (plain(journal) !== plain(journalTable)) differs("journal");
  for (const [name, sql] of Object.entries(guards)) if (plain(found.get(name) ?? "") !== plain(sql)) differs(name);
  return { isTable: (name) => tables.has(name) };
}

/** A declaration without what makes no difference in it. */
function plain(sql: string): string {
  return sql
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?([(),;]) ?/g, "$1")
    .trim();
}

/** Has SQLite look at every page, row and index of the file. */
export function checkIntegrity(file: LedgerFile, report: Report): void {
  let detail: string;
  try {
    detail = String(file.cursor("PRAGMA integrity_check(1)").row?.[0] ?? "no answer");
  } catch (error) {
    if (!isDamage(error)) throw error;
    detail = (error as Error).message;
  }
  if (detail !== "ok") report({ seq: 0, reason: "database-damaged", params: { detail: detail.slice(0, 200) } });
}

/**
 * Tells why a table could not be read, so that the others still are.
 * @throws the error itself where it is none of SQLite's about the file.
 */
export function reportDamage(table: string, error: unknown, report: Report): void {
  if (!isDamage(error)) throw error;
  const detail = `${table}: ${(error as Error).message}`.slice(0, 200);
  // A column that is not there makes a plain error of the query, damage has a code of its own.
  if ((error as { code?: unknown }).code === "SQLITE_ERROR") {
    report({ seq: 0, reason: "schema-differs", params: { object: table } });
  } else report({ seq: 0, reason: "database-damaged", params: { detail } });
}
