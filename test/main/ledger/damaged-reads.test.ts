import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openLedgerCopy } from "../../../main/ledger/read-copy.ts";
import { fillTill } from "./full-till.ts";
import { codeThrownBy, handClock, openTestLedger, seededIds, temporaryFolder } from "./support.ts";

/** A till's folder in which the pages of some tables or indexes are nothing but zeros. */
async function folderWithout(...names: readonly string[]): Promise<string> {
  const folder = temporaryFolder();
  const clock = handClock();
  const ids = seededIds("damaged reads", clock);
  const ledger = openTestLedger(folder, { clock, ids });
  await fillTill({ ledger, ids, clock, seed: 1 });
  ledger.close();
  const file = join(folder, "ledger.db");
  const database = new Database(file, { readonly: true });
  const pageBytes = Number(database.pragma("page_size", { simple: true }));
  const pages = database.prepare<[string], number>("SELECT pageno FROM dbstat WHERE name = ?").pluck();
  const zeroed = names.flatMap((name) => pages.all(name));
  database.close();
  const handle = openSync(file, "r+");
  for (const page of zeroed) writeSync(handle, Buffer.alloc(pageBytes), 0, pageBytes, (page - 1) * pageBytes);
  closeSync(handle);
  return folder;
}

// Of a large ledger only what costs the same at any size is read at the start: the rest is found when it is asked for.
test("what cannot be read any more is said in words that a manager can act on, and not as a fault of the program", async () => {
  const folder = await folderWithout("payments", "prints", "sqlite_autoindex_sales_1");
  const ledger = openTestLedger(folder, { wholeCheckBytes: 0, clock: handClock() });
  const { saleId = "" } = ledger.saleByReceipt(1) ?? {};
  const reads = [() => ledger.openPayments(), () => ledger.prints(saleId), () => ledger.sale(saleId)];
  expect(reads.map(codeThrownBy)).toEqual(reads.map(() => "ledger.damaged"));
  // What is whole is read on.
  expect(ledger.recentSales(10).length).toBeGreaterThan(3);
  expect(ledger.printJobs.jobsIn("waiting", 10).length).toBe(1);
  ledger.close();
  const copy = openLedgerCopy(join(folder, "ledger.db"));
  expect(codeThrownBy(() => copy.sale(saleId))).toBe("ledger.damaged");
  copy.close();
});
