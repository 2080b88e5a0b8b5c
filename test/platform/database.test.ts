import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "../../platform/database/migrate.ts";
import type { Migration } from "../../platform/database/migrations/migration.ts";
import { migrations } from "../../platform/database/migrations/index.ts";
import { startTestPlatform, type TestPlatform } from "./support/test-platform.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(async () => {
  await platform.stop();
});

const newest = migrations.length;

function step(number: number, sql: string): Migration {
  return { number, name: `step-${number}`, sql };
}

test("platforms that start at once on one database bring it up to date once", async () => {
  const steps = [...migrations, step(newest + 1, "create table once (x integer)")];
  await Promise.all(Array.from({ length: 5 }, () => migrate(platform.database, steps)));
  const tables = await platform.database.query("select 1 from information_schema.tables where table_name = 'once'");
  expect(tables.rowCount).toBe(1);
});

test("a step that fails leaves nothing of itself, so that it can be mended and run again", async () => {
  const before = [...migrations, step(newest + 1, "")];
  const broken = step(newest + 2, "create table half (x integer); select nothing_like_it()");
  await expect(migrate(platform.database, [...before, broken])).rejects.toThrow("nothing_like_it");
  const tables = await platform.database.query("select 1 from information_schema.tables where table_name = 'half'");
  expect(tables.rowCount).toBe(0);
  await migrate(platform.database, [...before, step(newest + 2, "create table whole (x integer)")]);
});

test("a database that a newer platform has changed is refused: an old one would misread it", async () => {
  await expect(migrate(platform.database)).rejects.toThrow("newer than this platform");
});

test("an amount that a double cannot hold exactly is an error, never a near miss", async () => {
  const safe = await platform.database.query("select 9007199254740991::bigint as amount");
  expect(safe.rows).toEqual([{ amount: Number.MAX_SAFE_INTEGER }]);
  await expect(platform.database.query("select 9007199254740993::bigint as amount")).rejects.toThrow(RangeError);
});
