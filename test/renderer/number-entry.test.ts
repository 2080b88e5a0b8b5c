import fc from "fast-check";
import { expect, test } from "vitest";
import {
  entryKeyOf,
  isBeyond,
  typeInto,
  unitsOf,
  withThousands,
  type EntryKey,
} from "../../renderer/shared/number-entry.ts";

const kilograms = { decimals: 3, wholeDigits: 3 };

function typed(keys: readonly EntryKey[], rules = kilograms): string {
  return keys.reduce((entry, key) => typeInto(entry, key, rules), "");
}

test("a weight is typed as it stands on the scale, to the gram and no finer", () => {
  expect(typed(["0", ".", "8", "4", "2", "9"])).toBe("0.842");
  expect(typed([".", "5"])).toBe("0.5");
  expect(typed(["1", ".", ".", "2"])).toBe("1.2");
  expect(typed(["1", "2", "3", "4"])).toBe("123");
  expect(typed(["0", "7"])).toBe("7");
  expect(typed(["1", "2", "back"])).toBe("1");
  expect(typed(["1", "2", "clear"])).toBe("");
  expect(typed(["4", "00"], { decimals: 0, wholeDigits: 6 })).toBe("400");
  expect(unitsOf("0.842", 3)).toBe(842);
  expect(unitsOf("1.", 3)).toBe(1000);
  expect(unitsOf("", 2)).toBe(0);
});

test("whatever is pressed, the read-out is a number within its rules", () => {
  const key = fc.constantFrom<EntryKey[]>("0", "1", "9", "00", ".", "back", "clear");
  fc.assert(
    fc.property(fc.array(key, { maxLength: 30 }), fc.constantFrom(0, 2, 3), (keys, decimals) => {
      const entry = typed(keys, { decimals, wholeDigits: 6 });
      expect(entry).toMatch(new RegExp(`^(\\d{0,6}(\\.\\d{0,${decimals}})?)?$`));
      expect(Number.isSafeInteger(unitsOf(entry, decimals))).toBe(true);
    }),
  );
});

test("a digit that no longer fits is told apart from one that changes nothing", () => {
  const rules = { decimals: 2, wholeDigits: 3 };
  expect(isBeyond("123", "4", rules)).toBe(true);
  expect(isBeyond("1.23", "00", rules)).toBe(true);
  expect(isBeyond("12", "00", rules)).toBe(true);
  expect(isBeyond("", "00", rules)).toBe(false);
  expect(isBeyond("123", ".", rules)).toBe(false);
  expect(isBeyond("0", "0", rules)).toBe(false);
  expect(isBeyond("12", "4", rules)).toBe(false);
});

test("a large amount is read in thousands", () => {
  expect(["", "999", "1000", "1234567.5", "12."].map(withThousands)).toEqual([
    "",
    "999",
    "1,000",
    "1,234,567.5",
    "12.",
  ]);
});

test("the keyboard types on the pad as its keys do", () => {
  expect([..."7.,"].map(entryKeyOf)).toEqual(["7", ".", "."]);
  expect(entryKeyOf("Backspace")).toBe("back");
  expect(entryKeyOf("F8")).toBeNull();
});
