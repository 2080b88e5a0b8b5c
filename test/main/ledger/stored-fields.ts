import Database from "better-sqlite3";

/** A value as SQLite keeps it. */
export type StoredValue = string | bigint | Buffer | null;

/** One value of one row of a table. */
export type StoredField = { table: string; column: string; key: Readonly<Record<string, StoredValue>> };

/** Every value of every row of every table of a database. */
export function storedFields(file: string): StoredField[] {
  const database = new Database(file, { readonly: true });
  try {
    return tablesOf(database).flatMap((table) => {
      const columns = columnsOf(database, table);
      const keys = columns.filter(({ pk }) => pk > 0).map(({ name }) => name);
      const rows = database
        .prepare<[], StoredField["key"]>(`SELECT ${keys.join(", ")} FROM ${table}`)
        .safeIntegers(true)
        .all();
      return rows.flatMap((key) => columns.map(({ name }) => ({ table, column: name, key })));
    });
  } finally {
    database.close();
  }
}

function tablesOf(database: Database.Database): string[] {
  const all = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name";
  return database.prepare<[], string>(all).pluck().all();
}

function columnsOf(database: Database.Database, table: string): { name: string; pk: number }[] {
  return database.pragma(`table_info(${table})`) as { name: string; pk: number }[];
}

/**
 * Changes one value, as somebody does who has the file and knows SQL: without the triggers and the conditions that stand
 * in the way, which are there again afterwards. False where the table does not take the value.
 */
export function changeField(file: string, field: StoredField, change: (value: StoredValue) => StoredValue): boolean {
  const { table, column, key } = field;
  const database = new Database(file);
  try {
    database.pragma("ignore_check_constraints = ON");
    const where = Object.keys(key)
      .map((name) => `${name} = @${name}`)
      .join(" AND ");
    const value = database
      .prepare<[StoredField["key"]], StoredValue>(`SELECT ${column} FROM ${table} WHERE ${where}`)
      .pluck()
      .safeIntegers(true)
      .get(key);
    if (value === undefined) return false;
    withoutTriggers(database, () =>
      database
        .prepare(`UPDATE ${table} SET ${column} = @newValue WHERE ${where}`)
        .run({ ...key, newValue: change(value) }),
    );
    return true;
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith("SQLITE_CONSTRAINT")) return false;
    throw error;
  } finally {
    database.close();
  }
}

/** Runs `work` while the triggers are taken away. */
export function withoutTriggers(database: Database.Database, work: () => void): void {
  const triggers = database
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all();
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
  try {
    work();
  } finally {
    for (const { sql } of triggers) database.exec(sql);
  }
}
