import fc from "fast-check";
import { expect, test } from "vitest";
import { divideMinor } from "../../../main/sale/division.ts";

const weights = fc.array(fc.nat(99_999_999_99), { minLength: 1, maxLength: 40 });

// A discount of a sale whose shares do not sum to it makes every receipt with one wrong by a coin.
test("whatever is divided among whatever, the shares sum to it and each is its exact part to less than a unit", () => {
  fc.assert(
    fc.property(weights, fc.bigInt(0n, 1_000_000n), (parts, share) => {
      const sum = parts.reduce((total, part) => total + BigInt(part), 0n);
      fc.pre(sum > 0n && sum <= BigInt(Number.MAX_SAFE_INTEGER));
      const amountMinor = Number((sum * share) / 1_000_000n);
      const shares = divideMinor(amountMinor, parts);
      expect(shares.reduce((total, each) => total + each, 0)).toBe(amountMinor);
      for (const [index, each] of shares.entries()) {
        const part = parts[index] ?? 0;
        expect(each).toBeGreaterThanOrEqual(0);
        expect(each).toBeLessThanOrEqual(part);
        const difference = BigInt(each) * sum - BigInt(amountMinor) * BigInt(part);
        expect(difference < sum && difference > -sum).toBe(true);
      }
    }),
  );
});

test("nothing is divided among nobody, and what is below 0 is refused", () => {
  expect(divideMinor(0, [0, 0])).toEqual([0, 0]);
  expect(() => divideMinor(1, [0, 0])).toThrow(RangeError);
  expect(() => divideMinor(1, [])).toThrow(RangeError);
  expect(() => divideMinor(-1, [1])).toThrow(RangeError);
  expect(() => divideMinor(1, [2, -1])).toThrow(RangeError);
});
