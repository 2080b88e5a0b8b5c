import type { PushResponse } from "../../sync/protocol/api.ts";
import type { Head, SignedEntry } from "../../sync/protocol/entry.ts";
import type { Till } from "../authorisation/till-access.ts";
import type { Database, Queryable } from "../database/database.ts";
import { readEpoch } from "../database/state.ts";
import { PlatformError } from "../http/errors.ts";
import { ed25519PublicKey } from "../keys.ts";
import { checkEntry, followsHead, type CheckedEntry, type EntryRefusal, type LedgerIdentity } from "./check-entry.ts";
import { entryIdsTaken, forkEntry, insertEntries, storedHashes, type EntryTable } from "./entry-store.ts";

/** All texts of one push together. */
const maximumPushBytes = 1024 * 1024;

/** What became of a push: where the platform stands, and what it refused after that, if anything. */
export type PushOutcome = { response: PushResponse; refusal: EntryRefusal | null };

type LedgerRow = {
  till_id: string;
  journal_key: Buffer;
  journal_key_id: string;
  head_seq: number;
  head_hash: Buffer;
  held_seq: number | null;
  held_hash: Buffer | null;
};

/**
 * Stores what is good of a push, in one transaction with the ledger's row locked: every entry that is canonical, signed
 * and chained, of whatever type. It stops at the first that is not; what comes before that one stays stored.
 * Entries that are here already are passed over. One that differs from what is here is a fork: it is kept beside.
 * A revoked till's entries go to the held inbox, which continues the chain where the ledger stands, with a mark of its
 * own: its sales are not lost, and nothing of them counts until an operator takes them in.
 * @throws PlatformError `ledger.not-yours` for another till's ledger, `request.too-large`.
 */
export async function push(
  database: Database,
  till: Till,
  ledger: string,
  entries: readonly SignedEntry[],
  nowMs: number,
): Promise<PushOutcome> {
  const bytes = entries.reduce((sum, entry) => sum + Buffer.byteLength(entry.text, "utf8"), 0);
  if (bytes > maximumPushBytes)
    throw new PlatformError("request.too-large", `A push holds at most ${maximumPushBytes} bytes`);
  // Signatures are checked before the row is locked: nobody waits for arithmetic.
  const identity = await ledgerIdentity(database, till, ledger);
  const checked = checkAll(entries, identity);
  return database.transaction(async (transaction) => {
    const row = await lockLedger(transaction, ledger);
    const held = await isRevoked(transaction, till.id);
    const head = headOf(row, held);
    const table: EntryTable = held ? "held_entries" : "entries";
    const plan = await planPush(transaction, table, ledger, head, checked.good);
    await insertEntries(transaction, table, ledger, plan.fresh, new Date(nowMs));
    for (const fork of plan.forks) await forkEntry(transaction, ledger, fork.entry, fork.storedHash, new Date(nowMs));
    const mark = markAfter(head, plan.fresh);
    if (plan.fresh.length > 0) await moveMark(transaction, ledger, mark, held);
    if (plan.forks.length > 0) {
      await transaction.query("update ledgers set forked_at = coalesce(forked_at, $2) where id = $1", [
        ledger,
        new Date(nowMs),
      ]);
    }
    const response = { epoch: await readEpoch(transaction), mark };
    return { response, refusal: plan.refusal ?? checked.refusal };
  });
}

/**
 * Makes sure that a ledger is this till's.
 * @throws PlatformError `ledger.not-yours`.
 */
export async function requireOwnLedger(database: Queryable, till: Till, ledger: string): Promise<void> {
  const result = await database.query("select 1 from ledgers where id = $1 and till_id = $2", [ledger, till.id]);
  if (result.rowCount !== 1) throw notYours();
}

async function ledgerIdentity(database: Queryable, till: Till, ledger: string): Promise<LedgerIdentity> {
  const result = await database.query<LedgerRow>("select * from ledgers where id = $1", [ledger]);
  const row = result.rows[0];
  if (row === undefined || row.till_id !== till.id) {
    throw notYours();
  }
  const publicKeyHex = row.journal_key.toString("hex");
  return { ledger, keyId: row.journal_key_id, key: ed25519PublicKey(row.journal_key), publicKeyHex };
}

function checkAll(
  entries: readonly SignedEntry[],
  identity: LedgerIdentity,
): { good: CheckedEntry[]; refusal: EntryRefusal | null } {
  const good: CheckedEntry[] = [];
  for (const entry of entries) {
    const checked = checkEntry(entry, identity);
    if ("code" in checked) return { good, refusal: checked };
    good.push(checked);
  }
  return { good, refusal: null };
}

async function lockLedger(transaction: Queryable, ledger: string): Promise<LedgerRow> {
  const result = await transaction.query<LedgerRow>("select * from ledgers where id = $1 for update", [ledger]);
  const row = result.rows[0];
  if (row === undefined) throw notYours();
  return row;
}

/** Asked under the ledger's lock, which a revocation takes too: no push falls between the ledger and the inbox. */
async function isRevoked(transaction: Queryable, tillId: string): Promise<boolean> {
  const result = await transaction.query<{ revoked: boolean }>(
    "select revoked_at is not null as revoked from tills where id = $1",
    [tillId],
  );
  return result.rows[0]?.revoked ?? true;
}

function headOf(row: LedgerRow, held: boolean): Head {
  if (held && row.held_seq !== null && row.held_hash !== null) {
    return { seq: row.held_seq, hash: row.held_hash.toString("hex") };
  }
  return { seq: row.head_seq, hash: row.head_hash.toString("hex") };
}

function markAfter(head: Head, fresh: readonly CheckedEntry[]): Head {
  const last = fresh.at(-1);
  return last === undefined ? head : { seq: last.fields.seq, hash: last.hash.toString("hex") };
}

type PushPlan = {
  fresh: CheckedEntry[];
  forks: { entry: CheckedEntry; storedHash: Buffer }[];
  refusal: EntryRefusal | null;
};

async function planPush(
  transaction: Queryable,
  table: EntryTable,
  ledger: string,
  head: Head,
  entries: readonly CheckedEntry[],
): Promise<PushPlan> {
  const plan: PushPlan = { fresh: [], forks: [], refusal: null };
  const old = entries.filter((entry) => entry.fields.seq <= head.seq);
  const stored = await storedHashes(
    transaction,
    table,
    ledger,
    old.map((entry) => entry.fields.seq),
  );
  const newIds = entries.filter((entry) => entry.fields.seq > head.seq).map((entry) => entry.fields.id);
  const taken = await entryIdsTaken(transaction, table, ledger, newIds);
  let at = head;
  for (const entry of entries) {
    const { seq, id } = entry.fields;
    if (seq <= at.seq) {
      const storedHash = stored.get(seq) ?? plan.fresh.find((fresh) => fresh.fields.seq === seq)?.hash;
      if (storedHash === undefined) throw new Error(`Entry ${seq} of ${ledger} is below the mark but not stored`);
      if (storedHash.equals(entry.hash)) continue;
      plan.forks.push({ entry, storedHash });
      plan.refusal = { code: "ledger.fork", detail: `Entry ${seq} is stored with another content` };
      return plan;
    }
    const refusal = taken.has(id) ? idUsed(seq) : followsHead(entry, at);
    if (refusal !== null) return { ...plan, refusal };
    taken.add(id);
    plan.fresh.push(entry);
    at = { seq, hash: entry.hash.toString("hex") };
  }
  return plan;
}

function notYours(): PlatformError {
  return new PlatformError("ledger.not-yours", "This till has no such ledger");
}

function idUsed(seq: number): EntryRefusal {
  return { code: "request.invalid", detail: `Entry ${seq} has the id of another entry` };
}

async function moveMark(transaction: Queryable, ledger: string, mark: Head, held: boolean): Promise<void> {
  const sql = held
    ? "update ledgers set held_seq = $2, held_hash = $3 where id = $1"
    : "update ledgers set head_seq = $2, head_hash = $3 where id = $1";
  await transaction.query(sql, [ledger, mark.seq, Buffer.from(mark.hash, "hex")]);
}
