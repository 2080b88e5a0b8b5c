import fc from "fast-check";
import { expect, test } from "vitest";
import { expandUpcE, gtin14Of, hasValidCheckDigit, secondGtin14Of } from "../../../main/catalog/gtin.ts";

const eightDigits = fc.integer({ min: 0, max: 99_999_999 }).map((number) => String(number).padStart(8, "0"));

// Some codes of eight digits are a valid EAN-8 and a valid UPC-E at once. A shop that sells only one of the two goods
// must find it whichever way its scanner reads.
test("eight digits that are both an EAN-8 and a UPC-E have a second reading, and only those", () => {
  fc.assert(
    fc.property(eightDigits, (digits) => {
      const second = secondGtin14Of(digits);
      if (second === null) return;
      expect(hasValidCheckDigit(digits)).toBe(true);
      expect(second).toBe(`00${expandUpcE(digits)}`);
      expect(hasValidCheckDigit(second)).toBe(true);
      expect(second).not.toBe(gtin14Of(digits));
    }),
    { numRuns: 2000 },
  );
  expect(secondGtin14Of("01234565")).toBe("00012345000065");
  expect(gtin14Of("01234565")).toBe("00000001234565");
});

test("a reader that says EAN-8 leaves no second reading, and no other length has one", () => {
  fc.assert(
    fc.property(eightDigits, (digits) => {
      expect(secondGtin14Of(digits, "]E4")).toBeNull();
    }),
  );
  expect(secondGtin14Of("4006381333931")).toBeNull();
  expect(secondGtin14Of("96385074")).toBeNull();
});
