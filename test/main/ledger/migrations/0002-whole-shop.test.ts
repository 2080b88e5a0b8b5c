import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { first } from "../../../../main/ledger/migrations/0001-first.ts";
import { wholeShop } from "../../../../main/ledger/migrations/0002-whole-shop.ts";
import { createSaleReads } from "../../../../main/ledger/sale-reads.ts";
import { databaseAt } from "./database-at.ts";

// The till is updated over night; in the morning somebody brings goods back from the day before.
test("sales of the first version are sales after the update, can be read before it by a tool, and are given back once", () => {
  const { file, database, migrateTo } = databaseAt(first);
  const columns = "1, '1-1', 450, 'CNY', '2026-11-20', NULL, NULL, 't', 0, 'cash'";
  database.exec(`INSERT INTO sales VALUES (1, 's', ${columns})`);
  const before = createSaleReads(database).recentSales(1);
  expect(before).toMatchObject([{ kind: "sale", saleId: "s", totalMinor: 450 }]);
  migrateTo(wholeShop);
  expect(createSaleReads(database).recentSales(1)).toEqual(before);
  expect(createSaleReads(database).refundsOf("s")).toEqual([]);
  database.exec(`INSERT INTO sales VALUES (2, 'r', ${columns}, 'refund', 's')`);
  expect(createSaleReads(database).refundsOf("s")).toMatchObject([{ saleId: "r", kind: "refund" }]);
  expect(() => database.exec(`INSERT INTO sales VALUES (3, 'q', ${columns}, 'refund', 's')`)).toThrow("UNIQUE");
  const made = ["parked_sales", "private_values"].map((table) => database.prepare(`SELECT * FROM ${table}`).all());
  expect(made).toEqual([[], []]);
  expect(existsSync(`${file}.before-0002-whole-shop`)).toBe(true);
});
