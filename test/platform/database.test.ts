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

const newest = migrations.at(-1)?.number ?? 0;

/** A shop of before: a till that has sold, refunded and been read. */
const shopOfBefore = `
insert into stores (id) values ('s');
insert into tills (id, store_id, number, request_key, request_key_id, enrolled_at)
  values ('00000000-0000-4000-8000-000000000001', 's', 1, decode(repeat('00', 32), 'hex'), 'k', now());
insert into ledgers (id, till_id, journal_key, journal_key_id, head_hash)
  select ('00000000-0000-4000-8000-00000000000' || n)::uuid, '00000000-0000-4000-8000-000000000001',
    decode(repeat('00', 32), 'hex'), 'k', decode(repeat('00', 32), 'hex') from generate_series(2, 3) n;
insert into projection_marks (ledger, seq) select id, 7 from ledgers;
insert into sales (ledger, seq, till_id, sale_id, receipt_code, business_day, time, training, currency, total_minor)
  select '00000000-0000-4000-8000-000000000002', n, '00000000-0000-4000-8000-000000000001',
    '00000000-0000-4000-8000-000000000009', '1-' || n, '2026-11-20', '', false, 'CNY', 100 from generate_series(8, 11) n;`;

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

test("receipts that were read before successors were known still count, or a new disk would print their numbers again", async () => {
  const upTo = migrations.findIndex(({ name }) => name === "successions");
  const marks = await platform.database.transaction(async (transaction) => {
    await transaction.query("create schema before; set local search_path to before");
    for (const { sql } of migrations.slice(0, upTo)) await transaction.query(sql);
    await transaction.query(shopOfBefore);
    await transaction.query(migrations[upTo]?.sql ?? "");
    const result = await transaction.query(
      "select seq, receipt_number, receipt_code, perpetual from projection_marks order by ledger",
    );
    await transaction.query("drop schema before cascade");
    return result.rows;
  });
  expect(marks).toEqual([
    { seq: 7, receipt_number: 11, receipt_code: "1-11", perpetual: null },
    { seq: 7, receipt_number: 0, receipt_code: null, perpetual: null },
  ]);
});

test("a database that a newer platform has changed is refused: an old one would misread it", async () => {
  await expect(migrate(platform.database)).rejects.toThrow("newer than this platform");
});

test("an amount that a double cannot hold exactly is an error, never a near miss", async () => {
  const safe = await platform.database.query("select 9007199254740991::bigint as amount");
  expect(safe.rows).toEqual([{ amount: Number.MAX_SAFE_INTEGER }]);
  await expect(platform.database.query("select 9007199254740993::bigint as amount")).rejects.toThrow(RangeError);
});
