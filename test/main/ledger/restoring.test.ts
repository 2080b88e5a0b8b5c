import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openRestoringLedger } from "../../../main/ledger/restoring.ts";
import { cashSale } from "./sales.ts";
import { openTestLedger, seededIds, temporaryFolder } from "./support.ts";

// The image is from before a sale was paid; the platform has brought the sale back. Shown as open, it would be paid a second time.
test("of a restored journal, a basket whose sale is settled is forgotten, and one whose sale is not is kept", () => {
  for (const isSettled of [true, false]) {
    const folder = temporaryFolder();
    const ledger = openTestLedger(folder);
    const sale = cashSale(ledger, seededIds("stale"));
    const saleId = isSettled ? sale.body.saleId : "0192f3c0-0000-7000-8000-000000000001";
    ledger.append([sale], () =>
      ledger.openBasket.save(JSON.stringify({ basket: { saleId, lines: [], addedCount: 0 } })),
    );
    ledger.close();
    const file = join(folder, "ledger.db");
    const restoring = openRestoringLedger(file);
    restoring.forgetStaleWork();
    restoring.close();
    const database = new Database(file, { readonly: true });
    expect(database.prepare("SELECT count(*) FROM open_basket").pluck().get()).toBe(isSettled ? 0 : 1);
    database.close();
  }
});
