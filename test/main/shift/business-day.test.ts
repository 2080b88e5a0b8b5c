import { expect, test } from "vitest";
import { basketView } from "../../../main/checkout/basket-view.ts";
import { zoneTime } from "../../../main/ledger/time.ts";
import { demoStore } from "../../../platform/demo/goods/demo-shop.ts";
import { pieceGood } from "../sale/goods.ts";
import { cashSale } from "../ledger/sales.ts";
import { handClock, openTestLedger, seededIds, temporaryFolder } from "../ledger/support.ts";
import { ShiftTill } from "./shift-till.ts";

const fourOClock = 4 * 60;
const cash = (priceMinor: number) => ({ priceMinor, walletMinor: 0, commissionMinor: 0 });

/** An instant by the clock of Shanghai. */
function inShanghai(day: number, hour: number, minute = 0): number {
  return Date.UTC(2026, 10, day, hour - 8, minute);
}

test("what a bar sells at half past one is in the report of the evening before, after its last hour", () => {
  const till = new ShiftTill();
  till.dayStartMinutes = fourOClock;
  till.clock.nowMs = inShanghai(20, 22);
  till.openShift(0);
  till.sell(cash(10_00));
  till.clock.nowMs = inShanghai(21, 1, 30);
  till.sell(cash(20_00));
  expect(till.reports().day()).toMatchObject({
    businessDay: "2026-11-20",
    startHour: 4,
    sales: 2,
    hours: [
      { hour: 22, sales: 1 },
      { hour: 1, sales: 1 },
    ],
  });
  expect(till.ledger.recentSales(2).map(({ businessDay }) => businessDay)).toEqual(["2026-11-20", "2026-11-20"]);
  till.close(30_00);
  till.clock.nowMs = inShanghai(21, 4);
  expect(till.reports().day()).toMatchObject({ businessDay: "2026-11-21", sales: 0 });
});

test("the report of a shift that was closed after midnight is one of the evening before", async () => {
  const till = new ShiftTill();
  till.dayStartMinutes = fourOClock;
  till.clock.nowMs = inShanghai(20, 9);
  till.openShift(0);
  till.clock.nowMs = inShanghai(21, 1);
  till.close(0);
  expect(await till.zReports().read(1)).toMatchObject({
    businessDay: "2026-11-20",
    closedAt: "2026-11-21T01:00:00.000+08:00",
  });
});

// The office changes the setting at noon: the morning's takings must not move to another day.
test("a business day that is set to begin at another hour counts from the next entry on, and no old entry changes", () => {
  const till = new ShiftTill();
  till.clock.nowMs = inShanghai(21, 2);
  till.openShift(0);
  till.sell(cash(10_00));
  const before = till.ledger.entriesAfter(0, { maximumCount: 100, maximumBytes: 1e6 });
  till.dayStartMinutes = fourOClock;
  till.sell(cash(20_00));
  till.restart();
  till.sell(cash(30_00));
  till.dayStartMinutes = 0;
  till.sell(cash(40_00));
  const days = till.ledger.recentSales(4).map(({ businessDay, totalMinor }) => [businessDay, totalMinor]);
  expect(days).toEqual([
    ["2026-11-21", 40_00],
    ["2026-11-20", 30_00],
    ["2026-11-20", 20_00],
    ["2026-11-21", 10_00],
  ]);
  expect(till.ledger.entriesAfter(0, { maximumCount: before.length, maximumBytes: 1e6 })).toEqual(before);
  expect(till.reports().day()).toMatchObject({ businessDay: "2026-11-21", salesMinor: 50_00 });
  till.ledger.rebuild();
  expect(till.reports().day()).toMatchObject({ businessDay: "2026-11-21", salesMinor: 50_00 });
});

test.each([
  // Four o'clock is two hours after midnight in UTC in summer and three in winter.
  { night: "spring", month: 2, evening: 28, morning: 29, startHour: 2 },
  { night: "autumn", month: 9, evening: 24, morning: 25, startHour: 3 },
])(
  "in the night in which the clock is changed in $night, the day begins when the clock on the wall says so",
  (when) => {
    const { month, evening, morning, startHour } = when;
    const year = 2026;
    const clock = { ...handClock(Date.UTC(year, month, evening, 20)), zone: "Europe/Berlin" };
    const ledger = openTestLedger(temporaryFolder(), { clock, dayStartMinutes: () => fourOClock });
    const ids = seededIds("night", clock);
    const dayAt = (utcHour: number, utcMinute: number) => {
      clock.nowMs = Date.UTC(year, month, morning, utcHour, utcMinute);
      ledger.append([cashSale(ledger, ids)]);
      return ledger.recentSales(1)[0];
    };
    const wall = zoneTime("Europe/Berlin");
    const last = dayAt(startHour - 1, 59);
    const first = dayAt(startHour, 0);
    expect(last?.time).toBe(wall.format(Date.UTC(year, month, morning, startHour - 1, 59)));
    expect(last?.time.slice(11, 16)).toBe("03:59");
    expect(first?.time.slice(11, 16)).toBe("04:00");
    expect(last?.businessDay.slice(8)).toBe(String(evening));
    expect(first?.businessDay.slice(8)).toBe(String(morning));
  },
);

test("whoever turns eighteen at midnight is of age then, whichever business day it is", () => {
  const lines = [{ lineId: "l", quantity: 1, good: pieceGood({ ageMinimum: 18 }) }];
  const rules = { store: demoStore, taxClasses: new Map() };
  const name = { en: "VAT", "zh-CN": "增值税" };
  rules.taxClasses.set("vat13", { id: "vat13", name, ratePartsPerMillion: 130_000 });
  const { age } = basketView({ saleId: "s", lines, addedCount: 1 }, rules, "2026-11-21");
  expect(age).toEqual({ minimum: 18, bornOnOrBefore: "2008-11-21" });
});
