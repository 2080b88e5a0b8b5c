import type { Logger } from "pino";
import type { Database, Queryable } from "../database/database.ts";
import { chinaDay, startOfChinaDay } from "../rails/china-time.ts";
import type { BillLine, Rail, RailName, Rails } from "../rails/rail.ts";
import { compareBill, type Difference } from "./compare-bill.ts";
import { ourDay } from "./our-day.ts";
import type { RefundBook } from "./refund-book.ts";

/** What reconciling works with. */
export type ReconcileContext = {
  database: Database;
  rails: Rails;
  refundBook: RefundBook;
  nowMs: () => number;
  log: Logger;
};

/** What became of a day: the number of differences, or why the bill is not there. */
export type ReconcileOutcome = { state: "done"; differences: number } | { state: "waiting"; reason: string };

const dayMs = 24 * 3_600_000;

/** WeChat Pay makes a day's bill by ten o'clock of the next (its page on `/v3/bill/tradebill`); a little later it is asked for. */
const readyAfterMs = 10.5 * 3_600_000;

/** A bill that is not there is asked for again after this; days further back than these are left to the operator. */
const tryAgainMs = 30 * 60_000;
const daysBack = 7;

/** Both rails give bills out for three months; for as long lines are kept here. */
const keepLinesDays = 92;
const linesAtATime = 1000;

/** Reads a day's bill and holds it against the charges. Done again it replaces what was found before. */
export async function reconcileDay(context: ReconcileContext, rail: Rail, day: string): Promise<ReconcileOutcome> {
  const outcome = await rail.bill(day);
  const at = new Date(context.nowMs());
  if (outcome.kind === "bill") return storeBill(context, rail.name, day, outcome.lines, at);
  // Alipay has no bill of a day without business. Where nothing was taken here either, the two agree.
  const isEmptyDay = outcome.kind === "not-ready" && (await isWithoutPayments(context.database, rail.name, day));
  if (isEmptyDay && day < chinaDay(new Date(at.getTime() - dayMs))) {
    return storeBill(context, rail.name, day, [], at);
  }
  const reason = outcome.kind === "not-ready" ? "not-ready" : outcome.reason;
  context.log.warn({ rail: rail.name, day, reason }, "the bill of a rail could not be read");
  await context.database.query(
    `insert into reconciliations (rail, day, state, reason, tries, next_try_at, read_at)
     values ($1, $2, 'waiting', $3, 1, $4, $5)
     on conflict (rail, day) do update set reason = excluded.reason, tries = reconciliations.tries + 1,
       next_try_at = excluded.next_try_at, read_at = excluded.read_at where reconciliations.state = 'waiting'`,
    [rail.name, day, reason, new Date(at.getTime() + tryAgainMs), at],
  );
  return { state: "waiting", reason };
}

/** Reconciles what is due: each day since the first charge of a rail, once its bill can be there. Gives how many were tried. */
export async function reconcileDue(context: ReconcileContext): Promise<number> {
  let tried = 0;
  for (const rail of context.rails.values()) {
    for (const day of await dueDays(context, rail.name)) {
      await reconcileDay(context, rail, day);
      tried += 1;
    }
  }
  return tried;
}

async function dueDays(context: ReconcileContext, rail: RailName): Promise<string[]> {
  const { database, nowMs } = context;
  const first = await database.query<{ at: Date | null }>(
    "select min(created_at) as at from charges where rail = $1 and rail <> 'wallet'",
    [rail],
  );
  const firstAt = first.rows[0]?.at ?? null;
  if (firstAt === null) return [];
  const newest = startOfChinaDay(chinaDay(new Date(nowMs() - readyAfterMs))).getTime() - dayMs;
  const oldest = Math.max(startOfChinaDay(chinaDay(firstAt)).getTime(), newest - (daysBack - 1) * dayMs);
  const days: string[] = [];
  for (let start = oldest; start <= newest; start += dayMs) days.push(chinaDay(new Date(start)));
  const { rows } = await database.query<{ day: string }>(
    "select day from reconciliations where rail = $1 and day = any($2) and (state = 'done' or next_try_at > $3)",
    [rail, days, new Date(nowMs())],
  );
  const known = new Set(rows.map(({ day }) => day));
  return days.filter((day) => !known.has(day));
}

async function isWithoutPayments(database: Queryable, rail: RailName, day: string): Promise<boolean> {
  const from = startOfChinaDay(day);
  const result = await database.query(
    "select 1 from charges where rail = $1 and rail <> 'wallet' and paid_at >= $2 and paid_at < $3 limit 1",
    [rail, from, new Date(from.getTime() + dayMs)],
  );
  return result.rowCount === 0;
}

async function storeBill(
  context: ReconcileContext,
  rail: RailName,
  day: string,
  lines: readonly BillLine[],
  at: Date,
): Promise<ReconcileOutcome> {
  return context.database.transaction(async (transaction) => {
    const payments = lines.filter(({ kind }) => kind === "payment");
    // The row first: whoever reconciles the same day at the same time waits for it.
    await transaction.query(
      `insert into reconciliations (rail, day, state, read_at, payments, payments_minor)
       values ($1, $2, 'done', $3, $4, $5)
       on conflict (rail, day) do update set state = 'done', reason = null, next_try_at = null,
         read_at = excluded.read_at, payments = excluded.payments, payments_minor = excluded.payments_minor`,
      [rail, day, at, payments.length, payments.reduce((sum, line) => sum + line.amountMinor, 0)],
    );
    await storeLines(transaction, rail, day, lines, at);
    const differences = compareBill(lines, await ourDay(transaction, context.refundBook, { rail, day, lines }));
    await storeDifferences(transaction, rail, day, differences);
    return { state: "done", differences: differences.length };
  });
}

async function storeLines(
  transaction: Queryable,
  rail: RailName,
  day: string,
  lines: readonly BillLine[],
  at: Date,
): Promise<void> {
  const oldest = chinaDay(new Date(at.getTime() - keepLinesDays * dayMs));
  await transaction.query("delete from bill_lines where rail = $1 and (day = $2 or day < $3)", [rail, day, oldest]);
  for (let first = 0; first < lines.length; first += linesAtATime) {
    const part = lines.slice(first, first + linesAtATime);
    await transaction.query(
      `insert into bill_lines (rail, day, position, kind, order_number, refund_number, transaction, amount_minor)
       select $1, $2, $3 + t.place, t.kind, t.order_number, t.refund_number, t.transaction, t.amount
       from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[])
         with ordinality as t (kind, order_number, refund_number, transaction, amount, place)`,
      [
        rail,
        day,
        first,
        part.map(({ kind }) => kind),
        part.map(({ orderNumber }) => orderNumber),
        part.map(({ refundNumber }) => refundNumber),
        part.map(({ transactionId }) => transactionId),
        part.map(({ amountMinor }) => amountMinor),
      ],
    );
  }
}

/** More than this is no list for a person; the count stays right. */
const mostDifferences = 1000;

async function storeDifferences(
  transaction: Queryable,
  rail: RailName,
  day: string,
  differences: readonly Difference[],
): Promise<void> {
  await transaction.query("update reconciliations set differences = $3 where rail = $1 and day = $2", [
    rail,
    day,
    differences.length,
  ]);
  await transaction.query("delete from reconciliation_differences where rail = $1 and day = $2", [rail, day]);
  for (const [position, each] of differences.slice(0, mostDifferences).entries()) {
    await transaction.query(
      `insert into reconciliation_differences
         (rail, day, position, kind, what, order_number, payment_id, ours_minor, theirs_minor, our_state)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        rail,
        day,
        position,
        each.kind,
        each.what,
        each.orderNumber.slice(0, 64),
        each.paymentId,
        each.oursMinor,
        each.theirsMinor,
        each.ourState,
      ],
    );
  }
}
