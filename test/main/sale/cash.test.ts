import fc from "fast-check";
import { expect, test } from "vitest";
import { demoStore } from "../../../platform/demo/goods/demo-shop.ts";
import { cashDueMinor, cashSuggestions } from "../../../main/sale/cash.ts";

const bareNotes = [500, 1000, 2000, 5000, 10_000];

function tendered(dueMinor: number, notes: readonly number[]): number[] {
  return cashSuggestions(dueMinor, notes).map((suggestion) => suggestion.tenderedMinor);
}

test.each([
  [8964, 10, 8960],
  [11_898, 10, 11_900],
  [8965, 10, 8970],
  [4, 10, 0],
  [5, 10, 10],
  [1234, 1, 1234],
  [1232, 5, 1230],
  [1233, 5, 1235],
])("a total of %i in steps of %i is paid in cash with %i", (totalMinor, stepMinor, dueMinor) => {
  expect(cashDueMinor(totalMinor, stepMinor)).toBe(dueMinor);
});

// These are the amounts on the pictures of the screen that the shop was promised.
test.each([
  ["bare notes", bareNotes],
  ["the demo shop's notes", demoStore.cashNotesMinor],
])("the cashier is offered the exact amount and the two notes people hand over, with %s", (_name, notes) => {
  expect(tendered(8960, notes)).toEqual([8960, 9000, 10_000]);
  expect(tendered(11_900, notes)).toEqual([11_900, 12_000, 20_000]);
});

test("an amount that is a note by itself still gets a larger one, and nothing due is just that", () => {
  expect(tendered(10_000, bareNotes)).toEqual([10_000]);
  expect(tendered(5000, bareNotes)).toEqual([5000, 6000, 10_000]);
  expect(tendered(0, bareNotes)).toEqual([0]);
});

test("the first suggestion is exact, every one covers what is due, the change adds up, and none is there twice", () => {
  const notes = fc.uniqueArray(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 16 });
  fc.assert(
    fc.property(fc.nat(20_000_000), notes, (dueMinor, notesMinor) => {
      const suggestions = cashSuggestions(dueMinor, notesMinor);
      expect(suggestions[0]).toEqual({ tenderedMinor: dueMinor, changeMinor: 0 });
      expect(suggestions.length).toBeLessThanOrEqual(3);
      for (const { tenderedMinor, changeMinor } of suggestions) {
        expect(tenderedMinor).toBeGreaterThanOrEqual(dueMinor);
        expect(tenderedMinor - changeMinor).toBe(dueMinor);
        expect(changeMinor).toBeLessThan(Math.max(...notesMinor));
      }
      expect(new Set(suggestions.map((each) => each.tenderedMinor)).size).toBe(suggestions.length);
    }),
  );
});

test("cash rounding moves a total by half a step at most and never below nothing", () => {
  fc.assert(
    fc.property(fc.nat(100_000_000), fc.integer({ min: 1, max: 100_000 }), (totalMinor, stepMinor) => {
      const dueMinor = cashDueMinor(totalMinor, stepMinor);
      expect(dueMinor % stepMinor).toBe(0);
      expect(Math.abs(dueMinor - totalMinor) * 2).toBeLessThanOrEqual(stepMinor);
      expect(Object.is(dueMinor, -0)).toBe(false);
    }),
  );
});
