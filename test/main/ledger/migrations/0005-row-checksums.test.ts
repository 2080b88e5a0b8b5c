import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { first } from "../../../../main/ledger/migrations/0001-first.ts";
import { wholeShop } from "../../../../main/ledger/migrations/0002-whole-shop.ts";
import { arrivals } from "../../../../main/ledger/migrations/0003-arrivals.ts";
import { signedOut } from "../../../../main/ledger/migrations/0004-signed-out.ts";
import { rowChecksums } from "../../../../main/ledger/migrations/0005-row-checksums.ts";
import { createTransactions } from "../../../../main/ledger/transactions.ts";
import { isWholeRow, workTables } from "../../../../main/ledger/work/row-checksum.ts";
import { createWorkStores } from "../../../../main/ledger/work/stores.ts";
import { databaseAt } from "./database-at.ts";

/** SHA-256 of the bytes 01 and "Invoice to Li Na". */
const commitment = "70d755ff9594964b1cd03233b6622575f4a9915f88debf7e677535ca26d2659d";

/** Rows as the version before stored them, one or two in each table, with nothing and everything in what may be empty. */
const rows = `
  INSERT INTO journal VALUES (1, 'l', 'e', 't', '{"noteCommitment":"${commitment}"}', x'${"ab".repeat(32)}', zeroblob(64), 'k');
  INSERT INTO open_basket VALUES (1, '{"basket":"茶"}');
  INSERT INTO print_jobs VALUES ('j1', 's', 'receipt', x'1b4000ff', 'failed', 'printer.offline', 'c', 'u');
  INSERT INTO print_jobs VALUES ('j2', 's', 'copy', x'', 'waiting', NULL, 'c', 'u');
  INSERT INTO platform_marks VALUES ('l', 1, '${"ab".repeat(32)}', 2, 'at');
  INSERT INTO platform_answers VALUES ('l', 1, 'needs-you', 'sale.arithmetic', 'at', 5);
  INSERT INTO push_failures VALUES (1, 3, 'network', 'at');
  INSERT INTO settings VALUES ('locale', 'zh-CN'), ('empty', '');
  INSERT INTO parked_sales VALUES ('s', 'at', 2, 9007199254740991, '[{"en":"Tea","zh-CN":"茶"}]', '{}');
  INSERT INTO private_values VALUES ('e', 'note', x'01', 'Invoice to Li Na');
  INSERT INTO arrivals VALUES ('l', 1, 1, 'at');
  INSERT INTO outages VALUES (1, 'from', 0, 'to', 1), (2, 'from', 1, NULL, NULL);
`;

test("all working state from before the checksums is there after the update, with checksums that hold", () => {
  const { file, database, migrateTo } = databaseAt(first, wholeShop, arrivals, signedOut);
  database.exec(rows);
  const before = workTables.map((table) => database.prepare(`SELECT * FROM ${table}`).all() as object[]);
  expect(before.every((table) => table.length > 0)).toBe(true);
  migrateTo(rowChecksums);
  const after = workTables.map(
    (table) => database.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[],
  );
  for (const [index, table] of workTables.entries()) {
    expect(
      after[index]?.every((row) => isWholeRow(table, row)),
      table,
    ).toBe(true);
    expect(after[index]?.map(({ checksum: _added, ...row }) => row)).toEqual(before[index]);
  }
  // The copy from before it can be gone back to.
  const copy = new Database(`${file}.before-0005-row-checksums`, { readonly: true });
  expect(copy.pragma("user_version", { simple: true })).toBe(4);
  expect(copy.prepare("SELECT * FROM settings").all()).toEqual(before[workTables.indexOf("settings")]);
  copy.close();
});

test("the stores read what the version before has written, and a row that is written past them counts as damaged", () => {
  const { database, migrateTo } = databaseAt(first, wholeShop, arrivals, signedOut);
  database.exec(rows);
  migrateTo(rowChecksums);
  const damaged: string[] = [];
  const stores = createWorkStores(database, createTransactions(database), (table) => void damaged.push(table));
  expect(stores.openBasket.read()).toBe('{"basket":"茶"}');
  expect(stores.settings.read("empty")).toBe("");
  expect(stores.printJobs.job("j1")).toMatchObject({ bytes: Uint8Array.of(27, 64, 0, 255), code: "printer.offline" });
  expect(stores.printJobs.jobsIn("waiting", 9)).toMatchObject([{ jobId: "j2", bytes: new Uint8Array() }]);
  expect(stores.platformMarks.read("l")).toMatchObject({ acknowledgedSeq: 1, epoch: 2 });
  expect(stores.platformAnswers.needingYou("l", 9)).toMatchObject([{ seq: 1, cursor: 5 }]);
  expect(stores.pushFailures.failure(1)?.attempts).toBe(3);
  expect(stores.parkedSales.list()).toMatchObject([{ totalMinor: Number.MAX_SAFE_INTEGER }]);
  expect(stores.privateValues.read("e", "note")).toBe("Invoice to Li Na");
  expect(stores.arrivals.arrivedAt("l", 1)).toBe("at");
  expect(stores.outages.newest(9)).toEqual([
    { from: "from", afterSeq: 0, to: "to", upToSeq: 1 },
    { from: "from", afterSeq: 1 },
  ]);
  expect(damaged).toEqual([]);
  database.exec("INSERT INTO settings (key, value) VALUES ('past', 'the stores')");
  expect(stores.settings.read("past")).toBeUndefined();
  expect(damaged).toEqual(["settings"]);
});
