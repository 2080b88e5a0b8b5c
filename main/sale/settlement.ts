import type { Posting } from "../../sync/protocol/entry.ts";
import type { EntryBody, SaleLine, SaleTax, Tender } from "../../sync/protocol/entry-types.ts";
import { addMinor, type Currency } from "../../sync/protocol/money.ts";
import type { BasketState } from "./basket.ts";
import type { BasketItemLine } from "./line.ts";
import { cashDueMinor } from "./cash.ts";
import { lineTotalMinor, type Totals } from "./totals.ts";

/** Everything that a settled sale says besides its basket. */
export type Settlement = {
  basket: BasketState;
  totals: Totals;
  tenders: readonly Tender[];
  currency: Currency;
  drawer: string;
  receiptNumber: number;
  tillNumber: number;
  priceIncludesTax: boolean;
  catalogCursor: number;
};

/**
 * A cash tender for a whole total. The rounding is its own figure, so that the drawer can be counted to the coin.
 * @throws RangeError when less is tendered than is due.
 */
export function cashTender(
  totalMinor: number,
  tenderedMinor: number,
  roundingMinor: number,
): Tender & { kind: "cash" } {
  const dueMinor = cashDueMinor(totalMinor, roundingMinor);
  if (tenderedMinor < dueMinor) throw new RangeError("Less cash than is due");
  return {
    kind: "cash",
    amountMinor: totalMinor,
    roundingMinor: dueMinor - totalMinor,
    tenderedMinor,
    changeMinor: tenderedMinor - dueMinor,
  };
}

/**
 * The body of `sale.settled`. Debits are positive: the drawer gets what stays in it, `suspense` is cleared of what the
 * wallet paid beforehand, and sales, tax and rounding take the other side.
 * @throws RangeError when the tenders do not cover the total exactly.
 */
export function settleSale(settlement: Settlement): EntryBody<"sale.settled"> {
  const { basket, totals, tenders, currency } = settlement;
  const covered = addMinor(...tenders.map((tender) => tender.amountMinor));
  if (covered !== totals.totalMinor) throw new RangeError("The tenders do not cover the total");
  return {
    saleId: basket.saleId,
    receiptNumber: settlement.receiptNumber,
    receiptCode: `${settlement.tillNumber}-${settlement.receiptNumber}`,
    currency,
    priceIncludesTax: settlement.priceIncludesTax,
    catalogCursor: settlement.catalogCursor,
    lines: basket.lines.map(saleLine),
    taxes: totals.taxes,
    totalMinor: totals.totalMinor,
    tenders: [...tenders],
    postings: settlementPostings(settlement),
  };
}

function saleLine(line: BasketItemLine): SaleLine {
  return {
    lineId: line.lineId,
    itemId: line.good.itemId,
    ...(line.good.gtin14 === undefined ? {} : { gtin14: line.good.gtin14 }),
    name: line.good.name,
    unit: line.good.unit,
    ...(line.quantity === undefined ? {} : { quantity: line.quantity }),
    ...(line.weightGrams === undefined ? {} : { weightGrams: line.weightGrams }),
    unitPriceMinor: line.good.priceMinor,
    totalMinor: lineTotalMinor(line),
    taxClass: line.good.taxClass,
    ...(line.scanHex === undefined ? {} : { scanHex: line.scanHex }),
  };
}

function settlementPostings({ totals, tenders, currency, drawer }: Settlement): Posting[] {
  const sums = new Map<string, number>();
  const post = (account: string, amountMinor: number) =>
    sums.set(account, addMinor(sums.get(account) ?? 0, amountMinor));
  for (const tender of tenders) {
    if (tender.kind === "wallet") {
      post("suspense", tender.amountMinor);
    } else {
      post(`cash:${drawer}`, tender.tenderedMinor - tender.changeMinor);
      post("rounding", -tender.roundingMinor);
    }
  }
  for (const tax of totals.taxes) postTax(post, tax);
  const legs = [...sums].filter(([, amountMinor]) => amountMinor !== 0);
  // A sale of goods that cost nothing still has to show that it moved nothing.
  if (legs.length === 0) legs.push([`cash:${drawer}`, 0], ["rounding", 0]);
  return legs.map(([account, amountMinor]) => ({ account, amountMinor, currency }));
}

function postTax(post: (account: string, amountMinor: number) => void, tax: SaleTax): void {
  post(`sales:${tax.taxClass}`, -(tax.grossMinor - tax.taxMinor));
  post(`tax:${tax.ratePartsPerMillion}`, -tax.taxMinor);
}
