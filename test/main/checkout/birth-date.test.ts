import { expect, test } from "vitest";
import { bornOnOrBefore } from "../../../main/checkout/birth-date.ts";

// The cashier holds this date against the card: a day off sells beer to a child, or sends an adult home.
test.each([
  ["2026-11-20", 18, "2008-11-20"],
  ["2026-01-01", 16, "2010-01-01"],
  ["2028-02-29", 18, "2010-02-28"],
  ["2028-02-29", 20, "2008-02-29"],
  ["2026-02-28", 18, "2008-02-28"],
  ["2026-03-01", 18, "2008-03-01"],
])("on %s somebody of %i was born on or before %s", (day, years, expected) => {
  expect(bornOnOrBefore(day, years)).toBe(expected);
});
