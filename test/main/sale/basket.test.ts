import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addToBasket,
  basketLimits,
  emptyBasket,
  isRefused,
  itemCount,
  removeLine,
  setQuantity,
  type BasketChange,
  type BasketState,
} from "../../../main/sale/basket.ts";
import type { Good } from "../../../main/sale/line.ts";
import { lineGrossMinor } from "../../../main/sale/pricing.ts";
import { pieceGood } from "./goods.ts";

/** What a line is, as somebody with pencil and paper keeps it. */
type Noted = { lineId: string; item: string; unit: string; price: number; amount: number };

/** The basket on paper: a list of lines in their order, and which one lies on the beam. */
class Paper {
  lines: Noted[] = [];
  newest: string | undefined;
  added = 0;

  add(lineId: string, good: Good, amount: number | undefined, weight: number | undefined): string | null {
    const weighed = good.unit === "kilogram";
    if (weighed && weight === undefined) return "basket.weight-needed";
    const value = weighed ? weight : (amount ?? 1);
    const most = weighed ? basketLimits.weightGrams : basketLimits.quantity;
    if (value === undefined || value < 1 || value > most || (!weighed && weight !== undefined)) return range;
    const same = weighed
      ? -1
      : this.lines.findIndex((line) => line.item === good.itemId && line.price === good.priceMinor);
    const old = this.lines[same];
    const line = old ?? { lineId, item: good.itemId, unit: good.unit, price: good.priceMinor, amount: 0 };
    if (!weighed && line.amount + value > most) return range;
    const next = [...this.lines.filter((other) => other !== old), { ...line, amount: line.amount + value }];
    if (priceOf(next) > basketLimits.totalMinor) return "basket.total-too-large";
    this.lines = next;
    this.newest = line.lineId;
    this.added += 1;
    return null;
  }

  set(index: number, amount: number): string | null {
    const line = this.lines[index];
    if (line === undefined) return "basket.line-unknown";
    if (amount === 0) return this.remove(index);
    if (line.unit === "kilogram" || amount < 1 || amount > basketLimits.quantity) return range;
    const next = this.lines.map((other) => (other === line ? { ...line, amount } : other));
    if (priceOf(next) > basketLimits.totalMinor) return "basket.total-too-large";
    this.lines = next;
    return null;
  }

  remove(index: number): string | null {
    if (this.lines[index] === undefined) return "basket.line-unknown";
    this.lines = this.lines.filter((_, each) => each !== index);
    this.newest = this.lines.at(-1)?.lineId;
    return null;
  }
}

const range = "basket.quantity-out-of-range";

/** In exact rational arithmetic, half a minor unit rounded up. */
function priceOf(lines: readonly Noted[]): number {
  return lines.reduce((sum, { unit, price, amount }) => {
    return sum + (unit === "each" ? price * amount : Number((BigInt(price) * BigInt(amount) * 2n + 1000n) / 2000n));
  }, 0);
}

const goods: Good[] = [
  pieceGood({ itemId: "tea", priceMinor: 450 }),
  pieceGood({ itemId: "tea", priceMinor: 399 }),
  pieceGood({ itemId: "free", priceMinor: 0 }),
  pieceGood({ itemId: "gold", priceMinor: 5_000_000_00 }),
  pieceGood({ itemId: "apples", priceMinor: 799, unit: "kilogram" }),
];
const amount = fc.oneof(
  fc.integer({ min: -1, max: 12 }),
  fc.constantFrom(1.5, 9998, 9999, 10_000, 1_000_000, 1_000_001),
);
const step = fc.oneof(
  fc.record({
    act: fc.constant("add" as const),
    good: fc.constantFrom(...goods),
    amount: fc.option(amount.filter(Number.isInteger), { nil: undefined }),
    weight: fc.option(amount.filter(Number.isInteger), { nil: undefined }),
  }),
  fc.record({ act: fc.constant("set" as const), index: fc.nat(8), amount: amount.filter(Number.isInteger) }),
  fc.record({ act: fc.constant("remove" as const), index: fc.nat(8) }),
);

/** The refusal's code, or null; the basket must then be the same. */
function outcome(basket: BasketState, change: BasketChange): { basket: BasketState; refused: string | null } {
  return isRefused(change) ? { basket, refused: change.refused } : { basket: change, refused: null };
}

// A basket that merges two prices, forgets a line or counts a bag twice charges the shopper wrongly.
test("a basket is after any changes what a list on paper says, and a refused change leaves it as it was", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let basket = emptyBasket("sale");
      const paper = new Paper();
      for (const [index, next] of steps.entries()) {
        const lineId = `line-${index}`;
        const nth = (place: number) => basket.lines[place]?.lineId ?? "nowhere";
        let change: BasketChange;
        let refused: string | null;
        if (next.act === "add") {
          change = addToBasket(basket, { lineId, good: next.good, quantity: next.amount, weightGrams: next.weight });
          refused = paper.add(lineId, next.good, next.amount, next.weight);
        } else if (next.act === "set") {
          change = setQuantity(basket, nth(next.index), next.amount);
          refused = paper.set(next.index, next.amount);
        } else {
          change = removeLine(basket, nth(next.index));
          refused = paper.remove(next.index);
        }
        const result = outcome(basket, change);
        expect(result.refused).toBe(refused);
        basket = result.basket;
        expectSame(basket, paper);
      }
    }),
    { numRuns: 300 },
  );
});

function expectSame(basket: BasketState, paper: Paper): void {
  const noted = basket.lines.map(({ lineId, good, quantity, weightGrams }) => {
    return { lineId, item: good.itemId, unit: good.unit, price: good.priceMinor, amount: quantity ?? weightGrams };
  });
  expect(noted).toEqual(paper.lines);
  expect(basket.newestLineId).toBe(paper.newest);
  expect(basket.addedCount).toBe(paper.added);
  expect(basket.lines.reduce((sum, line) => sum + lineGrossMinor(line), 0)).toBe(priceOf(paper.lines));
  expect(itemCount(basket)).toBe(
    paper.lines.reduce((sum, { unit, amount }) => sum + (unit === "each" ? amount : 1), 0),
  );
}

test("amounts that are no whole numbers never get into a basket", () => {
  const basket = emptyBasket("sale");
  for (const quantity of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(addToBasket(basket, { lineId: "a", good: pieceGood(), quantity })).toHaveProperty("refused", range);
  }
});

test("the line after the last one is refused in words, and one more piece of a good that is there is not", () => {
  let basket = emptyBasket("sale");
  for (let index = 0; index < basketLimits.lines; index += 1) {
    const change = addToBasket(basket, {
      lineId: `l${index}`,
      good: pieceGood({ itemId: `item-${index}`, priceMinor: 1 }),
    });
    if (isRefused(change)) throw new Error(change.refused);
    basket = change;
  }
  expect(addToBasket(basket, { lineId: "x", good: pieceGood({ itemId: "more" }) })).toHaveProperty(
    "refused",
    "basket.full",
  );
  const again = addToBasket(basket, { lineId: "x", good: pieceGood({ itemId: "item-0", priceMinor: 1 }) });
  expect(again).toMatchObject({ newestLineId: "l0", addedCount: basketLimits.lines + 1 });
});
