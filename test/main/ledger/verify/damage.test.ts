import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TillError } from "../../../../main/contract/errors.ts";
import { verifyLedger, type VerifyResult } from "../../../../main/ledger/verify/verify.ts";
import { temporaryFolder } from "../support.ts";
import { tamper } from "./forge.ts";
import { makeWholeTill } from "./whole-till.ts";

const place = mkdtempSync(join(tmpdir(), "suanpan-verify-damage-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const folder = join(place, "till");
beforeAll(() => void makeWholeTill(folder));

async function foundAfter(sql: string): Promise<VerifyResult> {
  return verifyLedger({ folder: tamper(folder, (database) => void database.exec(sql)) });
}

/** Puts a stranger's trigger, or none, in place of a guard after the till has put its own back. */
async function foundWith(sql: string): Promise<VerifyResult> {
  const copy = tamper(folder, () => {});
  const database = new Database(join(copy, "ledger.db"));
  database.exec(sql);
  database.close();
  return verifyLedger({ folder: copy });
}

const guard = "CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal";

test.each([
  ["DROP TRIGGER journal_refuses_delete", "journal_refuses_delete"],
  [
    `DROP TRIGGER journal_refuses_update; ${guard} WHEN 0 BEGIN SELECT raise(ABORT, 'no'); END`,
    "journal_refuses_update",
  ],
  ["CREATE TRIGGER more AFTER INSERT ON journal BEGIN DELETE FROM settings; END", "more"],
  ["CREATE TRIGGER quiet AFTER INSERT ON settings BEGIN DELETE FROM journal; END", "quiet"],
])("a guard of the journal that was dropped, changed or added is named: %s", async (sql, object) => {
  expect((await foundWith(sql)).findings).toEqual([{ seq: 0, reason: "schema-differs", params: { object } }]);
});

test("a journal that was put in the place of the strict one is named, and its entries are read all the same", async () => {
  const columns = "seq INTEGER PRIMARY KEY, ledger, id, type, text, hash, signature, key_id";
  const swapped = await foundAfter(
    `CREATE TABLE other (${columns}); INSERT INTO other SELECT * FROM journal; DROP TABLE journal;
     ALTER TABLE other RENAME TO journal`,
  );
  expect(swapped.findings).toEqual([{ seq: 0, reason: "schema-differs", params: { object: "journal" } }]);
  expect(swapped.entries).toBeGreaterThan(20);
});

test("a table that is gone, or whose column is, is named, and a rule of its own put in the journal's place is never run", async () => {
  const gone = await foundAfter("DROP TABLE prints");
  expect(gone.findings).toEqual([{ seq: 0, reason: "schema-differs", params: { object: "prints" } }]);
  const column = await foundAfter("DROP INDEX prints_by_sale; ALTER TABLE prints DROP COLUMN job_id");
  expect(column.findings).toMatchObject([{ seq: 0, reason: "schema-differs", params: { object: "prints" } }]);
  const copy = tamper(folder, () => {});
  const database = new Database(join(copy, "ledger.db"));
  database.exec("DROP TABLE journal");
  const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS seq FROM n";
  database.exec(`CREATE VIEW journal AS ${endless}`);
  database.close();
  const view = await verifyLedger({ folder: copy });
  expect(view).toMatchObject({
    ok: false,
    entries: 0,
    ledger: null,
    firstBroken: { seq: 0, reason: "schema-differs" },
  });
});

/** The bytes of a copy of the file, with the pages of a table or an index filled with something else. */
async function withPageOf(name: string, change: (page: Buffer) => void): Promise<VerifyResult> {
  const copy = join(temporaryFolder(), "ledger.db");
  const database = new Database(join(folder, "ledger.db"), { readonly: true });
  const root = Number(database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?").pluck().get(name));
  const size = Number(database.pragma("page_size", { simple: true }));
  // Whole, without a log beside it.
  database.prepare("VACUUM INTO ?").run(copy);
  const vacuumed = new Database(copy, { readonly: true });
  const page = Number(vacuumed.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?").pluck().get(name));
  vacuumed.close();
  database.close();
  expect(root).toBeGreaterThan(0);
  const bytes = readFileSync(copy);
  change(bytes.subarray((page - 1) * size, page * size));
  writeFileSync(copy, bytes);
  return verifyLedger({ database: copy });
}

test("an index that says something else than its table is damage, with the journal whole", async () => {
  const result = await withPageOf("sales_refunds", (page) => page.fill(0, 8));
  expect(result.findings.map(({ reason }) => reason)).toContain("database-damaged");
  expect(result.entries).toBeGreaterThan(20);
});

test("a journal whose pages are gone breaks off there, in a result and not in an error", async () => {
  const result = await withPageOf("journal", (page) => page.fill(0xff, 100));
  expect(result).toMatchObject({ ok: false });
  expect(result.findings.map(({ reason }) => reason)).toContain("database-damaged");
});

test("a file that is no database, an empty one and one that is not there are said to be no ledger", async () => {
  const other = join(temporaryFolder(), "ledger.db");
  writeFileSync(other, "no database".repeat(1000));
  await expect(verifyLedger({ database: other })).rejects.toMatchObject({ code: "ledger.damaged" });
  writeFileSync(other, "");
  expect(await verifyLedger({ database: other })).toMatchObject({ ok: false, entries: 0 });
  await expect(verifyLedger({ export: join(place, "nowhere") })).rejects.toMatchObject({ code: "ledger.damaged" });
  await expect(verifyLedger({ export: place })).rejects.toMatchObject({ code: "ledger.damaged" });
});

test("a mark that somebody has written, of any form, is a result or is passed over", async () => {
  const copy = join(temporaryFolder(), "till");
  for (const content of ["", "x".repeat(4096), "[]", JSON.stringify([1, "2", null])]) {
    cpSync(folder, copy, { recursive: true });
    writeFileSync(join(copy, "marks", "mark-a"), content);
    expect((await verifyLedger({ folder: copy })).ok).toBe(true);
  }
  rmSync(join(copy, "marks", "mark-a"));
  mkdirSync(join(copy, "marks", "mark-a"));
  expect((await verifyLedger({ folder: copy })).marks.length).toBeLessThan(2);
});

function textsIn(file: string): unknown[] {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare("SELECT text FROM journal ORDER BY seq").pluck().all();
  } finally {
    database.close();
  }
}

/** A generator of numbers below a bound that is the same in every run. */
function seededNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

// Whatever a disk or a hand does to the file: the manager gets an answer, never a program that fell over.
test("a file with any byte flipped, or cut off anywhere, is found broken or says what it said, and nothing falls over", async () => {
  const next = seededNumbers(20_261_120);
  const whole = join(folder, "ledger.db");
  const size = statSync(whole).size;
  const copy = join(temporaryFolder(), "ledger.db");
  const texts = textsIn(whole);
  let broken = 0;
  for (let run = 0; run < 150; run += 1) {
    cpSync(whole, copy);
    if (run % 10 === 0) truncateSync(copy, next(size));
    else {
      const handle = openSync(copy, "r+");
      // The first pages hold the schema, where a flip does the strangest things.
      const at = run % 3 === 0 ? next(8192) : next(size);
      writeSync(handle, Buffer.from([next(256)]), 0, 1, at);
      closeSync(handle);
    }
    try {
      if ((await verifyLedger({ database: copy })).ok) expect(textsIn(copy)).toEqual(texts);
      else broken += 1;
    } catch (error) {
      expect(error).toBeInstanceOf(TillError);
      broken += 1;
    }
  }
  expect(broken).toBeGreaterThan(30);
}, 60_000);
