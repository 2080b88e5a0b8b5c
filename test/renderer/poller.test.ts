import { expect, test } from "vitest";
import { pollDelayMs, type Pace } from "../../renderer/shared/platform-page/pace.ts";
import { Poller } from "../../renderer/shared/platform-page/poller.ts";
import type { Signal } from "../../renderer/shared/platform-page/signal.ts";
import { createTimersByHand } from "../support/by-hand-timers.ts";

const pace: Pace = { visibleMs: 2000, hiddenMs: 30_000, awayMostMs: 15_000 };

test("a platform that is away is asked less and less, a hidden page rarely, and all pages not at one moment", () => {
  expect(pollDelayMs(pace, { isVisible: true, misses: 0 }, 0.9)).toBe(2000);
  expect([1, 2, 3, 4, 50].map((misses) => pollDelayMs(pace, { isVisible: true, misses }, 1))).toEqual([
    4000, 8000, 15_000, 15_000, 15_000,
  ]);
  expect(pollDelayMs(pace, { isVisible: true, misses: 9 }, 0)).toBe(2000);
  expect(pollDelayMs(pace, { isVisible: false, misses: 0 }, 0)).toBe(30_000);
});

/** A poller whose rounds end when the test says how. */
function pollerByHand() {
  const timers = createTimersByHand();
  const rounds: ((end: "answered" | "missed") => Promise<void>)[] = [];
  const signals: Signal[] = [{ kind: "reaching" }];
  let nowMs = 1000;
  let isOpen = true;
  const poller: Poller = new Poller({
    parts: { now: () => nowMs, isVisible: () => true, timers },
    pace,
    random: () => 1,
    signal: () => signals.at(-1)!,
    onSignal: (signal) => signals.push(signal),
    ask() {
      if (!isOpen) return null;
      const { promise, resolve } = Promise.withResolvers<void>();
      rounds.push(async (end) => {
        if (end === "answered") poller.answered();
        else poller.missedPlatform();
        resolve();
        // The next question is planned as soon as the round has ended.
        await promise;
        await Promise.resolve();
      });
      return promise;
    },
  });
  return {
    poller,
    timers,
    signals,
    rounds: () => rounds.length,
    end: (how: "answered" | "missed") => rounds.at(-1)!(how),
    setNow: (ms: number) => void (nowMs = ms),
    shut: () => void (isOpen = false),
  };
}

test("one round is asked at a time, and what is wanted meanwhile is asked right after it: a tap is never lost", async () => {
  const { poller, timers, rounds, end } = pollerByHand();
  poller.poll();
  poller.poll();
  poller.poll();
  expect(rounds()).toBe(1);
  await end("answered");
  timers.advance(0);
  expect(rounds()).toBe(2);
  await end("answered");
  timers.advance(1999);
  expect(rounds()).toBe(2);
  timers.advance(1);
  expect(rounds()).toBe(3);
});

test("the platform is away since it was first missed, not since it was missed last, and here as soon as it answers", async () => {
  const { poller, timers, signals, rounds, end, setNow } = pollerByHand();
  poller.poll();
  await end("missed");
  setNow(5000);
  timers.advance(3999);
  expect(rounds()).toBe(1);
  timers.advance(1);
  await end("missed");
  timers.advance(8000);
  expect(rounds()).toBe(3);
  await end("answered");
  expect(signals).toEqual([{ kind: "reaching" }, { kind: "away", since: 1000 }, { kind: "here" }]);
  timers.advance(2000);
  expect(rounds()).toBe(4);
});

test("a page that nobody uses any more asks nothing: no timer is left behind", async () => {
  const { poller, timers, rounds, end, shut } = pollerByHand();
  poller.poll();
  await end("answered");
  poller.rest();
  expect(timers.waiting()).toBe(0);
  poller.poll();
  shut();
  await end("answered");
  timers.advance(60_000);
  expect([rounds(), timers.waiting()]).toEqual([2, 0]);
});
