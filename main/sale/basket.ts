import type { Names } from "../../sync/protocol/entry-types.ts";
import type { TillErrorCode } from "../contract/errors.ts";
import type { BasketItemLine, GivenDiscount, Good } from "./line.ts";
import { lineGrossMinor } from "./pricing.ts";
import { fitsOneSale } from "./room.ts";

/** Somebody of the shop looked at the shopper's age. `minimum` is the highest age that the goods then asked for. */
export type AgeCheck = { minimum: number; at: string; person: string; name: Names };

/** The open basket. `addedCount` rises with each addition, so that each can be shown and sounded once. */
export type BasketState = {
  saleId: string;
  lines: readonly BasketItemLine[];
  newestLineId?: string;
  addedCount: number;
  /** Taken off the whole sale. */
  saleDiscount?: GivenDiscount;
  note?: string;
  age?: AgeCheck;
  /** What is paid in cash while the wallet pays the rest. */
  cashPartMinor?: number;
};

/** What the till takes at once; beyond it a sale is split in two. */
export const basketLimits = { lines: 1000, quantity: 9999, weightGrams: 1_000_000, totalMinor: 99_999_999_99 } as const;

/** Why a change to the basket is refused; the basket is then as it was. */
export type BasketRefusal = { refused: TillErrorCode; params: Record<string, string | number> };

/** The basket after a change, or why there is none. */
export type BasketChange = BasketState | BasketRefusal;

/** Whether a change was refused. */
export function isRefused(change: BasketChange): change is BasketRefusal {
  return "refused" in change;
}

/** An empty basket of a new sale. */
export function emptyBasket(saleId: string): BasketState {
  return { saleId, lines: [], addedCount: 0 };
}

/** What is added: a good with either a quantity or a weight, and the line id it gets if it makes a new line. */
export type Addition = {
  lineId: string;
  good: Good;
  quantity?: number | undefined;
  weightGrams?: number | undefined;
  scanHex?: string | undefined;
};

/**
 * Adds a good. Pieces of a good that is in the basket at the same price join its line, which becomes the newest; a
 * percentage that was given on that line goes on applying to all of it, an amount stays the amount. Weighed goods, typed
 * prices and changed prices make a line of their own: each was a decision about the piece that lay there.
 */
export function addToBasket(basket: BasketState, addition: Addition): BasketChange {
  const refusal = checkAddition(addition);
  if (refusal !== null) return refusal;
  const joined = basket.lines.find((line) => joins(line, addition.good));
  if (joined === undefined && basket.lines.length >= basketLimits.lines) {
    return { refused: "basket.full", params: { lines: basketLimits.lines } };
  }
  const line = joined === undefined ? newLine(addition) : withMore(joined, addition.quantity ?? 1);
  if ((line.quantity ?? 0) > basketLimits.quantity) return quantityRefusal();
  const lines = [...basket.lines.filter((other) => other !== joined), line];
  if (joined === undefined && !fitsOneSale(lines)) return { refused: "basket.full", params: { lines: lines.length } };
  return bounded({
    ...basket,
    lines,
    newestLineId: line.lineId,
    addedCount: basket.addedCount + 1,
  });
}

/** Sets how many pieces a line has; 0 removes it. */
export function setQuantity(basket: BasketState, lineId: string, quantity: number): BasketChange {
  const line = basket.lines.find((candidate) => candidate.lineId === lineId);
  if (line === undefined) return { refused: "basket.line-unknown", params: {} };
  if (quantity === 0) return removeLine(basket, lineId);
  if (line.quantity === undefined || !Number.isInteger(quantity) || quantity < 1 || quantity > basketLimits.quantity) {
    return quantityRefusal();
  }
  return bounded(withLine(basket, { ...line, quantity }));
}

/** Takes a line out. The line that was added last of those that stay lies on the beam. */
export function removeLine(basket: BasketState, lineId: string): BasketChange {
  if (!basket.lines.some((line) => line.lineId === lineId)) return { refused: "basket.line-unknown", params: {} };
  return keepLines(basket, (line) => line.lineId !== lineId);
}

/** Takes out everything that asks for an age. */
export function removeAgeLimited(basket: BasketState): BasketChange {
  if (ageMinimumOf(basket) === null) return { refused: "basket.no-age-limited", params: {} };
  return keepLines(basket, ({ good }) => good.ageMinimum === undefined);
}

/** The highest age that a good of the basket asks for, null where none does. */
export function ageMinimumOf(basket: BasketState): number | null {
  const minimums = basket.lines.flatMap(({ good }) => good.ageMinimum ?? []);
  return minimums.length === 0 ? null : Math.max(...minimums);
}

/** Whether somebody has to look at the shopper's age before anything is paid. A check counts for the whole sale. */
export function isAgeUnchecked(basket: BasketState): boolean {
  const minimum = ageMinimumOf(basket);
  return minimum !== null && (basket.age === undefined || basket.age.minimum < minimum);
}

/** Pieces and weighings in the basket: a weighed bag counts as one. */
export function itemCount(basket: BasketState): number {
  return basket.lines.reduce((count, line) => count + (line.quantity ?? 1), 0);
}

/** The basket with this line in the place of the one with its id. */
export function withLine(basket: BasketState, line: BasketItemLine): BasketState {
  return { ...basket, lines: basket.lines.map((other) => (other.lineId === line.lineId ? line : other)) };
}

/** Money of the whole basket stays far below what a double holds exactly, so that no later sum can go wrong. */
export function bounded(basket: BasketState): BasketChange {
  let sum = 0;
  for (const line of basket.lines) sum += lineGrossMinor(line) + (line.good.depositMinor ?? 0) * (line.quantity ?? 1);
  if (sum > basketLimits.totalMinor) return { refused: "basket.total-too-large", params: {} };
  return basket;
}

function keepLines(basket: BasketState, stays: (line: BasketItemLine) => boolean): BasketState {
  const lines = basket.lines.filter(stays);
  const newest = lines.at(-1);
  // A basket that was emptied is as good as a new one: what was given to these goods is not given to the next shopper's.
  if (newest === undefined) return { ...emptyBasket(basket.saleId), addedCount: basket.addedCount };
  return { ...basket, lines, newestLineId: newest.lineId };
}

function checkAddition({ good, quantity, weightGrams }: Addition): BasketRefusal | null {
  if (good.unit === "kilogram") {
    if (weightGrams === undefined) return { refused: "basket.weight-needed", params: {} };
    const fits = Number.isInteger(weightGrams) && weightGrams >= 1 && weightGrams <= basketLimits.weightGrams;
    return fits ? null : quantityRefusal();
  }
  if (weightGrams !== undefined) return quantityRefusal();
  const pieces = quantity ?? 1;
  return Number.isInteger(pieces) && pieces >= 1 && pieces <= basketLimits.quantity ? null : quantityRefusal();
}

function quantityRefusal(): BasketRefusal {
  return { refused: "basket.quantity-out-of-range", params: { most: basketLimits.quantity } };
}

function joins(line: BasketItemLine, good: Good): boolean {
  return (
    good.unit === "each" &&
    line.good.unit === "each" &&
    line.good.itemId === good.itemId &&
    line.good.priceMinor === good.priceMinor &&
    line.good.depositMinor === good.depositMinor &&
    // What the catalogue has changed meanwhile holds for the piece that is scanned now, above all that it asks for an age.
    line.good.ageMinimum === good.ageMinimum &&
    line.good.taxClass === good.taxClass &&
    line.changedPriceMinor === undefined &&
    line.good.openPrice === undefined &&
    good.openPrice === undefined
  );
}

function withMore(line: BasketItemLine, pieces: number): BasketItemLine {
  return { ...line, quantity: (line.quantity ?? 0) + pieces };
}

function newLine({ lineId, good, quantity, weightGrams, scanHex }: Addition): BasketItemLine {
  const amount = good.unit === "each" ? { quantity: quantity ?? 1 } : { weightGrams: weightGrams ?? 0 };
  return { lineId, good, ...amount, ...(scanHex === undefined ? {} : { scanHex }) };
}
