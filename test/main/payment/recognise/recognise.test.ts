import fc from "fast-check";
import { expect, test } from "vitest";
import { expandUpcE, gtin14Of, hasValidCheckDigit } from "../../../../main/catalog/gtin.ts";
import type { Recognition, ScannedCode } from "../../../../main/payment/recognise/recognition.ts";
import { recognise as recogniseWith } from "../../../../main/payment/recognise/recognise.ts";
import { everyWallet } from "../../../../main/payment/recognise/settings.ts";
import { encodeReceiptCode } from "../../../../sync/protocol/receipt-code.ts";
import { describeWithVectors, readVector } from "../../../support/vectors.ts";
import { createTokenWorld } from "../../../support/wallet-token.ts";

const recognise = (code: ScannedCode): Recognition => recogniseWith(code, everyWallet(2026));

/** The check digit by the definition, with weights from the left: an oracle that shares nothing with the till's. */
function checkDigitOf(digits: string): number {
  const padded = digits.padStart(17, "0");
  const sum = [...padded].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return (1000 - sum) % 10;
}

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: length, maxLength: length });
const anyGtin = fc
  .constantFrom(7, 11, 12, 13)
  .chain(digits)
  .map((body) => `${body}${checkDigitOf(body)}`)
  // GS1 keeps these for coupons.
  .filter((code) => !/^0?(?:98[1-4]|99)/.test(code) || code.length === 8);

test.each([
  ["4006381333931", "04006381333931"],
  ["2112345012506", "02112345012506"],
  ["96385074", "00000096385074"],
  ["036000291452", "00036000291452"],
  ["10614141000415", "10614141000415"],
  [" 4006381333931\r\n", "04006381333931"],
])("a printed code is the good that it names: %s", (text, gtin14) => {
  expect(recognise({ text })).toEqual({ kind: "gtin", fields: { gtin14 }, reason: null });
});

test.each([
  ["01234565", "012345000065"],
  ["04252614", "042100005264"],
  ["01234531", "012300000451"],
  ["01234543", "012340000053"],
  ["01234505", "012000003455"],
])("a short code of a small can is widened as its maker meant it: %s", (short, expected) => {
  const wide = expandUpcE(short);
  expect(wide?.slice(0, -1)).toBe(expected.slice(0, -1));
});

test("eight digits are read as the reader says, and otherwise as an EAN-8 where that fits", () => {
  expect(gtin14Of("01234565")).toBe("00000001234565");
  expect(gtin14Of("04252614")).toBe("00042100005264");
  expect(gtin14Of("04252614", "]E4")).toBeNull();
  expect(gtin14Of("96385074", "]E4")).toBe("00000096385074");
  expect(expandUpcE("21234565")).toBeNull();
});

test("every digit that is misread is noticed, so that no other good is sold", () => {
  fc.assert(
    fc.property(anyGtin, fc.nat(), fc.integer({ min: 1, max: 9 }), (code, place, by) => {
      const at = place % code.length;
      const wrong = code.slice(0, at) + ((Number(code[at]) + by) % 10) + code.slice(at + 1);
      expect(hasValidCheckDigit(code)).toBe(true);
      expect(hasValidCheckDigit(wrong)).toBe(false);
      expect(recognise({ text: code })).toEqual({
        kind: "gtin",
        fields: { gtin14: code.padStart(14, "0") },
        reason: null,
      });
      // With eight digits the wrong EAN-8 may still be somebody's right UPC-E, unless the reader says which it is.
      expect(recognise({ text: wrong, symbology: "]E4" }).reason).toBe("check-digit");
    }),
  );
});

test("a code with a wrong check digit is told apart from one that is none, so that the cashier scans again", () => {
  expect(recognise({ text: "4006381333932" }).reason).toBe("check-digit");
  expect(recognise({ text: "4006381333931 7" }).reason).toBe("not-known");
  expect(recognise({ text: "" }).reason).toBe("empty");
  expect(recognise({ text: " \t\r\n" }).reason).toBe("empty");
  expect(recognise({ text: "１２３４５６７０" }).reason).toBe("not-known");
});

test("what is longer than any code is refused by its length, blanks around it included", () => {
  expect(recognise({ text: "7".repeat(1025) }).reason).toBe("too-long");
  expect(recognise({ text: `${" ".repeat(1020)}96385074` }).reason).toBe("too-long");
  expect(recognise({ text: `${" ".repeat(1000)}96385074` }).kind).toBe("gtin");
});

test("a wallet's code is taken whole, and never by its first letters alone", async () => {
  const world = await createTokenWorld();
  const token = await world.token();
  expect(recognise({ text: `${token}\n` })).toEqual({ kind: "spend-token", fields: { text: token }, reason: null });
  for (const text of [
    "PT1:",
    "PT1:ABC",
    token.toLowerCase(),
    ` x${token}`,
    `${token}é`,
    `${token}\n${token}`,
    `${token}${"A".repeat(400)}`,
  ]) {
    expect(recognise({ text }).kind, text.slice(0, 20)).toBe("unknown");
  }
});

/** Whatever is held under the scanner, the answer is one of three and says the same twice. */
function expectSane(text: string): void {
  const found = recognise({ text });
  expect(recognise({ text })).toEqual(found);
  if (found.kind === "gtin") expect(found.fields.gtin14).toMatch(/^\d{14}$/);
  else if (found.kind === "spend-token") expect(text.trim().startsWith("PT1:")).toBe(true);
  else expect(found.reason).not.toBeNull();
}

test("no text at all makes the recogniser stumble", () => {
  const odd = fc.oneof(
    fc.string({ unit: "binary", maxLength: 1200 }),
    fc.string({ unit: fc.constantFrom(..."0123456789 \u0000\u001d'\"<>;%\ud800"), maxLength: 40 }),
    fc.string({ maxLength: 900 }).map((tail) => `PT1:${tail}`),
  );
  fc.assert(fc.property(odd, expectSane));
});

describeWithVectors("strings that have broken other programs", "strings", (folder) => {
  test("are unknown codes, or the codes that they happen to be, and break nothing here", () => {
    const strings = readVector(folder, "blns.json") as string[];
    expect(strings.length).toBeGreaterThan(400);
    for (const text of strings) expectSane(text);
    expect(strings.filter((text) => recognise({ text }).kind === "spend-token")).toEqual([]);
  });
});

test("a wallet code that was not read whole is said to be one, not to be unknown goods", () => {
  expect(recognise({ text: "PT1:ABCDEF" })).toMatchObject({ kind: "unknown", reason: "wallet-code" });
  expect(recognise({ text: "PT1" }).reason).toBe("not-known");
});

test("a receipt's code names its ledger and entry; half of one is told apart from goods nobody knows", () => {
  const ledger = "0192f3c0-0000-7000-8000-000000000009";
  const code = encodeReceiptCode({ ledger, seq: 77, hash: "ab".repeat(32) });
  expect(recognise({ text: ` ${code}\r\n` })).toEqual({
    kind: "receipt",
    fields: { ledger, seq: 77, hashStart: "ab".repeat(8) },
    reason: null,
  });
  expect(recognise({ text: code.slice(0, -1) })).toMatchObject({ kind: "unknown", reason: "receipt-code" });
});
