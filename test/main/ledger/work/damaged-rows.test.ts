import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { commitNote } from "../../../../main/checkout/note.ts";
import { openDatabase, type LedgerDatabase } from "../../../../main/ledger/database.ts";
import type { NewEntry } from "../../../../main/ledger/entries.ts";
import { migrate } from "../../../../main/ledger/migrations/index.ts";
import type { Ledger } from "../../../../main/ledger/open.ts";
import { openLedgerCopy } from "../../../../main/ledger/read-copy.ts";
import { createTransactions } from "../../../../main/ledger/transactions.ts";
import { createDamagedRows } from "../../../../main/ledger/work/damaged-rows.ts";
import { isWholeRow, rowChecksum, workTables } from "../../../../main/ledger/work/row-checksum.ts";
import { createWorkStores, type WorkStores } from "../../../../main/ledger/work/stores.ts";
import { answerStore, pushStore } from "../../../../main/sync-stores.ts";
import { pushBatch } from "../../../../sync/push.ts";
import { fillTill } from "../full-till.ts";
import { cashSale } from "../sales.ts";
import { changeField, storedFields, withoutTriggers, type StoredField, type StoredValue } from "../stored-fields.ts";
import { handClock, openTestLedger, seededIds, temporaryFolder } from "../support.ts";

const at = "2026-11-20T14:32:09.120+08:00";
const jobs = seededIds("jobs");

/** The stores of an empty database, which a test damages through the same connection. */
function openStores(): { database: LedgerDatabase; stores: WorkStores; damaged: string[] } {
  const file = join(temporaryFolder(), "ledger.db");
  const database = openDatabase(file);
  onTestFinished(() => void database.close());
  migrate(database, file);
  const damaged: string[] = [];
  const stores = createWorkStores(database, createTransactions(database), (table) => void damaged.push(table));
  return { database, stores, damaged };
}

/** Changes the file of a till that is not running, as a disk or a hand does. */
function change(folder: string, sql: string): void {
  const database = new Database(join(folder, "ledger.db"));
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

function incidents(ledger: Ledger): unknown[] {
  return ledger
    .entriesAfter(0, { maximumCount: 1000, maximumBytes: 10_000_000 })
    .filter(({ type }) => type === "incident")
    .map(({ text }) => (JSON.parse(text) as { body: unknown }).body)
    .filter((body) => (body as { code: string }).code === "row.damaged");
}

test("a basket that the disk has changed is not sold by: the goods are scanned again", () => {
  const { database, stores, damaged } = openStores();
  stores.openBasket.save('{"totalMinor":900}');
  database.exec(`UPDATE open_basket SET text = '{"totalMinor":100}'`);
  expect(stores.openBasket.read()).toBeUndefined();
  expect(damaged).toEqual(["open_basket"]);
  stores.openBasket.save("the next one");
  expect(stores.openBasket.read()).toBe("the next one");
});

test("a setting that the disk has changed counts as not set, and no other one does", () => {
  const { database, stores, damaged } = openStores();
  stores.settings.save("locale", "zh-CN");
  stores.settings.save("empty", "");
  database.exec("UPDATE settings SET value = 'zh-CM' WHERE key = 'locale'");
  expect([stores.settings.read("locale"), stores.settings.read("empty")]).toEqual([undefined, ""]);
  expect(damaged).toEqual(["settings"]);
});

test("a receipt whose bytes the disk has changed is never printed, nor made good by a new state", () => {
  const { database, stores, damaged } = openStores();
  const [jobId, other] = [jobs.uuid(), jobs.uuid()];
  const job = { saleId: jobs.uuid(), kind: "receipt" as const, bytes: Uint8Array.of(27, 64, 0, 255) };
  for (const id of [jobId, other])
    stores.printJobs.add({ ...job, jobId: id, state: "waiting", createdAt: at, updatedAt: at });
  database.prepare("UPDATE print_jobs SET bytes = ? WHERE job_id = ?").run(Buffer.of(27, 64, 1, 255), jobId);
  expect(stores.printJobs.job(jobId)).toBeUndefined();
  expect(stores.printJobs.jobsIn("waiting", 1).map((each) => each.jobId)).toEqual([other]);
  for (const id of [jobId, other]) stores.printJobs.setState(id, "sending", at);
  expect(stores.printJobs.job(jobId)).toBeUndefined();
  expect(stores.printJobs.job(other)).toMatchObject({ state: "sending", bytes: job.bytes });
  expect(new Set(damaged)).toEqual(new Set(["print_jobs"]));
});

test("a parked sale that the disk has changed is not offered, and the others are", () => {
  const { database, stores } = openStores();
  const parked = { at, itemCount: 1, totalMinor: 900, goods: [{ en: "Tea", "zh-CN": "茶" }] };
  for (const saleId of ["one", "two"]) stores.parkedSales.add({ ...parked, saleId }, `{"of":"${saleId}"}`);
  // What is shown of it is as it was; what would be sold is not.
  database.exec(`UPDATE parked_sales SET basket = '{"of":"tow"}' WHERE sale_id = 'two'`);
  expect(stores.parkedSales.list()).toEqual([{ ...parked, saleId: "one" }]);
  expect(stores.parkedSales.count()).toBe(1);
  expect(stores.parkedSales.basket("two")).toBeUndefined();
});

test("a platform's mark that was moved, by a disk or by a hand, makes no sale look confirmed, and all are sent again", async () => {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  const ids = seededIds("marks");
  for (let count = 0; count < 4; count += 1) ledger.append([cashSale(ledger, ids)]);
  const { ledger: id } = ledger.identity;
  const hashAt = (seq: number) => ledger.entry(seq)?.hash ?? "";
  const mark = { ledger: id, acknowledgedSeq: 3, hash: hashAt(3), epoch: 1, at };
  ledger.platformMarks.save(mark);
  expect(ledger.platformMarks.read(id)).toEqual(mark);
  ledger.close();
  change(folder, "UPDATE platform_marks SET acknowledged_seq = 5");
  const again = openTestLedger(folder);
  expect(again.platformMarks.read(id)).toBeUndefined();
  expect(incidents(again)).toEqual([{ code: "row.damaged", detail: "platform_marks" }]);
  // Also with a checksum that somebody made for it: it does not name our own entry.
  again.platformMarks.save({ ...mark, acknowledgedSeq: 5 });
  expect(again.platformMarks.read(id)).toBeUndefined();
  const sent: number[] = [];
  await pushBatch(
    pushStore(again, { now: () => 0, format: () => at }),
    (_ledger, entries) => {
      sent.push(entries.length);
      const { seq, hash } = again.head();
      return Promise.resolve({ epoch: 1, mark: { seq, hash } });
    },
    { again: false },
  );
  expect(sent).toEqual([again.head().seq]);
  expect(again.platformMarks.read(id)?.acknowledgedSeq).toBe(again.head().seq);
});

test("an answer that the disk has changed says nothing, and all answers are asked for again", () => {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  const { ledger: id } = ledger.identity;
  const answer = { ledger: id, seq: 2, state: "needs-you" as const, code: "sale.arithmetic", at, cursor: 7 };
  ledger.append([cashSale(ledger, seededIds("answers"))]);
  const store = answerStore(ledger);
  store.storeAnswers([answer], 7);
  ledger.close();
  change(folder, "UPDATE platform_answers SET state = 'settled', cursor = 900");
  const again = openTestLedger(folder);
  expect(again.platformAnswers.answer(id, 2)).toBeUndefined();
  const stand = { ledger: id, markSeq: 2, underWay: null };
  expect(again.saleArrival(stand, 2)?.state).toBe("confirmed");
  expect(answerStore(again).answerCursor()).toBe(0);
  answerStore(again).storeAnswers([answer], 7);
  expect(again.platformAnswers.needingYou(id, 10)).toEqual([answer]);
  expect(again.saleArrival(stand, 2)?.state).toBe("needs-you");
});

test("a newer answer takes the place of a damaged one that looks newer still", () => {
  const { database, stores } = openStores();
  const answer = { ledger: "l", seq: 2, state: "settled" as const, code: "stored", at, cursor: 7 };
  stores.platformAnswers.save(answer);
  database.exec("UPDATE platform_answers SET cursor = 900");
  stores.platformAnswers.save({ ...answer, cursor: 8 });
  expect(stores.platformAnswers.answer("l", 2)).toEqual({ ...answer, cursor: 8 });
});

test("a count of vain tries that the disk has changed begins again, and says no number that nobody counted", () => {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  const { database, stores } = openStores();
  database.exec("INSERT INTO journal VALUES (1, 'l', 'i', 't', '{}', zeroblob(32), zeroblob(64), 'k')");
  for (let count = 0; count < 3; count += 1) stores.pushFailures.record(1, 1, "busy", at);
  expect(stores.pushFailures.failure(1)?.attempts).toBe(3);
  database.exec("UPDATE push_failures SET attempts = 1027");
  expect(stores.pushFailures.failure(1)).toBeUndefined();
  stores.pushFailures.record(1, 1, "network", at);
  expect(stores.pushFailures.failure(1)).toEqual({ seq: 1, attempts: 1, code: "network", at });
  expect(ledger.pushFailures.failure(1)).toBeUndefined();
});

test("a time of arrival that the disk has changed is not told; those around it are", () => {
  const { database, stores } = openStores();
  for (const [from, to] of [
    [0, 4],
    [4, 9],
  ] as const)
    stores.arrivals.moved("l", from, to, `at ${to}`);
  database.exec("UPDATE arrivals SET at = 'at 8' WHERE up_to_seq = 9");
  expect([3, 7].map((seq) => stores.arrivals.arrivedAt("l", seq))).toEqual(["at 4", undefined]);
  // The mark was lost as well and comes back: what arrived earlier keeps its time.
  stores.arrivals.moved("l", 0, 12, "at 12");
  expect([3, 7, 12].map((seq) => stores.arrivals.arrivedAt("l", seq))).toEqual(["at 4", "at 12", "at 12"]);
  stores.arrivals.moved("l", 0, 12, "later");
  expect(stores.arrivals.arrivedAt("l", 12)).toBe("at 12");
});

test("an outage that the disk has changed is passed over, however new it makes itself", () => {
  const { database, stores, damaged } = openStores();
  stores.outages.begin("one", 3);
  stores.outages.end("over", 5);
  stores.outages.begin("two", 5);
  database.exec("UPDATE outages SET number = 4611686018427387904 WHERE from_time = 'two'");
  const first = { from: "one", afterSeq: 3, to: "over", upToSeq: 5 };
  expect(stores.outages.newest(10)).toEqual([first]);
  stores.outages.begin("three", 6);
  expect(stores.outages.newest(10)).toEqual([first, { from: "three", afterSeq: 6 }]);
  expect(new Set(damaged)).toEqual(new Set(["outages"]));
});

/** A till that sold one thing with a note. */
function folderWithNote(): { folder: string; entryId: string } {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  const sale = cashSale(ledger, seededIds("note"));
  const note = commitNote("Invoice to Wang Xiaoming", (count) => Buffer.alloc(count, 7));
  if (note === null) throw new Error("unreachable");
  sale.body.noteCommitment = note.commitment;
  ledger.append([sale], () => ledger.privateValues.add(note.row(sale.id)));
  expect(ledger.privateValues.read(sale.id, "note")).toBe("Invoice to Wang Xiaoming");
  ledger.close();
  return { folder, entryId: sale.id };
}

test("a note that is not the one its entry commits itself to is shown to nobody, whoever made its checksum", () => {
  const { folder, entryId } = folderWithNote();
  const forged = "Invoice to Wang Xiaomimg";
  const checksum = rowChecksum("private_values", [entryId, "note", Buffer.alloc(16, 7), forged]);
  change(folder, `UPDATE private_values SET value = '${forged}', checksum = x'${checksum.toString("hex")}'`);
  const copy = openLedgerCopy(join(folder, "ledger.db"));
  expect(copy.privateValue(entryId, "note")).toBeUndefined();
  copy.close();
  const ledger = openTestLedger(folder);
  for (let count = 0; count < 3; count += 1) {
    expect(ledger.privateValues.read(entryId, "note")).toBeUndefined();
    ledger.append([]);
  }
  expect(incidents(ledger)).toEqual([{ code: "row.damaged", detail: "private_values" }]);
  ledger.close();
  // It is kept for whoever looks into it.
  expect(readFileSync(join(folder, "ledger.db")).includes(forged)).toBe(true);
});

test("a note that the disk has changed is gone from the disk, so that it is not found there when it is to be taken out", () => {
  const { folder, entryId } = folderWithNote();
  change(folder, "UPDATE private_values SET value = 'Invoice to Wang Xiaomimg'");
  const ledger = openTestLedger(folder);
  expect(ledger.privateValues.read(entryId, "note")).toBeUndefined();
  expect(incidents(ledger)).toEqual([{ code: "row.damaged", detail: "private_values" }]);
  ledger.close();
  expect(readFileSync(join(folder, "ledger.db")).includes("Wang Xiaom")).toBe(false);
});

test("a note is not thrown away because the entry that proves it is what was damaged", () => {
  const { folder, entryId } = folderWithNote();
  const setId = (id: string) => {
    const database = new Database(join(folder, "ledger.db"));
    withoutTriggers(database, () => database.prepare("UPDATE journal SET id = ? WHERE seq = 2").run(id));
    database.close();
  };
  setId("another");
  const damaged = openTestLedger(folder);
  expect(damaged.privateValues.read(entryId, "note")).toBeUndefined();
  damaged.close();
  setId(entryId);
  expect(openTestLedger(folder).privateValues.read(entryId, "note")).toBe("Invoice to Wang Xiaoming");
});

test("a note that its entry proves is kept, although its checksum was damaged", () => {
  const { folder, entryId } = folderWithNote();
  change(folder, "UPDATE private_values SET checksum = x'0101010101010101'");
  const ledger = openTestLedger(folder);
  expect(ledger.privateValues.read(entryId, "note")).toBe("Invoice to Wang Xiaoming");
});

test("a copy's settings are read as they were written, or not at all; those of an older ledger have no checksum", () => {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  ledger.settings.save("locale", "zh-CN");
  ledger.close();
  const read = () => {
    const copy = openLedgerCopy(join(folder, "ledger.db"));
    try {
      return copy.setting("locale");
    } finally {
      copy.close();
    }
  };
  expect(read()).toBe("zh-CN");
  change(folder, "UPDATE settings SET value = 'zh-CM' WHERE key = 'locale'");
  expect(read()).toBeUndefined();
  change(folder, "CREATE TABLE old AS SELECT key, value FROM settings; DROP TABLE settings");
  change(folder, "ALTER TABLE old RENAME TO settings");
  expect(read()).toBe("zh-CM");
});

/** Another value of the same kind. */
function another(value: StoredValue): StoredValue {
  if (typeof value === "bigint") return value + 1000n;
  if (typeof value === "string") return `${value}x`;
  return value === null ? "x" : Buffer.alloc(value.length, 9);
}

/**
 * Every column of one row of each table of working state. Of a note the entry is the judge, and not the checksum; a second
 * basket is against the table's own conditions, so that the ledger does not open with one.
 */
function workFields(folder: string): StoredField[] {
  const names: ReadonlySet<string> = new Set(workTables);
  const seen = new Set<string>();
  return storedFields(join(folder, "ledger.db")).filter(({ table, column }) => {
    const place = `${table}.${column}`;
    const isJudged = place !== "private_values.checksum" && place !== "open_basket.one";
    const isNew = names.has(table) && !seen.has(place) && isJudged;
    seen.add(place);
    return isNew;
  });
}

/** The rows of working state that are not what their checksum says. */
function damagedIn(folder: string): unknown[] {
  const database = new Database(join(folder, "ledger.db"), { readonly: true });
  try {
    return workTables.flatMap((table) => {
      const rows = database.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all();
      return rows.filter((row) => !isWholeRow(table, row));
    });
  } finally {
    database.close();
  }
}

test("whatever of a row is changed while the till is off, its start tells the table once and takes the row away", async () => {
  const folder = temporaryFolder();
  const clock = handClock();
  const ids = seededIds("full", clock);
  const first = openTestLedger(folder, { clock, ids });
  await fillTill({ ledger: first, ids, clock, seed: 1 });
  first.close();
  const fields = Map.groupBy(workFields(folder), ({ table }) => table);
  expect(new Set(fields.keys())).toEqual(new Set(workTables));
  const copy = temporaryFolder();
  for (let column = 0; column < 9; column += 1) {
    cpSync(folder, copy, { recursive: true });
    // One column of each table at a time, as long as it has that many.
    const damaged = [...fields.values()].map((ofTable) => ofTable[column]).filter((field) => field !== undefined);
    for (const field of damaged)
      if (!changeField(join(copy, "ledger.db"), field, another)) expect.fail(`${field.column} cannot be changed`);
    const expected = damaged.map(({ table }) => ({ code: "row.damaged", detail: table }));
    const ledger = openTestLedger(copy, { clock, ids: seededIds(`column ${column}`, clock) });
    const places = damaged.map((field) => `${field.table}.${field.column}`).join(" ");
    expect(new Set(incidents(ledger)), places).toEqual(new Set(expected));
    ledger.close();
    expect(damagedIn(copy), places).toEqual([]);
    const again = openTestLedger(copy, { clock });
    expect(incidents(again).length, places).toBe(expected.length);
    again.close();
    rmSync(copy, { recursive: true });
  }
  const untouched = openTestLedger(folder, { clock, ids });
  expect(incidents(untouched)).toEqual([]);
});

test("the oldest rows of a large table are checked beside selling, and what is damaged is told with the next sale", () => {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  const ids = seededIds("many");
  ledger.write(() => {
    for (let count = 100; count < 1300; count += 1) ledger.settings.save(`key ${count}`, "x");
  });
  ledger.close();
  change(folder, "UPDATE settings SET key = 'kez 100' WHERE key = 'key 100'");
  change(folder, "UPDATE settings SET key = 'ke' WHERE key = 'key 101'");
  const again = openTestLedger(folder);
  expect(incidents(again)).toEqual([{ code: "row.damaged", detail: "settings" }]);
  again.append([cashSale(again, ids)]);
  for (const _ of again.checkRows()) again.settings.save("meanwhile", "selling goes on");
  again.append([cashSale(again, ids)]);
  // Once a start is often enough to be looked into.
  expect(incidents(again).length).toBe(1);
  again.close();
  expect(damagedIn(folder)).toEqual([]);
});

test("what could not be told stays, so that a till that ends in between tells it at its next start", () => {
  const { database, stores } = openStores();
  const rows = createDamagedRows(database, seededIds("untold"));
  stores.settings.save("a", "1");
  database.exec("UPDATE settings SET value = '2'");
  rows.damaged("settings");
  const full = () => {
    throw new Error("full");
  };
  expect(() => rows.settle(full)).toThrow("full");
  const told: string[][] = [];
  const append = (entries: readonly NewEntry[], work: () => void) => {
    told.push(entries.map(({ type }) => type));
    work();
  };
  rows.settle(append);
  rows.settle(append);
  rows.damaged("settings");
  rows.settle(append);
  expect(told).toEqual([["incident"], []]);
  expect(database.prepare("SELECT count(*) FROM settings").pluck().get()).toBe(0);
});
