import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toHex } from "../../../sync/protocol/bytes.ts";
import { parseCanonical } from "../../../sync/protocol/canonical.ts";
import {
  entryFieldsSchema,
  entryPostings,
  entrySigningBytes,
  entryText,
  noPreviousHash,
  postingSchema,
  unbalancedCurrencies,
  type EntryFields,
  type Posting,
} from "../../../sync/protocol/entry.ts";
import { isKnownEntryType } from "../../../sync/protocol/entry-types.ts";

const fields: EntryFields = {
  format: 1,
  ledger: "01890a5d-ac96-774b-bcce-b302099a8057",
  seq: 1,
  id: "01890a5d-ac96-774b-bcce-b302099a8058",
  time: "2026-11-20T14:32:09.120+08:00",
  zone: "Asia/Shanghai",
  businessDay: "2026-11-20",
  training: false,
  type: "incident",
  body: { code: "disk.slow", detail: "" },
  previous: noPreviousHash,
};

describe("an entry", () => {
  test("has one text, and fields that are not there leave no trace in it", () => {
    const text = entryText({ ...fields, person: undefined, shift: undefined });
    expect(text).toBe(entryText(fields));
    expect(entryFieldsSchema.parse(parseCanonical(text))).toEqual(fields);
    expect(text.startsWith('{"body":{"code":"disk.slow","detail":""},"businessDay":"2026-11-20","format":1,')).toBe(
      true,
    );
  });

  test("of tomorrow's till is kept whole by today's reader: unknown types and fields pass", () => {
    const future = { ...fields, type: "sale.gifted", format: 2, colour: "red" };
    expect(entryFieldsSchema.parse(future)).toEqual(future);
    expect(isKnownEntryType(future.type)).toBe(false);
    expect(isKnownEntryType("toString")).toBe(false);
    expect(isKnownEntryType("sale.settled")).toBe(true);
  });

  test.each([
    ["seq", 0],
    ["ledger", "01890A5D-AC96-774B-BCCE-B302099A8057"],
    ["time", "2026-11-20T14:32:09+08:00"],
    ["previous", noPreviousHash.slice(1)],
    ["type", "sale.settled\n"],
    ["body", []],
  ])("with a wrong %s is refused", (name, value) => {
    expect(entryFieldsSchema.safeParse({ ...fields, [name]: value }).success).toBe(false);
  });

  test("is signed under a domain of its own, so that its signature is worth nothing elsewhere", () => {
    const bytes = entrySigningBytes(new Uint8Array(32).fill(255));
    expect(toHex(bytes)).toBe(`${toHex(new TextEncoder().encode("suanpan journal entry 1\u0000"))}${"ff".repeat(32)}`);
  });
});

const legs = (...amountsMinor: number[]): Posting[] =>
  amountsMinor.map((amountMinor) => ({ account: "cash:front", amountMinor, currency: "CNY" }));

describe("postings", () => {
  test("balance exactly when their exact sum is zero for each currency", () => {
    const posting = fc.record({
      account: fc.constantFrom("cash:front", "sales:a"),
      amountMinor: fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -3, max: 3 })),
      currency: fc.constantFrom("CNY" as const, "JPY" as const),
    });
    fc.assert(
      fc.property(fc.array(posting, { maxLength: 6 }), (postings) => {
        for (const currency of ["CNY", "JPY"]) {
          const sum = postings
            .filter((one) => one.currency === currency)
            .reduce((total, one) => total + BigInt(one.amountMinor), 0n);
          const found = unbalancedCurrencies(postings).find((one) => one.currency === currency);
          expect(found?.differenceMinor).toBe(sum === 0n ? undefined : Number(sum));
        }
        const opposite = postings.map((one) => ({ ...one, amountMinor: 0 - one.amountMinor }));
        expect(unbalancedCurrencies([...postings, ...opposite])).toEqual([]);
      }),
    );
  });

  test("near 2^53 do not hide a missing unit behind rounding", () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(unbalancedCurrencies(legs(most, 2, -most, -1))).toEqual([{ currency: "CNY", differenceMinor: 1 }]);
    expect(unbalancedCurrencies(legs(most, most, 1, -most, -most, -1))).toEqual([]);
  });

  test("are read from a body that has them, an empty list otherwise, and refused when malformed", () => {
    const postings = legs(100, -100);
    expect(entryPostings({ postings })).toEqual(postings);
    expect(entryPostings({})).toEqual([]);
    expect(() => entryPostings({ postings: [{ account: "cash:front", amountMinor: 0.5, currency: "CNY" }] })).toThrow();
    expect(() => entryPostings({ postings: "none" })).toThrow();
    for (const account of ["", "Cash", "cash:", "cash:a b", "cash:front\n", `cash:${"x".repeat(65)}`]) {
      expect(postingSchema.safeParse({ account, amountMinor: 1, currency: "CNY" }).success).toBe(false);
    }
  });
});
