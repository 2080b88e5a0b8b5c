import { expect, test } from "vitest";
import { first } from "../../../../main/ledger/migrations/0001-first.ts";
import { wholeShop } from "../../../../main/ledger/migrations/0002-whole-shop.ts";
import { arrivals } from "../../../../main/ledger/migrations/0003-arrivals.ts";
import { signedOut } from "../../../../main/ledger/migrations/0004-signed-out.ts";
import { rowChecksums } from "../../../../main/ledger/migrations/0005-row-checksums.ts";
import { zReports } from "../../../../main/ledger/migrations/0006-z-reports.ts";
import { incidents } from "../../../../main/ledger/migrations/0007-incidents.ts";
import { rails } from "../../../../main/ledger/migrations/0008-rails.ts";
import { createPaymentReads } from "../../../../main/ledger/payment-reads.ts";
import { databaseAt } from "./database-at.ts";

// A till is updated while a shopper's payment is open: it has to know afterwards whom to ask about it.
test("an open payment of an older version is one of the platform's wallet, and is found by its number", () => {
  const { database, migrateTo } = databaseAt(first, wholeShop, arrivals, signedOut, rowChecksums, zReports, incidents);
  database.exec(
    `INSERT INTO payments (payment_id, sale_id, state, amount_minor, currency, number, code_hash, created_seq, last_seq)
     VALUES ('p', 's', 'unknown', 450, 'CNY', '12345678', 'c', 2, 3), ('q', 's', 'paid', 9, 'CNY', '12345678', 'c', 4, 5)`,
  );
  migrateTo(rails);
  database.exec("UPDATE payments SET state = 'waiting' WHERE payment_id = 'p'");
  const reads = createPaymentReads(database);
  expect(reads.openPayments()).toMatchObject([{ paymentId: "p", rail: "wallet", amountMinor: 450 }]);
  expect(reads.paymentsOfNumber("12345678").map(({ paymentId }) => paymentId)).toEqual(["q", "p"]);
  expect(reads.paymentsOfNumber("00000000")).toEqual([]);
});
