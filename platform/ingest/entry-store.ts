import assert from "node:assert/strict";
import type { SignedEntry } from "../../sync/protocol/entry.ts";
import type { Queryable } from "../database/database.ts";
import type { CheckedEntry } from "./check-entry.ts";

/** A page of entries, so that an answer stays within what a till reads. */
const maximumPageBytes = 1024 * 1024;

/** Where entries are kept: the ledgers' truth, or the inbox of revoked tills that continues it. */
export type EntryTable = "entries" | "held_entries";

/** The hashes that are stored at these numbers. Of a held inbox, what the ledger itself holds counts too. */
export async function storedHashes(
  transaction: Queryable,
  table: EntryTable,
  ledger: string,
  seqs: readonly number[],
): Promise<Map<number, Buffer>> {
  if (seqs.length === 0) return new Map();
  const result = await transaction.query<{ seq: number; hash: Buffer }>(
    everywhere(table, "select seq, hash from TABLE where ledger = $1 and seq = any($2::bigint[])"),
    [ledger, seqs],
  );
  return new Map(result.rows.map(({ seq, hash }) => [seq, hash]));
}

/** Which of these ids the ledger uses already. */
export async function entryIdsTaken(
  transaction: Queryable,
  table: EntryTable,
  ledger: string,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const result = await transaction.query<{ id: string }>(
    everywhere(table, "select id from TABLE where ledger = $1 and id = any($2::uuid[])"),
    [ledger, ids],
  );
  return new Set(result.rows.map(({ id }) => id));
}

/** Stores entries as they came, in one statement. */
export async function insertEntries(
  transaction: Queryable,
  table: EntryTable,
  ledger: string,
  entries: readonly CheckedEntry[],
  receivedAt: Date,
): Promise<void> {
  if (entries.length === 0) return;
  await transaction.query(
    `insert into ${table} (ledger, seq, id, text, hash, signature, key_id, received_at)
     select $1, e.seq, e.id, e.text, e.hash, e.signature, e.key_id, $8
     from unnest($2::bigint[], $3::uuid[], $4::bytea[], $5::bytea[], $6::bytea[], $7::text[])
       as e (seq, id, text, hash, signature, key_id)`,
    [
      ledger,
      entries.map((entry) => entry.fields.seq),
      entries.map((entry) => entry.fields.id),
      entries.map((entry) => entry.text),
      entries.map((entry) => entry.hash),
      entries.map((entry) => entry.signature),
      entries.map((entry) => entry.keyId),
      receivedAt,
    ],
  );
}

/** Keeps the other content of a number that is taken: both are evidence. */
export async function forkEntry(
  transaction: Queryable,
  ledger: string,
  entry: CheckedEntry,
  storedHash: Buffer,
  receivedAt: Date,
): Promise<void> {
  await transaction.query(
    `insert into forked_entries (ledger, seq, hash, stored_hash, text, signature, key_id, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [ledger, entry.fields.seq, entry.hash, storedHash, entry.text, entry.signature, entry.keyId, receivedAt],
  );
}

/** Moves a held inbox behind the ledger that it continues. The ledger's row is locked by the caller. */
export async function releaseHeldEntries(transaction: Queryable, ledger: string): Promise<void> {
  const result = await transaction.query<{ head_seq: number; held_seq: number | null }>(
    "select head_seq, held_seq from ledgers where id = $1",
    [ledger],
  );
  const marks = result.rows[0];
  if (marks === undefined || marks.held_seq === null) return;
  const columns = "ledger, seq, id, text, hash, signature, key_id, received_at";
  const moved = await transaction.query(
    `insert into entries (${columns}) select ${columns} from held_entries where ledger = $1`,
    [ledger],
  );
  // While its till is revoked a ledger stands still, so the inbox begins where it ends. Anything else must not be hidden.
  assert.equal(moved.rowCount, marks.held_seq - marks.head_seq, `The held inbox of ${ledger} does not continue it`);
  await transaction.query(
    `update ledgers set head_seq = held_seq, head_hash = held_hash, held_seq = null, held_hash = null where id = $1`,
    [ledger],
  );
  await transaction.query("delete from held_entries where ledger = $1", [ledger]);
}

function everywhere(table: EntryTable, sql: string): string {
  const own = sql.replace("TABLE", table);
  return table === "entries" ? own : `${own} union ${sql.replace("TABLE", "entries")}`;
}

type PageRow = { seq: number; text: Buffer; signature: Buffer; key_id: string; head_seq: number };

/**
 * One page of a ledger: in order, no more texts than a till reads at once, but one entry always goes, however large, so that a
 * reader gets on. The database adds the lengths up, so that what the page has no room for never leaves it. The head is of the
 * same moment as the entries.
 */
const pageSql = `
select e.seq, e.text, e.signature, e.key_id, l.head_seq
from ledgers l join (
  select ledger, seq, text, signature, key_id,
    coalesce(sum(octet_length(text)) over (order by seq rows between unbounded preceding and 1 preceding), 0) as before,
    octet_length(text) as own
  from (select ledger, seq, text, signature, key_id from entries where ledger = $1 and seq > $2 order by seq limit $3) first
) e on e.ledger = l.id
where e.before = 0 or e.before + e.own <= $4 order by e.seq`;

/** Stored entries after a number, in order and without a gap, as they came: what a till restores from. */
export async function entriesAfter(
  database: Queryable,
  ledger: string,
  after: number,
  limit: number,
): Promise<{ entries: SignedEntry[]; more: boolean }> {
  const result = await database.query<PageRow>(pageSql, [ledger, after, limit, maximumPageBytes]);
  const last = result.rows.at(-1);
  const entries = result.rows.map(({ text, signature, key_id: keyId }) => ({
    text: text.toString("utf8"),
    signature: signature.toString("hex"),
    keyId,
  }));
  return { entries, more: last !== undefined && last.seq < last.head_seq };
}
