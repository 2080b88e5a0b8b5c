import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../../main/ledger/database.ts";
import { readEntry, readKnownEntry } from "../../../main/ledger/entries.ts";
import { readIdentity } from "../../../main/ledger/identity.ts";
import { createPaymentReads } from "../../../main/ledger/payment-reads.ts";
import { createProjections } from "../../../main/ledger/projections.ts";
import { rebuildProjections } from "../../../main/ledger/rebuild.ts";
import { createSaleReads } from "../../../main/ledger/sale-reads.ts";
import { createTillReads } from "../../../main/ledger/till-reads.ts";
import { createTransactions } from "../../../main/ledger/transactions.ts";
import { verifyLedger } from "../../../main/ledger/verify/verify.ts";
import { appendRaw } from "./raw-entries.ts";
import { cashSale } from "./sales.ts";
import { codeThrownBy, openTestLedger, seededIds, temporaryFolder } from "./support.ts";

const ids = seededIds("strange entries");
const currency = "CNY" as const;

function walletIntent() {
  const payment = { paymentId: ids.uuid(), saleId: ids.uuid() };
  const created = { ...payment, amountMinor: 500, currency, rail: "wallet" as const, number: "12345678" };
  return { payment, created: { ...created, codeHash: "c".repeat(64) } };
}

/** A till with one sale and a payment under way, closed. */
function makeTill() {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  const sale = cashSale(ledger, ids);
  const { payment, created } = walletIntent();
  ledger.append([
    sale,
    { id: ids.uuid(), type: "payment.created", body: created },
    { id: ids.uuid(), type: "payment.sent", body: payment },
  ]);
  const shift = { shift: ids.uuid(), drawer: "main", floatMinor: 0, currency, postings: [] };
  ledger.append([{ id: ids.uuid(), type: "shift.opened", body: shift }]);
  ledger.close();
  return { folder, sale, payment, shift };
}

// A till that was put back to its old software would use a receipt number twice, and pay back what was paid.
test("entries of a newer version keep their receipt numbers, payments, shifts and legs when the tables are made anew", async () => {
  const { folder, sale, payment, shift } = makeTill();
  const newer = { ...sale.body, saleId: ids.uuid(), receiptNumber: 2, receiptCode: "1-2", loyalty: { points: 4 } };
  const voucher = { kind: "voucher", amountMinor: 1130, voucherId: "v-1" };
  const paid = { ...payment, amountMinor: 500, currency, transactionId: "t-1", paidAt: "soon", rail: "new" };
  const figures = { sales: 1, salesMinor: 1130, cashMinor: 0, walletMinor: 0 };
  const counted = { expectedCashMinor: 0, countedCashMinor: 0, differenceMinor: 0 };
  const closing = { drawer: "main", currency, fromSeq: 5, ...figures, ...counted, postings: [] };
  appendRaw(folder, [
    { type: "sale.settled", body: { ...newer, tenders: [voucher] } },
    { type: "payment.paid", body: { ...paid, postings: [] } },
    {
      type: "cash.moved",
      body: {
        drawer: "main",
        postings: [
          { account: "cash:main", amountMinor: -100, currency },
          { account: "safe", amountMinor: 100, currency },
        ],
      },
    },
    { type: "shift.closed", body: { ...closing, shift: shift.shift, countedBy: "two people" } },
  ]);
  const ledger = openTestLedger(folder);
  expect(ledger.rebuild()).toBe(9);
  expect(ledger.recentSales(1)).toMatchObject([{ receiptNumber: 2, totalMinor: 1130, tenderKinds: ["voucher"] }]);
  expect(ledger.openPayments()).toEqual([]);
  expect(ledger.payment(payment.paymentId)).toMatchObject({ state: "paid", transactionId: "t-1" });
  expect(ledger.openShift()).toBeUndefined();
  expect(ledger.balances()).toContainEqual({ account: "safe", currency, amountMinor: 100 });
  ledger.close();
  const again = openTestLedger(folder);
  expect(again.nextReceiptNumber()).toBe(3);
  again.close();
  expect(await verifyLedger({ folder })).toMatchObject({ ok: true, firstBroken: null });
});

test("damage in an entry keeps no table from being made: what else the journal says is all there", () => {
  const { folder, sale, payment } = makeTill();
  appendRaw(folder, [
    { type: "sale.settled", body: { ...sale.body, saleId: ids.uuid(), receiptNumber: 2, receiptCode: "1-2" } },
  ]);
  const file = join(folder, "ledger.db");
  const database = openDatabase(file);
  onTestFinished(() => void database.close());
  database.exec("DROP TRIGGER journal_refuses_update");
  // The first sale is no JSON any more, and the beginning of the payment no longer names it.
  database.exec("UPDATE journal SET text = replace(text, '\"totalMinor\":', '\"totalMinor\"') WHERE seq = 2");
  database.exec("UPDATE journal SET text = replace(text, '\"paymentId\":', '\"paymentIx\":') WHERE seq = 3");
  const parts = {
    database,
    transactions: createTransactions(database),
    projections: createProjections(database),
  };
  expect(rebuildProjections(parts)).toBe(6);
  const receipts = createSaleReads(database).recentSales(5);
  expect(receipts.map(({ receiptNumber }) => receiptNumber)).toEqual([2]);
  expect(createPaymentReads(database).payment(payment.paymentId)).toBeUndefined();
  expect(createTillReads(database).openShift()).toBeDefined();
});

test("a new entry about a payment that was never created is still refused", () => {
  const ledger = openTestLedger(temporaryFolder());
  const { payment } = walletIntent();
  const entry = { id: ids.uuid(), type: "payment.sent" as const, body: payment };
  expect(() => ledger.append([entry])).toThrow(/never created/);
});

test("reading tells what another version wrote from what cannot be read at all, and throws for neither", () => {
  const ledger = openTestLedger(temporaryFolder());
  ledger.append([cashSale(ledger, ids)]);
  const text = ledger.entry(2)?.text ?? "";
  expect(readEntry(text)).toMatchObject({ state: "known", entry: { type: "sale.settled", seq: 2 } });
  for (const other of [
    text.replace('"sale.settled"', '"sale.rounded"'),
    text.replace('"catalogCursor"', '"catalogueCursor"'),
    text.replace('"kind":"cash"', '"kind":"cheque"'),
  ]) {
    expect(readEntry(other)).toMatchObject({ state: "unread", fields: { seq: 2 } });
    expect(readKnownEntry(other)).toBeUndefined();
  }
  for (const other of ["", "{", "null", "[]", text.slice(1), text.replace('"training":false', '"training":"no"')]) {
    expect(readEntry(other)).toEqual({ state: "unread", fields: undefined });
  }
});

test("a ledger whose first entry says more than this version knows is opened; one that names no key is not", () => {
  const ledger = openTestLedger(temporaryFolder());
  const first = ledger.entry(1);
  if (first === undefined) throw new Error("A ledger has a first entry");
  const more = { ...first, text: first.text.replace('"epoch":1', '"epoch":1,"machine":"m-1"') };
  expect(readIdentity(more)).toEqual(ledger.identity);
  const less = { ...first, text: first.text.replace('"publicKey"', '"publicKay"') };
  expect(codeThrownBy(() => readIdentity(less))).toBe("ledger.damaged");
  expect(codeThrownBy(() => readIdentity({ ...first, text: "{" }))).toBe("ledger.damaged");
});
