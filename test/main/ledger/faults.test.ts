import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type LedgerDatabase, openDatabase } from "../../../main/ledger/database.ts";
import { openMarks, type TimerSource } from "../../../main/ledger/marks.ts";
import { migrate } from "../../../main/ledger/migrations/index.ts";
import { first } from "../../../main/ledger/migrations/0001-first.ts";
import { createTransactions } from "../../../main/ledger/transactions.ts";
import { createWorkStores } from "../../../main/ledger/work/stores.ts";
import { verifyLedger } from "../../../main/ledger/verify/verify.ts";
import { cashSale } from "./sales.ts";
import { codeThrownBy, openTestLedger, seededIds, temporaryFolder } from "./support.ts";

function emptyDatabase(): LedgerDatabase {
  const file = join(temporaryFolder(), "ledger.db");
  const database = openDatabase(file);
  onTestFinished(() => void database.close());
  migrate(database, file);
  return database;
}

/** The database, but the statement `sql` fails as SQLite fails, as long as `failing` says so. */
function failingAt(database: LedgerDatabase, sql: string, code: string, failing: () => boolean): LedgerDatabase {
  return {
    get inTransaction() {
      return database.inTransaction;
    },
    prepare(text: string) {
      const statement = database.prepare(text);
      if (text !== sql) return statement;
      return {
        run() {
          if (failing()) throw Object.assign(new Error("fault"), { code });
          return statement.run();
        },
      };
    },
  } as unknown as LedgerDatabase;
}

test("a full disk refuses the sale in words, keeps what was there and works again once there is room", () => {
  const database = emptyDatabase();
  const { openBasket: basket } = createWorkStores(database, createTransactions(database), () => {});
  basket.save("small");
  database.pragma(`max_page_count = ${Number(database.pragma("page_count", { simple: true }))}`);
  expect(codeThrownBy(() => basket.save("x".repeat(1_000_000)))).toBe("ledger.disk-full");
  expect(basket.read()).toBe("small");
  database.pragma("max_page_count = 100000");
  basket.save("large ".repeat(100_000));
  expect(basket.read()?.length).toBe(600_000);
});

test("after a flush that failed nothing more is stored until the ledger is opened again", () => {
  const database = emptyDatabase();
  let failing = true;
  const transactions = createTransactions(failingAt(database, "COMMIT", "SQLITE_IOERR_FSYNC", () => failing));
  const { openBasket: basket } = createWorkStores(database, transactions, () => {});
  expect(codeThrownBy(() => basket.save("one"))).toBe("ledger.flush-failed");
  failing = false;
  expect(codeThrownBy(() => basket.save("two"))).toBe("ledger.flush-failed");
  expect(basket.read()).toBeUndefined();
  expect(database.inTransaction).toBe(false);
});

test("a migration that fails leaves the old state and a copy of it", () => {
  const file = join(temporaryFolder(), "ledger.db");
  const database = openDatabase(file);
  onTestFinished(() => void database.close());
  migrate(database, file, [first]);
  database.exec("INSERT INTO settings VALUES ('a', '1')");
  const bad = { version: 2, name: "0002-bad", sql: "DELETE FROM settings; CREATE TABLE settings (x TEXT) STRICT" };
  expect(codeThrownBy(() => migrate(database, file, [first, bad]))).toBe("ledger.migration-failed");
  expect(database.pragma("user_version", { simple: true })).toBe(1);
  expect(database.prepare("SELECT value FROM settings").pluck().all()).toEqual(["1"]);
  expect(existsSync(`${file}.before-0002-bad`)).toBe(true);
  const good = { version: 2, name: "0002-bad", sql: "CREATE TABLE notes (text TEXT) STRICT" };
  migrate(database, file, [first, good]);
  expect(database.pragma("user_version", { simple: true })).toBe(2);
  expect(codeThrownBy(() => migrate(database, file, [first]))).toBe("ledger.newer-version");
});

/** Timers that fire when the test says so. */
function handTimers(): TimerSource & { fire(): void; waiting: number } {
  let callbacks: (() => void)[] = [];
  return {
    setTimer(callback) {
      callbacks.push(callback);
      return callback;
    },
    clearTimer(timer) {
      callbacks = callbacks.filter((callback) => callback !== timer);
    },
    fire() {
      const due = callbacks;
      callbacks = [];
      for (const callback of due) callback();
    },
    get waiting() {
      return callbacks.length;
    },
  };
}

test("marks are written at once, flushed by the timer, and never both slots in the same second", () => {
  const folder = temporaryFolder();
  const timers = handTimers();
  const marks = openMarks(folder, { timers, report: (error) => expect.fail(error.message) });
  const mark = (seq: number) => ({
    ledger: "l",
    seq,
    hash: "h".repeat(64),
    receiptNumber: seq,
    receiptCode: `1-${seq}`,
  });
  const reread = () => {
    const other = openMarks(folder, { timers: handTimers(), report: () => {} });
    other.close();
    return other.found?.seq;
  };
  marks.write(mark(1));
  marks.write(mark(2));
  expect(timers.waiting).toBe(1);
  expect(reread()).toBe(2);
  timers.fire();
  marks.write(mark(3));
  expect(reread()).toBe(3);
  writeFileSync(join(folder, "mark-b"), "torn");
  expect(reread()).toBe(2);
  marks.close();
  expect(timers.waiting).toBe(0);
});

test("a copy made while selling goes on is a whole ledger, and a place that cannot be written is told", async () => {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  const ids = seededIds("copy");
  for (let count = 0; count < 400; count += 1) ledger.append([cashSale(ledger, ids)]);
  const target = temporaryFolder();
  const file = join(target, "copy.db");
  let steps = 0;
  await ledger.copyTo(file, () => {
    steps += 1;
    ledger.append([cashSale(ledger, ids)]);
  });
  expect(steps).toBeGreaterThan(0);
  expect(readdirSync(target)).toEqual(["copy.db"]);
  const result = await verifyLedger({ database: file });
  expect(result.ok).toBe(true);
  expect(result.entries).toBeGreaterThanOrEqual(401);
  await expect(ledger.copyTo(join(target, "nowhere", "copy.db"))).rejects.toMatchObject({
    code: "folder.not-writable",
  });
  ledger.append([cashSale(ledger, ids)]);
});
