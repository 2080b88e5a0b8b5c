import { expect, test } from "vitest";
import "../../renderer/shared/interpreted-schemas.ts";
import { TillError } from "../../main/contract/errors.ts";
import type { TillContract } from "../../main/contract/methods.ts";
import type { Snapshot } from "../../main/contract/snapshot.ts";
import { openTillData } from "../../renderer/manager/till-data.ts";
import type { Phase, Session } from "../../renderer/shared/session.ts";
import { createTimersByHand } from "../support/by-hand-timers.ts";

/** A line whose till changes when the test says so, and answers with how often it was asked. */
function line() {
  let phase: Phase = "ready";
  let version = 1;
  let run = "a";
  let isAway = false;
  let asked = 0;
  const listeners = new Set<() => void>();
  const session: Session<TillContract> = {
    state: () => ({ phase, snapshot: { run, version } as Snapshot, fault: null }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async call() {
      asked += 1;
      if (isAway) throw new TillError("wire.closed");
      return { threads: [], asked } as never;
    },
    close: () => {},
  };
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    session,
    asked: () => asked,
    change() {
      version += 1;
      tell();
    },
    goAway() {
      phase = "restarting";
      isAway = true;
      tell();
    },
    comeBack() {
      [phase, isAway, run, version] = ["ready", false, "b", 1];
      tell();
    },
    fail: () => {
      isAway = true;
    },
  };
}

function open() {
  const till = line();
  const timers = createTimersByHand();
  let nowMs = 0;
  const advance = async (byMs: number) => {
    nowMs += byMs;
    timers.advance(byMs);
    await settled();
  };
  const data = openTillData(till.session, timers, () => nowMs);
  return { till, timers, data, advance };
}

/** Answers come in microtasks; a handful of turns is more than any of them needs. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

test("a busy till is asked once a second, however often it changes, and the last change is not missed", async () => {
  const { till, data, advance } = open();
  data.watch("chat.threads", {}, 1000, () => {});
  await settled();
  expect(till.asked()).toBe(1);
  for (let change = 0; change < 50; change += 1) {
    till.change();
    await advance(10);
  }
  expect(till.asked()).toBe(1);
  await advance(500);
  expect(till.asked()).toBe(2);
  await advance(10_000);
  // Nothing has changed since: nothing is asked and no timer runs.
  expect(till.asked()).toBe(2);
});

test("what was read stays in view while the till is away, and is read anew once it is back", async () => {
  const { till, timers, data, advance } = open();
  data.watch("chat.threads", {}, 1000, () => {});
  await settled();
  till.goAway();
  await advance(5000);
  expect(data.known("chat.threads", {})).toMatchObject({ data: { asked: 1 }, fault: null });
  expect([till.asked(), timers.waiting()]).toEqual([1, 0]);
  till.comeBack();
  await settled();
  expect(data.known("chat.threads", {})).toMatchObject({ data: { asked: 2 } });
});

test("a question that goes wrong says so beside the last answer, and asking again mends it", async () => {
  const { till, data, advance } = open();
  data.watch("chat.threads", {}, 1000, () => {});
  await settled();
  till.fail();
  till.change();
  await advance(1000);
  expect(data.known("chat.threads", {})).toMatchObject({ data: { asked: 1 }, fault: { code: "wire.closed" } });
  till.comeBack();
  data.refresh();
  await settled();
  expect(data.known("chat.threads", {}).fault).toBeNull();
});

test("two parts that show the same ask once, and what nobody shows asks nothing", async () => {
  const { till, data, advance } = open();
  const stops = [data.watch("chat.threads", {}, 1000, () => {}), data.watch("chat.threads", {}, 5000, () => {})];
  await settled();
  expect(till.asked()).toBe(1);
  for (const stop of stops) stop();
  till.change();
  await advance(10_000);
  expect(till.asked()).toBe(1);
});
