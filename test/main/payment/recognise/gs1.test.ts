import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readElementString } from "../../../../main/payment/recognise/gs1-element-string.ts";
import { gs1Date } from "../../../../main/payment/recognise/gs1-date.ts";
import { withCheckDigit } from "../../../campaign/codes/arithmetic.ts";
import { seededChance, type Chance } from "../../../faults/random.ts";
import { describeWithVectors } from "../../../support/vectors.ts";
import { readDictionary, shortDictionary, type DictionaryLine } from "./gs1-formats.ts";
import { found } from "./known.ts";

const gs = "\u001d";
const gtin = "09506000134352";

const characters: Readonly<Record<string, string>> = {
  N: "0123456789",
  X: `0123456789ABCXYZabcxyz!"%&'()*+,-./:;<=>?_`,
  Y: "0123456789ABCXYZ#-/",
  Z: "0123456789ABCXYZabcxyz-_=",
};

/** Data as a line of a dictionary has it, by chance, as long as may be where `isLongest` says so. */
function valueOf({ components }: DictionaryLine, chance: Chance, isLongest: boolean): string {
  let value = "";
  for (const { set, least, most, isOptional, linters } of components) {
    if (isOptional && !isLongest) break;
    const length = isLongest ? most : least + chance.below(most - least + 1);
    const part = Array.from({ length }, () => characters[set]?.charAt(chance.below(characters[set].length))).join("");
    value += held(part, linters);
  }
  return value;
}

/** The part with what its linters ask for. */
function held(part: string, linters: readonly string[]): string {
  if (linters.includes("csum")) return withCheckDigit(part.slice(0, -1));
  if (linters.includes("yymmd0") || linters.includes("yymmdd")) return "270228";
  if (linters.includes("yyyymmdd")) return "19990228";
  if (linters.includes("hhmi")) return "1830";
  if (linters.includes("zero")) return "0";
  return part;
}

function expectDictionary(lines: readonly DictionaryLine[]): void {
  const chance = seededChance(7);
  for (const line of lines) {
    for (const identifier of new Set([line.first, line.last])) {
      for (let round = 0; round < 8; round += 1) {
        const value = valueOf(line, chance, round === 0);
        const element = { identifier, value };
        const next = { identifier: "90", value: "END" };
        expect(readElementString(identifier + value, 2026), identifier + value).toEqual([element]);
        const divided = `${identifier}${value}${gs}90END`;
        if (identifier !== "90") expect(readElementString(divided, 2026), divided).toEqual([element, next]);
        if (line.isPredefined) expect(readElementString(identifier + value + "90END", 2026)).toEqual([element, next]);
      }
      const longest = valueOf(line, chance, true);
      if (!line.isPredefined)
        expect(readElementString(`${identifier}${longest}0`, 2026), identifier).toBe("gs1-syntax");
      expect(readElementString(identifier, 2026), identifier).toBe("gs1-syntax");
      expect(readElementString(`${identifier}é`, 2026), identifier).toBe("gs1-syntax");
    }
  }
}

describeWithVectors("every identifier of GS1's own dictionary", "gs1", (folder) => {
  test("is read with its data, and with no more or less of it than the dictionary says", () => {
    const lines = readDictionary(readFileSync(join(folder, "gs1-syntax-dictionary.txt"), "utf8"));
    expect(lines.length).toBeGreaterThan(180);
    expectDictionary(lines);
  });
});

test("every way in which data may be built is read, and nothing longer or shorter", () => {
  expectDictionary(readDictionary(shortDictionary));
});

describe("what a label says", () => {
  const label = (text: string, symbology = "]C1") => found({ text, symbology });

  test("has its name, whatever the reader", () => {
    const fields = { gtin14: gtin, expiry: "2027-12-31", lot: "AB-12", weightGrams: 1750, serial: "S/1" };
    const elements = `01${gtin}17271231310300175010AB-12${gs}21S/1`;
    for (const symbology of ["]C1", "]d2", "]Q3", "]e0"]) {
      expect(label(elements, symbology)).toEqual({ kind: "gs1", fields, reason: null });
    }
    expect(found(`]C1${elements}`).fields).toEqual(fields);
    expect(found(gs + elements).fields).toEqual(fields);
    expect(found(elements).fields).toEqual(fields);
    expect(found(`(01)${gtin}(17)271231(3103)001750(10)AB-12(21)S/1`).fields).toEqual(fields);
    expect(found(`https://example.com/a/01/${gtin}/10/AB-12/21/S%2F1?17=271231&3103=001750&x=1`).fields).toEqual(
      fields,
    );
  });

  test.each([
    ["3100000012", { weightGrams: 12_000 }],
    ["3105001749", { weightGrams: 17 }],
    ["3105001750", { weightGrams: 18 }],
    ["39221250", { priceMinor: 1250 }],
    ["3920125", { priceMinor: 12_500 }],
    ["39240125000", { priceMinor: 1250 }],
    ["39240125001", { others: "(3924)0125001" }],
    ["39323920550", { others: "(3932)3920550" }],
    ["39303920500", { priceMinor: 500, currency: "JPY" }],
    ["3932978999", { priceMinor: 999, currency: "EUR" }],
    ["3953001999", { others: "(3953)001999" }],
    ["3952001999", { pricePerUnitMinor: 1999 }],
    ["3012", { count: 12 }],
    ["240A7", { others: "(240)A7" }],
    ["70032702281830", { expiry: "2027-02-28", expiryTime: "18:30" }],
    ["17270200", { expiry: "2027-02-28" }],
    ["17280200", { expiry: "2028-02-29" }],
    ["15280229", { bestBefore: "2028-02-29" }],
    // 49 years back and 50 ahead of 2026.
    ["17770101", { expiry: "1977-01-01" }],
    ["17760101", { expiry: "2076-01-01" }],
    // A label may know identifiers that were given out after this till.
    ["4399LATER", { others: "(4399)LATER" }],
  ])("%s is in whole units", (element, fields) => {
    expect(label(`01${gtin}${element}`)).toEqual({ kind: "gs1", fields: { gtin14: gtin, ...fields }, reason: null });
  });

  test.each([
    [`01${gtin.slice(0, -1)}3`, "check-digit"],
    ["00106141411234567890", "check-digit"],
    [`01${gtin}17270230`, "gs1-date"],
    [`01${gtin}17271301`, "gs1-date"],
    [`01${gtin}7003270228`, "gs1-syntax"],
    [`01${gtin}70032702282460`, "gs1-date"],
    [`01${gtin}10A${gs}10B`, "gs1-syntax"],
    [`01${gtin}02${gtin}371`, "gs1-syntax"],
    [`01${gtin}31030010003102000100`, "gs1-syntax"],
    [`01${gtin}3922100${gs}3932156100`, "gs1-syntax"],
    [`01${gtin}10`, "gs1-syntax"],
    [`01${gtin}${gs}${gs}10A`, "gs1-syntax"],
    ["0195", "gs1-syntax"],
    ["HELLO", "gs1-syntax"],
    [`01${gtin}${`10A${gs}`.repeat(80)}`, "gs1-syntax"],
  ])("%j is refused: %s", (text, reason) => {
    expect(label(text)).toMatchObject({ kind: "unknown", reason });
  });

  test("said twice in the same words is said once", () => {
    expect(label(`01${gtin}10A${gs}10A${gs}`)).toMatchObject({ kind: "gs1", fields: { gtin14: gtin, lot: "A" } });
  });

  test("is a coupon where it has a coupon's number", () => {
    const number = withCheckDigit("950600013435");
    expect(label(`255${number}000123${gs}1727123139021050`)).toEqual({
      kind: "coupon",
      fields: { code: number, serial: "000123", expiry: "2027-12-31", amountMinor: 1050 },
      reason: null,
    });
    expect(label(`255${number}${gs}39410125`)).toMatchObject({ kind: "coupon", fields: { percentOff: "12.5" } });
    expect(label(`255${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`).reason).toBe("check-digit");
    expect(found(withCheckDigit("991234500012")).kind).toBe("coupon");
    expect(found(withCheckDigit("981234500012")).kind).toBe("coupon");
    expect(found(withCheckDigit("978044101498")).kind).toBe("gtin");
    // Sixteen digits from 25 are also the shape of a payment code: the symbol decides, and without one the shop's wallets.
    expect(found(`255${number}`).kind).toBe("alipay");
  });
});

describe("a web address", () => {
  test.each([
    [`https://id.gs1.org/01/${gtin}`, { gtin14: gtin }],
    [`HTTPS://ID.GS1.ORG/01/${gtin}/`, { gtin14: gtin }],
    ["https://example.com/01/4006381333931", { gtin14: "04006381333931" }],
    ["https://example.com/01/96385074?15=270630", { gtin14: "00000096385074", bestBefore: "2027-06-30" }],
    [
      `https://example.com/x/y/01/${gtin}/22/2A/10/L/21/S#part`,
      { gtin14: gtin, lot: "L", serial: "S", others: "(22)2A" },
    ],
    ["http://example.com:80/00/106141411234567897", { sscc: "106141411234567897" }],
    [`https://example.com/01/${gtin}?linkType=all&foo=17`, { gtin14: gtin }],
  ])("%s names goods, and is never opened", (text, fields) => {
    expect(found(text)).toEqual({ kind: "gs1", fields, reason: null });
  });

  test.each([
    ["https://example.com/", "link"],
    ["https://example.com/2027/01/15", "link"],
    ["https://example.com/tea", "link"],
    ["https://qr.example/pay?x=1", "link"],
    ["wxp://f2f0abc", "link"],
    ["https://example.com/01/4006381333932", "check-digit"],
    [`https://example.com/01/${gtin}?17=270230`, "gs1-date"],
    [`https://example.com/01/${gtin}?10=A&10=B`, "gs1-syntax"],
    [`https://example.com/01/${gtin}/21/S/10/L`, "link"],
    [`https://example.com/01/${gtin}/10/%E0%A4%A`, "link"],
    [`https://user@example.com/01/${gtin}`, "link"],
    [`https://example.com/01/${gtin} 10`, "link"],
  ])("%s is refused: %s", (text, reason) => {
    expect(found(text)).toMatchObject({ kind: "unknown", reason });
  });
});

test("a date is one of the calendar, in the century that is nearest", () => {
  const twoDigits = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, "0"));
  fc.assert(
    fc.property(twoDigits, twoDigits, twoDigits, fc.integer({ min: 2000, max: 2099 }), (yy, mm, dd, year) => {
      const date = gs1Date(yy + mm + dd, { dayZero: false, year });
      const years = [year - 49, year + 50];
      const nearest = Array.from({ length: 100 }, (_, at) => (years[0] ?? 0) + at).find(
        (each) => each % 100 === Number(yy),
      );
      const expected = new Date(Date.UTC(nearest ?? 0, Number(mm) - 1, Number(dd)));
      const isReal = expected.getUTCMonth() === Number(mm) - 1 && expected.getUTCDate() === Number(dd) && mm !== "00";
      expect(date).toBe(isReal ? expected.toISOString().slice(0, 10) : null);
    }),
  );
});
