import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openDatabase, type LedgerDatabase } from "../../../../main/ledger/database.ts";
import { migrate } from "../../../../main/ledger/migrations/index.ts";
import type { Migration } from "../../../../main/ledger/migrations/migration.ts";
import { temporaryFolder } from "../support.ts";

/** A database as the steps before a migration leave it, and the way through the migration itself. */
export function databaseAt(...steps: readonly Migration[]): {
  file: string;
  database: LedgerDatabase;
  migrateTo(step: Migration): void;
} {
  const file = join(temporaryFolder(), "ledger.db");
  const database = openDatabase(file);
  onTestFinished(() => void database.close());
  if (steps.length > 0) migrate(database, file, steps);
  return { file, database, migrateTo: (step) => migrate(database, file, [...steps, step]) };
}
