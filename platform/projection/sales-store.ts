import type { EntryBody } from "../../sync/protocol/entry-types.ts";
import type { EntryFields } from "../../sync/protocol/entry.ts";
import type { Queryable } from "../database/database.ts";
import { payoutsOf } from "./refund-arithmetic.ts";

/** Where an entry stands, and whose it is. */
export type EntryPlace = { tillId: string; storeId: string; ledger: string; seq: number; hash: string };

type Row = {
  kind: "sale" | "refund";
  saleId: string;
  refundId: string | null;
  receiptCode: string;
  currency: string;
  totalMinor: number;
  tenders: readonly { kind: string; amountMinor: number; paymentId: string | null }[];
};

/** Reads a sale into the books, once: judged again, it stands there already. */
export async function insertSale(
  transaction: Queryable,
  place: EntryPlace,
  fields: EntryFields,
  sale: EntryBody<"sale.settled">,
): Promise<void> {
  const { saleId, receiptCode, currency, totalMinor } = sale;
  const tenders = sale.tenders.map((tender) => ({
    kind: tender.kind,
    amountMinor: tender.amountMinor,
    paymentId: tender.kind === "wallet" ? tender.paymentId : null,
  }));
  await insert(transaction, place, fields, {
    kind: "sale",
    saleId,
    refundId: null,
    receiptCode,
    currency,
    totalMinor,
    tenders,
  });
}

/** Reads a refund into the books, once, as a sale below zero with what each of its payouts gave back. */
export async function insertRefund(
  transaction: Queryable,
  place: EntryPlace,
  fields: EntryFields,
  refund: EntryBody<"refund.settled">,
): Promise<void> {
  const { saleId, refundId, receiptCode, currency } = refund;
  const totalMinor = -refund.totalMinor;
  // The payment is named by the sale alone: a refund of it is no second sale that was paid with it.
  const tenders = payoutsOf(refund).map(({ kind, amountMinor }) => ({
    kind,
    amountMinor: -amountMinor,
    paymentId: null,
  }));
  await insert(transaction, place, fields, {
    kind: "refund",
    saleId,
    refundId,
    receiptCode,
    currency,
    totalMinor,
    tenders,
  });
}

/** The sales that name one of these payments. */
export async function salesPaidBy(
  database: Queryable,
  paymentIds: readonly string[],
): Promise<{ ledger: string; seq: number }[]> {
  if (paymentIds.length === 0) return [];
  const result = await database.query<{ ledger: string; seq: number }>(
    "select distinct ledger, seq from tenders where payment_id = any($1::uuid[]) order by ledger, seq",
    [paymentIds],
  );
  return result.rows;
}

async function insert(transaction: Queryable, place: EntryPlace, fields: EntryFields, row: Row): Promise<void> {
  const { tillId, ledger, seq } = place;
  const there = await transaction.query(
    "select 1 from sales where ledger = $1 and seq = $2 and sale_id = $3 and kind = $4",
    [ledger, seq, row.saleId, row.kind],
  );
  if (there.rowCount === 1) return;
  await transaction.query(
    `insert into sales (ledger, seq, till_id, kind, sale_id, refund_id, receipt_code, business_day, time, training,
       currency, total_minor)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ledger,
      seq,
      tillId,
      row.kind,
      row.saleId,
      row.refundId,
      row.receiptCode,
      fields.businessDay,
      fields.time,
      fields.training,
      row.currency,
      row.totalMinor,
    ],
  );
  await transaction.query(
    `insert into tenders (ledger, seq, position, kind, amount_minor, payment_id)
     select $1, $2, t.position, t.kind, t.amount_minor, t.payment_id
     from unnest($3::int[], $4::text[], $5::bigint[], $6::uuid[]) as t (position, kind, amount_minor, payment_id)`,
    [
      ledger,
      seq,
      row.tenders.map((_, index) => index),
      row.tenders.map((tender) => tender.kind),
      row.tenders.map((tender) => tender.amountMinor),
      row.tenders.map((tender) => tender.paymentId),
    ],
  );
}
