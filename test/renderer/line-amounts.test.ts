import fc from "fast-check";
import { expect, test } from "vitest";
import type { BasketLine } from "../../main/contract/snapshot.ts";
import { saleStates } from "../../renderer/gallery/sale-states.ts";
import { discountMinor, lineMinor, saleBaseMinor, saleDiscountMinor } from "../../renderer/cashier/line-amounts.ts";

test("the preview of a percentage rounds half away from zero, as the till does", () => {
  expect(discountMinor(1_260, { ratePartsPerMillion: 100_000 })).toBe(126);
  expect(discountMinor(5, { ratePartsPerMillion: 100_000 })).toBe(1);
  expect(discountMinor(4, { ratePartsPerMillion: 100_000 })).toBe(0);
  expect(discountMinor(9_124, { ratePartsPerMillion: 125_000 })).toBe(1_141);
  expect(discountMinor(9_999_999_999, { ratePartsPerMillion: 1_000_000 })).toBe(9_999_999_999);
});

test("nothing is ever taken off that is not there, by rate or by amount", () => {
  const discount = fc.oneof(
    fc.record({ ratePartsPerMillion: fc.integer({ min: 1, max: 1_000_000 }) }),
    fc.record({ amountMinor: fc.integer({ min: 1, max: 10_000_000_000 }) }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000_000 }), discount, (amountMinor, given) => {
      const off = discountMinor(amountMinor, given);
      expect(Number.isSafeInteger(off) && off >= 0 && off <= amountMinor).toBe(true);
    }),
  );
});

test("a bill with every kind of discount adds up: lines, the sale's discount and deposits make the total", () => {
  for (const { basket } of Object.values(saleStates)) {
    const column = basket.lines.reduce((sum, line: BasketLine) => sum + lineMinor(line), 0);
    expect(column).toBe(saleBaseMinor(basket));
    expect(column - saleDiscountMinor(basket) + basket.depositMinor).toBe(basket.totalMinor);
    const grossMinor = basket.lines.reduce((sum, line) => sum + line.grossMinor, 0);
    expect(grossMinor - column + saleDiscountMinor(basket)).toBe(basket.discountMinor);
  }
});
