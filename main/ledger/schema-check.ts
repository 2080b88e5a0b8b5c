import Database from "better-sqlite3";
import { TillError } from "../contract/errors.ts";
import type { LedgerDatabase } from "./database.ts";
import { createSchema } from "./migrations/index.ts";

interface SchemaRow {
  type: string;
  name: string;
  sql: string;
}

/** What a database of this version consists of, as SQLite keeps it; made once in memory by the same migrations. */
let expected: ReadonlyMap<string, string> | undefined;

/**
 * Holds tables, indexes and triggers of an open ledger against what the migrations make. A trigger that was dropped, a
 * table that was put in another's place, or one more trigger that changes rows on the quiet would otherwise be seen by
 * nobody before the next full check.
 * @throws TillError `ledger.damaged` with the first name that differs. It costs the same however many entries there are.
 */
export function checkSchema(database: LedgerDatabase): void {
  expected ??= expectedSchema();
  const found = schemaOf(database);
  for (const name of new Set([...expected.keys(), ...found.keys()])) {
    if (expected.get(name) !== found.get(name)) {
      throw new TillError("ledger.damaged", { detail: `schema ${name}`.slice(0, 200) });
    }
  }
}

function expectedSchema(): ReadonlyMap<string, string> {
  const database = new Database(":memory:");
  try {
    createSchema(database);
    return schemaOf(database);
  } finally {
    database.close();
  }
}

/** What SQLite makes for itself (indexes of keys, statistics) has no text of its own. */
function schemaOf(database: LedgerDatabase): ReadonlyMap<string, string> {
  const rows = database.prepare<[], SchemaRow>("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL").all();
  return new Map(rows.map(({ type, name, sql }) => [`${type} ${name}`, sql]));
}
