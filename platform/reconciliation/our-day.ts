import type { Queryable } from "../database/database.ts";
import { startOfChinaDay } from "../rails/china-time.ts";
import { idOfOrderNumber, orderNumberOf } from "../rails/order-number.ts";
import type { BillLine, RailName } from "../rails/rail.ts";
import type { OurCharge, OurDay, OurRefund } from "./compare-bill.ts";
import type { RefundBook } from "./refund-book.ts";

const dayMs = 24 * 3_600_000;

/** What went back is asked for in the bills a little late, so that two clocks may differ by as much around midnight. */
const clockSlackMs = 3_600_000;

type ChargeRow = { payment_id: string; amount_minor: number; state: string; booked: boolean; of_day: boolean };

const chargesSql = `
select payment_id, amount_minor, state, transfer_id is not null as booked,
  paid_at is not null and paid_at >= $3 and paid_at < $4 as of_day
from charges where rail = $1 and rail <> 'wallet' and (payment_id = any($2::uuid[]) or (paid_at >= $3 and paid_at < $4))`;

/** Gathers what the platform has of a day over a rail. The bill's lines are stored already. */
export async function ourDay(
  database: Queryable,
  refundBook: RefundBook,
  asked: { rail: RailName; day: string; lines: readonly BillLine[] },
): Promise<OurDay> {
  const { rail, day, lines } = asked;
  const from = startOfChinaDay(day);
  const to = new Date(from.getTime() + dayMs);
  const late = [new Date(from.getTime() - clockSlackMs), new Date(to.getTime() - clockSlackMs)] as const;
  const reversedIds = await reversedBetween(database, rail, ...late);
  const refunded = await refundBook.doneBetween(rail, ...late);
  const named = await refundBook.byIds(idsOf(lines.map(({ refundNumber }) => refundNumber ?? "")));
  const refunds = [...new Map([...refunded, ...named].map((refund) => [refund.refundId, refund])).values()];
  const ids = [...idsOf(lines.map(({ orderNumber }) => orderNumber)), ...reversedIds, ...paymentsOf(refunded)];
  const { rows } = await database.query<ChargeRow>(chargesSql, [rail, ids, from, to]);
  const charges = rows.map(toCharge);
  return {
    charges,
    reversedIds,
    refunds,
    refundedIds: refunded.map(({ refundId }) => refundId),
    ...(await backsOf(database, rail, [...charges.map(({ paymentId }) => paymentId), ...reversedIds])),
  };
}

function toCharge(row: ChargeRow): OurCharge {
  const { payment_id: paymentId, amount_minor: amountMinor, state, booked: isBooked, of_day: isOfDay } = row;
  return { paymentId, amountMinor, state, isBooked, isOfDay };
}

async function reversedBetween(database: Queryable, rail: RailName, from: Date, to: Date): Promise<string[]> {
  const { rows } = await database.query<{ payment_id: string }>(
    `select c.payment_id from transfers f join charges c on c.payment_id = f.reference::uuid
     where f.kind = 'reversal' and f.at >= $2 and f.at < $3 and c.rail = $1`,
    [rail, from, to],
  );
  return rows.map((row) => row.payment_id);
}

/** What any stored bill says went back of these payments. */
async function backsOf(
  database: Queryable,
  rail: RailName,
  paymentIds: readonly string[],
): Promise<Pick<OurDay, "backOrders" | "backRefunds">> {
  const { rows } = await database.query<{ order_number: string; refund_number: string | null }>(
    `select order_number, refund_number from bill_lines
     where rail = $1 and kind <> 'payment' and order_number = any($2::text[])`,
    [rail, paymentIds.map(orderNumberOf)],
  );
  const isWhole = (row: { order_number: string; refund_number: string | null }): boolean =>
    row.refund_number === null || row.refund_number === row.order_number;
  return {
    backOrders: new Set(rows.filter(isWhole).map((row) => row.order_number)),
    backRefunds: new Set(rows.flatMap((row) => row.refund_number ?? [])),
  };
}

function idsOf(orderNumbers: readonly string[]): string[] {
  return orderNumbers.flatMap((number) => idOfOrderNumber(number) ?? []);
}

function paymentsOf(refunds: readonly OurRefund[]): string[] {
  return refunds.map(({ paymentId }) => paymentId);
}
