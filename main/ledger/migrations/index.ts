import { closeSync, fsyncSync, openSync, rmSync } from "node:fs";
import { TillError } from "../../contract/errors.ts";
import type { LedgerDatabase } from "../database.ts";
import { first } from "./0001-first.ts";
import { wholeShop } from "./0002-whole-shop.ts";
import { arrivals } from "./0003-arrivals.ts";
import { signedOut } from "./0004-signed-out.ts";
import { rowChecksums } from "./0005-row-checksums.ts";
import { zReports } from "./0006-z-reports.ts";
import { incidents } from "./0007-incidents.ts";
import { rails } from "./0008-rails.ts";
import { refunds } from "./0009-refunds.ts";
import type { Migration } from "./migration.ts";

/** Every migration there has been, in order. */
const migrations: readonly Migration[] = [
  first,
  wholeShop,
  arrivals,
  signedOut,
  rowChecksums,
  zReports,
  incidents,
  rails,
  refunds,
];

/**
 * Brings the database to the newest version, each step in a transaction of its own. Before the first step of a
 * database that holds something, a whole copy is put beside it (`<file>.before-<name>`).
 * @throws TillError `ledger.newer-version` when a newer program has written it: nothing is touched.
 * @throws TillError `ledger.migration-failed` when a step fails: that step leaves nothing behind.
 */
export function migrate(database: LedgerDatabase, file: string, steps: readonly Migration[] = migrations): void {
  const found = Number(database.pragma("user_version", { simple: true }));
  const newest = steps.at(-1)?.version ?? 0;
  if (found > newest) throw new TillError("ledger.newer-version", { found, known: newest });
  const missing = steps.filter((step) => step.version > found);
  const [next] = missing;
  if (next === undefined) return;
  try {
    if (found > 0) keepCopy(database, `${file}.before-${next.name}`);
    for (const step of missing) apply(database, step);
  } catch (cause) {
    throw new TillError("ledger.migration-failed", { from: found, to: newest }, cause);
  }
}

/** Makes the newest schema in an empty database. */
export function createSchema(database: LedgerDatabase): void {
  for (const step of migrations) apply(database, step);
}

function apply(database: LedgerDatabase, step: Migration): void {
  step.prepare?.(database);
  database
    .transaction(() => {
      database.exec(step.sql);
      database.pragma(`user_version = ${step.version}`);
    })
    .immediate();
}

function keepCopy(database: LedgerDatabase, copy: string): void {
  // A copy of that name is from an earlier try at the same step, which left the database as it was.
  rmSync(copy, { force: true });
  database.prepare("VACUUM INTO ?").run(copy);
  const handle = openSync(copy, "r+");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
