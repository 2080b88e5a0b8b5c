import type { AnswerCode } from "../../sync/protocol/answer-codes.ts";
import type { EntryBody, SaleLine, Tender } from "../../sync/protocol/entry-types.ts";
import type { Queryable } from "../database/database.ts";
import { rulesConflict } from "./compare-rules.ts";
import type { EntryPlace } from "./sales-store.ts";

type Sale = EntryBody<"sale.settled">;
type WalletTender = Extract<Tender, { kind: "wallet" }>;

/** Its own place in the order of reading: of two that are alike, only the later one is in view. */
export const ownPosition = "(select position from sales where ledger = $1 and seq = $2)";

/** What of a sale that stands in the books already differs from what else is in them, or null. */
export async function saleConflict(
  transaction: Queryable,
  place: EntryPlace,
  sale: Sale,
  training: boolean,
): Promise<AnswerCode | null> {
  const same = await transaction.query<{ same_sale: boolean }>(
    `select kind = 'sale' and sale_id = $3 as same_sale from sales
     where position < ${ownPosition} and ((kind = 'sale' and sale_id = $3) or (till_id = $4 and receipt_code = $5))
     order by 1 desc limit 1`,
    [place.ledger, place.seq, sale.saleId, place.tillId, sale.receiptCode],
  );
  const other = same.rows[0];
  if (other !== undefined) return other.same_sale ? "sale.twice" : "receipt.twice";
  if (await hasUnknownTaxClass(transaction, sale.lines)) return "tax-class.unknown";
  const otherRule = await rulesConflict(transaction, place, sale);
  if (otherRule !== null || training) return otherRule;
  for (const tender of walletTenders(sale)) {
    if (!(await isPaid(transaction, place, sale, tender))) return "payment.unmatched";
  }
  return null;
}

/** The wallet tenders of a sale. */
export function walletTenders(sale: Sale): WalletTender[] {
  return sale.tenders.filter((tender) => tender.kind === "wallet");
}

/** A class that is gone from the catalogue was known all the same: its goods may still be on a till's screen. */
async function hasUnknownTaxClass(transaction: Queryable, lines: readonly SaleLine[]): Promise<boolean> {
  const classes = [...new Set(lines.map((line) => line.taxClass))];
  const known = await transaction.query("select 1 from changes where kind = 'tax-class' and id = any($1::text[])", [
    classes,
  ]);
  return known.rowCount !== classes.length;
}

/** Whether we hold this payment as paid, by this till and for this sale, and no earlier sale was paid with it. */
async function isPaid(transaction: Queryable, place: EntryPlace, sale: Sale, tender: WalletTender): Promise<boolean> {
  const result = await transaction.query(
    `select 1 from charges where payment_id = $3 and state = 'paid' and till_id = $4 and sale_id = $5
       and amount_minor = $6 and currency = $7 and number = $8
       and not exists (select 1 from tenders d join sales s on s.ledger = d.ledger and s.seq = d.seq
         where d.payment_id = $3 and s.position < ${ownPosition})`,
    [
      place.ledger,
      place.seq,
      tender.paymentId,
      place.tillId,
      sale.saleId,
      tender.amountMinor,
      sale.currency,
      tender.number,
    ],
  );
  return result.rowCount === 1;
}
