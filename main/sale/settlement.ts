import type { Posting } from "../../sync/protocol/entry.ts";
import type { EntryBody, SaleLine, SaleTax, Tender } from "../../sync/protocol/entry-types.ts";
import { addMinor, type Currency } from "../../sync/protocol/money.ts";
import { ageMinimumOf, type BasketState } from "./basket.ts";
import { cashDueMinor } from "./cash.ts";
import { unitPriceMinor } from "./line.ts";
import type { PricedLine } from "./pricing.ts";
import type { Totals } from "./totals.ts";

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
  /** The commitment to the sale's note, where it has one. */
  noteCommitment?: string | undefined;
};

/**
 * A cash tender for an amount. The rounding is its own figure, so that the drawer can be counted to the coin.
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
 * wallet paid beforehand, and sales, tax, deposits and rounding take the other side.
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
    lines: totals.lines.map(saleLine),
    taxes: totals.taxes,
    ...(totals.depositMinor === 0 ? {} : { depositMinor: totals.depositMinor }),
    ...(totals.discountMinor === 0 ? {} : { discountMinor: totals.discountMinor }),
    ...ageCheckOf(basket),
    ...(settlement.noteCommitment === undefined ? {} : { noteCommitment: settlement.noteCommitment }),
    totalMinor: totals.totalMinor,
    tenders: [...tenders],
    postings: settlementPostings(settlement),
  };
}

/** A check of goods that were taken out again says nothing about this sale. */
function ageCheckOf(basket: BasketState): Pick<EntryBody<"sale.settled">, "ageCheck"> {
  if (basket.age === undefined || ageMinimumOf(basket) === null) return {};
  const { minimum, at, person } = basket.age;
  return { ageCheck: { minimum, at, person } };
}

function saleLine({ line, discounts, deposit, totalMinor }: PricedLine): SaleLine {
  const { good } = line;
  return {
    lineId: line.lineId,
    itemId: good.itemId,
    ...(good.gtin14 === undefined ? {} : { gtin14: good.gtin14 }),
    name: good.name,
    unit: good.unit,
    ...(line.quantity === undefined ? {} : { quantity: line.quantity }),
    ...(line.weightGrams === undefined ? {} : { weightGrams: line.weightGrams }),
    unitPriceMinor: unitPriceMinor(line),
    ...(line.changedPriceMinor === undefined ? {} : { listPriceMinor: good.priceMinor }),
    ...(good.openPrice === undefined ? {} : { openPrice: good.openPrice }),
    ...(discounts.length === 0 ? {} : { discounts }),
    ...(deposit === undefined ? {} : { deposit }),
    ...(good.ageMinimum === undefined ? {} : { ageMinimum: good.ageMinimum }),
    totalMinor,
    taxClass: good.taxClass,
    ...(line.scanHex === undefined ? {} : { scanHex: line.scanHex }),
  };
}

function settlementPostings({ totals, tenders, currency, drawer }: Settlement): Posting[] {
  const legs = createLegs();
  for (const tender of tenders) {
    if (tender.kind === "wallet") {
      legs.post("suspense", tender.amountMinor);
    } else {
      legs.post(`cash:${drawer}`, tender.tenderedMinor - tender.changeMinor);
      legs.post("rounding", -tender.roundingMinor);
    }
  }
  legs.postIncome(totals.taxes, totals.depositMinor, -1);
  return legs.postings(drawer, currency);
}

/** Legs of an entry, one per account. */
export function createLegs(): {
  post(account: string, amountMinor: number): void;
  /** What goods came to: sales and tax of each class, and deposits; `sign` is -1 for a sale and 1 for a refund. */
  postIncome(taxes: readonly SaleTax[], depositMinor: number, sign: 1 | -1): void;
  postings(drawer: string, currency: Currency): Posting[];
} {
  const sums = new Map<string, number>();
  const post = (account: string, amountMinor: number) =>
    void sums.set(account, addMinor(sums.get(account) ?? 0, amountMinor));
  return {
    post,
    postIncome(taxes, depositMinor, sign) {
      for (const tax of taxes) {
        post(`sales:${tax.taxClass}`, sign * (tax.grossMinor - tax.taxMinor));
        post(`tax:${tax.ratePartsPerMillion}`, sign * tax.taxMinor);
      }
      post("deposit", sign * depositMinor);
    },
    postings(drawer, currency) {
      const legs = [...sums].filter(([, amountMinor]) => amountMinor !== 0);
      // A sale of goods that cost nothing still has to show that it moved nothing.
      if (legs.length === 0) legs.push([`cash:${drawer}`, 0], ["rounding", 0]);
      return legs.map(([account, amountMinor]) => ({ account, amountMinor, currency }));
    },
  };
}
