import { addMinor } from "../../sync/protocol/money.ts";
import { bounded, withLine, type BasketChange, type BasketState } from "./basket.ts";
import { unitPriceMinor, type BasketItemLine, type GivenDiscount } from "./line.ts";
import { lineGrossMinor, priceLines } from "./pricing.ts";

/**
 * Sells a line at another price. The catalogue's own price takes the change back; on a good whose price was typed the new
 * one takes its place. The discount of the line stays.
 */
export function setPrice(basket: BasketState, lineId: string, priceMinor: number): BasketChange {
  const line = lineOf(basket, lineId);
  if (line === undefined) return { refused: "basket.line-unknown", params: {} };
  const { changedPriceMinor: _before, ...plain } = line;
  if (line.good.openPrice === true) return bounded(withLine(basket, { ...plain, good: { ...line.good, priceMinor } }));
  const changed = priceMinor === line.good.priceMinor ? plain : { ...plain, changedPriceMinor: priceMinor };
  return bounded(withLine(basket, changed));
}

/** The price at which a line is sold now, undefined where there is no such line. */
export function priceOf(basket: BasketState, lineId: string): { itemId: string; priceMinor: number } | undefined {
  const line = lineOf(basket, lineId);
  return line === undefined ? undefined : { itemId: line.good.itemId, priceMinor: unitPriceMinor(line) };
}

/** Takes something off a line, in the place of what was taken off before; without a discount nothing is. */
export function discountLine(basket: BasketState, lineId: string, discount: GivenDiscount | undefined): BasketChange {
  const line = lineOf(basket, lineId);
  if (line === undefined) return { refused: "basket.line-unknown", params: {} };
  const { discount: _before, ...plain } = line;
  if (discount === undefined) return withLine(basket, plain);
  if (isTooLarge(discount, lineGrossMinor(line))) return { refused: "basket.discount-too-large", params: {} };
  return withLine(basket, { ...plain, discount });
}

/** Takes something off the whole sale, in the place of what was taken off before; without a discount nothing is. */
export function discountSale(basket: BasketState, discount: GivenDiscount | undefined): BasketChange {
  const { saleDiscount: _before, ...plain } = basket;
  if (discount === undefined) return plain;
  if (basket.lines.length === 0) return { refused: "basket.empty", params: {} };
  if (isTooLarge(discount, saleBaseMinor(basket))) return { refused: "basket.discount-too-large", params: {} };
  return { ...plain, saleDiscount: discount };
}

/**
 * Takes out the amounts that no longer fit the goods: of three bottles with 10.00 off, two are left that cost 9.00. Such a
 * discount falls away whole, so that the goods have their full price again and nothing is given away that nobody
 * decided; the caller says so to the cashier. Percentages always fit.
 */
export function dropTooLarge(basket: BasketState): { basket: BasketState; dropped: boolean } {
  let dropped = false;
  const lines = basket.lines.map((line) => {
    if (line.discount === undefined || !isTooLarge(line.discount, lineGrossMinor(line))) return line;
    dropped = true;
    const { discount: _gone, ...plain } = line;
    return plain;
  });
  const fitting = dropped ? { ...basket, lines } : basket;
  const { saleDiscount, ...plain } = fitting;
  if (saleDiscount === undefined || !isTooLarge(saleDiscount, saleBaseMinor(fitting))) {
    return { basket: fitting, dropped };
  }
  return { basket: plain, dropped: true };
}

function lineOf(basket: BasketState, lineId: string): BasketItemLine | undefined {
  return basket.lines.find((candidate) => candidate.lineId === lineId);
}

/** What a discount of the whole sale is of: the goods less what was taken off the lines themselves. */
function saleBaseMinor({ lines }: BasketState): number {
  return addMinor(...priceLines(lines).map(({ totalMinor }) => totalMinor));
}

function isTooLarge(discount: GivenDiscount, ofMinor: number): boolean {
  return "amountMinor" in discount && discount.amountMinor > ofMinor;
}
