import { expect, test } from "vitest";
import { SyncEngine, type SyncStatus } from "../../sync/engine.ts";
import { SyncError, type SyncErrorCode } from "../../sync/errors.ts";
import { emptyHead, type SignedEntry } from "../../sync/protocol/entry.ts";
import type { StoredMark } from "../../sync/push.ts";
import { createTimersByHand } from "../support/by-hand-timers.ts";

/** An engine whose platform, clock and chance are in the hands of the test. */
function makeEngine() {
  const timers = createTimersByHand();
  const statuses: SyncStatus[] = [];
  const world = {
    /** Requests in the order in which they were made. */
    log: [] as string[],
    /** What the next requests of a kind fail with. */
    failing: new Map<string, SyncError>(),
    /** Requests of this kind are held until they are let go. */
    held: null as string | null,
    release: () => {},
    entries: 0,
    platformEpoch: 1,
    atOnce: 0,
    mostAtOnce: 0,
    nowMs: 0,
    answerCursor: 7,
    mark: { ...emptyHead, epoch: 1 } as StoredMark,
    missing: [] as string[],
    /** What was noted of tries that came to nothing. */
    vainTries: [] as string[],
  };

  async function request<T>(kind: string, answer: () => T): Promise<T> {
    world.log.push(kind);
    world.atOnce += 1;
    world.mostAtOnce = Math.max(world.mostAtOnce, world.atOnce);
    try {
      // Nothing that goes over a line is heard of in the same moment.
      await Promise.resolve();
      if (world.held === kind) await new Promise<void>((resolve) => (world.release = resolve));
      const failure = world.failing.get(kind);
      if (failure !== undefined) throw failure;
      engine.noteContact({ ok: true });
      return answer();
    } catch (error) {
      if (error instanceof SyncError) engine.noteContact({ ok: false, error });
      throw error;
    } finally {
      world.atOnce -= 1;
    }
  }

  const entry: SignedEntry = { text: "{}", signature: "", keyId: "" };
  const engine = new SyncEngine({
    push: {
      ledger: "ledger",
      head: () => ({ seq: world.entries, hash: String(world.entries) }),
      mark: () => world.mark,
      hashAt: String,
      entriesAfter: (seq, { count }) => Array.from({ length: Math.min(count, world.entries - seq) }, () => entry),
      storeMark: (mark) => {
        world.mark = mark;
      },
      noteVainTry: (fromSeq, toSeq, code) => void world.vainTries.push(`${fromSeq}-${toSeq} ${code}`),
    },
    changes: {
      position: () => ({ cursor: 0, epoch: 1 }),
      apply: () => {},
      reset: () => {},
      missingPictures: () => world.missing,
      storePicture: () => {},
    },
    answers: {
      answerCursor: () => world.answerCursor,
      storeAnswers: (_answers, cursor) => {
        world.answerCursor = cursor;
      },
      startOver: () => {
        world.answerCursor = 0;
      },
    },
    send: (_ledger, entries) =>
      request("push", () => {
        const seq = world.mark.seq + entries.length;
        return { epoch: world.platformEpoch, mark: { seq, hash: String(seq) } };
      }),
    requests: {
      changes: () => request("changes", () => ({ epoch: world.platformEpoch, changes: [], cursor: 0, more: false })),
      answers: () => request("answers", () => ({ answers: [], cursor: world.answerCursor, more: false })),
      picture: () => request("picture", () => ({ type: "", bytes: new Uint8Array() })),
    },
    hash: () => "",
    clock: { now: () => world.nowMs },
    timers,
    random: () => 0.5,
    onChange: () => {},
    onStatus: (status) => void statuses.push(status),
  });

  return {
    engine,
    world,
    statuses,
    timers,
    /** Lets time pass, with what it sets off. */
    async pass(ms: number): Promise<void> {
      world.nowMs += ms;
      timers.advance(ms);
      await turns();
    },
    /** The requests since the last look. */
    requests(): string[] {
      return world.log.splice(0);
    },
  };
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function fail(code: SyncErrorCode, retryAfterMs?: number): SyncError {
  return new SyncError(code, "test", retryAfterMs === undefined ? {} : { retryAfterMs });
}

test("it begins at once, sends what is there, asks every five seconds, and sends at once what is new", async () => {
  const { engine, world, pass, requests, statuses } = makeEngine();
  world.entries = 3;
  engine.start();
  await turns();
  expect(requests()).toEqual(["changes", "push", "answers"]);
  expect(engine.status.state).toBe("online");
  await pass(4999);
  expect(requests()).toEqual([]);
  await pass(1);
  expect(requests()).toEqual(["changes", "answers"]);
  world.entries = 4;
  engine.wake();
  await turns();
  expect(requests()).toEqual(["changes", "push", "answers"]);
  expect(statuses.map(({ state }) => state)).toEqual(["online"]);
  expect(world.mark.seq).toBe(4);
});

// Two rounds at once would send the same entries twice and apply the same page twice.
test("there is never a second round beside the first, and what came meanwhile goes in the next", async () => {
  const { engine, world, requests } = makeEngine();
  world.entries = 1;
  world.held = "push";
  engine.start();
  await turns();
  for (let index = 0; index < 5; index += 1) engine.tryNow();
  engine.wake();
  await turns();
  expect(requests()).toEqual(["changes", "push"]);
  world.entries = 2;
  world.held = null;
  world.release();
  await turns();
  expect(world.mark.seq).toBe(2);
  expect(world.mostAtOnce).toBe(1);
});

test("a long backlog goes batch after batch without waiting in between", async () => {
  const { engine, world, pass } = makeEngine();
  world.entries = 7_000;
  engine.start();
  await turns();
  for (let round = 0; round < 40 && world.mark.seq < 7_000; round += 1) await pass(0);
  expect(world.mark.seq).toBe(7_000);
});

test.each(["platform.not-reached", "platform.no-answer", "busy", "internal", "platform.certificate"] as const)(
  "without the platform (%s) it waits longer each time, up to half a minute, and sales do not make it hurry",
  async (code) => {
    const { engine, world, pass, requests } = makeEngine();
    world.failing.set("changes", fail(code));
    engine.start();
    await turns();
    requests();
    expect(engine.status).toMatchObject({ state: "offline", failures: 1, offlineSince: 0 });
    for (let sale = 0; sale < 20; sale += 1) engine.wake();
    await pass(1499);
    expect(requests()).toEqual([]);
    await pass(1);
    expect(requests()).toEqual(["changes"]);
    for (const waitMs of [2500, 4500, 8500, 15_500, 15_500]) {
      await pass(waitMs - 1);
      expect(requests(), String(waitMs)).toEqual([]);
      await pass(1);
      expect(requests(), String(waitMs)).toEqual(["changes"]);
    }
    world.failing.clear();
    world.entries = 1;
    await pass(30_000);
    expect(engine.status).toMatchObject({ state: "online", failures: 0 });
    expect(engine.status.offlineSince).toBeUndefined();
    expect(world.mark.seq).toBe(1);
  },
);

test("what the server asks for in Retry-After is waited for, however few failures there were", async () => {
  const { engine, world, pass, requests } = makeEngine();
  world.failing.set("changes", fail("busy", 120_000));
  engine.start();
  await turns();
  requests();
  await pass(119_999);
  expect(requests()).toEqual([]);
  await pass(2_000);
  expect(requests()).toEqual(["changes"]);
});

test.each(["auth.invalid", "auth.revoked", "ledger.fork", "ledger.bad-chain"] as const)(
  "where the platform refuses this till (%s) all is paused and says why, until it is let in again",
  async (code) => {
    const { engine, world, pass, statuses } = makeEngine();
    world.entries = 5;
    world.failing.set("push", fail(code));
    engine.start();
    await turns();
    expect(engine.status).toMatchObject({ state: "paused", error: { code } });
    await pass(60_000);
    // Contact alone is no pardon: what is refused is still refused.
    expect(engine.status.state).toBe("paused");
    expect(statuses.at(-1)?.state).toBe("paused");
    expect(world.mark.seq).toBe(0);
    world.failing.clear();
    await pass(60_000);
    expect(engine.status.state).toBe("online");
    expect(world.mark.seq).toBe(5);
  },
);

test("another request of the till that gets through ends the wait: the network is back", async () => {
  const { engine, world, requests } = makeEngine();
  world.failing.set("changes", fail("platform.not-reached"));
  engine.start();
  await turns();
  requests();
  world.failing.clear();
  engine.noteContact({ ok: true });
  await turns();
  expect(requests()).toEqual(["changes", "answers"]);
  engine.noteContact({ ok: false, error: fail("platform.no-answer") });
  expect(engine.status).toMatchObject({ state: "offline" });
  engine.noteContact({ ok: false, error: fail("request.invalid") });
  expect(engine.status.error?.code).toBe("platform.no-answer");
});

test("a restored platform gets the newest entry again, and its answers are asked for from the first", async () => {
  const { engine, world } = makeEngine();
  world.entries = 3;
  world.mark = { seq: 3, hash: "3", epoch: 1 };
  world.platformEpoch = 2;
  const sent: number[] = [];
  engine.start();
  await turns();
  sent.push(...world.log.filter((kind) => kind === "push").map(() => 1));
  expect(sent).toEqual([1]);
  expect(world.answerCursor).toBe(0);
  expect(world.mark.epoch).toBe(2);
});

// A till that is switched off at closing time would otherwise sit there until its whole backlog is sent, or be killed.
test("stopped, it ends after the request that is under way, and never begins again", async () => {
  const { engine, world, requests, timers, pass } = makeEngine();
  world.entries = 5_000;
  world.held = "push";
  world.missing = ["a".repeat(64)];
  engine.start();
  await turns();
  const stopped = engine.stop();
  world.release();
  await stopped;
  expect(requests()).toEqual(["changes", "push"]);
  expect(world.mark.seq).toBe(100);
  expect(timers.waiting()).toBe(0);
  engine.wake();
  engine.tryNow();
  engine.noteContact({ ok: true });
  await pass(120_000);
  expect(requests()).toEqual([]);
});

test("a defect of the till's own, a full disk under the catalogue for example, is told and does not stop the worker", async () => {
  const { engine, world, pass } = makeEngine();
  world.failing.set("answers", new Error("disk") as SyncError);
  engine.start();
  await turns();
  expect(engine.status).toMatchObject({ state: "offline", error: { code: "internal" } });
  world.failing.clear();
  await pass(60_000);
  expect(engine.status.state).toBe("online");
});

// The manager's page says how often a sale was tried: a dead line that is found before the push is a try all the same.
test("a try that came to nothing is noted for the batch it was about, and no other", async () => {
  const { engine, world, pass } = makeEngine();
  world.entries = 250;
  world.failing.set("changes", fail("platform.not-reached"));
  engine.start();
  await turns();
  expect(world.vainTries.splice(0)).toEqual(["1-100 platform.not-reached"]);
  expect(engine.nextRoundAt).toBe(1500);
  world.failing.clear();
  world.failing.set("push", fail("busy"));
  await pass(1500);
  expect(world.vainTries.splice(0)).toEqual(["1-100 busy"]);
  world.failing.clear();
  world.failing.set("answers", fail("platform.no-answer"));
  await pass(60_000);
  expect(world.mark.seq).toBe(250);
  expect(world.vainTries).toEqual([]);
  world.failing.clear();
  world.failing.set("changes", fail("platform.not-reached"));
  await pass(60_000);
  expect(world.vainTries).toEqual([]);
});

test("what is under way is told while it is, and not afterwards", async () => {
  const { engine, world, pass } = makeEngine();
  world.entries = 130;
  world.held = "push";
  engine.start();
  await turns();
  expect(engine.underWay).toEqual({ fromSeq: 1, toSeq: 100 });
  expect(engine.nextRoundAt).toBeNull();
  world.release();
  await turns();
  expect(engine.underWay).toEqual({ fromSeq: 101, toSeq: 130 });
  world.failing.set("push", fail("platform.no-answer"));
  world.release();
  await turns();
  expect(engine.underWay).toBeNull();
  world.failing.clear();
  world.held = null;
  await pass(60_000);
  expect([engine.underWay, world.mark.seq]).toEqual([null, 130]);
});

// A manager who asks while a round is past its answers must not be shown the answer from before.
test("a whole round is one that began after it was asked for, on line and off line", async () => {
  const { engine, world, requests } = makeEngine();
  world.held = "answers";
  engine.start();
  await turns();
  expect(requests()).toEqual(["changes", "answers"]);
  const whole = engine.wholeRound();
  world.held = null;
  world.release();
  await whole;
  expect(requests()).toEqual(["changes", "answers"]);
  world.failing.set("changes", fail("platform.not-reached"));
  await engine.wholeRound();
  expect(engine.status.state).toBe("offline");
  await engine.stop();
  requests();
  await engine.wholeRound();
  expect(requests()).toEqual([]);
});

test("a till that is put away in the middle of its backlog has not tried in vain", async () => {
  const { engine, world } = makeEngine();
  world.entries = 500;
  world.held = "push";
  engine.start();
  await turns();
  const stopped = engine.stop();
  world.release();
  await stopped;
  expect(world.vainTries).toEqual([]);
});
