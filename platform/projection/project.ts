import type { EntryBody } from "../../sync/protocol/entry-types.ts";
import { entryFieldsSchema } from "../../sync/protocol/entry.ts";
import { parseCanonical } from "../../sync/protocol/canonical.ts";
import type { Database, Queryable } from "../database/database.ts";
import { judge, type Reading } from "./judge.ts";

type Sale = EntryBody<"sale.settled">;
type LedgerRow = { till_id: string; head_seq: number; projected_seq: number };
type Verdict = { seq: number; state: "needs-you" | "settled"; code: string };

/** How many entries one transaction reads. */
const batchEntries = 200;

/**
 * Reads the next stored entries of a ledger into sales, tenders and answers, and gives whether there are more. An entry
 * that cannot be read is passed over with `needs-you`: the savepoint around it keeps its failure to itself.
 */
export async function projectLedger(
  database: Database,
  ledger: string,
  nowMs: number,
  onFailure: (seq: number, error: unknown) => void,
): Promise<boolean> {
  return database.transaction(async (transaction) => {
    const row = await lockMark(transaction, ledger);
    if (row === null || row.projected_seq >= row.head_seq) return false;
    const upTo = Math.min(row.head_seq, row.projected_seq + batchEntries);
    const stored = await transaction.query<{ seq: number; text: Buffer }>(
      "select seq, text from entries where ledger = $1 and seq > $2 and seq <= $3 order by seq",
      [ledger, row.projected_seq, upTo],
    );
    const verdicts: Verdict[] = [];
    for (const { seq, text } of stored.rows) {
      const verdict = await projectOne(transaction, row.till_id, ledger, seq, text, onFailure);
      if (verdict !== null) verdicts.push(verdict);
    }
    await writeAnswers(transaction, row.till_id, ledger, verdicts, new Date(nowMs));
    await transaction.query("update projection_marks set seq = $2 where ledger = $1", [ledger, upTo]);
    return upTo < row.head_seq;
  });
}

/** A row of its own, so that a push never waits for a projection. */
async function lockMark(transaction: Queryable, ledger: string): Promise<LedgerRow | null> {
  const marks = await transaction.query<{ seq: number }>(
    "select seq from projection_marks where ledger = $1 for update",
    [ledger],
  );
  const ledgers = await transaction.query<Omit<LedgerRow, "projected_seq">>(
    "select till_id, head_seq from ledgers where id = $1",
    [ledger],
  );
  const [mark, row] = [marks.rows[0], ledgers.rows[0]];
  return mark === undefined || row === undefined ? null : { ...row, projected_seq: mark.seq };
}

async function projectOne(
  transaction: Queryable,
  tillId: string,
  ledger: string,
  seq: number,
  text: Buffer,
  onFailure: (seq: number, error: unknown) => void,
): Promise<Verdict | null> {
  let reading: Reading;
  try {
    reading = judge(entryFieldsSchema.parse(parseCanonical(text.toString("utf8"))));
  } catch (error) {
    onFailure(seq, error);
    return { seq, state: "needs-you", code: "entry.unreadable" };
  }
  const { sale } = reading;
  if (sale === null) return reading.code === null ? null : { seq, state: "needs-you", code: reading.code };
  await transaction.query("savepoint entry");
  try {
    const code = reading.code ?? (await compareWithOthers(transaction, tillId, reading, sale));
    await insertSale(transaction, tillId, ledger, reading, sale);
    await transaction.query("release savepoint entry");
    return code === null ? { seq, state: "settled", code: "sale.settled" } : { seq, state: "needs-you", code };
  } catch (error) {
    await transaction.query("rollback to savepoint entry");
    if (isRepeatable(error)) throw error;
    onFailure(seq, error);
    return { seq, state: "needs-you", code: "entry.not-projected" };
  }
}

/** A deadlock is nobody's fault: the whole transaction is run again. */
function isRepeatable(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === "40P01" || code === "40001";
}

async function compareWithOthers(
  transaction: Queryable,
  tillId: string,
  reading: Reading,
  sale: Sale,
): Promise<string | null> {
  const same = await transaction.query<{ sale_id: string }>(
    "select sale_id from sales where sale_id = $1 or (till_id = $2 and receipt_code = $3) limit 1",
    [sale.saleId, tillId, sale.receiptCode],
  );
  const other = same.rows[0];
  if (other !== undefined) return other.sale_id === sale.saleId ? "sale.twice" : "receipt.twice";
  if (reading.fields.training) return null;
  for (const tender of sale.tenders) {
    if (tender.kind === "wallet" && !(await isPaid(transaction, tillId, sale, tender))) return "payment.unmatched";
  }
  return null;
}

/** Whether we hold this payment as paid, by this till and for this sale, and no other sale was paid with it. */
async function isPaid(
  transaction: Queryable,
  tillId: string,
  sale: Sale,
  tender: Extract<Sale["tenders"][number], { kind: "wallet" }>,
): Promise<boolean> {
  const result = await transaction.query(
    `select 1 from charges where payment_id = $1 and state = 'paid' and till_id = $2 and sale_id = $3
       and amount_minor = $4 and currency = $5 and number = $6
       and not exists (select 1 from tenders where payment_id = $1)`,
    [tender.paymentId, tillId, sale.saleId, tender.amountMinor, sale.currency, tender.number],
  );
  return result.rowCount === 1;
}

async function insertSale(
  transaction: Queryable,
  tillId: string,
  ledger: string,
  reading: Reading,
  sale: Sale,
): Promise<void> {
  const { seq, businessDay, time, training } = reading.fields;
  await transaction.query(
    `insert into sales (ledger, seq, till_id, sale_id, receipt_code, business_day, time, training, currency, total_minor)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [ledger, seq, tillId, sale.saleId, sale.receiptCode, businessDay, time, training, sale.currency, sale.totalMinor],
  );
  const { tenders } = sale;
  await transaction.query(
    `insert into tenders (ledger, seq, position, kind, amount_minor, payment_id)
     select $1, $2, t.position, t.kind, t.amount_minor, t.payment_id
     from unnest($3::int[], $4::text[], $5::bigint[], $6::uuid[]) as t (position, kind, amount_minor, payment_id)`,
    [
      ledger,
      seq,
      tenders.map((_, index) => index),
      tenders.map((tender) => tender.kind),
      tenders.map((tender) => tender.amountMinor),
      tenders.map((tender) => (tender.kind === "wallet" ? tender.paymentId : null)),
    ],
  );
}

/** The till's row is locked until commit, so its answers become visible in the order of their cursors. */
async function writeAnswers(
  transaction: Queryable,
  tillId: string,
  ledger: string,
  verdicts: readonly Verdict[],
  at: Date,
): Promise<void> {
  if (verdicts.length === 0) return;
  const counted = await transaction.query<{ last_answer: number }>(
    "update tills set last_answer = last_answer + $2 where id = $1 returning last_answer",
    [tillId, verdicts.length],
  );
  const first = (counted.rows[0]?.last_answer ?? 0) - verdicts.length + 1;
  await transaction.query(
    `insert into answers (till_id, cursor, ledger, seq, state, code, at)
     select $1, v.cursor, $2, v.seq, v.state, v.code, $7
     from unnest($3::bigint[], $4::bigint[], $5::text[], $6::text[]) as v (cursor, seq, state, code)`,
    [
      tillId,
      ledger,
      verdicts.map((_, index) => first + index),
      verdicts.map((verdict) => verdict.seq),
      verdicts.map((verdict) => verdict.state),
      verdicts.map((verdict) => verdict.code),
      at,
    ],
  );
}
