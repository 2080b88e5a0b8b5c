import { noPreviousHash } from "../../sync/protocol/entry.ts";
import type { Queryable } from "../database/database.ts";
import { keyIdOf } from "../keys.ts";

/**
 * Gives a till one more ledger, empty, and says whether it did: a ledger that is there already is left as it is.
 * @param ledger `journalKey` is raw, hexadecimal.
 */
export async function addLedger(
  transaction: Queryable,
  ledger: { id: string; tillId: string; journalKey: string },
): Promise<boolean> {
  const key = Buffer.from(ledger.journalKey, "hex");
  const added = await transaction.query(
    `insert into ledgers (id, till_id, journal_key, journal_key_id, head_hash) values ($1, $2, $3, $4, $5)
     on conflict (id) do nothing`,
    [ledger.id, ledger.tillId, key, keyIdOf(key), Buffer.from(noPreviousHash, "hex")],
  );
  if (added.rowCount !== 1) return false;
  await transaction.query("insert into projection_marks (ledger) values ($1)", [ledger.id]);
  return true;
}

/** Whether a ledger signs with this key; `journalKey` is raw, hexadecimal. */
export async function isJournalKeyTaken(transaction: Queryable, journalKey: string): Promise<boolean> {
  const key = Buffer.from(journalKey, "hex");
  const found = await transaction.query(
    "select 1 from ledgers where journal_key_id = $1 and journal_key = $2 limit 1",
    [keyIdOf(key), key],
  );
  return found.rowCount === 1;
}
