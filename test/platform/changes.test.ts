import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pullResponseSchema, type PullResponse } from "../../sync/protocol/api.ts";
import { changeBodySchemas, changeKinds, type Change } from "../../sync/protocol/change.ts";
import { changesAfter, putChanges } from "../../platform/changes/change-log.ts";
import { demoGoods } from "../../platform/demo/goods/demo-goods.ts";
import { seedDemoShop } from "../../platform/demo/seed.ts";
import { startTestPlatform, type TestPlatform } from "./support/test-platform.ts";
import { ask, enrolTill, type TestTill } from "./support/test-till.ts";

let platform: TestPlatform;
let till: TestTill;
beforeAll(async () => {
  platform = await startTestPlatform();
  till = await enrolTill(platform);
});
afterAll(async () => {
  await platform.stop();
});

async function pull(after: number, limit: number): Promise<PullResponse> {
  const { body } = await till.get(`/v1/changes?after=${after}&limit=${limit}`);
  return pullResponseSchema.parse(body);
}

async function lastCursor(): Promise<number> {
  const result = await platform.database.query<{ last: number }>("select last from change_cursor");
  return result.rows[0]?.last ?? 0;
}

test("a till's first pull gives the whole shop in pages, and each thing is what the protocol says", async () => {
  const changes: Change[] = [];
  for (let cursor = 0, more = true; more;) {
    const page = await pull(cursor, 150);
    changes.push(...page.changes);
    ({ cursor, more } = page);
  }
  expect(changes.filter(({ kind }) => kind === "item")).toHaveLength(demoGoods.length);
  for (const kind of changeKinds) {
    const bodies = changes.filter((change) => change.kind === kind);
    expect(bodies.length).toBeGreaterThan(0);
    for (const { body } of bodies) changeBodySchemas[kind].parse(body);
  }
});

test("each good's picture is there under its hash, may be kept for ever, and cannot run as a page of ours", async () => {
  const { changes } = await pull(0, 1000);
  const hash = changes.map(({ body }) => body?.["picture"]).find((picture) => typeof picture === "string");
  const answer = await ask(`${platform.url}/v1/pictures/${hash}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("image/svg+xml");
  expect(answer.headers.get("cache-control")).toContain("immutable");
  expect(answer.headers.get("content-security-policy")).toContain("sandbox");
  expect((await ask(`${platform.url}/v1/pictures/${"0".repeat(64)}`)).status).toBe(404);
});

test("starting again stocks nothing twice: tills would load the whole shop anew at every start", async () => {
  const before = await lastCursor();
  const balances = "select id, balance_minor from accounts order by id";
  const accounts = await platform.database.query(balances);
  await seedDemoShop(platform.database, new Date(platform.clock.nowMs));
  expect(await lastCursor()).toBe(before);
  expect((await platform.database.query(balances)).rows).toEqual(accounts.rows);
});

test("only the newest state of a thing is sent, and one that is gone is sent as gone", async () => {
  const before = await lastCursor();
  const put = (body?: Record<string, unknown>): Promise<number> =>
    putChanges(platform.database, [{ kind: "note", id: "n", body }]);
  expect(await put()).toBe(0);
  expect(await put({ text: "one" })).toBe(1);
  expect(await put({ text: "one" })).toBe(0);
  expect(await put({ text: "two" })).toBe(1);
  expect((await pull(before, 10)).changes).toEqual([
    { cursor: before + 2, kind: "note", id: "n", body: { text: "two" } },
  ]);
  expect(await put()).toBe(1);
  expect((await pull(before, 10)).changes).toEqual([{ cursor: before + 3, kind: "note", id: "n" }]);
});

test("a reader who follows the cursor misses nothing while many write at once", async () => {
  const start = await lastCursor();
  const writers = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 4, maxLength: 16 });
  let round = 0;
  await fc.assert(
    fc.asyncProperty(writers, async (sizes) => {
      round += 1;
      const prefix = `r${round}`;
      const seen = new Map<string, number>();
      let cursor = await lastCursor();
      let done = false;
      const follow = async (): Promise<void> => {
        const page = await changesAfter(platform.database, cursor, 3);
        for (const change of page.changes) seen.set(change.id, change.cursor);
        ({ cursor } = page);
        if (!done || page.more) await follow();
      };
      const reader = follow();
      await Promise.all(
        sizes.map((size, writer) =>
          putChanges(
            platform.database,
            Array.from({ length: size }, (_, index) => ({
              kind: "race",
              id: `${prefix}-${writer}-${index}`,
              body: { round },
            })),
          ),
        ),
      );
      done = true;
      await reader;
      await follow();
      expect(seen.size).toBe(sizes.reduce((sum, size) => sum + size, 0));
    }),
    { numRuns: 10 },
  );
  const { changes } = await pull(start, 1000);
  const cursors = changes.map(({ cursor }) => cursor);
  expect(cursors).toEqual(cursors.toSorted((left, right) => left - right));
  expect(new Set(cursors).size).toBe(cursors.length);
});

test("a cursor that is no number is refused, not read as zero: zero would load the whole shop", async () => {
  for (const query of ["after=x", "after=-1", "after=1.5", "limit=0", "limit=1001", "before=1"]) {
    expect(await till.get(`/v1/changes?${query}`)).toMatchObject({ status: 400, body: { code: "request.invalid" } });
  }
});
