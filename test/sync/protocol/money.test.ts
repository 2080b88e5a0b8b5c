import fc from "fast-check";
import { expect, test } from "vitest";
import { addMinor, currencies, currencySchema, minorDigits } from "../../../sync/protocol/money.ts";

test("a sum of money is exact or refused, never rounded", () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeInteger(), { maxLength: 8 }), (amountsMinor) => {
      const exact = amountsMinor.reduce((sum, amountMinor) => sum + BigInt(amountMinor), 0n);
      let sum: number;
      try {
        sum = addMinor(...amountsMinor);
      } catch (error) {
        // Refused: then some part of the sum was out of range.
        expect(error).toBeInstanceOf(RangeError);
        const total = amountsMinor.reduce((size, amountMinor) => size + Math.abs(amountMinor), 0);
        expect(total).toBeGreaterThanOrEqual(Number.MAX_SAFE_INTEGER);
        return;
      }
      expect(BigInt(sum)).toBe(exact);
    }),
  );
  expect(addMinor()).toBe(0);
  for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    expect(() => addMinor(1, wrong)).toThrow(RangeError);
  }
});

test("an unknown currency is refused, because a wrong scale is a hundredfold error", () => {
  for (const wrong of ["XXX", "cny", "", "toString", "__proto__", "CNY "]) {
    expect(currencySchema.safeParse(wrong).success).toBe(false);
  }
});

test("the scales are those that the runtime's own ISO 4217 table has", () => {
  for (const currency of currencies) {
    const { maximumFractionDigits } = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
    expect(minorDigits(currency), currency).toBe(maximumFractionDigits);
  }
});
