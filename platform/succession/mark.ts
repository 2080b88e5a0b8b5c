import type { MarkResponse } from "../../sync/protocol/api.ts";
import type { Till } from "../authorisation/till-access.ts";
import type { Database } from "../database/database.ts";
import { readEpoch } from "../database/state.ts";
import { PlatformError } from "../http/errors.ts";
import { totalsOfTill } from "./till-totals.ts";

/**
 * Where the platform stands in a ledger of this till, which holds its own against it before it sells.
 * @throws PlatformError `ledger.not-yours`, or `busy` while much of the till is unread.
 */
export async function markOf(database: Database, till: Till, ledger: string): Promise<MarkResponse> {
  // The head is read first: a receipt of a later entry may be in the number, never one of an earlier entry not.
  const result = await database.query<{ head_seq: number; head_hash: Buffer }>(
    "select head_seq, head_hash from ledgers where id = $1 and till_id = $2",
    [ledger, till.id],
  );
  const row = result.rows[0];
  if (row === undefined) throw new PlatformError("ledger.not-yours", "This till has no such ledger");
  const { receipt } = await totalsOfTill(database, till.id);
  const mark = { seq: row.head_seq, hash: row.head_hash.toString("hex") };
  return { epoch: await readEpoch(database), mark, receiptNumber: receipt.number };
}
