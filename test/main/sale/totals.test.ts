import fc from "fast-check";
import { expect, test } from "vitest";
import { lineGrossMinor } from "../../../main/sale/pricing.ts";
import { scaleRounded } from "../../../main/sale/rounding.ts";
import { totalsOf } from "../../../main/sale/totals.ts";
import { anyLine, pieceGood, testRates } from "./goods.ts";

const included = { priceIncludesTax: true, rates: testRates };
const added = { priceIncludesTax: false, rates: testRates };

function line(quantity: number, priceMinor: number, taxClass = "vat13") {
  return { lineId: crypto.randomUUID(), quantity, good: pieceGood({ priceMinor, taxClass }) };
}

// A tax report that is off by one minor unit per receipt is what an auditor finds first.
test("tax that is in the price is taken out of it, rounded once per class", () => {
  const { taxes, totalMinor } = totalsOf([line(2, 450), line(1, 333), line(1, 1000, "vat9")], included);
  expect(totalMinor).toBe(2233);
  expect(taxes).toEqual([
    { taxClass: "vat13", ratePartsPerMillion: 130_000, included: true, grossMinor: 1233, taxMinor: 142 },
    { taxClass: "vat9", ratePartsPerMillion: 90_000, included: true, grossMinor: 1000, taxMinor: 83 },
  ]);
});

test("tax that is added comes on top of the lines, rounded once per class", () => {
  const { taxes, totalMinor } = totalsOf([line(3, 333), line(1, 1000, "none")], added);
  expect(taxes).toEqual([
    { taxClass: "vat13", ratePartsPerMillion: 130_000, included: false, grossMinor: 999 + 130, taxMinor: 130 },
    { taxClass: "none", ratePartsPerMillion: 0, included: false, grossMinor: 1000, taxMinor: 0 },
  ]);
  expect(totalMinor).toBe(2129);
});

test("half a minor unit of a weighing is rounded up, as the shopper's own calculator does", () => {
  const apples = pieceGood({ unit: "kilogram", priceMinor: 799 });
  expect(lineGrossMinor({ lineId: "", weightGrams: 500, good: apples })).toBe(400);
  expect(lineGrossMinor({ lineId: "", weightGrams: 1, good: apples })).toBe(1);
  expect(scaleRounded(-5, 1, 10)).toBe(-1);
  expect(scaleRounded(9_007_199_254_740_991, 1_000_000, 1_000_000)).toBe(9_007_199_254_740_991);
});

test("whatever is in the basket, no minor unit is lost between lines, taxes and total", () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 30 }), fc.boolean(), (lines, priceIncludesTax) => {
      const { taxes, totalMinor } = totalsOf(lines, { priceIncludesTax, rates: testRates });
      const linesMinor = lines.reduce((sum, each) => sum + lineGrossMinor(each), 0);
      const taxMinor = taxes.reduce((sum, tax) => sum + tax.taxMinor, 0);
      expect(totalMinor).toBe(priceIncludesTax ? linesMinor : linesMinor + taxMinor);
      expect(taxes.reduce((sum, tax) => sum + tax.grossMinor, 0)).toBe(totalMinor);
      for (const tax of taxes) expectFairTax(tax, priceIncludesTax);
    }),
  );
});

/** The tax is within half a minor unit of the exact one, worked out with fractions of its own. */
function expectFairTax(
  tax: { ratePartsPerMillion: number; grossMinor: number; taxMinor: number },
  included: boolean,
): void {
  const rate = BigInt(tax.ratePartsPerMillion);
  const whole = 1_000_000n + rate;
  const base = BigInt(included ? tax.grossMinor : tax.grossMinor - tax.taxMinor);
  const divisor = included ? whole : 1_000_000n;
  const difference = BigInt(tax.taxMinor) * divisor - base * rate;
  const size = difference < 0n ? -difference : difference;
  expect(size * 2n <= divisor).toBe(true);
  expect(Object.is(tax.taxMinor, -0)).toBe(false);
}

test("the order of the lines changes neither total nor tax", () => {
  fc.assert(
    fc.property(
      fc
        .array(anyLine, { minLength: 2, maxLength: 12 })
        .chain((lines) => fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length }))),
      ([lines, shuffled]) => {
        const [one, other] = [totalsOf(shuffled, included), totalsOf(lines, included)];
        expect({ ...one, lines: [] }).toEqual({ ...other, lines: [] });
      },
    ),
  );
});

test("goods of a class that has no rate are never sold untaxed by accident", () => {
  expect(() => totalsOf([line(1, 100, "new")], included)).toThrow(RangeError);
});

// The operator can take a tax class away, and a disk can lose its row, while the goods lie on the counter.
test("a tax class that is gone keeps its rate for the goods that are in the basket, and only there", () => {
  const good = pieceGood({ taxClass: "gone", taxRatePartsPerMillion: 130_000, priceMinor: 1130 });
  expect(totalsOf([{ lineId: "", quantity: 1, good }], included).taxes[0]?.taxMinor).toBe(130);
  const changed = pieceGood({ taxClass: "vat9", taxRatePartsPerMillion: 130_000, priceMinor: 1090 });
  expect(totalsOf([{ lineId: "", quantity: 1, good: changed }], included).taxes[0]?.taxMinor).toBe(90);
});
