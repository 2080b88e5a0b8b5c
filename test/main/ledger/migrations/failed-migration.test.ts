import { existsSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { faultOf, type Fault } from "../../../../main/contract/errors.ts";
import { first } from "../../../../main/ledger/migrations/0001-first.ts";
import { wholeShop } from "../../../../main/ledger/migrations/0002-whole-shop.ts";
import { arrivals } from "../../../../main/ledger/migrations/0003-arrivals.ts";
import { signedOut } from "../../../../main/ledger/migrations/0004-signed-out.ts";
import { openLedger } from "../../../../main/ledger/open.ts";
import { ledgerOptions } from "../support.ts";
import { databaseAt } from "./database-at.ts";

function faultOfOpening(folder: string): Fault {
  try {
    openLedger(ledgerOptions(folder)).close();
  } catch (error) {
    return faultOf(error);
  }
  throw new Error("The ledger was opened");
}

// The evening's update meets a database that somebody has worked on by hand.
test("a till whose update cannot change its tables stops with words, and the old program finds everything as it was", () => {
  const { file, database } = databaseAt(first, wholeShop, arrivals, signedOut);
  database.exec("INSERT INTO settings VALUES ('locale', 'zh-CN'); ALTER TABLE outages ADD COLUMN checksum TEXT");
  database.close();
  for (const _ of ["the first try", "and the next start"]) {
    const fault = faultOfOpening(dirname(file));
    expect(fault).toMatchObject({ code: "ledger.migration-failed", params: { from: 4 } });
  }
  expect(existsSync(`${file}.before-0005-row-checksums`)).toBe(true);
  const old = new Database(file);
  expect(old.pragma("user_version", { simple: true })).toBe(4);
  // Not even the tables before the one that failed were changed.
  expect(old.prepare("SELECT * FROM settings").all()).toEqual([{ key: "locale", value: "zh-CN" }]);
  old.close();
});
