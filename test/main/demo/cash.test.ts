import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { TillError } from "../../../main/contract/errors.ts";
import {
  fullFloat,
  fullPurse,
  give,
  layDown,
  piecesFor,
  purseOf,
  putIn,
  takeBack,
  totalMinorOf,
  type Cash,
  type CashPlaces,
} from "../../../main/demo/cash.ts";
import { keepDrawer, readDrawer } from "../../../main/demo/drawer-file.ts";
import { demoFloatMinor } from "../../../main/demo/shop.ts";

const values = [...fullPurse.keys()];

/** Pieces of each value wherever they lie. */
function piecesOf(places: CashPlaces): Map<number, number> {
  const sum = new Map<number, number>();
  for (const cash of Object.values(places)) {
    for (const [value, count] of cash) sum.set(value, (sum.get(value) ?? 0) + count);
  }
  return sum;
}

type Step = (places: CashPlaces) => CashPlaces;

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom(...values, 7).map(
    (value): Step =>
      (places) =>
        layDown(places, value),
  ),
  fc.constant<Step>(takeBack),
  fc.constant<Step>(putIn),
  fc.integer({ min: 1, max: 120_000 }).map(
    (amount): Step =>
      (places) =>
        give(places, amount),
  ),
  fc.integer({ min: 1, max: 2_000 }).map(
    (tens): Step =>
      (places) =>
        give(places, tens * 10),
  ),
);

// A demo in which money appears by itself proves nothing about a till that counts it.
test("no note and no coin appears or vanishes among purse, tray and drawer, whatever people do, and a refusal moves nothing", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let places: CashPlaces = { purse: fullPurse, tray: new Map(), drawer: fullFloat };
      const before = piecesOf(places);
      for (const take of steps) {
        try {
          places = take(places);
        } catch (error) {
          if (!(error instanceof TillError)) throw error;
          expect(error.code).toBe("purse.too-little");
        }
        expect(piecesOf(places)).toEqual(before);
        for (const cash of Object.values(places)) for (const count of cash.values()) expect(count).toBeGreaterThan(0);
      }
    }),
  );
});

test("change is exact, out of what lies there, and found whenever it can be made at all", () => {
  const drawer = fc.uniqueArray(fc.tuple(fc.constantFrom(...values), fc.integer({ min: 1, max: 4 })), {
    selector: ([value]) => value,
    maxLength: 5,
  });
  fc.assert(
    fc.property(drawer, fc.integer({ min: 1, max: 60_000 }), (piles, anyMinor) => {
      const cash: Cash = new Map(piles);
      const payable = everySum(cash);
      for (const amountMinor of [anyMinor, ...[...payable].slice(0, 20)]) {
        const pieces = piecesFor(cash, amountMinor);
        expect(pieces !== null).toBe(payable.has(amountMinor));
        if (pieces === null) continue;
        expect(totalMinorOf(pieces)).toBe(amountMinor);
        for (const [value, count] of pieces) expect(count).toBeLessThanOrEqual(cash.get(value) ?? 0);
      }
    }),
    { numRuns: 50 },
  );
});

function everySum(cash: Cash): Set<number> {
  let sums = new Set([0]);
  for (const [value, count] of cash) {
    const next = new Set<number>();
    for (const sum of sums) for (let pieces = 0; pieces <= count; pieces += 1) next.add(sum + pieces * value);
    sums = next;
  }
  sums.delete(0);
  return sums;
}

test("sixty is given as three twenties where there is a fifty and no ten", () => {
  const drawer: Cash = new Map([
    [50_00, 1],
    [20_00, 3],
  ]);
  expect(piecesFor(drawer, 60_00)).toEqual(new Map([[20_00, 3]]));
  expect(piecesFor(drawer, 3)).toBeNull();
  expect(piecesFor(drawer, 120_00)).toBeNull();
});

test("the drawer starts with the float that the till was told, and the purse with every note and coin", () => {
  expect(totalMinorOf(fullFloat)).toBe(demoFloatMinor);
  expect(totalMinorOf(fullPurse)).toBe(700_00);
  const spent = layDown({ purse: new Map([[10, 1]]), tray: new Map(), drawer: new Map() }, 10);
  expect(purseOf(spent.purse)).toEqual(values.map((valueMinor) => ({ valueMinor, count: 0 })));
});

// The till goes on with its ledger after a stop; a drawer with its float again would be short by the day's takings.
test("the drawer's money outlives a stop, and a broken file is a new drawer", () => {
  const folder = mkdtempSync(join(tmpdir(), "suanpan-drawer-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  expect(readDrawer(folder)).toEqual(fullFloat);
  const drawer: Cash = new Map([
    [100_00, 7],
    [10, 3],
  ]);
  keepDrawer(folder, drawer);
  expect(readDrawer(folder)).toEqual(drawer);
  for (const broken of ["", "{", `{"piles":[{"valueMinor":-1,"count":1}]}`]) {
    writeFileSync(join(folder, "drawer.json"), broken);
    expect(readDrawer(folder)).toEqual(fullFloat);
  }
});
