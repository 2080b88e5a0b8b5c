import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "../../../platform/database/database.ts";
import type { Finding, JournalBook, Payment } from "./journal-book.ts";

type ChargeRow = {
  payment_id: string;
  sale_id: string;
  amount_minor: number;
  state: string;
  taken_before: boolean;
  rail: string;
};

/** How long the platform may take to read what it has stored. */
const readingPatienceMs = 20_000;

/**
 * Holds the platform's book of one ledger against the till's: the same entries up to the same end, the same sales, the same
 * money. Only for a till that has worked off everything it had left open.
 */
export async function checkPlatform(
  database: Database,
  ledger: string,
  book: JournalBook,
  isPaidAtRail: (paymentId: string) => boolean,
): Promise<Finding[]> {
  return [
    ...(await checkEntries(database, ledger, book)),
    ...(await checkSales(database, ledger, book)),
    ...(await checkMoney(database, ledger, book)),
    ...(await checkRail(database, ledger, isPaidAtRail)),
  ];
}

/** Whether the platform has all that the journal has. */
export async function hasArrived(database: Database, { entries, head }: JournalBook): Promise<boolean> {
  const { rows } = await database.query<{ seq: number }>("select head_seq as seq from ledgers where id = $1", [
    entries[0]?.ledger,
  ]);
  return rows[0]?.seq === head.seq;
}

async function checkEntries(database: Database, ledger: string, book: JournalBook): Promise<Finding[]> {
  const { rows } = await database.query<{ seq: number; hash: string }>(
    "select seq, encode(hash, 'hex') as hash from entries where ledger = $1 order by seq",
    [ledger],
  );
  const findings: Finding[] = [];
  const other = rows.find(({ seq, hash }, index) => seq !== index + 1 || hash !== book.hashes[index]);
  if (other !== undefined) findings.push({ kind: "wrong", words: `The platform has another entry ${other.seq}` });
  if (rows.length < book.head.seq) {
    findings.push({ kind: "lost", words: `The platform has ${rows.length} of ${book.head.seq} entries` });
  }
  const forks = await database.query("select 1 from forked_entries where ledger = $1", [ledger]);
  if (forks.rows.length > 0) findings.push({ kind: "wrong", words: "The platform has seen a fork" });
  return findings;
}

async function checkSales(database: Database, ledger: string, book: JournalBook): Promise<Finding[]> {
  await untilRead(database, ledger, book.head.seq);
  const { rows } = await database.query<{ count: number; total: number }>(
    "select count(*) as count, coalesce(sum(total_minor), 0)::bigint as total from sales where ledger = $1",
    [ledger],
  );
  const findings: Finding[] = [];
  const count = book.sales.size + book.refunds.size;
  const sum = (all: Iterable<{ body: { totalMinor: number } }>) =>
    [...all].reduce((total, { body }) => total + body.totalMinor, 0);
  const total = sum(book.sales.values()) - sum(book.refunds.values());
  const [found] = rows;
  if (found?.count !== count || found.total !== total) {
    const words = `The platform reads ${found?.count} sales of ${found?.total}, the journal has ${count} of ${total}`;
    findings.push({ kind: "wrong", words });
  }
  const doubts = await database.query<{ seq: number; code: string }>(
    `select distinct on (seq) seq, code, state from answers where ledger = $1 order by seq, cursor desc`,
    [ledger],
  );
  for (const { seq, code, state } of doubts.rows as { seq: number; code: string; state: string }[]) {
    if (state === "needs-you") findings.push({ kind: "wrong", words: `The platform doubts entry ${seq}: ${code}` });
  }
  return findings;
}

async function untilRead(database: Database, ledger: string, seq: number): Promise<void> {
  const deadline = performance.now() + readingPatienceMs;
  for (;;) {
    const { rows } = await database.query<{ seq: number }>("select seq from projection_marks where ledger = $1", [
      ledger,
    ]);
    if ((rows[0]?.seq ?? 0) >= seq || performance.now() > deadline) return;
    await pause(20);
  }
}

/** Money at the platform is money in the journal, payment by payment: none twice, none kept without a sale. */
async function checkMoney(database: Database, ledger: string, book: JournalBook): Promise<Finding[]> {
  const { rows } = await database.query<ChargeRow>(
    "select payment_id, sale_id, amount_minor, state, taken_before, rail from charges where ledger = $1",
    [ledger],
  );
  const charges = new Map(rows.map((row) => [row.payment_id, row]));
  const findings: Finding[] = [];
  for (const row of rows) {
    const payment = book.payments.get(row.payment_id);
    if (payment === undefined) {
      findings.push({ kind: "unseen", words: `The platform has payment ${row.payment_id}, the journal has not` });
    } else findings.push(...comparePayment(row.payment_id, row, payment));
  }
  for (const [paymentId, payment] of book.payments) {
    if (!charges.has(paymentId)) findings.push(...comparePayment(paymentId, undefined, payment));
  }
  return [...findings, ...compareTenders(charges, book), ...(await checkTransfers(database, rows))];
}

/** What another company says that it took is what the platform says. */
async function checkRail(
  database: Database,
  ledger: string,
  isPaidAtRail: (paymentId: string) => boolean,
): Promise<Finding[]> {
  const { rows } = await database.query<{ payment_id: string; state: string }>(
    "select payment_id, state from charges where ledger = $1 and rail <> 'wallet'",
    [ledger],
  );
  return rows
    .filter(({ payment_id: paymentId, state }) => isPaidAtRail(paymentId) !== (state === "paid"))
    .map(({ payment_id: paymentId, state }) => {
      return {
        kind: "lost" as const,
        words: `Payment ${paymentId} is ${state} at the platform and another thing at its rail`,
      };
    });
}

function comparePayment(paymentId: string, row: ChargeRow | undefined, payment: Payment): Finding[] {
  const state = payment.states.at(-1) ?? "none";
  const wrong = (words: string): Finding[] => [{ kind: "wrong", words: `Payment ${paymentId} ${words}` }];
  if (row !== undefined && (row.amount_minor !== payment.amountMinor || row.sale_id !== payment.saleId)) {
    return wrong("has another amount or sale at the platform");
  }
  const there = row?.state ?? "none";
  if (state === "paid") return there === "paid" ? [] : wrong(`is paid here and ${there} at the platform`);
  if (there === "paid") return [{ kind: "lost", words: `Payment ${paymentId} was charged and is ${state} here` }];
  if (state === "declined" || state === "reversed") return [];
  return wrong(`was left ${state}`);
}

/** Each wallet leg of a sale is a payment of that amount, and each payment that is paid is a leg of one sale. */
function compareTenders(charges: ReadonlyMap<string, ChargeRow>, book: JournalBook): Finding[] {
  const findings: Finding[] = [];
  const used = new Set<string>();
  for (const { seq, body } of book.sales.values()) {
    for (const tender of body.tenders) {
      if (tender.kind !== "wallet") continue;
      const row = charges.get(tender.paymentId);
      if (used.has(tender.paymentId))
        findings.push({ kind: "doubled", words: `Payment ${tender.paymentId} pays twice` });
      used.add(tender.paymentId);
      if (row?.state !== "paid" || row.amount_minor !== tender.amountMinor) {
        findings.push({ kind: "lost", words: `The sale in entry ${seq} was not paid at the platform` });
      }
    }
  }
  for (const { payment_id: paymentId, state } of charges.values()) {
    if (state === "paid" && !used.has(paymentId)) {
      findings.push({ kind: "lost", words: `Payment ${paymentId} was charged and no sale is settled with it` });
    }
  }
  return findings;
}

/** What was booked at the platform: one transfer for each charge that took money, one more where it was given back. */
async function checkTransfers(database: Database, charges: readonly ChargeRow[]): Promise<Finding[]> {
  const { rows } = await database.query<{ kind: string; reference: string }>(
    "select kind, reference from transfers where reference = any($1)",
    [charges.map(({ payment_id: paymentId }) => paymentId)],
  );
  const findings: Finding[] = [];
  for (const { payment_id: paymentId, state, taken_before: wasTaken, rail } of charges) {
    const booked = (kind: string) => rows.filter((row) => row.kind === kind && row.reference === paymentId).length;
    const took = state === "paid" || (state === "reversed" && wasTaken) ? 1 : 0;
    const gave = state === "reversed" && wasTaken ? 1 : 0;
    // A rail may say of an undone payment that it had taken it, of which nothing was booked before.
    if (rail !== "wallet" && state === "reversed" && booked("charge") + booked("reversal") === 0) continue;
    if (booked("charge") !== took || booked("reversal") !== gave) {
      const words = `Payment ${paymentId} is ${state}: ${booked("charge")} times taken, ${booked("reversal")} times given back`;
      findings.push({ kind: "doubled", words });
    }
  }
  return findings;
}
