import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { first } from "../../../../main/ledger/migrations/0001-first.ts";
import { databaseAt } from "./database-at.ts";

test("an empty file becomes a ledger that takes entries and gives none away, and no copy is made of nothing", () => {
  const { file, database, migrateTo } = databaseAt();
  expect(database.pragma("user_version", { simple: true })).toBe(0);
  migrateTo(first);
  expect(database.pragma("user_version", { simple: true })).toBe(1);
  expect(existsSync(`${file}.before-0001-first`)).toBe(false);
  database.exec("INSERT INTO journal VALUES (1, 'l', 'i', 't', '{}', zeroblob(32), zeroblob(64), 'k')");
  expect(() => database.exec("UPDATE journal SET text = 'x'")).toThrow("append only");
  expect(() => database.exec("DELETE FROM journal")).toThrow("append only");
  // What is not a whole number of minor units is refused by the table itself.
  expect(() => database.exec("INSERT INTO balances VALUES ('cash', 'CNY', 19.99)")).toThrow();
  expect(database.prepare("SELECT count(*) FROM journal").pluck().get()).toBe(1);
});
