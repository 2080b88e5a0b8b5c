import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeReceiptCode, parseReceiptCode } from "../../../sync/protocol/receipt-code.ts";

const hexadecimal = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: length, maxLength: length });

const anyPlace = fc.record({
  ledger: fc.uuid(),
  seq: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  hash: hexadecimal(64),
});

// A code that reads as another sale pays out the money of that one.
test("whatever place is printed, the code names it again, in the characters of a QR code's alphanumeric mode", () => {
  fc.assert(
    fc.property(anyPlace, (place) => {
      const code = encodeReceiptCode(place);
      expect(code).toMatch(/^PC1:[0-9A-Z $%*+./:-]{48}$/);
      // Readers and pages cut blanks off the ends of a scan.
      expect(code.trim()).toBe(code);
      const { ledger, seq, hash } = place;
      expect(parseReceiptCode(code)).toEqual({ ledger, seq, hashStart: hash.slice(0, 16) });
    }),
  );
});

test("what is not such a code reads as nothing, whatever it is", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string({ minLength: 48, maxLength: 48 }).map((tail) => `PC1:${tail}`),
      ),
      (text) => {
        const read = parseReceiptCode(text);
        if (read !== null) expect(encodeReceiptCode({ ...read, hash: read.hashStart.padEnd(64, "0") })).toBe(text);
      },
    ),
  );
});

test("one character too few or too many, small letters and another prefix are not read", () => {
  fc.assert(
    fc.property(anyPlace, fc.nat(51), (place, at) => {
      const code = encodeReceiptCode(place);
      expect(parseReceiptCode(code.slice(0, at) + code.slice(at + 1))).toBeNull();
      expect(parseReceiptCode(`${code}0`)).toBeNull();
      expect(parseReceiptCode(code.replace("PC1:", "PT1:"))).toBeNull();
      expect(parseReceiptCode(code.replace("PC1:", "pc1:"))).toBeNull();
    }),
  );
});

test("an entry number beyond what is counted exactly, or none, is not read", () => {
  const hash = "0".repeat(64);
  const ledger = "ffffffff-ffff-7fff-bfff-ffffffffffff";
  expect(parseReceiptCode(encodeReceiptCode({ ledger, seq: 0, hash }))).toBeNull();
  expect(parseReceiptCode(encodeReceiptCode({ ledger, seq: 2 ** 53, hash }))).toBeNull();
  expect(parseReceiptCode(encodeReceiptCode({ ledger, seq: 2 ** 53 - 1, hash }))?.seq).toBe(2 ** 53 - 1);
});
