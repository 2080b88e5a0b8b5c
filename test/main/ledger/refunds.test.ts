import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commitNote } from "../../../main/checkout/note.ts";
import type { NewEntry } from "../../../main/ledger/entries.ts";
import type { Ledger } from "../../../main/ledger/open.ts";
import { verifyLedger } from "../../../main/ledger/verify/verify.ts";
import { refundSale, type Wanted } from "../../../main/sale/refund.ts";
import type { EntryBody } from "../../../sync/protocol/entry-types.ts";
import { cashSale } from "./sales.ts";
import { openTestLedger, seededIds, temporaryFolder } from "./support.ts";

const ids = seededIds("refunds");

type SaleEntry = ReturnType<typeof cashSale>;

function refundOf(ledger: Ledger, sale: SaleEntry, receiptNumber = ledger.nextReceiptNumber()): NewEntry {
  const body = refundSale(sale.body, {
    refundId: ids.uuid(),
    reason: "faulty",
    drawer: "1",
    receiptNumber,
    tillNumber: 1,
    cashRoundingMinor: 1,
  });
  return { id: ids.uuid(), type: "refund.settled", body };
}

function sell(ledger: Ledger, totalMinor: number): SaleEntry {
  const sale = cashSale(ledger, ids, totalMinor);
  ledger.append([sale]);
  return sale;
}

function summaries(ledger: Ledger) {
  return ledger.recentSales(10).map(({ kind, receiptNumber, totalMinor, refundsSale, tenderKinds }) => {
    return { kind, receiptNumber, totalMinor, refundsSale, tenderKinds };
  });
}

test("a refund has the next number, counts against the sales, empties the drawer, and is the same after a rebuild", async () => {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  const sale = sell(ledger, 1130);
  ledger.append([refundOf(ledger, sale)]);
  sell(ledger, 500);
  const expected = [
    { kind: "sale", receiptNumber: 3, totalMinor: 500, refundsSale: undefined, tenderKinds: ["cash"] },
    { kind: "refund", receiptNumber: 2, totalMinor: -1130, refundsSale: sale.body.saleId, tenderKinds: ["cash"] },
    { kind: "sale", receiptNumber: 1, totalMinor: 1130, refundsSale: undefined, tenderKinds: ["cash"] },
  ];
  expect(summaries(ledger)).toEqual(expected);
  ledger.rebuild();
  expect(summaries(ledger)).toEqual(expected);
  expect(ledger.refundsOf(sale.body.saleId)).toMatchObject([{ receiptNumber: 2 }]);
  expect(ledger.saleByReceipt(2)).toMatchObject({ kind: "refund" });
  expect(ledger.waitingSales(0)).toEqual({ count: 3, totals: [{ currency: "CNY", totalMinor: 500 }] });
  expect(ledger.balances().find(({ account }) => account === "cash:1")?.amountMinor).toBe(500);
  expect(ledger.nextReceiptNumber()).toBe(4);
  ledger.close();
  expect(openTestLedger(folder).nextReceiptNumber()).toBe(4);
});

test("no sale is given back twice and no number is left out, whatever asks for it; nothing of it is kept", async () => {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  const sale = sell(ledger, 1130);
  const { seq } = ledger.head();
  expect(() => ledger.append([refundOf(ledger, sale, 3)])).toThrow(/follow each other/);
  expect(ledger.head().seq).toBe(seq);
  ledger.append([refundOf(ledger, sale)]);
  expect(() => ledger.append([refundOf(ledger, sale)])).toThrow("refund.above-remaining");
  expect(ledger.head().seq).toBe(seq + 1);
  expect(ledger.balances().find(({ account }) => account === "cash:1")?.amountMinor).toBe(0);
  ledger.close();
  expect((await verifyLedger({ folder })).ok).toBe(true);
});

test("parked sales and private values are kept over a restart, and what is deleted is gone", () => {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  const goods = [{ en: "Tea", "zh-CN": "茶" }];
  const parked = { saleId: ids.uuid(), at: "2026-11-20T14:32:09.120+08:00", itemCount: 2, totalMinor: 900, goods };
  const later = { ...parked, saleId: ids.uuid(), at: "2026-11-20T14:33:00.000+08:00" };
  ledger.parkedSales.add(parked, "{}");
  ledger.parkedSales.add(later, '{"later":true}');
  const [entryId, other] = ["one", "other"].map((name) => {
    const sale = cashSale(ledger, ids);
    const note = commitNote(`of ${name}`, (count) => new Uint8Array(count));
    if (note !== null) sale.body.noteCommitment = note.commitment;
    ledger.append([sale], () => note !== null && ledger.privateValues.add(note.row(sale.id)));
    return sale.id;
  }) as [string, string];
  ledger.close();
  const again = openTestLedger(folder);
  expect(again.parkedSales.list()).toEqual([later, parked]);
  expect(again.parkedSales.basket(later.saleId)).toBe('{"later":true}');
  again.parkedSales.remove(later.saleId);
  expect(again.parkedSales.count()).toBe(1);
  expect(again.parkedSales.list()).toEqual([parked]);
  again.privateValues.forget(entryId);
  expect(again.privateValues.read(entryId, "note")).toBeUndefined();
  expect(again.privateValues.read(other, "note")).toBe("of other");
  again.close();
  // Whoever finds the disk must not find the name that somebody had taken out.
  const bytes = readFileSync(join(folder, "ledger.db"));
  expect(bytes.includes("of one")).toBe(false);
  expect(bytes.includes("of other")).toBe(true);
});

/** A sale of three pieces whose wallet payment is in the journal, and what a refund of some of it would be. */
function soldByWallet(ledger: Ledger): EntryBody<"sale.settled"> {
  const sale = cashSale(ledger, ids, 1200);
  const paymentId = ids.uuid();
  const { saleId, currency } = sale.body;
  const of = { paymentId, saleId };
  const money = { amountMinor: 1200, currency };
  const number = "12345678";
  const [line] = sale.body.lines;
  if (line === undefined) throw new Error("A sale without lines");
  const body = {
    ...sale.body,
    lines: [{ ...line, quantity: 3, unitPriceMinor: 400, totalMinor: 1200 }],
    tenders: [{ kind: "wallet" as const, amountMinor: 1200, paymentId, number }],
    postings: [{ account: "suspense", ...money }, ...sale.body.postings.slice(1)],
  };
  const legs = [
    { account: "wallet:online", ...money },
    { account: "suspense", ...money, amountMinor: -1200 },
  ];
  const paidAt = "2026-11-20T14:32:09.120+08:00";
  ledger.append([
    {
      id: ids.uuid(),
      type: "payment.created",
      body: { ...of, ...money, rail: "wallet", number, codeHash: "c".repeat(64) },
    },
    { id: ids.uuid(), type: "payment.sent", body: of },
    { id: ids.uuid(), type: "payment.paid", body: { ...of, ...money, transactionId: "t", paidAt, postings: legs } },
    { ...sale, body },
  ]);
  return body;
}

function partOf(
  ledger: Ledger,
  sale: EntryBody<"sale.settled">,
  wanted: Wanted,
  before: readonly EntryBody<"refund.settled">[] = [],
): EntryBody<"refund.settled"> {
  return refundSale(sale, {
    refundId: ids.uuid(),
    reason: "unwanted",
    drawer: "1",
    receiptNumber: ledger.nextReceiptNumber(),
    tillNumber: 1,
    cashRoundingMinor: 1,
    before,
    wanted,
  });
}

test("parts of a sale are kept within it by the journal itself, whatever they say, and are the same after a rebuild", async () => {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  const sale = soldByWallet(ledger);
  const [line] = sale.lines;
  const pieces = (units: number): Wanted => ({ kind: "lines", lines: [{ lineId: line?.lineId ?? "", units }] });
  const append = (body: EntryBody<"refund.settled">) =>
    ledger.append([{ id: ids.uuid(), type: "refund.settled", body }]);
  const one = partOf(ledger, sale, pieces(1));
  append(one);
  const two = partOf(ledger, sale, { kind: "amount", amountMinor: 300 }, [one]);
  append(two);
  const { seq } = ledger.head();
  // Made as if nothing had come back before: each part alone is within the sale.
  expect(() => append(partOf(ledger, sale, pieces(3)))).toThrow("refund.above-remaining");
  expect(() => append(partOf(ledger, sale, { kind: "amount", amountMinor: 900 }))).toThrow("refund.above-remaining");
  const wallet = partOf(ledger, sale, pieces(1), [one, two]);
  const cash = {
    kind: "cash" as const,
    amountMinor: wallet.totalMinor,
    roundingMinor: 0,
    paidOutMinor: wallet.totalMinor,
  };
  const legs = wallet.postings.map((leg) => (leg.account === "wallet:online" ? { ...leg, account: "cash:1" } : leg));
  const inCash = { ...wallet, payouts: [cash], paidOutMinor: wallet.totalMinor, postings: legs };
  expect(() => append(inCash)).toThrow("refund.above-remaining");
  expect(() => append({ ...wallet, payouts: [] })).toThrow(/payouts/);
  expect(() => append({ ...wallet, saleId: ids.uuid() })).toThrow(/not in this ledger/);
  expect(ledger.head().seq).toBe(seq);
  append(partOf(ledger, sale, { kind: "all" }, [one, two]));
  const told = ledger.refundsOf(sale.saleId).map(({ totalMinor, tenderKinds }) => [totalMinor, ...tenderKinds]);
  expect(told).toEqual([
    [-400, "wallet"],
    [-300, "wallet"],
    [-500, "wallet"],
  ]);
  ledger.rebuild();
  expect(ledger.refundsOf(sale.saleId)).toHaveLength(3);
  expect(ledger.balances().find(({ account }) => account === "wallet:online")?.amountMinor).toBe(0);
  ledger.close();
  expect((await verifyLedger({ folder })).findings).toEqual([]);
});

test("a sale goes back in a hundred parts at the most: each is held against all before it", () => {
  const ledger = openTestLedger(temporaryFolder());
  const sale = soldByWallet(ledger);
  const before: EntryBody<"refund.settled">[] = [];
  const next = () => {
    const body = partOf(ledger, sale, { kind: "amount", amountMinor: 1 }, before);
    ledger.append([{ id: ids.uuid(), type: "refund.settled", body }]);
    before.push(body);
  };
  for (let index = 0; index < 100; index += 1) next();
  expect(next).toThrow("refund.too-many");
  expect(ledger.refundsOf(sale.saleId)).toHaveLength(100);
  ledger.close();
});
