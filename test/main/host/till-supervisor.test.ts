import { expect, test } from "vitest";
import type { Fault } from "../../../main/contract/errors.ts";
import type { ToTill } from "../../../main/host/till-messages.ts";
import { superviseTill, type TillProcess } from "../../../main/host/till-supervisor.ts";
import { createTimersByHand } from "../../support/by-hand-timers.ts";

type FakeTill = TillProcess<string> & {
  sent: { message: ToTill; ports: readonly string[] }[];
  tell(message: unknown): void;
  exit(code: number): void;
  isKilled(): boolean;
};

function createTill(): FakeTill {
  const exits: ((code: number) => void)[] = [];
  let onMessage = (_message: unknown) => {};
  let killed = false;
  const till: FakeTill = {
    sent: [],
    send: (message, ports = []) => till.sent.push({ message, ports }),
    tell: (message) => onMessage(message),
    exit(code) {
      for (const listener of exits) listener(code);
    },
    isKilled: () => killed,
    kill() {
      killed = true;
      till.exit(137);
    },
    onMessage: (listener) => (onMessage = listener),
    onExit: (listener) => exits.push(listener),
  };
  return till;
}

function open() {
  const timers = createTimersByHand();
  const tills: FakeTill[] = [];
  const givenUp: (Fault | null)[] = [];
  const logged: string[] = [];
  const supervisor = superviseTill<string>({
    start() {
      const till = createTill();
      tills.push(till);
      return till;
    },
    timers,
    onGivenUp: (fault) => givenUp.push(fault),
    log: (words) => logged.push(words),
  });
  return { timers, tills, givenUp, logged, supervisor, newest: () => tills.at(-1)! };
}

test("the page that a till wants to be shown instead of its own is shown as long as that process lives", () => {
  const { supervisor, newest, timers } = open();
  expect(supervisor.instead).toBeUndefined();
  newest().tell({ type: "ready", instead: "recovery" });
  expect(supervisor.instead).toBe("recovery");
  newest().exit(0);
  expect(supervisor.instead).toBeUndefined();
  timers.advance(1_000);
  newest().tell({ type: "ready" });
  expect(supervisor.instead).toBeUndefined();
});

test("a window's line is handed over once the till is ready, and not before", () => {
  const { supervisor, newest } = open();
  expect(supervisor.handOver("cashier", "port 1")).toBe(false);
  newest().tell({ type: "ready" });
  expect(supervisor.handOver("cashier", "port 2")).toBe(true);
  expect(newest().sent).toEqual([{ message: { type: "window", role: "cashier" }, ports: ["port 2"] }]);
});

test("a till that crashes in the middle of the day is started again", () => {
  const { timers, tills, newest, givenUp, supervisor } = open();
  newest().tell({ type: "ready" });
  newest().exit(70);
  expect(supervisor.handOver("cashier", "port")).toBe(false);
  timers.advance(1_000);
  expect(tills).toHaveLength(2);
  newest().tell({ type: "ready" });
  expect(supervisor.handOver("cashier", "port")).toBe(true);
  expect(givenUp).toEqual([]);
});

test("a till that ends at every start is given up after a few times, and a person is told", () => {
  const { timers, tills, newest, givenUp } = open();
  for (let round = 0; round < 20; round += 1) {
    newest().exit(1);
    timers.advance(1_000);
    if (givenUp.length > 0) break;
  }
  expect(tills).toHaveLength(6);
  expect(givenUp).toEqual([null]);
});

test("crashes that lie far apart are not counted together", () => {
  const { timers, newest, givenUp, tills } = open();
  for (let day = 0; day < 20; day += 1) {
    newest().tell({ type: "ready" });
    timers.advance(60_000);
    newest().exit(1);
    timers.advance(1_000);
  }
  expect(givenUp).toEqual([]);
  expect(tills).toHaveLength(21);
});

test("a start that failed for a reason of its own is not tried again: the reason is shown", () => {
  const { timers, tills, newest, givenUp } = open();
  newest().tell({ type: "failed", fault: { code: "ledger.damaged", params: { seq: 7 } } });
  newest().exit(1);
  timers.advance(600_000);
  expect(tills).toHaveLength(1);
  expect(givenUp).toEqual([{ code: "ledger.damaged", params: { seq: 7 } }]);
});

test("a till that hangs at its start is ended and started again", () => {
  const { timers, tills } = open();
  timers.advance(60_000);
  expect(tills[0]?.isKilled()).toBe(true);
  timers.advance(1_000);
  expect(tills).toHaveLength(2);
});

test("closing the window lets the till put its things away and does not start it again", async () => {
  const { timers, tills, newest, supervisor } = open();
  newest().tell({ type: "ready" });
  const stopped = supervisor.stop();
  expect(newest().sent).toEqual([{ message: { type: "stop" }, ports: [] }]);
  newest().exit(0);
  await stopped;
  timers.advance(600_000);
  expect(tills).toHaveLength(1);
  expect(timers.waiting()).toBe(0);
});

test("a till that does not end when asked to is ended", async () => {
  const { timers, newest, supervisor } = open();
  newest().tell({ type: "ready" });
  const stopped = supervisor.stop();
  timers.advance(15_000);
  expect(newest().isKilled()).toBe(true);
  await stopped;
});

test("a stop between two starts leaves no till behind", async () => {
  const { timers, tills, newest, supervisor } = open();
  newest().exit(1);
  await supervisor.stop();
  timers.advance(600_000);
  expect(tills).toHaveLength(1);
});

test("pictures come through the till; none is waited for when the till is gone or silent", async () => {
  const { timers, newest, supervisor } = open();
  expect(await supervisor.picture("ab".repeat(32))).toBeNull();
  newest().tell({ type: "ready" });
  const picture = { type: "image/png", bytes: new Uint8Array([1]) };
  const found = supervisor.picture("ab".repeat(32));
  newest().tell({ type: "picture", id: 1, picture });
  expect(await found).toEqual(picture);
  const silent = supervisor.picture("ab".repeat(32));
  timers.advance(10_000);
  expect(await silent).toBeNull();
  const lost = supervisor.picture("ab".repeat(32));
  newest().exit(1);
  expect(await lost).toBeNull();
});

test("a message that is none is told and changes nothing", () => {
  const { newest, logged, supervisor } = open();
  newest().tell({ type: "ready", really: true });
  expect(logged).toHaveLength(1);
  expect(supervisor.handOver("cashier", "port")).toBe(false);
});
