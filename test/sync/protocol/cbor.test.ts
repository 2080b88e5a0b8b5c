import { decode } from "cborg";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fromHex, toHex } from "../../../sync/protocol/bytes.ts";
import {
  decodeCbor,
  decodeTaggedCbor,
  encodeCbor,
  type CborLabel,
  type CborValue,
} from "../../../sync/protocol/cbor.ts";
import { refusalOf } from "../../support/refusal.ts";
import { describeWithVectors, readVector } from "../../support/vectors.ts";

const limits = { maximumBytes: 4096 };
const read = (hex: string) => decodeCbor(fromHex(hex), limits);

const { value: anyValue } = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthIdentifier: "cbor" },
    fc.maxSafeInteger(),
    fc.integer({ min: -30, max: 300 }),
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie("value"), { maxLength: 5, depthIdentifier: "cbor" }),
    fc
      .array(fc.tuple(fc.oneof(fc.maxSafeInteger(), fc.string({ maxLength: 5 })), tie("value")), {
        maxLength: 5,
        depthIdentifier: "cbor",
      })
      .map((members): CborValue => new Map<CborLabel, CborValue>(members)),
  ),
}));

describe("strict reading", () => {
  test("what a wallet writes, a till reads as the same value, and there is one encoding of it", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const bytes = encodeCbor(value);
        expect(decodeCbor(bytes, { ...limits, deterministic: true })).toEqual(value);
        expect(decode(bytes, { useMaps: true })).toEqual(value);
      }),
    );
  });

  test("hostile bytes are refused with a code and never stop the till", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        let value: CborValue = null;
        const options = { ...limits, deterministic: true };
        if (refusalOf(() => (value = decodeCbor(bytes, options))) === null) expect(encodeCbor(value)).toEqual(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["an array of indefinite length", "9f01ff", "cbor.malformed"],
    ["a map of indefinite length", "bf0102ff", "cbor.malformed"],
    ["a text of indefinite length", "7f6161ff", "cbor.malformed"],
    ["a break alone", "ff", "cbor.malformed"],
    ["a number that is longer than it has to be", "1817", "cbor.malformed"],
    ["a length that is longer than it has to be", "580161", "cbor.malformed"],
    ["the same number twice as a key", "a201020103", "cbor.malformed"],
    ["the same text twice as a key", "a2616101616102", "cbor.malformed"],
    ["bytes as a key, of which two could be the same", "a14101f5", "cbor.type"],
    ["an array as a key", "a18001", "cbor.type"],
    ["a half float", "f93c00", "cbor.type"],
    ["a double in an array", "81fb3ff199999999999a", "cbor.type"],
    ["undefined", "f7", "cbor.malformed"],
    ["another simple value", "f0", "cbor.malformed"],
    ["a number above 2^53-1", "1b0020000000000000", "cbor.malformed"],
    ["a number below -(2^53-1)", "3b001fffffffffffff", "cbor.malformed"],
    ["a tag", "c101", "cbor.tag"],
    ["a tag inside", "81c101", "cbor.tag"],
    ["a text that is not UTF-8", "61ff", "cbor.malformed"],
    ["a long text that is not UTF-8", `7828${"61".repeat(39)}ff`, "cbor.malformed"],
    ["a byte left over", "0100", "cbor.malformed"],
    ["nothing", "", "cbor.malformed"],
    ["a cut array", "8201", "cbor.malformed"],
    ["a cut byte string", "42ff", "cbor.malformed"],
    ["an array that claims 2^32-1 items", "9affffffff01", "cbor.malformed"],
    ["seven levels", `${"81".repeat(7)}01`, "cbor.too-deep"],
    ["seven levels of maps", `${"a101".repeat(7)}01`, "cbor.too-deep"],
    ["ten thousand levels within the limit of bytes", "81".repeat(4000), "cbor.too-deep"],
    ["a reserved length", "1c", "cbor.malformed"],
  ])("%s is refused", (_, hex, code) => {
    expect(refusalOf(() => read(hex))).toBe(code);
  });

  test("six levels are read, also when others were closed before", () => {
    expect(refusalOf(() => read(`${"81".repeat(6)}01`))).toBe(null);
    expect(refusalOf(() => read(`86${"8180".repeat(1)}${"80".repeat(4)}8181818101`))).toBe(null);
  });

  test("a byte order mark stays in its text, so that two texts never read as the same", () => {
    expect(read("64efbbbf61")).toBe("\ufeffa");
    expect(encodeCbor(read("64efbbbf61"))).toEqual(fromHex("64efbbbf61"));
  });

  test("keys out of order are refused only where one encoding is asked for", () => {
    expect(read("a202010102")).toEqual(
      new Map([
        [2, 1],
        [1, 2],
      ]),
    );
    const deterministic = { ...limits, deterministic: true };
    expect(refusalOf(() => decodeCbor(fromHex("a202010102"), deterministic))).toBe("cbor.not-deterministic");
  });

  test("input over the limit is refused before it is read", () => {
    expect(refusalOf(() => decodeCbor(new Uint8Array(5), { maximumBytes: 4 }))).toBe("cbor.too-large");
  });

  test("tags before the value are handed to whoever knows them, two at most", () => {
    expect(decodeTaggedCbor(fromHex("d83dd201"), limits)).toEqual({ tags: [61, 18], value: 1 });
    expect(refusalOf(() => decodeTaggedCbor(fromHex("d2d2d201"), limits))).toBe("cbor.tag");
    expect(refusalOf(() => decodeTaggedCbor(fromHex("d81201"), limits))).toBe("cbor.malformed");
  });

  test("what has no encoding is refused by the writer, so that no wallet makes a code that no till reads", () => {
    for (const value of [0.5, -0, Number.NaN, 2 ** 53, "\ud800", [[[[[[[1]]]]]]]]) {
      expect(() => encodeCbor(value)).toThrow(RangeError);
    }
  });
});

const caseSchema = z.object({
  hex: z.string(),
  roundtrip: z.boolean(),
  decoded: z.unknown().optional(),
  diagnostic: z.string().optional(),
});

describeWithVectors("RFC 7049 appendix A", "cbor", (folder) => {
  const cases = z.array(caseSchema).parse(readVector(folder, "appendix_a.json"));

  test.each(cases)("$hex", ({ hex, roundtrip, decoded, diagnostic }) => {
    const expected = expectedOf(hex, roundtrip, decoded, diagnostic);
    if (expected === "refused") {
      expect(refusalOf(() => read(hex))).toMatch(/^cbor\.(?:malformed|type|tag)$/);
    } else {
      expect(plain(read(hex))).toEqual(expected.value);
      expect(toHex(encodeCbor(read(hex)))).toBe(hex);
    }
  });

  test("the file has cases of both kinds", () => {
    const refused = cases.filter((one) => refusalOf(() => read(one.hex)) !== null).length;
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(cases.length);
  });
});

/** What a strict reader has to make of a case, from what the file says of it and not from our reader. */
function expectedOf(
  hex: string,
  roundtrip: boolean,
  decoded: unknown,
  diagnostic: string | undefined,
): "refused" | { value: unknown } {
  // Not the shortest or an indefinite form; a float; a tag; a simple value other than true, false and null.
  if (!roundtrip || /^(?:f[9ab]|[cd])/.test(hex) || /^(?:undefined|simple)/.test(diagnostic ?? "")) return "refused";
  if (typeof decoded === "number" && !Number.isSafeInteger(decoded)) return "refused";
  if (diagnostic === undefined) return { value: decoded };
  const bytes = /^h'([0-9a-f]*)'$/.exec(diagnostic);
  if (bytes !== null) return { value: diagnostic };
  // The remaining ones are maps with whole numbers as keys, written as JSON but for the quotes around them.
  return { value: JSON.parse(diagnostic.replaceAll(/(\d+):/g, '"$1":')) };
}

function plain(value: CborValue): unknown {
  if (value instanceof Uint8Array) return `h'${toHex(value)}'`;
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, member]) => [key, plain(member)]));
  return Array.isArray(value) ? value.map((item: CborValue) => plain(item)) : value;
}
