import type { z } from "zod";
import { declineCodes } from "../../sync/protocol/api.ts";
import type { OperatorPayment, paymentsResponseSchema } from "../../sync/protocol/operator-api.ts";
import type { Queryable } from "../database/database.ts";

type PaymentRow = Omit<OperatorPayment, "commissionMinor" | "code" | "at" | "receiptCode"> & {
  commission: number | null;
  code: string | null;
  at: Date;
  receipt: string | null;
};

const paymentsSql = `
select c.position, c.payment_id as "paymentId", c.number, t.store_id as "storeId", t.number as "tillNumber",
  c.amount_minor as "amountMinor", c.currency, c.commission_minor as commission, c.code, c.rail,
  case when c.state = 'asked' or c.state = 'reversing' and c.closing then 'unknown' else c.state end as state, c.created_at as at,
  (select s.receipt_code from tenders d join sales s on s.ledger = d.ledger and s.seq = d.seq
     where d.payment_id = c.payment_id and s.kind = 'sale' and not s.training order by s.position limit 1) as receipt
from charges c join tills t on t.id = c.till_id
where c.position < $1 and c.state <> 'new' order by c.position desc limit $2`;

/** Charges of all shops, the newest first, before a position where one is given. */
export async function paymentsBefore(
  database: Queryable,
  before: number,
  limit: number,
): Promise<z.infer<typeof paymentsResponseSchema>> {
  const result = await database.query<PaymentRow>(paymentsSql, [before, limit + 1]);
  const payments = result.rows.slice(0, limit).map(({ commission, code, at, receipt, ...row }) => {
    const declined = declineCodes.find((each) => each === code);
    return {
      ...row,
      ...(commission === null ? {} : { commissionMinor: commission }),
      ...(declined === undefined ? {} : { code: declined }),
      at: at.toISOString(),
      ...(receipt === null ? {} : { receiptCode: receipt }),
    };
  });
  return { payments, more: result.rows.length > limit };
}
