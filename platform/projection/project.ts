import { entryFieldsSchema, type EntryFields } from "../../sync/protocol/entry.ts";
import { parseCanonical } from "../../sync/protocol/canonical.ts";
import type { Database, Queryable } from "../database/database.ts";
import { PlatformError } from "../http/errors.ts";
import { settledEntry, writeAnswers, type Verdict } from "./answers.ts";
import { applyEntry } from "./apply-entry.ts";
import { judge, type Reading } from "./judge.ts";
import { addToTotals, readTotals, writePerpetual, type LedgerTotals, type TotalsRow } from "./ledger-totals.ts";
import { ledgersWaitingFor, readyEntries } from "./waiting.ts";

type LedgerRow = {
  till_id: string;
  store_id: string;
  head_seq: number;
  projected_seq: number;
  totals: LedgerTotals;
};
type StoredEntry = { seq: number; text: Buffer; hash: Buffer };
type Judged = { seq: number; verdict: Verdict | null; saleId: string | null; fields: EntryFields | null };

/** Hears of an entry that could not be read for a reason that nobody foresaw. */
export type OnFailure = (seq: number, error: unknown) => void;

/** How many entries one transaction reads. */
const batchEntries = 200;

/**
 * Reads the next stored entries of a ledger into sales, tenders, chats and answers, and judges those again that waited for
 * something that is there now. Gives whether there are more, and the ledgers whose entries waited for what was read. An
 * entry that cannot be read is passed over with `needs-you`: the savepoint around it keeps its failure to itself.
 */
export async function projectLedger(
  database: Database,
  ledger: string,
  nowMs: number,
  onFailure: OnFailure,
): Promise<{ more: boolean; wakes: string[] }> {
  return database.transaction(async (transaction) => {
    const row = await lockMark(transaction, ledger);
    if (row === null) return { more: false, wakes: [] };
    const ready = await readyEntries(transaction, ledger);
    const upTo = Math.min(row.head_seq, row.projected_seq + batchEntries);
    const stored = await transaction.query<StoredEntry>(
      `select seq, text, hash from entries
       where ledger = $1 and ((seq > $2 and seq <= $3) or seq = any($4::bigint[])) order by seq`,
      [ledger, row.projected_seq, upTo, ready.seqs],
    );
    const { judged, wakes } = await readEntries(transaction, ledger, row, stored.rows, new Date(nowMs), onFailure);
    if (upTo > row.projected_seq) await moveMark(transaction, ledger, upTo, totalsAfter(row, judged));
    return { more: upTo < row.head_seq || ready.more, wakes };
  });
}

/**
 * Judges one stored entry again by what is known now, writes an answer where the verdict is another than before, and gives
 * it with the ledgers to wake. The caller makes sure that the ledger is the asking till's.
 * @throws PlatformError `not-found` for an entry that is not stored or was not read yet.
 */
export async function judgeAgain(
  database: Database,
  ledger: string,
  seq: number,
  nowMs: number,
  onFailure: OnFailure,
): Promise<{ verdict: Verdict; wakes: string[] }> {
  return database.transaction(async (transaction) => {
    const row = await lockMark(transaction, ledger);
    const stored = await transaction.query<StoredEntry>(
      "select seq, text, hash from entries where ledger = $1 and seq = $2",
      [ledger, seq],
    );
    const [entry] = stored.rows;
    if (row === null || entry === undefined || seq > row.projected_seq) {
      throw new PlatformError("not-found", "There is no such entry");
    }
    const at = new Date(nowMs);
    const judged = await readEntry(transaction, ledger, row, entry, at, onFailure);
    await writeAnswers(transaction, { tillId: row.till_id, ledger }, [judged], at);
    const wakes = judged.saleId === null ? [] : await ledgersWaitingFor(transaction, [judged.saleId]);
    return { verdict: judged.verdict ?? settledEntry(seq), wakes };
  });
}

/**
 * Empties what was read out of the entries, so that everything is read again. Answers and chats stay: an answer is said
 * again only where it differs, a receipt stands once, and what went back to wallets is not paid again. Gives the ledgers to be read.
 */
export async function forgetProjections(database: Database): Promise<string[]> {
  return database.transaction(async (transaction) => {
    await transaction.query("select 1 from projection_marks order by ledger for update");
    // The ledgers in the order in which they were first read: of two alike the later one stays the one in view.
    const marks = await transaction.query<{ ledger: string }>(
      `select m.ledger from projection_marks m
       order by (select min(s.position) from sales s where s.ledger = m.ledger) nulls last, m.ledger`,
    );
    await transaction.query("delete from waiting_entries");
    await transaction.query("delete from tenders");
    await transaction.query("delete from sales");
    await transaction.query(
      "update projection_marks set seq = 0, receipt_number = 0, receipt_code = null, perpetual = null",
    );
    return marks.rows.map(({ ledger }) => ledger);
  });
}

/** A row of its own, so that a push never waits for a projection. */
async function lockMark(transaction: Queryable, ledger: string): Promise<LedgerRow | null> {
  const marks = await transaction.query<TotalsRow & { seq: number }>(
    "select seq, receipt_number, receipt_code, perpetual from projection_marks where ledger = $1 for update",
    [ledger],
  );
  const ledgers = await transaction.query<Omit<LedgerRow, "projected_seq" | "totals">>(
    "select l.till_id, t.store_id, l.head_seq from ledgers l join tills t on t.id = l.till_id where l.id = $1",
    [ledger],
  );
  const [mark, row] = [marks.rows[0], ledgers.rows[0]];
  if (mark === undefined || row === undefined) return null;
  return { ...row, projected_seq: mark.seq, totals: readTotals(mark) };
}

/** Entries that are only judged again are in the totals already. */
function totalsAfter(row: LedgerRow, judged: readonly Judged[]): LedgerTotals {
  const fresh = judged.flatMap(({ seq, fields }) => (seq > row.projected_seq && fields !== null ? [fields] : []));
  return fresh.reduce(addToTotals, row.totals);
}

async function moveMark(transaction: Queryable, ledger: string, seq: number, totals: LedgerTotals): Promise<void> {
  await transaction.query(
    `update projection_marks set seq = $2, receipt_number = $3, receipt_code = $4, perpetual = $5 where ledger = $1`,
    [ledger, seq, totals.receipt.number, totals.receipt.code, writePerpetual(totals.perpetual)],
  );
}

async function readEntries(
  transaction: Queryable,
  ledger: string,
  row: LedgerRow,
  entries: readonly StoredEntry[],
  at: Date,
  onFailure: OnFailure,
): Promise<{ judged: Judged[]; wakes: string[] }> {
  const judged: Judged[] = [];
  for (const entry of entries) judged.push(await readEntry(transaction, ledger, row, entry, at, onFailure));
  await writeAnswers(transaction, { tillId: row.till_id, ledger }, judged, at);
  const wakes = await ledgersWaitingFor(
    transaction,
    judged.flatMap(({ saleId }) => saleId ?? []),
  );
  return { judged, wakes };
}

async function readEntry(
  transaction: Queryable,
  ledger: string,
  row: LedgerRow,
  { seq, text, hash }: StoredEntry,
  at: Date,
  onFailure: OnFailure,
): Promise<Judged> {
  const unread = (code: "entry.unreadable" | "entry.not-projected", fields: EntryFields | null): Judged => ({
    seq,
    verdict: { seq, state: "needs-you", code },
    saleId: null,
    fields,
  });
  let reading: Reading;
  try {
    reading = judge(entryFieldsSchema.parse(parseCanonical(text.toString("utf8"))));
  } catch (error) {
    onFailure(seq, error);
    return unread("entry.unreadable", null);
  }
  const { subject, fields } = reading;
  if (subject === null) return { seq, verdict: verdictOf(seq, reading, reading.code), saleId: null, fields };
  const place = { tillId: row.till_id, storeId: row.store_id, ledger, seq, hash: hash.toString("hex") };
  await transaction.query("savepoint entry");
  try {
    const code = await applyEntry(transaction, place, reading, at);
    await transaction.query("release savepoint entry");
    const saleId = subject.kind === "sale" ? subject.body.saleId : null;
    return { seq, verdict: verdictOf(seq, reading, code), saleId, fields };
  } catch (error) {
    await transaction.query("rollback to savepoint entry");
    if (isRepeatable(error)) throw error;
    onFailure(seq, error);
    return unread("entry.not-projected", fields);
  }
}

function verdictOf(seq: number, { subject }: Reading, code: Verdict["code"] | null): Verdict | null {
  if (code !== null) return { seq, state: "needs-you", code };
  if (subject?.kind === "sale") return { seq, state: "settled", code: "sale.settled" };
  return subject?.kind === "refund" ? { seq, state: "settled", code: "refund.settled" } : null;
}

/** A deadlock is nobody's fault: the whole transaction is run again. */
function isRepeatable(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === "40P01" || code === "40001";
}
