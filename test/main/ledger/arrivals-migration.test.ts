import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../../main/ledger/database.ts";
import { migrate } from "../../../main/ledger/migrations/index.ts";
import { first } from "../../../main/ledger/migrations/0001-first.ts";
import { temporaryFolder } from "./support.ts";

// A till that sold under the first version has its days found and its payments reversible after the update, without a rebuild.
test("a ledger of the first version is told where its days begin, and by which entries its payments were booked", () => {
  const file = join(temporaryFolder(), "ledger.db");
  const database = openDatabase(file);
  onTestFinished(() => void database.close());
  migrate(database, file, [first]);
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
  migrate(database, file);
  expect(database.prepare("SELECT business_day, first_seq FROM business_days").raw().all()).toEqual([
    ["2026-11-19", 1],
    ["2026-11-20", 3],
  ]);
  expect(database.prepare("SELECT payment_id, paid_seq FROM payments ORDER BY 1").raw().all()).toEqual([
    ["declined", null],
    ["paid", 2],
  ]);
});
