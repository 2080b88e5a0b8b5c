import type { LineDiscount } from "../../sync/protocol/entry-types.ts";
import { addMinor } from "../../sync/protocol/money.ts";
import { divideMinor } from "./division.ts";
import { unitPriceMinor, type BasketItemLine, type GivenDiscount } from "./line.ts";
import { scaleRounded } from "./rounding.ts";

/** A line with all its money: `totalMinor` is `grossMinor` less the discounts, the deposit stands beside it. */
export type PricedLine = {
  line: BasketItemLine;
  grossMinor: number;
  discounts: LineDiscount[];
  totalMinor: number;
  deposit?: { eachMinor: number; totalMinor: number };
};

/** The price of a line: pieces times price, or weight times price per kilogram rounded to the minor unit once. */
export function lineGrossMinor(line: BasketItemLine): number {
  const priceMinor = unitPriceMinor(line);
  if (line.weightGrams !== undefined) return scaleRounded(priceMinor, line.weightGrams, 1000);
  return priceMinor * (line.quantity ?? 0);
}

/** What a discount takes off an amount: its rate rounded once, or its amount, never more than there is. */
function discountMinor(discount: GivenDiscount, ofMinor: number): number {
  const wantedMinor =
    "ratePartsPerMillion" in discount
      ? scaleRounded(ofMinor, discount.ratePartsPerMillion, 1_000_000)
      : discount.amountMinor;
  return Math.min(wantedMinor, ofMinor);
}

/**
 * Prices the lines of a sale. The discount of the whole sale is of what the lines' own discounts leave, and is divided
 * among them in proportion to it, to the last unit; a line whose share is nothing carries none.
 */
export function priceLines(lines: readonly BasketItemLine[], saleDiscount?: GivenDiscount): PricedLine[] {
  const priced = lines.map(priceAlone);
  if (saleDiscount === undefined) return priced;
  const weights = priced.map(({ totalMinor }) => totalMinor);
  const shares = divideMinor(discountMinor(saleDiscount, addMinor(...weights)), weights);
  return priced.map((each, index) => withShare(each, saleDiscount, shares[index] ?? 0));
}

function priceAlone(line: BasketItemLine): PricedLine {
  const grossMinor = lineGrossMinor(line);
  const takenMinor = line.discount === undefined ? 0 : discountMinor(line.discount, grossMinor);
  const discounts = line.discount === undefined ? [] : [taken("line", line.discount, takenMinor)];
  const { depositMinor } = line.good;
  return {
    line,
    grossMinor,
    discounts,
    totalMinor: grossMinor - takenMinor,
    ...(depositMinor === undefined || depositMinor === 0
      ? {}
      : { deposit: { eachMinor: depositMinor, totalMinor: depositMinor * (line.quantity ?? 1) } }),
  };
}

function withShare(priced: PricedLine, discount: GivenDiscount, shareMinor: number): PricedLine {
  if (shareMinor === 0) return priced;
  const discounts = [...priced.discounts, taken("sale", discount, shareMinor)];
  return { ...priced, discounts, totalMinor: priced.totalMinor - shareMinor };
}

function taken(of: LineDiscount["of"], given: GivenDiscount, amountMinor: number): LineDiscount {
  if (!("ratePartsPerMillion" in given)) return { of, amountMinor };
  return { of, ratePartsPerMillion: given.ratePartsPerMillion, amountMinor };
}
