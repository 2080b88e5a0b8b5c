import type { Database, Queryable } from "../database/database.ts";
import { PlatformError } from "../http/errors.ts";
import { releaseHeldEntries } from "../ingest/entry-store.ts";

/** What an operator sees of one ledger. Amounts are of settled sales that were no training, refunds taken off. */
export type LedgerSummary = {
  tillId: string;
  tillNumber: number;
  storeId: string;
  ledger: string;
  head: { seq: number; hash: string };
  sales: number;
  refunds: number;
  totalMinor: number;
  walletMinor: number;
  cashMinor: number;
  needsYou: number;
  /** Entries in the held inbox of a revoked till. */
  held: number;
  revoked: boolean;
  forked: boolean;
};

type SummaryRow = Omit<LedgerSummary, "head"> & { head_seq: number; head_hash: Buffer };

const summarySql = `
select t.id as "tillId", t.number as "tillNumber", t.store_id as "storeId", l.id as ledger, l.head_seq, l.head_hash,
  t.revoked_at is not null as revoked, l.forked_at is not null as forked,
  (select count(*) from sales s where s.ledger = l.id and not s.training and s.kind = 'sale') as sales,
  (select count(*) from sales s where s.ledger = l.id and not s.training and s.kind = 'refund') as refunds,
  (select coalesce(sum(s.total_minor), 0)::bigint from sales s where s.ledger = l.id and not s.training) as "totalMinor",
  (select coalesce(sum(d.amount_minor), 0)::bigint from tenders d join sales s on s.ledger = d.ledger and s.seq = d.seq
     where d.ledger = l.id and d.kind = 'wallet' and not s.training) as "walletMinor",
  (select coalesce(sum(d.amount_minor), 0)::bigint from tenders d join sales s on s.ledger = d.ledger and s.seq = d.seq
     where d.ledger = l.id and d.kind = 'cash' and not s.training) as "cashMinor",
  (select count(*) from answers a where a.ledger = l.id and a.state = 'needs-you'
     and not exists (select 1 from answers b where b.ledger = a.ledger and b.seq = a.seq and b.cursor > a.cursor)
  ) as "needsYou",
  (select count(*) from held_entries h where h.ledger = l.id) as held
from ledgers l join tills t on t.id = l.till_id order by t.store_id, t.number, l.id`;

/** Every ledger, and what all wallets hold together by currency. */
export async function summarise(
  database: Queryable,
): Promise<{ tills: LedgerSummary[]; wallets: { currency: string; count: number; totalMinor: number }[] }> {
  const ledgers = await database.query<SummaryRow>(summarySql);
  const wallets = await database.query<{ currency: string; count: number; totalMinor: number }>(
    `select currency, count(*) as count, sum(balance_minor)::bigint as "totalMinor" from accounts
     where kind = 'wallet' group by currency order by currency`,
  );
  const tills = ledgers.rows.map(({ head_seq: seq, head_hash, ...row }) => ({
    ...row,
    head: { seq, hash: head_hash.toString("hex") },
  }));
  return { tills, wallets: wallets.rows };
}

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
  return database.transaction(async (transaction) => {
    const ledgers = await lockLedgers(transaction, tillId);
    const found = await transaction.query("update tills set revoked_at = null where id = $1", [tillId]);
    if (found.rowCount !== 1) throw noTill();
    for (const ledger of ledgers) await releaseHeldEntries(transaction, ledger);
    return ledgers;
  });
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
