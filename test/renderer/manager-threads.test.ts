import { expect, test } from "vitest";
import type { Arrival, SyncOverview } from "../../main/contract/manager.ts";
import {
  drawThreads,
  placeLabels,
  textWidthPx,
  type ThreadSheet,
} from "../../renderer/manager/sync-log/thread-geometry.ts";

const now = Date.parse("2026-11-20T10:00:00.000Z");
const minuteMs = 60_000;

const sheet: ThreadSheet = {
  widthPx: 1028,
  heightPx: 100,
  now,
  textScale: 1,
  clockOf: (instant) => ({ hour: new Date(instant).getUTCHours(), minute: new Date(instant).getUTCMinutes() }),
};

function thread(seq: number, minutesAgo: number, state: Arrival, tookMs?: number): SyncOverview["threads"][number] {
  const made = now - minutesAgo * minuteMs;
  return {
    seq,
    madeAt: new Date(made).toISOString(),
    state,
    ...(tookMs === undefined ? {} : { arrivedAt: new Date(made + tookMs).toISOString() }),
  };
}

function overviewOf(threads: SyncOverview["threads"], outages: SyncOverview["outages"] = []): SyncOverview {
  return { threads, outages } as unknown as SyncOverview;
}

test("each sale is one thread from when it was made to when it had arrived; what has not arrived hangs in the air", () => {
  const threads = [
    thread(1, 100, "settled", 900),
    thread(2, 50, "confirmed", 20 * minuteMs),
    thread(3, 25, "needs-you", 900),
    thread(4, 10, "safe"),
    thread(5, 0, "on-the-way"),
  ];
  const { paths, beads } = drawThreads(overviewOf(threads), sheet);
  expect(paths.arrived).toBe("M14 0L14.2 100");
  expect(paths.late).toBe("M514 0L714 100");
  expect(paths.held).toBe("M764 0V32");
  expect(paths.waiting).toBe("M914 0V30M1014 0V62");
  expect(beads.map(({ kind }) => kind)).toEqual(["safe", "on-the-way", "held"]);
});

test("2,000 sales are drawn as a few paths and a handful of beads, so that the page stays quick", () => {
  const threads = Array.from({ length: 2000 }, (_, index) => thread(index + 1, 600 - index * 0.3, "safe"));
  const drawing = drawThreads(overviewOf(threads), sheet);
  expect(drawing.paths.waiting.split("M")).toHaveLength(2001);
  expect(drawing.beads).toHaveLength(40);
  expect(drawing.beads.at(-1)?.x).toBeLessThanOrEqual(1014);
});

test("an outage is a wash as long as it lasted, and one that lasts reaches to now", () => {
  const at = (minutesAgo: number) => new Date(now - minutesAgo * minuteMs).toISOString();
  const outages = [
    { from: at(100), to: at(75), kept: 3, arrivedBy: at(70) },
    { from: at(10), kept: 1 },
  ];
  const { washes } = drawThreads(overviewOf([], outages), sheet);
  expect(washes.map(({ points }) => points)).toEqual(["14,0 264,0 314,100", "914,0 1014,0 1014,100 914,100"]);
});

test("the hours under the drawing are the shop's own, also where its zone lies half an hour beside the world's", () => {
  const india: ThreadSheet = {
    ...sheet,
    clockOf: (instant) => sheet.clockOf(instant + 330 * minuteMs),
  };
  const { ticks } = drawThreads(overviewOf([thread(1, 240, "settled", 900)]), india);
  // From 11:30 to 15:30 by the shop's clock: whole hours, none of them too close to "now".
  expect(ticks.map(({ hour }) => hour)).toEqual([12, 13, 14, 15]);
  expect(ticks[0]?.x).toBeCloseTo(139, 0);
  const night = drawThreads(overviewOf([thread(1, 30 * 60, "settled", 900)]), sheet);
  expect(night.ticks.length).toBeLessThan(20);
});

test("held sales close to each other share a label, with their count", () => {
  const held = [60, 59, 58, 20].map((minutesAgo, index) => thread(index + 1, minutesAgo, "needs-you", 900));
  expect(drawThreads(overviewOf(held), sheet).held.map(({ count }) => count)).toEqual([3, 1]);
});

test("labels never lie on each other nor leave the sheet; one without a place is left to the words below", () => {
  const label = (middleX: number, widthPx: number) => ({ middleX, widthPx });
  expect(placeLabels([label(10, 100), label(995, 100)], 1000)).toEqual([0, 900]);
  // The second moves aside as long as it still lies over what it is about.
  expect(placeLabels([label(700, 100), label(560, 400)], 1000)).toEqual([650, 234]);
  expect(placeLabels([label(500, 100), label(500, 90)], 1000)).toEqual([450, null]);
  expect(placeLabels([label(500, 1200)], 1000)).toEqual([null]);
  expect(textWidthPx("销售")).toBeGreaterThan(textWidthPx("ab"));
});
