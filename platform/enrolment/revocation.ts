import type { Database, Queryable } from "../database/database.ts";
import { PlatformError } from "../http/errors.ts";
import { releaseHeldEntries } from "../ingest/entry-store.ts";

/**
 * Revokes a till: from now on its pushes go to the held inbox, and everything else is refused. The ledgers are locked
 * first, so that no push under way ends up on the wrong side.
 * @throws PlatformError `not-found`.
 */
export async function revokeTill(database: Database, tillId: string, at: Date): Promise<void> {
  await database.transaction(async (transaction) => {
    await lockLedgers(transaction, tillId);
    const revoked = await transaction.query("update tills set revoked_at = coalesce(revoked_at, $2) where id = $1", [
      tillId,
      at,
    ]);
    if (revoked.rowCount !== 1) throw noTill();
  });
}

/**
 * Takes a till back in, with what is in its held inbox, and gives the ledgers that have grown by it.
 * @throws PlatformError `not-found`.
 */
export async function reinstateTill(database: Database, tillId: string): Promise<string[]> {
  return database.transaction((transaction) => takeBackIn(transaction, tillId));
}

/**
 * The same within a transaction. The till's ledgers stay locked until its end.
 * @throws PlatformError `not-found`.
 */
export async function takeBackIn(transaction: Queryable, tillId: string): Promise<string[]> {
  const ledgers = await lockLedgers(transaction, tillId);
  const found = await transaction.query("update tills set revoked_at = null where id = $1", [tillId]);
  if (found.rowCount !== 1) throw noTill();
  for (const ledger of ledgers) await releaseHeldEntries(transaction, ledger);
  return ledgers;
}

async function lockLedgers(transaction: Queryable, tillId: string): Promise<string[]> {
  const result = await transaction.query<{ id: string }>(
    "select id from ledgers where till_id = $1 order by id for update",
    [tillId],
  );
  return result.rows.map(({ id }) => id);
}

function noTill(): PlatformError {
  return new PlatformError("not-found", "There is no such till");
}
