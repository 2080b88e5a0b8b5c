import { expect, test } from "vitest";
import { first } from "../../../../main/ledger/migrations/0001-first.ts";
import { wholeShop } from "../../../../main/ledger/migrations/0002-whole-shop.ts";
import { arrivals } from "../../../../main/ledger/migrations/0003-arrivals.ts";
import { signedOut } from "../../../../main/ledger/migrations/0004-signed-out.ts";
import { rowChecksums } from "../../../../main/ledger/migrations/0005-row-checksums.ts";
import { zReports } from "../../../../main/ledger/migrations/0006-z-reports.ts";
import { incidents } from "../../../../main/ledger/migrations/0007-incidents.ts";
import { rails } from "../../../../main/ledger/migrations/0008-rails.ts";
import { refunds } from "../../../../main/ledger/migrations/0009-refunds.ts";
import { createSaleReads } from "../../../../main/ledger/sale-reads.ts";
import { databaseAt } from "./database-at.ts";

// Whoever bought three bottles brings them back one by one.
test("a sale that was given back once under an older version may have more refunds, read in their order", () => {
  const before = [first, wholeShop, arrivals, signedOut, rowChecksums, zReports, incidents, rails];
  const { database, migrateTo } = databaseAt(...before);
  const add = (seq: number, id: string) =>
    database.exec(
      `INSERT INTO sales (seq, sale_id, receipt_number, receipt_code, total_minor, currency, business_day, time, training,
         tender_kinds, kind, refunds_sale)
       VALUES (${seq}, '${id}', ${seq}, '1-${seq}', -450, 'CNY', '2026-11-20', '2026-11-20T14:00:00.000+08:00', 0, 'cash',
         'refund', 's')`,
    );
  add(2, "r");
  expect(() => add(3, "q")).toThrow(/UNIQUE/);
  migrateTo(refunds);
  add(4, "p");
  expect(
    createSaleReads(database)
      .refundsOf("s")
      .map(({ saleId }) => saleId),
  ).toEqual(["r", "p"]);
});
