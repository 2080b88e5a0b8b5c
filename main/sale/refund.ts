import type { EntryBody, RefundReason } from "../../sync/protocol/entry-types.ts";
import { cashDueMinor } from "./cash.ts";
import { createLegs } from "./settlement.ts";

/** Everything that a refund says besides the sale that is given back. */
export type RefundParts = {
  refundId: string;
  reason: RefundReason;
  drawer: string;
  receiptNumber: number;
  tillNumber: number;
  /** The smallest step that cash can pay today. */
  cashRoundingMinor: number;
  noteCommitment?: string | undefined;
};

/**
 * The body of `refund.settled`: a whole sale given back in cash, its lines and taxes as they were sold. What is paid out is
 * the total as cash can pay it, and the postings are those of the sale the other way round, out of the drawer.
 */
export function refundSale(sale: EntryBody<"sale.settled">, parts: RefundParts): EntryBody<"refund.settled"> {
  const { totalMinor, currency, taxes, depositMinor, lines } = sale;
  const paidOutMinor = cashDueMinor(totalMinor, parts.cashRoundingMinor);
  const roundingMinor = paidOutMinor - totalMinor;
  const legs = createLegs();
  legs.post(`cash:${parts.drawer}`, -paidOutMinor);
  legs.post("rounding", roundingMinor);
  legs.postIncome(taxes, depositMinor ?? 0, 1);
  return {
    refundId: parts.refundId,
    saleId: sale.saleId,
    originalReceiptCode: sale.receiptCode,
    receiptNumber: parts.receiptNumber,
    receiptCode: `${parts.tillNumber}-${parts.receiptNumber}`,
    currency,
    priceIncludesTax: sale.priceIncludesTax,
    reason: parts.reason,
    ...(parts.noteCommitment === undefined ? {} : { noteCommitment: parts.noteCommitment }),
    lines,
    taxes,
    ...(depositMinor === undefined ? {} : { depositMinor }),
    totalMinor,
    roundingMinor,
    paidOutMinor,
    postings: legs.postings(parts.drawer, currency),
  };
}
