import { expect, test } from "vitest";
import { first } from "../../../../main/ledger/migrations/0001-first.ts";
import { wholeShop } from "../../../../main/ledger/migrations/0002-whole-shop.ts";
import { arrivals } from "../../../../main/ledger/migrations/0003-arrivals.ts";
import { signedOut } from "../../../../main/ledger/migrations/0004-signed-out.ts";
import { createTillReads } from "../../../../main/ledger/till-reads.ts";
import { databaseAt } from "./database-at.ts";

test("a till that was enrolled before the update is enrolled after it, and can then leave its shop", () => {
  const { database, migrateTo } = databaseAt(first, wholeShop, arrivals);
  database.exec("INSERT INTO enrolments VALUES (2, 'till', 3, 'store', 'root', 'key')");
  const enrolment = { tillId: "till", tillNumber: 3, storeId: "store", platformRoot: "root", requestKeyId: "key" };
  expect(createTillReads(database).enrolment()).toEqual(enrolment);
  migrateTo(signedOut);
  expect(createTillReads(database).enrolment()).toEqual(enrolment);
  database.exec("UPDATE enrolments SET ended_seq = 9");
  expect(createTillReads(database).enrolment()).toBeUndefined();
  expect(createTillReads(database).lastEnrolment()).toEqual(enrolment);
});
