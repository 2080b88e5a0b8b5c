import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { storeSchema, type EmbeddedPattern } from "../../../../sync/protocol/change.ts";
import { demoStore } from "../../../../platform/demo/goods/demo-shop.ts";
import { withCheckDigit } from "../../../campaign/codes/arithmetic.ts";
import { found } from "./known.ts";

const weight: EmbeddedPattern = {
  prefix: "21",
  itemDigits: 5,
  hasPriceCheck: false,
  valueDigits: 5,
  value: "weight",
  step: 1,
};
const price: EmbeddedPattern = {
  prefix: "2",
  itemDigits: 6,
  hasPriceCheck: true,
  valueDigits: 4,
  value: "price",
  step: 10,
};

describe("a label of the shop's own scale", () => {
  test("gives item and weight as the shop's pattern says", () => {
    expect(found("2112345012506", { embedded: [weight] })).toEqual({
      kind: "embedded",
      fields: { itemCode: "12345", gtin14: `0${withCheckDigit("211234500000")}`, weightGrams: 1250 },
      reason: null,
    });
  });

  test("is goods like any other for a shop without such a pattern, and the first pattern that fits counts", () => {
    expect(found("2112345012506").kind).toBe("gtin");
    expect(found("2212345012505", { embedded: [weight] }).kind).not.toBe("embedded");
    expect(found("2112345012506", { embedded: [weight, { ...weight, value: "price" }] }).fields).toHaveProperty(
      "weightGrams",
    );
  });

  // The public examples of GS1: 2875 has the check digit 9, 1250 has 3, 14685 has 6, 01250 has 7.
  test.each([
    ["2875", "9", 4],
    ["1250", "3", 4],
    ["14685", "6", 5],
    ["01250", "7", 5],
  ])("%s has the check digit %s of its own", (value, check, valueDigits) => {
    const pattern = { ...price, valueDigits, prefix: valueDigits === 4 ? "20" : "2", itemDigits: 5 };
    const start = `${pattern.prefix}12345`;
    for (let digit = 0; digit <= 9; digit += 1) {
      const code = found(withCheckDigit(`${start}${digit}${value}`), { embedded: [pattern] });
      if (String(digit) === check)
        expect(code).toMatchObject({ kind: "embedded", fields: { priceMinor: Number(value) * 10 } });
      else expect(code).toMatchObject({ kind: "unknown", reason: "check-digit" });
    }
  });

  test("with a digit misread is never another weight", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const code = "2112345012506";
        const wrong = code.slice(0, at) + ((Number(code[at]) + by) % 10) + code.slice(at + 1);
        expect(found(wrong, { embedded: [weight] }).reason).toBe("check-digit");
      }),
    );
  });

  test("of twelve digits is read with the zero that it has lost", () => {
    const pattern = { ...weight, prefix: "02" };
    const twelve = withCheckDigit("21234501250");
    expect(found(twelve, { embedded: [pattern] })).toMatchObject({
      kind: "embedded",
      fields: { itemCode: "12345", weightGrams: 1250 },
    });
  });
});

describe("a shop's patterns", () => {
  test.each([
    ["outside of the ranges for it", { ...weight, prefix: "69" }],
    ["with a hole", { ...weight, valueDigits: 4 }],
    ["with a check digit that nobody has defined", { ...price, itemDigits: 4, valueDigits: 6 }],
    ["with a step of nothing", { ...weight, step: 0 }],
  ])("%s are refused", (_, pattern) => {
    expect(storeSchema.safeParse({ ...demoStore, embedded: [pattern] }).success).toBe(false);
  });

  test("that fill an EAN-13 are taken", () => {
    expect(storeSchema.safeParse({ ...demoStore, embedded: [weight, price] }).success).toBe(true);
  });
});
