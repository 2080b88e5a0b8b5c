import type { TillErrorCode } from "../contract/errors.ts";
import type { BasketItemLine, Good } from "./line.ts";
import { lineTotalMinor } from "./totals.ts";

/** The open basket. `addedCount` rises with each addition, so that each can be shown and sounded once. */
export type BasketState = {
  saleId: string;
  lines: readonly BasketItemLine[];
  newestLineId?: string;
  addedCount: number;
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
 * Adds a good. Pieces of a good that is in the basket at the same price join its line, which becomes the newest;
 * weighed goods always make a line of their own, because two bags are two weighings.
 */
export function addToBasket(basket: BasketState, addition: Addition): BasketChange {
  const refusal = checkAddition(addition);
  if (refusal !== null) return refusal;
  const joined = addition.good.unit === "each" ? basket.lines.find((line) => joins(line, addition.good)) : undefined;
  if (joined === undefined && basket.lines.length >= basketLimits.lines) {
    return { refused: "basket.full", params: { lines: basketLimits.lines } };
  }
  const line = joined === undefined ? newLine(addition) : withMore(joined, addition.quantity ?? 1);
  if ((line.quantity ?? 0) > basketLimits.quantity) return quantityRefusal();
  return bounded({
    ...basket,
    lines: [...basket.lines.filter((other) => other !== joined), line],
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
  return bounded({ ...basket, lines: basket.lines.map((other) => (other === line ? { ...line, quantity } : other)) });
}

/** Takes a line out. The line that was added last of those that stay lies on the beam. */
export function removeLine(basket: BasketState, lineId: string): BasketChange {
  const lines = basket.lines.filter((line) => line.lineId !== lineId);
  if (lines.length === basket.lines.length) return { refused: "basket.line-unknown", params: {} };
  const newest = lines.at(-1);
  const { newestLineId: _gone, ...rest } = basket;
  return newest === undefined ? { ...rest, lines } : { ...rest, lines, newestLineId: newest.lineId };
}

/** Pieces and weighings in the basket: a weighed bag counts as one. */
export function itemCount(basket: BasketState): number {
  return basket.lines.reduce((count, line) => count + (line.quantity ?? 1), 0);
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
  return line.good.itemId === good.itemId && line.good.unit === "each" && line.good.priceMinor === good.priceMinor;
}

function withMore(line: BasketItemLine, pieces: number): BasketItemLine {
  return { ...line, quantity: (line.quantity ?? 0) + pieces };
}

function newLine({ lineId, good, quantity, weightGrams, scanHex }: Addition): BasketItemLine {
  const amount = good.unit === "each" ? { quantity: quantity ?? 1 } : { weightGrams: weightGrams ?? 0 };
  return { lineId, good, ...amount, ...(scanHex === undefined ? {} : { scanHex }) };
}

/** Money of the whole basket stays far below what a double holds exactly, so that no later sum can go wrong. */
function bounded(basket: BasketState): BasketChange {
  let sum = 0;
  for (const line of basket.lines) sum += lineTotalMinor(line);
  if (sum > basketLimits.totalMinor) return { refused: "basket.total-too-large", params: {} };
  return basket;
}
