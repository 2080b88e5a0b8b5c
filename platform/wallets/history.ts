import type { z } from "zod";
import type { historyResponseSchema, WalletMove } from "../../sync/protocol/wallet-api.ts";
import type { Currency } from "../../sync/protocol/money.ts";
import { storeNames, storesByIds } from "../changes/known-things.ts";
import type { Queryable } from "../database/database.ts";
import type { Wallet } from "./wallets.ts";

type MoveRow = {
  position: number;
  kind: WalletMove["kind"];
  at: Date;
  amount_minor: number;
  balance_after_minor: number;
  currency: Currency;
  store_id: string | null;
  number: string | null;
  receipt_code: string | null;
  thread_id: string | null;
};

const movesSql = `
select l.position, f.kind, f.at, l.amount_minor, l.balance_after_minor, l.currency, t.store_id, c.number,
  case when r.id is null then
    (select s.receipt_code from tenders d join sales s on s.ledger = d.ledger and s.seq = d.seq
       where d.payment_id = c.payment_id and s.kind = 'sale' and not s.training order by s.position limit 1)
  else (select s.receipt_code from sales s where s.ledger = r.ledger and s.seq = r.seq) end as receipt_code,
  (select h.id from threads h where h.store_id = t.store_id and h.wallet_id = $3) as thread_id
from transfer_legs l
join transfers f on f.id = l.transfer_id
left join refunds r on r.id = case when f.kind = 'refund' then f.reference::uuid end
left join charges c on c.payment_id = case when f.kind in ('charge', 'reversal') then f.reference::uuid else r.payment_id end
left join tills t on t.id = c.till_id
where l.account_id = $1 and l.position < $2 order by l.position desc limit $4`;

/** What moved a wallet's balance, the newest first, before a place in the list (a move's id) where one is given. */
export async function historyOf(
  database: Queryable,
  wallet: Wallet,
  page: { before?: number | undefined; limit: number },
): Promise<z.infer<typeof historyResponseSchema>> {
  const before = page.before ?? Number.MAX_SAFE_INTEGER;
  const result = await database.query<MoveRow>(movesSql, [wallet.account, before, wallet.id, page.limit + 1]);
  const rows = result.rows.slice(0, page.limit);
  const stores = await storesByIds(
    database,
    rows.flatMap((row) => row.store_id ?? []),
  );
  const moves = rows.map((row) => ({
    id: String(row.position),
    kind: row.kind,
    at: row.at.toISOString(),
    amountMinor: row.amount_minor,
    balanceAfterMinor: row.balance_after_minor,
    currency: row.currency,
    ...(row.store_id === null ? {} : { store: storeNames(stores.get(row.store_id), row.store_id).name }),
    ...(row.number === null ? {} : { number: row.number }),
    ...(row.receipt_code === null ? {} : { receiptCode: row.receipt_code }),
    ...(row.thread_id === null ? {} : { threadId: row.thread_id }),
  }));
  return { moves, more: result.rows.length > page.limit };
}

/** The id of the newest move of a wallet, or null before the first. */
export async function lastMoveOf(database: Queryable, wallet: Wallet): Promise<string | null> {
  const result = await database.query<{ position: number }>(
    "select position from transfer_legs where account_id = $1 order by position desc limit 1",
    [wallet.account],
  );
  const position = result.rows[0]?.position;
  return position === undefined ? null : String(position);
}
