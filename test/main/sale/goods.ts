import fc from "fast-check";
import type { BasketItemLine, Good } from "../../../main/sale/line.ts";

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
