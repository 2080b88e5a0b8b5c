import { expect, test } from "vitest";
import { syncOverviewSchema } from "../../../main/contract/manager.ts";
import { readOverview } from "../../../main/manager/overview.ts";
import { noteOutage } from "../../../main/sync-stores.ts";
import { SyncError } from "../../../sync/errors.ts";
import { openDesk, type Desk } from "./support.ts";

function overview(desk: Desk) {
  return syncOverviewSchema.parse(readOverview(desk.parts));
}

function lose(desk: Desk): void {
  const error = new SyncError("platform.not-reached", "test");
  const status = { state: "offline" as const, failures: 1, error, offlineSince: desk.clock.nowMs };
  noteOutage(desk.ledger, status, { now: () => desk.clock.nowMs, format: desk.parts.format });
}

function comeBack(desk: Desk): void {
  const status = { state: "online" as const, failures: 0, lastContactAt: desk.clock.nowMs };
  noteOutage(desk.ledger, status, { now: () => desk.clock.nowMs, format: desk.parts.format });
}

test("the facts of the day count what has arrived, what has not and what needs a person, and their money", () => {
  const desk = openDesk();
  expect(overview(desk)).toMatchObject({ businessDay: "2026-11-20", sales: 0, arrived: 0, threads: [], outages: [] });
  const yesterday = desk.sell(100);
  desk.clock.nowMs += 24 * 3600 * 1000;
  const [first, second, third] = [desk.sell(200), desk.sell(300), desk.sell(400)];
  expect(overview(desk).notArrived).toEqual({ count: 4, totalMinor: 1000, oldestAt: "2026-11-20T14:32:09.120+08:00" });
  desk.acknowledge(second);
  desk.judge(first, "needs-you");
  desk.judge(yesterday, "needs-you");
  expect(overview(desk)).toMatchObject({
    businessDay: "2026-11-21",
    sales: 3,
    arrived: 1,
    counts: { "needs-you": 1, safe: 1, "on-the-way": 0, confirmed: 1, settled: 0 },
    entries: { made: third, arrived: second },
    notArrived: { count: 1, totalMinor: 400, oldestAt: "2026-11-21T14:32:09.120+08:00" },
    atRisk: { count: 0, totalMinor: 0 },
    threads: [
      { seq: first, state: "needs-you", arrivedAt: "2026-11-21T14:32:09.120+08:00" },
      { seq: second, state: "confirmed" },
      { seq: third, state: "safe" },
    ],
  });
});

// A sale of yesterday that a wrong clock has put into the middle of today belongs to yesterday, and today's stay today's.
test("a clock that was wrong for a while takes no sale out of the day", () => {
  const desk = openDesk();
  desk.clock.nowMs += 24 * 3600 * 1000;
  desk.sell();
  desk.clock.nowMs -= 24 * 3600 * 1000;
  desk.sell();
  desk.clock.nowMs += 24 * 3600 * 1000;
  desk.sell();
  expect(overview(desk)).toMatchObject({ businessDay: "2026-11-21", sales: 2 });
});

test("the picture of the day has the newest 2,000 sales, while the counts are of all", () => {
  const desk = openDesk();
  const seqs = desk.sellMany(2010);
  const { threads, sales } = overview(desk);
  expect(sales).toBe(2010);
  expect(threads.map(({ seq }) => seq)).toEqual(seqs.slice(-2000));
}, 60_000);

test("an outage is told with what was kept here meanwhile and when that had arrived, also over a restart", () => {
  const desk = openDesk();
  desk.acknowledge(desk.sell());
  const from = desk.parts.format(desk.clock.nowMs);
  desk.sell();
  lose(desk);
  desk.clock.nowMs += 60_000;
  lose(desk);
  const last = desk.sell();
  expect(overview(desk).outages).toEqual([{ from, kept: 2 }]);
  desk.clock.nowMs += 60_000;
  comeBack(desk);
  const to = desk.parts.format(desk.clock.nowMs);
  desk.clock.nowMs += 2000;
  desk.acknowledge(last);
  desk.sell();
  comeBack(desk);
  const arrivedBy = desk.parts.format(desk.clock.nowMs);
  expect(overview(desk).outages).toEqual([{ from, to, kept: 2, arrivedBy }]);
  desk.clock.nowMs += 24 * 3600 * 1000;
  expect(overview(desk).outages).toEqual([]);
});

test("a line that comes and goes all day fills no disk: the newest 200 outages are kept", () => {
  const desk = openDesk();
  for (let outage = 0; outage < 205; outage += 1) {
    desk.clock.nowMs += 1000;
    lose(desk);
    comeBack(desk);
  }
  const { outages } = overview(desk);
  expect(outages).toHaveLength(200);
  expect(outages.at(-1)?.from).toBe(desk.parts.format(desk.clock.nowMs));
});

test("the clock's difference is told as the till's, and the room as bytes and as days like this one", () => {
  const desk = openDesk();
  desk.sell();
  desk.parts.platformAheadMs = () => 1500;
  const { clockOffsetMs, room } = overview(desk);
  expect(clockOffsetMs).toBe(-1500);
  expect(room.freeBytes).toBeGreaterThan(0);
  expect(room.days).toBeGreaterThan(0);
});
