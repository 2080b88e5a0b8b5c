import { StartError } from "../start-error.ts";
import type { Database } from "./database.ts";
import { migrations } from "./migrations/index.ts";
import type { Migration } from "./migrations/migration.ts";

/**
 * Brings the schema to this version, one transaction a step. Several platforms may do it at once: the row of a step is
 * written first, so the second one waits for it and passes on.
 * @throws StartError when the database is newer than this platform.
 */
export async function migrate(database: Database, steps: readonly Migration[] = migrations): Promise<void> {
  await makeTable(database);
  const result = await database.query<{ newest: number }>(
    "select coalesce(max(number), 0) as newest from applied_migrations",
  );
  const newest = result.rows[0]?.newest ?? 0;
  const ours = steps.at(-1)?.number ?? 0;
  if (newest > ours) {
    throw new StartError(
      `The database is at schema ${newest}, newer than this platform's ${ours}: start the newer one.`,
    );
  }
  for (const step of steps.filter(({ number }) => number > newest)) await apply(database, step);
}

async function makeTable(database: Database): Promise<void> {
  const sql = `create table if not exists applied_migrations (
    number integer primary key, name text not null, applied_at timestamptz not null default now())`;
  try {
    await database.query(sql);
  } catch (error) {
    // Two that make it at the same moment collide in the system's catalogue; the table is there then.
    if ((error as { code?: string }).code !== "23505") throw error;
  }
}

async function apply(database: Database, step: Migration): Promise<void> {
  await database.transaction(async (transaction) => {
    const mine = await transaction.query(
      "insert into applied_migrations (number, name) values ($1, $2) on conflict do nothing",
      [step.number, step.name],
    );
    if (mine.rowCount === 1) await transaction.query(step.sql);
  });
}
