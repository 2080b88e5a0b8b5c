import type { AnswerCode } from "../../sync/protocol/answer-codes.ts";
import { canonicalise, parseCanonical, type CanonicalValue } from "../../sync/protocol/canonical.ts";
import { entryFieldsSchema } from "../../sync/protocol/entry.ts";
import { entryBodySchemas, type EntryBody, type SaleLine, type Tender } from "../../sync/protocol/entry-types.ts";
import type { Queryable } from "../database/database.ts";
import { rulesConflict } from "./compare-rules.ts";
import type { EntryPlace } from "./sales-store.ts";

type Sale = EntryBody<"sale.settled">;
type Refund = EntryBody<"refund.settled">;
type WalletTender = Extract<Tender, { kind: "wallet" }>;

/** A sale of this store that came before, as a refund of it needs it. */
export type KnownSale = { ledger: string; seq: number; receiptCode: string; currency: string; totalMinor: number };

/** Its own place in the order of reading: of two that are alike, only the later one is in view. */
const ownPosition = "(select position from sales where ledger = $1 and seq = $2)";

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

/** The same of a refund; `sale` is the one that it gives back, null where that has not arrived. */
export async function refundConflict(
  transaction: Queryable,
  place: EntryPlace,
  refund: Refund,
  sale: KnownSale | null,
): Promise<AnswerCode | null> {
  const same = await transaction.query<{ same_sale: boolean }>(
    `select kind = 'refund' and (sale_id = $3 or refund_id = $4) as same_sale from sales
     where position < ${ownPosition}
       and ((kind = 'refund' and (sale_id = $3 or refund_id = $4)) or (till_id = $5 and receipt_code = $6))
     order by 1 desc limit 1`,
    [place.ledger, place.seq, refund.saleId, refund.refundId, place.tillId, refund.receiptCode],
  );
  const other = same.rows[0];
  if (other !== undefined) return other.same_sale ? "refund.twice" : "receipt.twice";
  if (sale === null) return "refund.sale-unknown";
  if (sale.currency !== refund.currency || sale.receiptCode !== refund.originalReceiptCode) return "refund.differs";
  if (refund.totalMinor > sale.totalMinor) return "refund.larger";
  return (await givesBackAll(transaction, sale, refund)) ? null : "refund.differs";
}

/** Whether a refund gives back what was sold: the same lines and taxes, so that nothing is left of the sale in any account. */
async function givesBackAll(transaction: Queryable, place: KnownSale, refund: Refund): Promise<boolean> {
  const stored = await transaction.query<{ text: Buffer }>("select text from entries where ledger = $1 and seq = $2", [
    place.ledger,
    place.seq,
  ]);
  const text = stored.rows[0]?.text.toString("utf8") ?? "";
  const sale = entryBodySchemas["sale.settled"].parse(entryFieldsSchema.parse(parseCanonical(text)).body);
  return goodsText(sale) === goodsText(refund);
}

function goodsText({ lines, taxes, priceIncludesTax, depositMinor = 0 }: Sale | Refund): string {
  return canonicalise({ lines, taxes, priceIncludesTax, depositMinor } as CanonicalValue);
}

/** The first sale with this id that a till of the same store has made, or null. */
export async function saleOfRefund(
  transaction: Queryable,
  place: EntryPlace,
  saleId: string,
  training: boolean,
): Promise<KnownSale | null> {
  const result = await transaction.query<KnownSale>(
    `select s.ledger, s.seq, s.receipt_code as "receiptCode", s.currency, s.total_minor as "totalMinor"
     from sales s join tills t on t.id = s.till_id
     where s.sale_id = $1 and s.kind = 'sale' and s.training = $2 and t.store_id = $3 order by s.position limit 1`,
    [saleId, training, place.storeId],
  );
  return result.rows[0] ?? null;
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
