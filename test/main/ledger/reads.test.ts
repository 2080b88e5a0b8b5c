import { expect, test } from "vitest";
import type { Ledger } from "../../../main/ledger/open.ts";
import type { IdSource } from "../../../main/ledger/ids.ts";
import { cashSale } from "./sales.ts";
import { openTestLedger, seededIds, temporaryFolder } from "./support.ts";

const at = "2026-11-20T14:32:09.120+08:00";

function startPayment(ledger: Ledger, ids: IdSource): { paymentId: string; saleId: string } {
  const payment = { paymentId: ids.uuid(), saleId: ids.uuid() };
  const money = { amountMinor: 500, currency: "CNY" as const };
  const created = { ...payment, ...money, rail: "wallet" as const, number: "12345678", codeHash: "c".repeat(64) };
  ledger.append([
    { id: ids.uuid(), type: "payment.created", body: created },
    { id: ids.uuid(), type: "payment.sent", body: payment },
  ]);
  return payment;
}

test("sales are found by id, by receipt and newest first, and those the platform lacks are counted with their money", () => {
  const ledger = openTestLedger(temporaryFolder());
  const ids = seededIds("sales");
  const sales = [100, 250, 330].map((totalMinor) => {
    const sale = cashSale(ledger, ids, totalMinor);
    ledger.append([{ ...sale, person: "p1", shift: "018f0000-0000-7000-8000-000000000000" }]);
    return sale;
  });
  const second = ledger.sale(sales[1]?.body.saleId ?? "");
  expect(second).toMatchObject({
    seq: 3,
    receiptNumber: 2,
    receiptCode: "1-2",
    totalMinor: 250,
    currency: "CNY",
    businessDay: "2026-11-20",
    person: "p1",
    training: false,
    tenderKinds: ["cash"],
  });
  expect(ledger.saleByReceipt(2)).toEqual(second);
  expect([0, 4].map((receiptNumber) => ledger.saleByReceipt(receiptNumber))).toEqual([undefined, undefined]);
  expect(ledger.recentSales(2).map(({ receiptNumber }) => receiptNumber)).toEqual([3, 2]);
  expect(ledger.recentSales(2, 3).map(({ receiptNumber }) => receiptNumber)).toEqual([1]);
  expect(ledger.salesAfter(2, 10).map(({ receiptNumber }) => receiptNumber)).toEqual([2, 3]);
  expect(ledger.waitingSales(2)).toEqual({ count: 2, totals: [{ currency: "CNY", totalMinor: 580 }] });
  expect(ledger.waitingSales(4)).toEqual({ count: 0, totals: [] });
  expect(ledger.nextReceiptNumber()).toBe(4);
});

test("entries for the platform come in order, bounded by count and bytes, and one that is too long comes alone", () => {
  const ledger = openTestLedger(temporaryFolder());
  const ids = seededIds("push");
  for (let count = 0; count < 6; count += 1) ledger.append([cashSale(ledger, ids)]);
  const seqs = (after: number, maximumCount: number, maximumBytes: number) =>
    ledger.entriesAfter(after, { maximumCount, maximumBytes }).map(({ seq }) => seq);
  const saleBytes = Buffer.byteLength(ledger.entry(3)?.text ?? "");
  expect(seqs(0, 3, 1_000_000)).toEqual([1, 2, 3]);
  expect(seqs(2, 10, 2 * saleBytes)).toEqual([3, 4]);
  expect(seqs(2, 10, 1)).toEqual([3]);
  expect(seqs(7, 10, 1_000_000)).toEqual([]);
});

test("a payment stands where its newest entry left it, so after a crash each open one is found", () => {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  const ids = seededIds("payments");
  const [paid, unknown, declined] = [0, 1, 2].map(() => startPayment(ledger, ids));
  if (paid === undefined || unknown === undefined || declined === undefined) throw new Error("unreachable");
  const money = { amountMinor: 500, currency: "CNY" as const };
  const postings = [
    { account: "wallet:online", ...money },
    { account: "suspense", ...money, amountMinor: -500 },
  ];
  const id = () => ids.uuid();
  const reversed = postings.map((leg) => ({ ...leg, amountMinor: -leg.amountMinor }));
  ledger.append([
    { id: id(), type: "payment.paid", body: { ...paid, ...money, transactionId: "t1", paidAt: at, postings } },
    { id: id(), type: "payment.unknown", body: { ...unknown, reason: "timeout" } },
    { id: id(), type: "payment.declined", body: { ...declined, code: "wallet.insufficient" } },
  ]);
  ledger.close();
  const after = openTestLedger(folder);
  expect(after.payment(paid.paymentId)).toMatchObject({ state: "paid", transactionId: "t1", amountMinor: 500 });
  expect(after.paymentsOfSale(declined.saleId)).toMatchObject([{ state: "declined", reason: "wallet.insufficient" }]);
  expect(after.openPayments().map(({ paymentId, state }) => [paymentId, state])).toEqual([
    [unknown.paymentId, "unknown"],
  ]);
  after.append([{ id: id(), type: "payment.reversing", body: { ...unknown, reason: "cashier" } }]);
  expect(after.openPayments()).toMatchObject([{ state: "reversing" }]);
  after.append([{ id: id(), type: "payment.reversed", body: { ...unknown, ...money, postings: reversed } }]);
  expect(after.openPayments()).toEqual([]);
  expect(after.balances()).toContainEqual({ account: "suspense", currency: "CNY", amountMinor: 0 });
  const never = { paymentId: id(), saleId: id() };
  expect(() => after.append([{ id: id(), type: "payment.sent", body: never }])).toThrow(/never created/);
});

test("shift, enrolment and what became of the paper are known again after a restart", () => {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  const ids = seededIds("till");
  const shift = ids.uuid();
  const enrolled = {
    tillId: ids.uuid(),
    tillNumber: 3,
    storeId: "store-1",
    platformRoot: "d".repeat(64),
    requestKeyId: "e".repeat(16),
  };
  const opened = { shift, drawer: "1", floatMinor: 0, currency: "CNY" as const, postings: [] };
  const paper = { saleId: ids.uuid(), receiptCode: "3-1", jobId: ids.uuid() };
  ledger.append([
    { id: ids.uuid(), type: "till.enrolled", body: enrolled },
    { id: ids.uuid(), type: "shift.opened", person: "p1", body: opened },
    { id: ids.uuid(), type: "receipt.failed", body: { ...paper, code: "printer.paper-out" } },
    { id: ids.uuid(), type: "receipt.reprinted", body: { ...paper, copy: 2 } },
    { id: ids.uuid(), type: "receipt.printed", body: { ...paper, proof: "printed", evidence: "status" } },
  ]);
  ledger.close();
  const after = openTestLedger(folder);
  expect(after.enrolment()).toEqual(enrolled);
  expect(after.openShift()).toMatchObject({ shift, drawer: "1", person: "p1", floatMinor: 0, openedSeq: 3 });
  expect(after.prints(paper.saleId).map(({ kind, outcome, copy }) => [kind, outcome, copy])).toEqual([
    ["failed", "printer.paper-out", undefined],
    ["reprinted", "", 2],
    ["printed", "printed", undefined],
  ]);
  const sums = { sales: 0, salesMinor: 0, cashMinor: 0, walletMinor: 0, expectedCashMinor: 0, countedCashMinor: 0 };
  const closed = {
    shift,
    drawer: "1",
    currency: "CNY" as const,
    fromSeq: 3,
    ...sums,
    differenceMinor: 0,
    postings: [],
  };
  after.append([{ id: ids.uuid(), type: "shift.closed", body: closed }]);
  expect(after.openShift()).toBeUndefined();
  expect(() => after.append([{ id: ids.uuid(), type: "shift.closed", body: closed }])).toThrow(/not open/);
});
