import type { OperatorFollows } from "../../sync/protocol/operator-api.ts";
import type { Queryable } from "../database/database.ts";
import { followsByLedger } from "./successions.ts";

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
  /** Absent in a till's first ledger. */
  follows?: OperatorFollows;
};

type SummaryRow = Omit<LedgerSummary, "head" | "follows"> & { head_seq: number; head_hash: Buffer };

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
from ledgers l join tills t on t.id = l.till_id order by t.store_id, t.number, l.position`;

/** Every ledger, a till's in their order, and what all wallets hold together by currency. */
export async function summarise(
  database: Queryable,
): Promise<{ tills: LedgerSummary[]; wallets: { currency: string; count: number; totalMinor: number }[] }> {
  const ledgers = await database.query<SummaryRow>(summarySql);
  const wallets = await database.query<{ currency: string; count: number; totalMinor: number }>(
    `select currency, count(*) as count, sum(balance_minor)::bigint as "totalMinor" from accounts
     where kind = 'wallet' group by currency order by currency`,
  );
  const follows = await followsByLedger(database);
  const tills = ledgers.rows.map(({ head_seq: seq, head_hash, ...row }) => {
    const before = follows.get(row.ledger);
    const head = { seq, hash: head_hash.toString("hex") };
    return { ...row, head, ...(before === undefined ? {} : { follows: before }) };
  });
  return { tills, wallets: wallets.rows };
}
