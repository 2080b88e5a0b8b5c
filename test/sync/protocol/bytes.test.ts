import fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes, equalBytes, fromHex, fromUtf8, toHex, utf8 } from "../../../sync/protocol/bytes.ts";

test("bytes survive hexadecimal, and a damaged hexadecimal text is refused instead of read as less", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromHex(toHex(bytes))).toEqual(bytes);
      expect(fromHex(toHex(bytes).toUpperCase())).toEqual(bytes);
      expect(toHex(bytes)).toBe(Buffer.from(bytes).toString("hex"));
    }),
  );
  for (const wrong of ["a", "0g", "0x", " 0", "00\n", "\u0660\u0660", "-1", "+1"]) {
    expect(() => fromHex(wrong)).toThrow(RangeError);
  }
});

test("a text survives UTF-8, byte order mark and all, and bytes that are no UTF-8 are refused", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      if (text.isWellFormed()) expect(fromUtf8(utf8(text))).toBe(text);
    }),
  );
  expect(fromUtf8(utf8("\ufeffa"))).toBe("\ufeffa");
  for (const wrong of ["ff", "c0af", "eda080", "f4908080", "e282"]) {
    expect(() => fromUtf8(fromHex(wrong))).toThrow(TypeError);
  }
});

test("joined bytes are their parts in order, and equal only to themselves", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 20 })), fc.uint8Array({ maxLength: 5 }), (parts, other) => {
      const joined = concatBytes(...parts);
      expect([...joined]).toEqual(parts.flatMap((part) => [...part]));
      expect(equalBytes(joined, new Uint8Array(joined))).toBe(true);
      expect(equalBytes(joined, other)).toBe(toHex(joined) === toHex(other));
    }),
  );
});
