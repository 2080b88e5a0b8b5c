import type { z } from "zod";
import type { NeedsYouEntry, needsYouResponseSchema } from "../../sync/protocol/operator-api.ts";
import type { Currency } from "../../sync/protocol/money.ts";
import type { Queryable } from "../database/database.ts";

type Row = Omit<NeedsYouEntry, "at" | "sale"> & {
  at: Date;
  kind: "sale" | "refund" | null;
  receipt: string | null;
  time: string | null;
  total: number | null;
  currency: Currency | null;
  count: number;
};

const maximumEntries = 200;

const entriesSql = `
select t.store_id as "storeId", t.id as "tillId", t.number as "tillNumber", a.ledger, a.seq, a.code, a.at,
  s.kind, s.receipt_code as receipt, s.time, s.total_minor as total, s.currency, count(*) over () as count
from answers a join tills t on t.id = a.till_id left join sales s on s.ledger = a.ledger and s.seq = a.seq
where a.state = 'needs-you'
  and not exists (select 1 from answers b where b.ledger = a.ledger and b.seq = a.seq and b.cursor > a.cursor)
order by a.at desc, a.ledger, a.seq desc limit ${maximumEntries}`;

/** The entries whose last answer says that somebody has to look, the newest 200, and how many there are in all. */
export async function entriesNeedingYou(database: Queryable): Promise<z.infer<typeof needsYouResponseSchema>> {
  const { rows } = await database.query<Row>(entriesSql);
  return { count: rows[0]?.count ?? 0, entries: rows.map(readEntry) };
}

function readEntry(row: Row): NeedsYouEntry {
  const { storeId, tillId, tillNumber, ledger, seq, code, kind, receipt, time, total, currency } = row;
  const read = { storeId, tillId, tillNumber, ledger, seq, code, at: row.at.toISOString() };
  if (kind === null || receipt === null || time === null || total === null || currency === null) return read;
  return { ...read, sale: { kind, receiptCode: receipt, time, totalMinor: total, currency } };
}
