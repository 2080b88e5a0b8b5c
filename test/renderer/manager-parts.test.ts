import { createIntl } from "@formatjs/intl";
import { expect, test } from "vitest";
import type { SyncOverview } from "../../main/contract/manager.ts";
import type { Locale, Snapshot } from "../../main/contract/snapshot.ts";
import { answerCodes } from "../../sync/protocol/answer-codes.ts";
import { needsOf } from "../../renderer/manager/needs.ts";
import { ageOf, offsetOf } from "../../renderer/manager/parts/ages.ts";
import { nearDay } from "../../renderer/manager/parts/days.ts";
import { answerInWords } from "../../renderer/manager/sync-log/answer-words.ts";
import { headlineOf } from "../../renderer/manager/sync-log/headline.ts";
import { rowAnswer } from "../../renderer/manager/sync-log/row-answer.ts";
import { chartHours } from "../../renderer/manager/today/hours.ts";
import { english } from "../../renderer/shared/words/en.ts";
import type { Words } from "../../renderer/manager/parts/writing.ts";
import { chinese } from "../../renderer/shared/words/zh-cn.ts";

function wordsOf(locale: Locale): Words {
  const intl = createIntl({ locale, messages: locale === "en" ? english : chinese });
  return (key, values) => intl.formatMessage({ id: key }, values);
}

const words = wordsOf("en");
const now = Date.parse("2026-11-20T18:42:00.000+08:00");

const counts = { "needs-you": 0, safe: 0, "on-the-way": 0, confirmed: 0, settled: 0 };

function headline(change: Partial<Pick<SyncOverview, "sales" | "arrived" | "notArrived">>, states = {}): string {
  const day = { sales: 0, arrived: 0, notArrived: { count: 0, totalMinor: 0 }, ...change };
  const { title, urgent } = headlineOf(words, { ...day, counts: { ...counts, ...states } });
  return urgent === undefined ? title : `${title} ${urgent}`;
}

test("that all have arrived is said only where it is all: no green light over unsent sales", () => {
  expect(headline({ sales: 412, arrived: 412 })).toBe("All 412 of today’s sales have arrived.");
  expect(headline({ sales: 1, arrived: 1 })).toBe("Today’s one sale has arrived.");
  expect(headline({ sales: 412, arrived: 411 }, { "needs-you": 1 })).toBe(
    "411 of today’s 412 sales have arrived. 1 needs you.",
  );
  const waiting = { count: 2, totalMinor: 100 };
  expect(headline({ sales: 3, arrived: 1, notArrived: waiting }, { safe: 2 })).toBe(
    "1 of today’s 3 sales has arrived.",
  );
  expect(headline({ sales: 2, arrived: 0, notArrived: waiting }, { safe: 1, "on-the-way": 1 })).toBe(
    "None of today’s 2 sales has arrived yet.",
  );
  expect(headline({ sales: 5, arrived: 5, notArrived: waiting })).toBe(
    "All 5 of today’s sales have arrived. 2 other entries have not.",
  );
  expect(headline({ sales: 0 })).toBe("No sales yet today.");
  expect(headline({ sales: 0, notArrived: waiting })).toContain("2 earlier entries have not arrived.");
});

test("ages and clock differences are said as a person says them", () => {
  const minute = 60_000;
  expect(ageOf(-5)).toEqual({ unit: "moment" });
  expect(ageOf(59_999)).toEqual({ unit: "moment" });
  expect(ageOf(131 * minute)).toEqual({ unit: "hours", hours: 2, minutes: 11 });
  expect(ageOf(47 * 60 * minute)).toEqual({ unit: "hours", hours: 47, minutes: 0 });
  expect(ageOf(48 * 60 * minute)).toEqual({ unit: "days", days: 2 });
  expect(offsetOf(-400)).toEqual({ side: "behind", unit: "tenths", amount: 0.4 });
  expect(offsetOf(20)).toEqual({ side: "right" });
  expect(offsetOf(12_400)).toEqual({ side: "ahead", unit: "seconds", amount: 12 });
  expect(offsetOf(-3 * minute)).toEqual({ side: "behind", unit: "minutes", amount: 3 });
});

test("a day is the shop's own: 23:30 in Shanghai is yesterday half an hour later, whatever the browser's zone", () => {
  const late = Date.parse("2026-11-19T23:30:00.000+08:00");
  expect(nearDay(late, Date.parse("2026-11-20T00:00:00.000+08:00"), "Asia/Shanghai")).toBe("yesterday");
  expect(nearDay(late, late + 60_000, "Asia/Shanghai")).toBe("today");
  expect(nearDay(now + 86_400_000, now, "Asia/Shanghai")).toBe("tomorrow");
  expect(nearDay(late, now + 3 * 86_400_000, "Asia/Shanghai")).toBe("other");
});

test("every answer of the platform has words in both languages, and one that nobody knows is shown as it is", () => {
  for (const locale of ["en", "zh-CN"] as const) {
    for (const code of answerCodes) {
      expect([code, answerInWords(wordsOf(locale), locale, code).title]).not.toEqual([
        code,
        expect.stringContaining(code),
      ]);
    }
    expect(answerInWords(wordsOf(locale), locale, "customs.unclear").title).toContain("customs.unclear");
  }
  // What is spelled like a property of every object is a code like any other.
  expect(answerInWords(words, "en", "constructor").title).toContain("constructor");
  expect(answerInWords(words, "en", "platform.not-reached").title).toBe("The platform cannot be reached");
});

test("a row says the last answer with its code and the next try", () => {
  const writing = {
    words,
    locale: "en",
    times: { whenToSecond: () => "18:41:59" },
    formats: { timeToSecond: () => "18:42:33" },
  } as const;
  const row = {
    seq: 1,
    kind: "sale",
    saleId: "00000000-0000-4000-8000-000000000000",
    receiptCode: "2-1",
    madeAt: "2026-11-20T18:41:50.000+08:00",
    totalMinor: 100,
    paidBy: "cash",
    tries: 1,
  } as const;
  const at = row.madeAt;
  const line = { code: "platform.not-reached", at, by: "line" } as const;
  const answers = [
    rowAnswer({ ...row, state: "safe", answer: line, nextTryAt: at }, writing),
    rowAnswer({ ...row, state: "safe" }, writing),
    rowAnswer({ ...row, state: "needs-you", answer: { code: "sale.twice", at, by: "platform" } }, writing),
    rowAnswer({ ...row, state: "confirmed", arrivedAt: at }, writing),
    rowAnswer({ ...row, state: "settled", answer: { code: "sale.settled", at, by: "platform" } }, writing),
  ];
  expect(answers).toEqual([
    "The platform cannot be reached (platform.not-reached). Next try 18:42:33.",
    "Not sent yet.",
    "This sale is booked already (sale.twice)",
    "Stored 18:41:59",
    "Booked 18:41:59",
  ]);
});

test("the day's beads: a round amount each, no more than can be counted, and none for an hour of refunds", () => {
  const hour = (at: number, totalMinor: number) => ({ hour: at, sales: 1, totalMinor });
  const chart = chartHours([hour(9, 280_950), hour(11, 100_000), hour(12, -500)], 100);
  expect(chart.beadMinor).toBe(20_000);
  expect(chart.columns.map(({ hour, beads }) => [hour, beads])).toEqual([
    [9, 14],
    [10, 0],
    [11, 5],
    [12, 0],
    [13, 0],
    [14, 0],
  ]);
  expect(chart.most).toBeLessThanOrEqual(16);
  expect(chart.columns[0]?.part).toBeCloseTo(0.0475);
  // A last hour before midnight leads to no hour 24, and a yen has no smaller unit.
  expect(chartHours([hour(23, 7)], 1).columns.map((column) => column.hour)).toEqual([23]);
  expect(chartHours([], 100)).toMatchObject({ columns: [], most: 0 });
  // A bar's day begins at four, so that the hours after midnight are its last ones.
  const late = chartHours([hour(22, 100), hour(1, 300)], 1, 4).columns;
  expect(late.map((column) => column.hour)).toEqual([22, 23, 0, 1, 2, 3]);
  expect(late.map(({ totalMinor }) => totalMinor)).toEqual([100, 0, 0, 300, 0, 0]);
});

test("what needs the manager stands worst first, and being offline is only said", () => {
  const sync = { state: "offline", salesWaiting: 3, moneyWaitingMinor: 1, lastContactAt: "2026-11-18T00:00:00.000Z" };
  const snapshot = {
    devices: [
      { id: "a", kind: "printer", state: "degraded", fault: { code: "printer.out-of-paper", params: {} } },
      { id: "b", kind: "scanner", state: "absent" },
    ],
    sync,
    staff: {
      parked: [],
      ledgerCheck: { state: "broken", entries: 9, at: "2026-11-20T00:00:00.000Z", seq: 4, reason: "" },
      catalog: { items: 1 },
    },
  } as unknown as Snapshot;
  const overview = { counts: { ...counts, "needs-you": 2 }, room: { freeBytes: 1, days: 3 } } as SyncOverview;
  expect(needsOf(snapshot, overview, now).map(({ kind, tone }) => `${kind} ${tone}`)).toEqual([
    "ledger-broken error",
    "held attention",
    "old-contact attention",
    "device attention",
    "little-room attention",
    "offline wait",
  ]);
  const mend = structuredClone(snapshot);
  Object.assign(mend.staff?.ledgerCheck ?? {}, { reason: "projection-differs" });
  expect(needsOf(mend, overview, now).find(({ section }) => section === "ledger")).toMatchObject({
    kind: "ledger-mend",
    tone: "attention",
  });
  const care = structuredClone(snapshot);
  Object.assign(care.staff ?? {}, { disk: { state: "full", freeBytes: 1 }, unseenIncidents: 2 });
  expect(needsOf(care, overview, now).filter(({ section }) => section === "ledger")).toMatchObject([
    { kind: "ledger-broken" },
    { kind: "disk-full", tone: "error" },
    { kind: "incidents", tone: "attention", count: 2 },
  ]);
  Object.assign(care.staff ?? {}, { disk: { state: "low", freeBytes: 1 } });
  expect(needsOf(care, overview, now).map(({ kind }) => kind)).toContain("disk-low");
  const calm = {
    ...snapshot,
    devices: [],
    staff: undefined,
    sync: { ...sync, state: "online", lastContactAt: undefined },
  };
  expect(needsOf(calm as unknown as Snapshot, null, now)).toEqual([]);
});
