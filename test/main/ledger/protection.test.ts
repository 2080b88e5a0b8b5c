import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../../main/ledger/database.ts";
import { openTestLedger, seededIds, temporaryFolder } from "./support.ts";
import { cashSale } from "./sales.ts";

function soldFolder(sales: number): string {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  const ids = seededIds("protection");
  for (let count = 0; count < sales; count += 1) ledger.append([cashSale(ledger, ids)]);
  ledger.close();
  return folder;
}

test("every setting that keeps sales over a power cut is in force, also on the second opening", () => {
  const folder = soldFolder(1);
  const database = openDatabase(join(folder, "ledger.db"));
  onTestFinished(() => void database.close());
  const settings = ["journal_mode", "synchronous", "locking_mode", "recursive_triggers", "foreign_keys"];
  const found = [...settings, "trusted_schema", "cell_size_check"].map((name) =>
    database.pragma(name, { simple: true }),
  );
  expect(found).toEqual(["wal", 2, "exclusive", 1, 1, 0, 1]);
  const tables = database.pragma("table_list") as { schema: string; type: string; name: string; strict: number }[];
  const loose = tables.filter(({ name, strict }) => !name.startsWith("sqlite_") && strict !== 1);
  expect(loose).toEqual([]);
});

test("no statement changes or removes what is in the journal, whichever way it is put", () => {
  const folder = soldFolder(2);
  const database = openDatabase(join(folder, "ledger.db"));
  onTestFinished(() => void database.close());
  const before = database.prepare("SELECT * FROM journal").all();
  const columns = "seq, ledger, id, type, text, hash, signature, key_id";
  const attempts = [
    "UPDATE journal SET text = 'x' WHERE seq = 2",
    "UPDATE journal SET seq = 9 WHERE seq = 2",
    "UPDATE OR REPLACE journal SET seq = 1 WHERE seq = 2",
    "DELETE FROM journal WHERE seq = 2",
    "DELETE FROM journal",
    `REPLACE INTO journal (${columns}) SELECT seq, ledger, id, type, 'x', hash, signature, key_id FROM journal WHERE seq = 2`,
    `INSERT OR REPLACE INTO journal (${columns}) SELECT 9, ledger, id, type, 'x', hash, signature, key_id FROM journal WHERE seq = 2`,
    `INSERT INTO journal (${columns}) SELECT ${columns} FROM journal WHERE seq = 2 ON CONFLICT DO UPDATE SET text = 'x'`,
    "UPDATE journal SET text = other.text FROM (SELECT text FROM journal WHERE seq = 1) AS other WHERE seq = 2",
    `INSERT INTO journal (${columns}) SELECT ${columns} FROM journal WHERE seq = 2`,
  ];
  for (const attempt of attempts) expect(() => database.exec(attempt), attempt).toThrow();
  expect(database.prepare("SELECT * FROM journal").all()).toEqual(before);
});

test("while a till holds the ledger no other connection of the machine reads or writes it", () => {
  const folder = temporaryFolder();
  openTestLedger(folder);
  const other = new Database(join(folder, "ledger.db"), { timeout: 0 });
  onTestFinished(() => void other.close());
  expect(() => other.prepare("SELECT count(*) FROM journal").get()).toThrow(/locked/);
});
