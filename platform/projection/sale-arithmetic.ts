import type { AnswerCode } from "../../sync/protocol/answer-codes.ts";
import { entryPostings, unbalancedCurrencies } from "../../sync/protocol/entry.ts";
import type { EntryBody, SaleLine, SaleTax, Tender } from "../../sync/protocol/entry-types.ts";
import { addMinor } from "../../sync/protocol/money.ts";
import { depositsMinor, discountsMinor, linesDifference } from "./line-arithmetic.ts";
import { refundPostingsAddUp, salePostingsAddUp } from "./posting-arithmetic.ts";
import { partDifference, payoutsAddUp } from "./refund-arithmetic.ts";
import { taxesAddUp } from "./tax-arithmetic.ts";

type Sale = EntryBody<"sale.settled">;
type Refund = EntryBody<"refund.settled">;

/** What sales and refunds have in common. */
type Goods = {
  lines: readonly SaleLine[];
  taxes: readonly SaleTax[];
  priceIncludesTax: boolean;
  depositMinor?: number | undefined;
  totalMinor: number;
};

/**
 * The first part of a sale that comes to something else when it is worked out again from the amounts that it names, or
 * null: lines, discounts, deposits, tax classes, total, tenders, postings, and whether somebody looked at the shopper's age.
 * Training has accounts of its own, so that of its postings only the balance is judged.
 */
export function saleDifference(sale: Sale, training: boolean): AnswerCode | null {
  return withoutOverflow(() => {
    const goods = goodsDifference(sale);
    if (goods !== null) return goods;
    if ((sale.discountMinor ?? 0) !== discountsMinor(sale.lines)) return "discount.differs";
    const tendered = addMinor(...sale.tenders.map((tender) => tender.amountMinor));
    if (!sale.tenders.every(tenderAddsUp) || tendered !== sale.totalMinor) return "tender.differs";
    if (!(training ? isBalanced(sale) : salePostingsAddUp(sale))) return "postings.differs";
    return ageWasChecked(sale) ? null : "age-check.missing";
  });
}

/** The same of a refund. One of an older till is always of a whole sale; what is paid out is its total. */
export function refundDifference(refund: Refund, training: boolean): AnswerCode | null {
  return withoutOverflow(() => {
    const goods = refund.payouts === undefined ? goodsDifference(refund) : partDifference(refund);
    if (goods !== null) return goods;
    if (!payoutsAddUp(refund)) return "tender.differs";
    return (training ? isBalanced(refund) : refundPostingsAddUp(refund)) ? null : "postings.differs";
  });
}

function goodsDifference(goods: Goods): AnswerCode | null {
  const lines = linesDifference(goods.lines);
  if (lines !== null) return lines;
  const deposits = depositsMinor(goods.lines);
  if ((goods.depositMinor ?? 0) !== deposits) return "deposit.differs";
  if (!taxesAddUp(goods)) return "tax.differs";
  const total = addMinor(deposits, ...goods.taxes.map((tax) => tax.grossMinor));
  return total === goods.totalMinor ? null : "total.differs";
}

function tenderAddsUp(tender: Tender): boolean {
  if (tender.kind === "wallet") return true;
  return addMinor(tender.amountMinor, tender.roundingMinor) === addMinor(tender.tenderedMinor, -tender.changeMinor);
}

function ageWasChecked(sale: Sale): boolean {
  const minimum = Math.max(0, ...sale.lines.map((line) => line.ageMinimum ?? 0));
  return minimum <= (sale.ageCheck?.minimum ?? 0);
}

function isBalanced(body: Sale | Refund): boolean {
  return unbalancedCurrencies(entryPostings(body)).length === 0;
}

/** A sum beyond 2^53 adds up to nothing. */
function withoutOverflow(work: () => AnswerCode | null): AnswerCode | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return "total.differs";
    throw error;
  }
}
