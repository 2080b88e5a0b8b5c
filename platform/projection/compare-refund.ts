import type { AnswerCode } from "../../sync/protocol/answer-codes.ts";
import { canonicalise, parseCanonical, type CanonicalValue } from "../../sync/protocol/canonical.ts";
import { entryFieldsSchema } from "../../sync/protocol/entry.ts";
import { entryBodySchemas, type EntryBody } from "../../sync/protocol/entry-types.ts";
import type { Queryable } from "../database/database.ts";
import { ownPosition } from "./compare-sale.ts";
import { refundVerdict } from "./refund-left.ts";
import type { EntryPlace } from "./sales-store.ts";

type Sale = EntryBody<"sale.settled">;
type Refund = EntryBody<"refund.settled">;

/** A sale of this store that came before, as a refund of it needs it. */
export type KnownSale = { ledger: string; seq: number; receiptCode: string; currency: string };

/** No till gives a sale back in more parts than this; each is held against all before it. */
const mostRefundsOfSale = 100;

/**
 * What of a refund that stands in the books already differs from what else is in them, or null. `sale` is the one that it gives
 * back, null where that has not arrived.
 */
export async function refundConflict(
  transaction: Queryable,
  place: EntryPlace,
  refund: Refund,
  sale: KnownSale | null,
): Promise<AnswerCode | null> {
  const same = await transaction.query<{ same_refund: boolean }>(
    `select kind = 'refund' and refund_id = $3 as same_refund from sales
     where position < ${ownPosition}
       and ((kind = 'refund' and refund_id = $3) or (till_id = $4 and receipt_code = $5))
     order by 1 desc limit 1`,
    [place.ledger, place.seq, refund.refundId, place.tillId, refund.receiptCode],
  );
  const other = same.rows[0];
  if (other !== undefined) return other.same_refund ? "refund.twice" : "receipt.twice";
  if (sale === null) return "refund.sale-unknown";
  if (sale.currency !== refund.currency || sale.receiptCode !== refund.originalReceiptCode) return "refund.differs";
  const before = await refundsBefore(transaction, place, refund);
  if (before.length > mostRefundsOfSale) return "refund.larger";
  const sold = await saleAt(transaction, sale);
  const verdict = refundVerdict(sold, before, refund);
  if (verdict !== null || refund.payouts !== undefined) return verdict;
  // An older till gives back whole sales only.
  return goodsText(sold) === goodsText(refund) ? null : "refund.differs";
}

/** The first sale with this id that a till of the same store has made, or null. */
export async function saleOfRefund(
  transaction: Queryable,
  place: EntryPlace,
  saleId: string,
  training: boolean,
): Promise<KnownSale | null> {
  const result = await transaction.query<KnownSale>(
    `select s.ledger, s.seq, s.receipt_code as "receiptCode", s.currency
     from sales s join tills t on t.id = s.till_id
     where s.sale_id = $1 and s.kind = 'sale' and s.training = $2 and t.store_id = $3 order by s.position limit 1`,
    [saleId, training, place.storeId],
  );
  return result.rows[0] ?? null;
}

async function saleAt(transaction: Queryable, { ledger, seq }: KnownSale): Promise<Sale> {
  const stored = await transaction.query<{ text: Buffer }>("select text from entries where ledger = $1 and seq = $2", [
    ledger,
    seq,
  ]);
  return entryBodySchemas["sale.settled"].parse(bodyOf(stored.rows[0]?.text));
}

/** The refunds of the same sale that were read before this one, whatever was said of them: their money is gone. */
async function refundsBefore(transaction: Queryable, place: EntryPlace, refund: Refund): Promise<Refund[]> {
  const stored = await transaction.query<{ text: Buffer }>(
    `select e.text from sales s join entries e on e.ledger = s.ledger and e.seq = s.seq
     where s.kind = 'refund' and s.sale_id = $3 and s.refund_id <> $4 and s.position < ${ownPosition}
       and s.training = (select training from sales where ledger = $1 and seq = $2)
     order by s.position limit ${mostRefundsOfSale + 1}`,
    [place.ledger, place.seq, refund.saleId, refund.refundId],
  );
  return stored.rows.map(({ text }) => entryBodySchemas["refund.settled"].parse(bodyOf(text)));
}

function bodyOf(text: Buffer | undefined): Record<string, unknown> {
  return entryFieldsSchema.parse(parseCanonical(text?.toString("utf8") ?? "")).body;
}

function goodsText({ lines, taxes, priceIncludesTax, depositMinor = 0 }: Sale | Refund): string {
  return canonicalise({ lines, taxes, priceIncludesTax, depositMinor } as CanonicalValue);
}
