import type { OperatorStore, OperatorTill, OverviewResponse } from "../../sync/protocol/operator-api.ts";
import type { Currency } from "../../sync/protocol/money.ts";
import { storeNames, storesByIds } from "../changes/known-things.ts";
import type { Queryable } from "../database/database.ts";
import { readEpoch } from "../database/state.ts";
import { termsOf } from "../wallets/merchant-terms.ts";
import { summarise, type LedgerSummary } from "./tills.ts";

/** More shops than this have a console of their own kind. */
const maximumStores = 1000;
const maximumTills = 5000;

type StoreRow = { id: string; tills: number; threads: number; messages: number; unread: number };
type ExtraRow = {
  ledger: string;
  enrolled_at: Date;
  last_seen_at: Date | null;
  head_at: Date | null;
  business_day: string | null;
  sales: number | null;
  refunds: number | null;
  total: number | null;
};
type AccountRow = { kind: string; id: string; currency: Currency; balance: number };

const storesSql = `
select s.id, (select count(*) from tills t where t.store_id = s.id) as tills,
  (select count(*) from threads h where h.store_id = s.id and h.wallet_id is not null) as threads,
  (select count(*) from threads h join messages m on m.thread_id = h.id
     where h.store_id = s.id and h.wallet_id is not null) as messages,
  (select count(*) from threads h join messages m on m.thread_id = h.id
     where h.store_id = s.id and h.wallet_id is not null and m.sender = 'shopper' and m.cursor > h.read_by_shop) as unread
from stores s order by s.id limit ${maximumStores}`;

const ledgersSql = `
select l.id as ledger, t.enrolled_at, p.last_seen_at,
  (select e.received_at from entries e where e.ledger = l.id and e.seq = l.head_seq) as head_at,
  d.business_day, d.sales, d.refunds, d.total
from ledgers l join tills t on t.id = l.till_id
left join till_presence p on p.till_id = t.id
left join lateral (
  select s.business_day, count(*) filter (where s.kind = 'sale') as sales,
    count(*) filter (where s.kind = 'refund') as refunds, sum(s.total_minor)::bigint as total
  from sales s where s.ledger = l.id and not s.training group by s.business_day order by s.business_day desc limit 1
) d on true`;

/** Everything that the console shows at a glance: shops, tills, and what is on the platform's own accounts. */
export async function overviewOf(database: Queryable, at: Date): Promise<OverviewResponse> {
  return {
    time: at.toISOString(),
    epoch: await readEpoch(database),
    stores: await storesOf(database, at),
    tills: await tillsOf(database),
    accounts: await accountsOf(database),
  };
}

async function storesOf(database: Queryable, at: Date): Promise<OperatorStore[]> {
  const { rows } = await database.query<StoreRow>(storesSql);
  const known = await storesByIds(
    database,
    rows.map((row) => row.id),
  );
  const stores: OperatorStore[] = [];
  for (const { id: storeId, tills, ...shopperChat } of rows) {
    const { ratePartsPerMillion, fixedMinor, since } = await termsOf(database, storeId, at);
    const terms = { ratePartsPerMillion, fixedMinor, since: since.toISOString() };
    stores.push({ storeId, ...storeNames(known.get(storeId), storeId), tills, shopperChat, terms });
  }
  return stores;
}

async function tillsOf(database: Queryable): Promise<OperatorTill[]> {
  const { tills } = await summarise(database);
  const { rows } = await database.query<ExtraRow>(ledgersSql);
  const extras = new Map(rows.map((row) => [row.ledger, row]));
  return tills.slice(0, maximumTills).flatMap((till) => {
    const extra = extras.get(till.ledger);
    return extra === undefined ? [] : [withExtras(till, extra)];
  });
}

function withExtras(till: LedgerSummary, extra: ExtraRow): OperatorTill {
  const { business_day: businessDay, sales, refunds, total: totalMinor } = extra;
  const hasDay = businessDay !== null && sales !== null && refunds !== null && totalMinor !== null;
  return {
    ...till,
    enrolledAt: extra.enrolled_at.toISOString(),
    ...(extra.last_seen_at === null ? {} : { lastSeenAt: extra.last_seen_at.toISOString() }),
    ...(extra.head_at === null ? {} : { headAt: extra.head_at.toISOString() }),
    ...(hasDay ? { day: { businessDay, sales, refunds, totalMinor } } : {}),
  };
}

async function accountsOf(database: Queryable): Promise<OverviewResponse["accounts"]> {
  const { rows } = await database.query<AccountRow>(
    `select kind, id, currency, balance_minor as balance from accounts where kind in ('merchant', 'commission')
     order by id limit ${maximumTills}`,
  );
  const account = ({ currency, balance }: AccountRow) => ({ currency, balanceMinor: balance });
  return {
    merchants: rows
      .filter((row) => row.kind === "merchant")
      // An account is `merchant:STORE:CURRENCY`.
      .map((row) => ({ ...account(row), storeId: row.id.slice("merchant:".length, -(row.currency.length + 1)) })),
    commission: rows.filter((row) => row.kind === "commission").map(account),
    wallets: await walletSums(database),
  };
}

async function walletSums(database: Queryable): Promise<OverviewResponse["accounts"]["wallets"]> {
  const { rows } = await database.query<{ currency: Currency; count: number; balanceMinor: number }>(
    `select currency, count(*) as count, sum(balance_minor)::bigint as "balanceMinor" from accounts
     where kind = 'wallet' group by currency order by currency`,
  );
  return rows;
}
