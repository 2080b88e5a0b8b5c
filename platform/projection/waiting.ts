import type { Queryable } from "../database/database.ts";

/** How many entries are judged again in one transaction. */
const batchEntries = 100;

/** Whether what a verdict waits for is there: a payment that is paid, or a sale that has been read. */
const isThere = `(exists (select 1 from charges c where c.payment_id = w.waits_for and c.state = 'paid')
  or exists (select 1 from sales s where s.sale_id = w.waits_for and s.kind = 'sale'))`;

/** Remembers what of these ids an entry waits for, in the place of what it waited for before. What is there is not waited for. */
export async function waitFor(
  transaction: Queryable,
  entry: { ledger: string; seq: number },
  ids: readonly string[],
): Promise<void> {
  await transaction.query("delete from waiting_entries where ledger = $1 and seq = $2", [entry.ledger, entry.seq]);
  if (ids.length === 0) return;
  await transaction.query(
    `insert into waiting_entries (ledger, seq, waits_for)
     select distinct $1::uuid, $2::bigint, w.waits_for from unnest($3::uuid[]) as w (waits_for) where not ${isThere}`,
    [entry.ledger, entry.seq, ids],
  );
}

/** The numbers of a ledger's entries that need not wait any longer, some of them where there are many. */
export async function readyEntries(transaction: Queryable, ledger: string): Promise<{ seqs: number[]; more: boolean }> {
  const result = await transaction.query<{ seq: number }>(
    `select distinct w.seq from waiting_entries w where w.ledger = $1 and ${isThere} order by w.seq limit $2`,
    [ledger, batchEntries + 1],
  );
  const seqs = result.rows.map(({ seq }) => seq);
  return { seqs: seqs.slice(0, batchEntries), more: seqs.length > batchEntries };
}

/** The ledgers with entries that wait for one of these. */
export async function ledgersWaitingFor(database: Queryable, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const result = await database.query<{ ledger: string }>(
    "select distinct ledger from waiting_entries where waits_for = any($1::uuid[])",
    [ids],
  );
  return result.rows.map(({ ledger }) => ledger);
}

/** The ledgers that have something to be read or judged again: what an earlier process left. */
export async function ledgersToRead(database: Queryable): Promise<string[]> {
  const result = await database.query<{ id: string }>(
    `select l.id from ledgers l join projection_marks m on m.ledger = l.id where m.seq < l.head_seq
     union select w.ledger from waiting_entries w where ${isThere}`,
  );
  return result.rows.map(({ id }) => id);
}
