import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCanonicalText } from "../../../main/ledger/verify/canonical-text.ts";
import { CanonicalError, canonicalise, parseCanonical, type CanonicalValue } from "../../../sync/protocol/canonical.ts";

const { value: anyValue } = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, depthIdentifier: "canonical" },
    fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.array(tie("value"), { maxLength: 6, depthIdentifier: "canonical" }),
    fc.dictionary(
      fc.string({ unit: "grapheme", maxLength: 12 }).filter((text) => text.isWellFormed()),
      tie("value"),
      { maxKeys: 6, depthIdentifier: "canonical" },
    ),
  ),
}));

/** The same value with the members of every object in another order. */
function reordered(value: CanonicalValue): CanonicalValue {
  if (Array.isArray(value)) return value.map((item: CanonicalValue) => reordered(item));
  if (typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reordered(member)]),
  );
}

/** An object's text without ever making the object: nothing of JavaScript's own order or names comes into it. */
function writtenByHand(members: readonly (readonly [string, CanonicalValue])[]): string {
  const sorted = members.toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${sorted.map(([name, member]) => `${JSON.stringify(name)}:${canonicalise(member)}`).join(",")}}`;
}

describe("the text of an entry", () => {
  test("comes back as the same value, and the value has no other text", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const text = canonicalise(value);
        expect(parseCanonical(text)).toEqual(JSON.parse(text));
        expect(canonicalise(parseCanonical(text))).toBe(text);
        expect(canonicalise(reordered(value))).toBe(text);
        expect(JSON.parse(text)).toEqual(structuredClone(value));
      }),
    );
  });

  test("has its keys in the order of RFC 8785 section 3.2.3, by UTF-16 code units", () => {
    const members = {
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis",
    };
    const keys = Object.keys(parseCanonical(canonicalise(members)));
    // A JavaScript object moves "1" to its front, so the order is looked up in the text.
    const places = ["\\r", "1", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33"].map((key) =>
      canonicalise(members).indexOf(`"${key}":`),
    );
    expect(places).toEqual(places.toSorted((left, right) => left - right));
    expect(places).not.toContain(-1);
    expect(keys.length).toBe(7);
  });

  test("escapes as RFC 8785 section 3.2.2.2 has it", () => {
    expect(canonicalise('\u20ac$\u000f\nA\'B"\\\\"/\u007f\u2028')).toBe(
      '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f\u2028"',
    );
  });

  test("is the same whether its keys are ordinary, numbers or JavaScript's own names: the verifier writes no other", () => {
    const key = fc.constantFrom(
      "10",
      "9",
      "1x",
      "01",
      "-1",
      "__proto__",
      "toJSON",
      "length",
      "",
      "a",
      "B",
      "\u00e4",
      "\ufb33",
    );
    const members = fc.uniqueArray(fc.tuple(key, anyValue), { selector: ([name]) => name, maxLength: 8 });
    fc.assert(
      fc.property(members, (entries) => {
        const text = canonicalise({ outer: [Object.fromEntries(entries)] });
        expect(text).toBe(`{"outer":[${writtenByHand(entries)}]}`);
        expect(canonicalise({ outer: [Object.fromEntries(entries.toReversed()) as CanonicalValue] })).toBe(text);
        expect(readCanonicalText(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test("cannot smuggle a key past the reader through JavaScript's own names", () => {
    const text = '{"__proto__":{"total":1},"constructor":2}';
    expect(canonicalise(parseCanonical(text))).toBe(text);
    expect(Object.getPrototypeOf(parseCanonical(text))).toBe(Object.prototype);
  });
});

describe("no canonical text", () => {
  test.each([
    ["null", null],
    ["undefined", undefined],
    ["undefined in an object", { total: undefined }],
    ["a fraction", 0.1],
    ["negative zero", -0],
    ["not a number", Number.NaN],
    ["infinity", Number.POSITIVE_INFINITY],
    ["2^53", 2 ** 53],
    ["a big integer", 1n],
    ["a lone surrogate", "\ud83d"],
    ["a lone surrogate in a key", { "\ude00": 1 }],
    ["a date", new Date(0)],
    ["a map", new Map()],
    ["bytes", new Uint8Array(1)],
    ["a hole in an array", Array<number>(2)],
    ["a function", () => 1],
    ["a symbol", Symbol("x")],
  ])("is given to %s, which two readers could read in two ways", (_, value) => {
    expect(() => canonicalise(value as CanonicalValue)).toThrow(CanonicalError);
    expect(() => canonicalise([{ a: value as CanonicalValue }])).toThrow(/at \$\[0\]\.a/);
  });

  test("is given to what is nested so deeply that a reader would run out of stack", () => {
    let value: CanonicalValue = 1;
    for (let depth = 0; depth < 32; depth += 1) value = [value];
    expect(parseCanonical(canonicalise(value))).toEqual(value);
    expect(() => canonicalise([value])).toThrow(CanonicalError);
    const deep = 100_000;
    expect(() => parseCanonical("[".repeat(deep) + "]".repeat(deep))).toThrow(CanonicalError);
    const cycle: CanonicalValue[] = [];
    cycle.push(cycle);
    expect(() => canonicalise(cycle)).toThrow(CanonicalError);
  });
});

describe("a text that only looks canonical", () => {
  test.each([
    ["", "nothing"],
    ["{", "cut"],
    [' {"a":1}', "space before"],
    ['{"a": 1}', "space within"],
    ['{"a":1}\n', "a line end"],
    ['\ufeff{"a":1}', "a byte order mark"],
    ['{"b":1,"a":2}', "keys out of order"],
    ['{"a":1,"a":1}', "a key twice"],
    ['{"a":1,"a":2}', "a key twice with two values"],
    ["1.0", "a number with a point"],
    ["1e2", "a number with an exponent"],
    ["-0", "negative zero"],
    ["01", "a leading zero"],
    ["9007199254740993", "a number that a double changes"],
    ["null", "null"],
    ['{"a":null}', "null within"],
    ['"\\u0061"', "an escape that is not needed"],
    ['"\\/"', "an escaped slash"],
    ['"\\u000A"', "an escape in capitals"],
    ['"\\ud83d"', "a lone surrogate"],
    ["NaN", "no JSON"],
  ])("%j is refused: %s", (text) => {
    expect(() => parseCanonical(text)).toThrow(CanonicalError);
  });

  test("any one changed character gives another value or a refusal, never the same entry under another hash", () => {
    fc.assert(
      fc.property(anyValue, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (value, at, character) => {
        const text = canonicalise(value);
        const place = at % text.length;
        const changed = text.slice(0, place) + character + text.slice(place + 1);
        if (changed === text) return;
        let read: CanonicalValue;
        try {
          read = parseCanonical(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(CanonicalError);
          return;
        }
        expect(canonicalise(read)).toBe(changed);
        expect(canonicalise(read)).not.toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test("hostile strings are refused and never anything else", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (text) => {
        try {
          expect(canonicalise(parseCanonical(text))).toBe(text);
        } catch (error) {
          expect(error).toBeInstanceOf(CanonicalError);
        }
      }),
    );
  });
});
