import type { Database } from "../database/database.ts";
import type { OurRefund } from "../reconciliation/compare-bill.ts";
import type { RefundBook } from "../reconciliation/refund-book.ts";

type Row = { id: string; payment_id: string; amount_minor: number };

/** The refunds over rails, as a day's bill is held against them. Each has at its rail the number of its payout. */
export function refundBook(database: Database): RefundBook {
  return {
    async byIds(ids) {
      const { rows } = await database.query<Row>(
        "select id, payment_id, amount_minor from refunds where id = any($1::uuid[]) and rail <> 'wallet'",
        [ids],
      );
      return rows.map(toOurs);
    },
    async doneBetween(rail, from, to) {
      const { rows } = await database.query<Row>(
        `select id, payment_id, amount_minor from refunds
         where rail = $1 and state = 'done' and done_at >= $2 and done_at < $3`,
        [rail, from, to],
      );
      return rows.map(toOurs);
    },
  };
}

function toOurs({ id, payment_id, amount_minor }: Row): OurRefund {
  return { refundId: id, paymentId: payment_id, amountMinor: amount_minor };
}
