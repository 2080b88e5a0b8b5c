import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeBase45, encodeBase45 } from "../../../sync/protocol/base45.ts";
import { utf8 } from "../../../sync/protocol/bytes.ts";
import { refusalOf } from "../../support/refusal.ts";

test("wallets of other makers are read: the examples of RFC 9285 sections 4.3 and 4.4", () => {
  const examples = { AB: "BB8", "Hello!!": "%69 VD92EX0", "base-45": "UJCLQE7W581", "ietf!": "QED8WEX0" };
  for (const [text, encoded] of Object.entries(examples)) {
    expect(encodeBase45(utf8(text))).toBe(encoded);
    expect(decodeBase45(encoded)).toEqual(utf8(text));
  }
});

test("a damaged code is refused instead of becoming other bytes", () => {
  expect(refusalOf(() => decodeBase45("A"))).toBe("base45.length");
  expect(refusalOf(() => decodeBase45("BB8B"))).toBe("base45.length");
  expect(refusalOf(() => decodeBase45("GGW"))).toBe("base45.overflow");
  expect(refusalOf(() => decodeBase45(":::"))).toBe("base45.overflow");
  expect(refusalOf(() => decodeBase45("U5"))).toBe(null);
  expect(refusalOf(() => decodeBase45("V5"))).toBe("base45.overflow");
  for (const text of ["bb8", "BB\n", "BÄ8", "\u{1f600}8", "BB_"]) {
    expect(refusalOf(() => decodeBase45(text))).toBe("base45.character");
  }
});

test("every byte string survives the way through a code, and no two texts stand for the same bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = encodeBase45(bytes);
      expect(decodeBase45(text)).toEqual(bytes);
      // A scanner's reader trims what it gets: a code that ended in a space would lose it.
      expect(text.endsWith(" ")).toBe(false);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."0AZ $%:W8") }), (text) => {
      let bytes: Uint8Array | null = null;
      if (refusalOf(() => (bytes = decodeBase45(text))) === null && bytes !== null) {
        expect(encodeBase45(bytes)).toBe(text);
      }
    }),
  );
});
