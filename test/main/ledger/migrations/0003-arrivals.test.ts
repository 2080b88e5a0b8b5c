import { expect, test } from "vitest";
import { first } from "../../../../main/ledger/migrations/0001-first.ts";
import { wholeShop } from "../../../../main/ledger/migrations/0002-whole-shop.ts";
import { arrivals } from "../../../../main/ledger/migrations/0003-arrivals.ts";
import { databaseAt } from "./database-at.ts";

// A till that sold under the first version has its days found and its payments reversible after the update, without a rebuild.
test("a ledger of the first version is told where its days begin, and by which entries its payments were booked", () => {
  const { database, migrateTo } = databaseAt(first, wholeShop);
  const insert = database.prepare(
    "INSERT INTO journal VALUES (?, 'l', ?, 'incident', ?, zeroblob(32), zeroblob(64), 'k')",
  );
  for (const [index, day] of ["2026-11-19", "2026-11-19", "2026-11-20"].entries()) {
    insert.run(index + 1, `id-${index}`, JSON.stringify({ businessDay: day }));
  }
  const payment = database.prepare(
    `INSERT INTO payments (payment_id, sale_id, state, amount_minor, currency, number, code_hash, created_seq, last_seq)
     VALUES (?, 's', ?, 1, 'CNY', '1', 'h', 1, 2)`,
  );
  payment.run("paid", "paid");
  payment.run("declined", "declined");
  migrateTo(arrivals);
  expect(database.prepare("SELECT business_day, first_seq FROM business_days").raw().all()).toEqual([
    ["2026-11-19", 1],
    ["2026-11-20", 3],
  ]);
  expect(database.prepare("SELECT payment_id, paid_seq FROM payments ORDER BY 1").raw().all()).toEqual([
    ["declined", null],
    ["paid", 2],
  ]);
  const made = ["arrivals", "outages"].map((table) => database.prepare(`SELECT * FROM ${table}`).all());
  expect(made).toEqual([[], []]);
});
