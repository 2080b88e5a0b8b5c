import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import Database from "better-sqlite3";
import { join } from "node:path";
import { openCatalog } from "../../main/catalog/catalog.ts";
import { changeStore } from "../../main/sync-stores.ts";
import { SyncError } from "../../sync/errors.ts";
import { pullAnswers, pullChanges, pullPictures, type ChangeStore, type PullRequests } from "../../sync/pull.ts";
import type { Answer, PullResponse } from "../../sync/protocol/api.ts";
import type { Change } from "../../sync/protocol/change.ts";
import { change, makeItem } from "../main/catalog/goods.ts";
import { temporaryFolder } from "../main/ledger/support.ts";

/** A platform's change log; `pageSize` lines to a page. */
class Feed implements PullRequests {
  epoch = 1;
  lines: Change[] = [];
  asked: number[] = [];
  pageSize = 3;
  broken = new Set<number>();

  changes(after: number): Promise<PullResponse> {
    this.asked.push(after);
    if (this.broken.has(this.asked.length)) return Promise.reject(new SyncError("platform.no-answer", "test"));
    const rest = this.lines.filter((line) => line.cursor > after);
    const page = rest.slice(0, this.pageSize);
    const cursor = page.at(-1)?.cursor ?? after;
    return Promise.resolve({ epoch: this.epoch, changes: page, cursor, more: rest.length > page.length });
  }

  answers(): Promise<{ answers: Answer[]; cursor: number; more: boolean }> {
    return Promise.resolve({ answers: [], cursor: 0, more: false });
  }

  picture(): Promise<never> {
    return Promise.reject(new SyncError("not-found", "test"));
  }
}

function makeStore() {
  const folder = temporaryFolder();
  const catalog = openCatalog(folder);
  onTestFinished(() => catalog.close());
  return { folder, catalog, store: changeStore(catalog, () => {}) };
}

function items(...prices: number[]): Change[] {
  return prices.map((priceMinor, index) =>
    change(index + 1, "item", `i${index}`, makeItem(`i${index}`, { priceMinor })),
  );
}

test("a feed of many pages is taken in to its end, and then only what is new", async () => {
  const { catalog, store } = makeStore();
  const feed = new Feed();
  feed.lines = items(1, 2, 3, 4, 5, 6, 7);
  expect(await pullChanges(store, feed)).toEqual({ epoch: 1, changed: true });
  expect(feed.asked).toEqual([0, 3, 6]);
  expect(catalog.status()).toMatchObject({ cursor: 7, items: 7 });
  expect(await pullChanges(store, feed)).toEqual({ epoch: 1, changed: false });
  feed.lines.push(change(8, "item", "i0"));
  expect(await pullChanges(store, feed)).toEqual({ epoch: 1, changed: true });
  expect(catalog.itemById("i0")).toBeNull();
});

test("a line that breaks between two pages loses and doubles nothing", async () => {
  const { catalog, store } = makeStore();
  const feed = new Feed();
  feed.lines = items(1, 2, 3, 4, 5);
  feed.broken.add(2);
  await expect(pullChanges(store, feed)).rejects.toThrow("platform.no-answer");
  expect(catalog.status()).toMatchObject({ cursor: 3, items: 3 });
  await pullChanges(store, feed);
  expect(catalog.status()).toMatchObject({ cursor: 5, items: 5 });
});

// A restored platform counts its changes from an older number on. A till that went on from its own would sell at prices
// that nobody knows any more, and would miss the next changes without a word.
test("after the platform was restored from a backup, the catalogue starts over and has its prices", async () => {
  const { catalog, store } = makeStore();
  const feed = new Feed();
  feed.lines = items(10, 20, 30, 40, 50);
  await pullChanges(store, feed);
  feed.epoch = 2;
  feed.lines = [...items(11, 21), change(3, "item", "new", makeItem("new"))];
  expect(await pullChanges(store, feed)).toEqual({ epoch: 2, changed: true });
  expect(catalog.itemById("i0")?.priceMinor).toBe(11);
  expect(catalog.itemById("i4")).toBeNull();
  expect(catalog.itemById("new")).not.toBeNull();
  expect(catalog.status()).toMatchObject({ cursor: 3, epoch: 2 });
});

test("a platform that stands before the till's cursor is believed, also where it forgot to raise its epoch", async () => {
  const { catalog, store } = makeStore();
  const feed = new Feed();
  feed.lines = items(10, 20, 30);
  await pullChanges(store, feed);
  const behind: PullRequests = {
    answers: () => feed.answers(),
    picture: () => feed.picture(),
    changes: (after) => Promise.resolve({ epoch: 1, changes: after === 0 ? items(7) : [], cursor: 1, more: false }),
  };
  await pullChanges(store, behind);
  expect(catalog.status()).toMatchObject({ cursor: 1, items: 1 });
  expect(catalog.itemById("i0")?.priceMinor).toBe(7);
});

test("when the line breaks just then, the old catalogue is still there to sell from", async () => {
  const { catalog, store } = makeStore();
  const feed = new Feed();
  feed.lines = items(10, 20);
  await pullChanges(store, feed);
  feed.epoch = 2;
  feed.lines = items(11, 21);
  feed.broken.add(feed.asked.length + 2);
  await expect(pullChanges(store, feed)).rejects.toThrow();
  expect(catalog.itemById("i0")?.priceMinor).toBe(10);
  await pullChanges(store, feed);
  expect(catalog.itemById("i0")?.priceMinor).toBe(11);
});

test("a damaged row is had again from the platform; until then, and off line, all the others are sold", async () => {
  const { folder, catalog, store } = makeStore();
  const feed = new Feed();
  feed.lines = items(10, 20, 30, 40);
  await pullChanges(store, feed);
  const database = new Database(join(folder, "catalog.db"));
  database.exec(`UPDATE records SET body = replace(body, '"priceMinor":10', '"priceMinor":1') WHERE id = 'i0'`);
  database.close();
  expect(catalog.itemById("i0")).toBeNull();
  feed.broken.add(feed.asked.length + 1);
  await expect(pullChanges(store, feed)).rejects.toThrow();
  expect(catalog.itemById("i1")?.priceMinor).toBe(20);
  await pullChanges(store, feed);
  expect(catalog.itemById("i0")?.priceMinor).toBe(10);
  expect(catalog.status()).toEqual({ cursor: 4, epoch: 1, items: 4, damaged: false });
});

test("whatever the platform goes through, the till ends with the platform's goods and prices", async () => {
  const happening = fc.oneof(
    fc.record({ kind: fc.constant("sells" as const), id: fc.constantFrom("a", "b", "c", "d"), price: fc.nat(99) }),
    fc.record({ kind: fc.constant("restored" as const), keep: fc.nat(5) }),
    fc.record({ kind: fc.constant("pull" as const), broken: fc.boolean() }),
  );
  const { catalog, store } = makeStore();
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 25 }), async (happenings) => {
      catalog.reset();
      const feed = new Feed();
      for (const next of happenings) {
        if (next.kind === "sells") {
          const cursor = (feed.lines.at(-1)?.cursor ?? 0) + 1;
          feed.lines = [
            ...feed.lines.filter(({ id }) => id !== next.id),
            change(cursor, "item", next.id, makeItem(next.id, { priceMinor: next.price })),
          ];
        } else if (next.kind === "restored") {
          feed.lines = feed.lines.slice(0, next.keep);
          feed.epoch += 1;
        } else {
          if (next.broken) feed.broken.add(feed.asked.length + 2);
          await pullChanges(store, feed).catch((error: unknown) => expect(error).toBeInstanceOf(SyncError));
        }
      }
      feed.broken.clear();
      await pullChanges(store, feed);
      const prices = new Map(feed.lines.map(({ id, body }) => [id, (body as { priceMinor: number }).priceMinor]));
      for (const id of ["a", "b", "c", "d"]) expect(catalog.itemById(id)?.priceMinor).toBe(prices.get(id));
    }),
    { numRuns: 80 },
  );
});

test("a feed that never ends is left after a while, so that sales are still sent", async () => {
  let pages = 0;
  const store: ChangeStore = {
    position: () => ({ cursor: pages, epoch: 1 }),
    apply: () => {
      pages += 1;
    },
    reset: () => expect.unreachable(),
    missingPictures: () => [],
    storePicture: () => {},
  };
  const endless = new Feed();
  endless.changes = (after) =>
    Promise.resolve({ epoch: 1, changes: [change(after + 1, "x", "x")], cursor: after + 1, more: true });
  await pullChanges(store, endless);
  expect(pages).toBe(200);
});

test("answers are kept page by page with their cursor", async () => {
  const ledger = "0192f3c0-0000-7000-8000-000000000001";
  const answer = (cursor: number): Answer => ({
    cursor,
    ledger,
    seq: cursor,
    state: "settled",
    code: "ok",
    at: "2026-11-20T06:30:00.000Z",
  });
  const kept: number[] = [];
  let at = 0;
  const store = {
    answerCursor: () => at,
    storeAnswers(answers: readonly Answer[], cursor: number) {
      kept.push(...answers.map((each) => each.cursor));
      at = cursor;
    },
    startOver: () => expect.unreachable(),
  };
  const feed = new Feed();
  const pages = [[answer(1), answer(2)], [answer(5)], []];
  feed.answers = () => {
    const answers = pages.shift() ?? [];
    return Promise.resolve({ answers, cursor: answers.at(-1)?.cursor ?? at, more: pages.length > 1 });
  };
  expect(await pullAnswers(store, feed)).toBe(true);
  expect(kept).toEqual([1, 2, 5]);
  expect(await pullAnswers(store, feed)).toBe(false);
  expect(at).toBe(5);
});

// A picture is nice to have: one that is missing must neither say "off line" on the screen nor be asked for for ever.
test("a picture that cannot be had, or is another one, is left out for this run, and the others still come", async () => {
  const bytes = new TextEncoder().encode("<svg/>");
  const good = createHash("sha256").update(bytes).digest("hex");
  const stored: string[] = [];
  const asked: string[] = [];
  const names = ["a".repeat(64), "b".repeat(64), good];
  const store: ChangeStore = {
    position: () => ({ cursor: 0, epoch: 0 }),
    apply: () => {},
    reset: () => {},
    missingPictures: () => names.filter((name) => !stored.includes(name)),
    storePicture: (name) => void stored.push(name),
  };
  const feed: PullRequests = new Feed();
  feed.picture = (name) => {
    asked.push(name);
    return name.startsWith("a")
      ? Promise.reject(new SyncError("not-found", "test"))
      : Promise.resolve({ type: "image/svg+xml", bytes });
  };
  const options = {
    hash: (data: Uint8Array) => createHash("sha256").update(data).digest("hex"),
    unusable: new Set<string>(),
  };
  expect(await pullPictures(store, feed, options)).toBe(true);
  expect(stored).toEqual([good]);
  expect(await pullPictures(store, feed, options)).toBe(false);
  expect(asked).toEqual(names);
  const dead: PullRequests = { ...feed, picture: () => Promise.reject(new SyncError("platform.not-reached", "test")) };
  await expect(pullPictures(store, dead, { ...options, unusable: new Set() })).rejects.toThrow("platform.not-reached");
});
