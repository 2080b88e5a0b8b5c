import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalise, type CanonicalValue, parseCanonical } from "../../../../sync/protocol/canonical.ts";
import { readCanonicalText } from "../../../../main/ledger/verify/canonical-text.ts";
import { IdTable, NumberColumn } from "../../../../main/ledger/verify/id-table.ts";
import { createFindings } from "../../../../main/ledger/verify/reasons.ts";

const { value } = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: "binary" }),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: "binary", maxLength: 3 }), tie("value"), { maxKeys: 4 }),
  ),
}));

function isRead(text: string): boolean {
  try {
    const read = parseCanonical(text);
    return typeof read === "object" && !Array.isArray(read);
  } catch {
    return false;
  }
}

/** What somebody may do to a text by hand. */
const edits = fc.array(
  fc.record({
    at: fc.nat(200),
    cut: fc.nat(2),
    put: fc.constantFrom(
      "",
      " ",
      "0",
      "-0",
      "1.5",
      "null",
      "\\ud800",
      "\\u0041",
      '"a":1,',
      '"',
      "}",
      "{",
      "1e3",
      "\ud800",
    ),
  }),
  { minLength: 1, maxLength: 2 },
);

test("the verifier takes exactly the texts that the writer may write, however they are altered", () => {
  const property = fc.property(fc.dictionary(fc.string({ maxLength: 3 }), value), edits, (fields, changes) => {
    const text = canonicalise(fields);
    expect(readCanonicalText(text)).toEqual(parseCanonical(text));
    let changed = text;
    for (const { at, cut, put } of changes) {
      const place = at % (changed.length + 1);
      changed = changed.slice(0, place) + put + changed.slice(place + cut);
    }
    expect(readCanonicalText(changed) !== undefined, changed).toBe(isRead(changed));
  });
  fc.assert(property, { numRuns: 3000, seed: 7 });
});

test("names in another order, names twice, numbers as names, escapes and deep nesting are told apart", () => {
  expect(readCanonicalText('{"10":1,"9":2}')).toEqual({ 10: 1, 9: 2 });
  expect(readCanonicalText('{"9":2,"10":1}')).toBeUndefined();
  expect(readCanonicalText('{"a":1,"a":2}')).toBeUndefined();
  expect(readCanonicalText('{"b":1,"a":2}')).toBeUndefined();
  expect(readCanonicalText(String.raw`{"a":"\\ud800"}`)).toEqual({ a: String.raw`\ud800` });
  expect(readCanonicalText(String.raw`{"a":"\ud800"}`)).toBeUndefined();
  expect(readCanonicalText(String.raw`{"\ud800":1}`)).toBeUndefined();
  expect(readCanonicalText('{"__proto__":{"a":1}}')).toBeDefined();
  expect(readCanonicalText(`{"a":${"[".repeat(9000)}${"]".repeat(9000)}}`)).toBeUndefined();
});

test("an id is found again among many, and never where it was not put, also when ids look alike", () => {
  const hex = fc.integer({ min: 0, max: 15 }).map((digit) => digit.toString(16));
  // Few differences, so that ids repeat and fall close to each other.
  const id = fc.tuple(hex, hex, fc.nat(40)).map(([first, last, count]) => {
    return `${first}18f0000-0000-7000-8000-0000000${String(count).padStart(4, "0")}${last}`;
  });
  fc.assert(
    fc.property(fc.array(id, { maxLength: 3000 }), id, (ids, other) => {
      const table = new IdTable();
      const known = new Map<string, number>();
      for (const each of ids) {
        expect(table.add(each)).toBe(known.has(each) ? -1 : known.size);
        if (!known.has(each)) known.set(each, known.size);
      }
      expect(table.size).toBe(known.size);
      for (const [each, number] of known) expect(table.find(each)).toBe(number);
      expect(table.find(other)).toBe(known.get(other) ?? -1);
    }),
    { numRuns: 60, seed: 11 },
  );
});

test("more ids than one part of the table holds keep their numbers", () => {
  const table = new IdTable();
  const column = new NumberColumn();
  const idOf = (count: number) => `018f0000-0000-7000-8000-${count.toString(16).padStart(12, "0")}`;
  for (let count = 0; count < 40_000; count += 1) column.set(table.add(idOf(count)), count * 2);
  for (const count of [0, 16_383, 16_384, 39_999]) expect(column.get(table.find(idOf(count)))).toBe(count * 2);
  expect(table.add(idOf(20_000))).toBe(-1);
  expect(column.get(40_000)).toBe(0);
});

test("of very many findings the first ones are kept and all are counted, the first entry first", () => {
  const findings = createFindings();
  for (let seq = 500; seq > 0; seq -= 1) findings.report({ seq, reason: "postings", params: {} });
  findings.report({ seq: 0, reason: "working-state", params: {} });
  expect(findings.all().count).toBe(501);
  expect(findings.all().findings).toHaveLength(50);
  const few = createFindings();
  few.report({ seq: 0, reason: "working-state", params: {} });
  few.report({ seq: 0, reason: "database-damaged", params: { detail: "x".repeat(1000) } });
  few.report({ seq: 9, reason: "shift-report", params: {} });
  few.report({ seq: 4, reason: "refund", params: {} });
  expect(few.all().findings.map(({ reason }) => reason)).toEqual([
    "refund",
    "shift-report",
    "database-damaged",
    "working-state",
  ]);
  expect(String(few.all().findings[2]?.params["detail"])).toHaveLength(200);
  few.forgetFrom(5);
  expect(few.first()).toMatchObject({ reason: "refund", seq: 4 });
  expect(few.all().count).toBe(3);
});
