import fc from "fast-check";
import type { BasketItemLine, GivenDiscount, Good } from "../../../main/sale/line.ts";

/** A good that is sold by the piece. */
export function pieceGood(changes: Partial<Good> = {}): Good {
  const name = { en: "Tea", "zh-CN": "茶" };
  return { itemId: "tea", name, unit: "each", priceMinor: 450, taxClass: "vat13", ...changes };
}

/** Tax classes and the rates they have in these tests: odd ones, so that rounding is met often. */
export const testRates: ReadonlyMap<string, number> = new Map([
  ["vat13", 130_000],
  ["vat9", 90_000],
  ["odd", 166_667],
  ["none", 0],
]);

const taxClass = fc.constantFrom(...testRates.keys());
const priceMinor = fc.oneof(fc.nat(99), fc.nat(100_000), fc.constant(0));

/** Any line that a basket can hold: pieces or a weighing, of any price and tax class. */
export const anyLine: fc.Arbitrary<BasketItemLine> = fc.oneof(
  fc
    .record({ lineId: fc.uuid(), quantity: fc.integer({ min: 1, max: 9999 }), priceMinor, taxClass })
    .map(({ lineId, quantity, ...good }) => ({ lineId, quantity, good: pieceGood(good) })),
  fc
    .record({ lineId: fc.uuid(), weightGrams: fc.integer({ min: 1, max: 100_000 }), priceMinor, taxClass })
    .map(({ lineId, weightGrams, ...good }) => ({
      lineId,
      weightGrams,
      good: pieceGood({ ...good, unit: "kilogram" }),
    })),
);

/** Any discount that a cashier can type. */
export const anyDiscount: fc.Arbitrary<GivenDiscount> = fc.oneof(
  fc.integer({ min: 1, max: 1_000_000 }).map((ratePartsPerMillion) => ({ ratePartsPerMillion })),
  fc.integer({ min: 1, max: 5_000_000 }).map((amountMinor) => ({ amountMinor })),
);

/** Any line, some with a discount of their own, a deposit, or a price that was changed. */
export const anyReducedLine: fc.Arbitrary<BasketItemLine> = fc
  .tuple(
    anyLine,
    fc.option(anyDiscount, { nil: undefined }),
    fc.constantFrom(0, 25, 100),
    fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
  )
  .map(([line, discount, depositMinor, changedPriceMinor]) => ({
    ...line,
    good: { ...line.good, ...(depositMinor === 0 ? {} : { depositMinor }) },
    ...(discount === undefined ? {} : { discount }),
    ...(changedPriceMinor === undefined ? {} : { changedPriceMinor }),
  }));
