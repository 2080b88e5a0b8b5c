import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase, type LedgerDatabase } from "../../../main/ledger/database.ts";
import { isLogCut } from "../../../main/ledger/log-check.ts";
import { cashSale } from "./sales.ts";
import { openTestLedger, seededIds, temporaryFolder } from "./support.ts";

const at = "2026-11-20T14:32:09.120+08:00";

/** The folder of a till as a kill leaves it: what it did after its last sale stands in the log alone. */
function killedFolder(): string {
  const running = temporaryFolder();
  const ledger = openTestLedger(running);
  const ids = seededIds("log");
  ledger.append([cashSale(ledger, ids)]);
  const job = { jobId: ids.uuid(), saleId: ids.uuid(), kind: "receipt" as const, bytes: Uint8Array.of(1) };
  ledger.printJobs.add({ ...job, state: "waiting", createdAt: at, updatedAt: at });
  ledger.openBasket.save("one good");
  ledger.openBasket.save("two goods");
  const folder = temporaryFolder();
  cpSync(running, folder, { recursive: true });
  return folder;
}

/** Flips a bit, `fromEnd` bytes before the end of the log, or at a place from its beginning. */
function flip(folder: string, place: { fromEnd: number } | { at: number }): void {
  const file = join(folder, "ledger.db-wal");
  const bytes = readFileSync(file);
  const offset = "at" in place ? place.at : bytes.length - place.fromEnd;
  bytes[offset] = (bytes[offset] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

function opened(folder: string) {
  const ledger = openTestLedger(folder);
  const incidents = ledger.incidents(10).map(({ code }) => code);
  const basket = ledger.openBasket.read();
  const jobs = ["waiting", "sending"] as const;
  return { incidents, basket, jobs: jobs.map((state) => ledger.printJobs.jobsIn(state, 10).length) };
}

test("a basket that is as it was some scans ago is told, and no receipt is printed that may be on paper already", () => {
  const folder = killedFolder();
  expect(opened(folder)).toEqual({ incidents: [], basket: "two goods", jobs: [1, 0] });
  // The last two pages of the log are the two baskets.
  const cut = killedFolder();
  flip(cut, { fromEnd: 10 });
  expect(opened(cut)).toEqual({ incidents: ["log.cut"], basket: "one good", jobs: [0, 1] });
  const earlier = killedFolder();
  flip(earlier, { fromEnd: 2072 + 10 });
  expect(opened(earlier)).toEqual({ incidents: ["log.cut"], basket: undefined, jobs: [0, 1] });
});

test("a log whose frames have lost their salts, or that has lost its own header, is missed as well", () => {
  for (const place of [{ fromEnd: 2072 - 8 }, { fromEnd: 2072 - 12 }, { fromEnd: 2072 - 4 }, { at: 0 }, { at: 18 }]) {
    const folder = killedFolder();
    flip(folder, place);
    expect(isLogCut(join(folder, "ledger.db")), JSON.stringify(place)).toBe(true);
  }
});

/** A database with a log, which is copied while it is in use. */
function openWithLog(): { file: string; database: LedgerDatabase; copyOfNow(): string } {
  const file = join(temporaryFolder(), "ledger.db");
  const database = openDatabase(file);
  onTestFinished(() => void database.close());
  database.exec("CREATE TABLE numbers (number INTEGER PRIMARY KEY, text TEXT) STRICT");
  return {
    file,
    database,
    copyOfNow() {
      const copy = join(temporaryFolder(), "ledger.db");
      cpSync(file, copy);
      cpSync(`${file}-wal`, `${copy}-wal`);
      return copy;
    },
  };
}

function write(database: LedgerDatabase, count: number): void {
  const insert = database.prepare("INSERT INTO numbers (text) VALUES (?)");
  for (let number = 0; number < count; number += 1) insert.run("x".repeat(500));
}

test("what a kill leaves is no alarm: a change that was not confirmed, and what an earlier round of the log left behind", () => {
  const { database, copyOfNow } = openWithLog();
  write(database, 50);
  expect(isLogCut(copyOfNow())).toBe(false);
  // The log is begun anew over the old one, which reaches further.
  database.pragma("wal_checkpoint(RESTART)");
  write(database, 3);
  const isShort = copyOfNow();
  expect(isLogCut(isShort)).toBe(false);
  // A change so large that its pages go to the log before it is confirmed.
  database.pragma("cache_size = 5");
  database.exec("BEGIN IMMEDIATE");
  write(database, 2000);
  const unconfirmed = copyOfNow();
  expect(readFileSync(`${unconfirmed}-wal`).length).toBeGreaterThan(readFileSync(`${isShort}-wal`).length);
  expect(isLogCut(unconfirmed)).toBe(false);
  database.exec("ROLLBACK");
  // A page of which only the beginning was written, at the very end.
  writeFileSync(`${isShort}-wal`, Buffer.concat([readFileSync(`${isShort}-wal`), Buffer.alloc(100, 7)]));
  expect(isLogCut(isShort)).toBe(false);
  expect(isLogCut(join(temporaryFolder(), "ledger.db"))).toBe(false);
});
