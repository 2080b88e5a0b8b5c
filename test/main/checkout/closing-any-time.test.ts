import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { makeShopper } from "../../platform/support/test-shopper.ts";
import { startTestPlatform, type TestPlatform } from "../../platform/support/test-platform.ts";
import { appendRaw } from "../ledger/raw-entries.ts";
import { openTestLedger } from "../ledger/support.ts";
import { openLossyLine } from "./lossy-line.ts";
import { brokenPlace, codeFrom, openTestShop, paperText, tea, type TestShop } from "./test-shop.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
  return () => platform.stop();
});

/** Sells one bottle of tea for cash. */
async function sell(shop: TestShop): Promise<void> {
  await shop.call("basket.add", { itemId: tea.itemId });
  const { saleId } = shop.snapshot().basket;
  await shop.call("tender.cash", { saleId, tenderedMinor: 450 });
  await shop.call("sale.next", { saleId });
}

function report(shop: TestShop, number: number) {
  return shop.call("report.z", { number }, "manager");
}

// The shop goes home at ten; the network comes back when it likes.
test("without a network the shift is closed, and what was unsent is sent when the line is back", async () => {
  const shop = await openTestShop(platform);
  await shop.relay.set("cut");
  await sell(shop);
  expect(await shop.call("shift.close", { countedMinor: 504_50 })).toMatchObject({ number: 1, differenceMinor: 0 });
  expect(await report(shop, 1)).toMatchObject({ sales: 1, netMinor: 450, perpetual: { zNumber: 1, sales: 1 } });
  await shop.relay.set("up");
  await shop.until("everything to arrive", ({ sync }) => sync.state === "online" && sync.salesWaiting === 0);
});

test("a basket and a parked sale stay as they are when the shift is closed, and belong to the next one", async () => {
  const shop = await openTestShop(platform);
  await shop.call("basket.add", { itemId: tea.itemId, quantity: 3 });
  const parkedId = shop.snapshot().basket.saleId;
  await shop.call("sale.park", { saleId: parkedId });
  await shop.call("basket.add", { itemId: tea.itemId, quantity: 2 });
  const { basket, staff } = shop.snapshot();
  const closed = await shop.call("shift.close", { countedMinor: 500_00 });
  expect(closed).toMatchObject({ sales: 0, differenceMinor: 0 });
  expect(shop.snapshot()).toMatchObject({ basket, staff: { parked: staff?.parked } });
  await shop.call("tender.cash", { saleId: basket.saleId, tenderedMinor: 900 });
  await shop.call("sale.resume", { saleId: parkedId });
  await shop.call("tender.cash", { saleId: parkedId, tenderedMinor: 1350 });
  const next = await shop.call("shift.close", { countedMinor: 522_50 });
  expect(next).toMatchObject({ number: 2, sales: 2, salesMinor: 2250, differenceMinor: 0 });
  expect((await report(shop, 1)).perpetual).toMatchObject({ sales: 0, salesMinor: 0 });
  const entries = await shop.closeAndRead();
  const shifts = entries.filter(({ type }) => type === "shift.opened").map(({ body }) => body["shift"]);
  expect(shifts).toHaveLength(3);
  expect(await brokenPlace(shop)).toBeNull();
});

test("a payment that nobody knows the end of keeps no shift open: its sale is settled in the next one", async () => {
  const line = await openLossyLine(platform.url);
  const shop = await openTestShop(platform, { through: line.url });
  const shopper = await makeShopper(platform, "s-03");
  await shop.scanGood(tea.code);
  line.loseAnswersOf = /charges/;
  await shop.call("basket.scan", { text: await shopper.token(), source: "wedge" });
  const paymentId = shop.snapshot().payment?.paymentId ?? "";
  expect(shop.snapshot().payment).toMatchObject({ state: "unknown" });
  const closed = await shop.call("shift.close", { countedMinor: 500_00 });
  expect(closed).toMatchObject({ sales: 0, differenceMinor: 0 });
  expect(shop.snapshot().payment).toMatchObject({ paymentId, state: "unknown" });
  line.loseAnswersOf = null;
  await shop.call("payment.ask-again", { paymentId });
  await shop.until("the sale", (now) => now.outcome !== undefined);
  const next = await shop.call("shift.close", { countedMinor: 500_00 });
  expect(next).toMatchObject({ sales: 1, salesMinor: 450, expectedCashMinor: 500_00 });
  expect(await report(shop, 2)).toMatchObject({
    tenders: [{ kind: "wallet", count: 1, amountMinor: 450 }],
    commission: [{ payments: 1, paidMinor: 450 }],
  });
  expect((await report(shop, 1)).commission).toEqual([]);
  await shop.closeAndRead();
  expect(await brokenPlace(shop)).toBeNull();
});

test("a payment that is being asked for at this moment keeps no shift open either", async () => {
  const shop = await openTestShop(platform);
  const shopper = await makeShopper(platform, "s-03");
  await shop.scanGood(tea.code);
  const paying = shop.call("basket.scan", { text: await shopper.token(), source: "wedge" });
  expect(await shop.call("shift.close", { countedMinor: 500_00 })).toMatchObject({ sales: 0 });
  expect(await paying).toEqual({ result: "payment-started" });
  expect(shop.snapshot()).toMatchObject({ outcome: { tender: "wallet", totalMinor: 450 } });
  expect(await shop.call("shift.close", { countedMinor: 500_00 })).toMatchObject({ sales: 1, salesMinor: 450 });
});

test("a payment that is being taken back keeps no shift open, and is taken back afterwards", async () => {
  const line = await openLossyLine(platform.url);
  const shop = await openTestShop(platform, { through: line.url });
  const shopper = await makeShopper(platform, "s-03");
  const balance = await shopper.balanceMinor();
  await shop.scanGood(tea.code);
  line.loseAnswersOf = /charges/;
  await shop.call("basket.scan", { text: await shopper.token(), source: "wedge" });
  await shop.call("payment.undo", { paymentId: shop.snapshot().payment?.paymentId ?? "" });
  expect(shop.snapshot().undoing).toBe(1);
  const { saleId } = shop.snapshot().basket;
  await shop.call("tender.cash", { saleId, tenderedMinor: 450 });
  expect(await shop.call("shift.close", { countedMinor: 504_50 })).toMatchObject({ sales: 1, differenceMinor: 0 });
  line.loseAnswersOf = null;
  await shop.until("the reversal", (now) => now.undoing === undefined);
  expect(await shopper.balanceMinor()).toBe(balance);
  expect(await shop.call("shift.close", { countedMinor: 504_50 })).toMatchObject({ sales: 0, differenceMinor: 0 });
}, 40_000);

test("without paper the shift is closed; its report is printed when there is some, once for each press of the key", async () => {
  const shop = await openTestShop(platform);
  await shop.until("the printer", ({ devices }) => devices.every(({ state }) => state === "ready"));
  shop.printer.setPaper("end");
  await shop.until("the printer to say so", ({ devices }) =>
    devices.some(({ fault }) => fault?.code === "printer.out-of-paper"),
  );
  await sell(shop);
  const { number = 0, shift } = await shop.call("shift.close", { countedMinor: 504_00 });
  expect((await report(shop, number)).paper).toBeUndefined();
  await shop.call("report.print-z", { number }, "manager");
  await paperStands(shop, number, "failed");
  expect((await report(shop, number)).paper).toMatchObject({ copies: 1, fault: { code: "printer.out-of-paper" } });
  shop.printer.setPaper("ok");
  await shop.until("the paper", ({ devices }) => devices.every(({ state }) => state === "ready"));
  await shop.call("report.print-z", { number }, "manager");
  await paperStands(shop, number, "printed");
  const paper = paperText(shop);
  for (const words of ["Z REPORT 1", "Counted", "504.00", "-0.50", "Jasmine", "Since this till began"]) {
    // Goods are no part of a report.
    if (words === "Jasmine") expect(paper).not.toContain(words);
    else expect(paper).toContain(words);
  }
  expect(paper).not.toContain("COPY");
  // Also a till that was started again knows that it was printed.
  await shop.reopen();
  await shop.until("the printer", ({ devices }) => devices.every(({ state }) => state === "ready"));
  expect((await report(shop, number)).paper).toEqual({ print: "printed", copies: 1 });
  await shop.call("report.print-z", { number }, "manager");
  await paperStands(shop, number, "printed", 2);
  expect(paperText(shop)).toContain("COPY 2");
  const entries = (await shop.closeAndRead()).filter(
    ({ type, body }) => type.startsWith("receipt.") && body["saleId"] === shift,
  );
  expect(entries.map(({ type, body }) => [type, body["receiptCode"]])).toEqual([
    ["receipt.failed", "Z-1"],
    ["receipt.printed", "Z-1"],
    ["receipt.reprinted", "Z-1"],
    ["receipt.printed", "Z-1"],
  ]);
});

/** Resolves when the paper of a report stands so. Each change of it is a new snapshot. */
async function paperStands(shop: TestShop, number: number, print: string, copies = 1): Promise<void> {
  for (;;) {
    const { version } = shop.snapshot();
    const { paper } = await report(shop, number);
    if (paper?.print === print && paper.copies === copies) return;
    await shop.until(`the report to be ${print}`, (now) => now.version !== version);
  }
}

test("asked once more after a lost answer, a shift is closed once; another count is refused in words", async () => {
  const shop = await openTestShop(platform);
  await sell(shop);
  const { shift } = await shop.call("report.x", {}, "manager");
  const first = await shop.call("shift.close", { shift, countedMinor: 504_50 });
  expect(await shop.call("shift.close", { shift, countedMinor: 504_50 })).toEqual(first);
  expect(await codeFrom(shop.call("shift.close", { shift, countedMinor: 504_00 }))).toBe("shift.not-open");
  const { reports, more } = await shop.call("report.z-list", {}, "manager");
  expect(more).toBe(false);
  expect(reports).toMatchObject([{ number: 1, figures: { sales: 1, netMinor: 450, differenceMinor: 0 } }]);
  expect(await codeFrom(report(shop, 2))).toBe("report.not-found");
  expect(await codeFrom(shop.call("report.print-z", { number: 2 }, "manager"))).toBe("report.not-found");
});

/**
 * Puts entries into the till's journal as a newer version would have written them, the first of them a sale that was left
 * in view, and starts the till again.
 */
async function writeAsNewer(shop: TestShop, ...entries: Parameters<typeof appendRaw>[1]): Promise<void> {
  await shop.closeAndRead();
  appendRaw(shop.folder, entries);
  const ledger = openTestLedger(shop.folder);
  ledger.rebuild();
  const open = JSON.parse(ledger.openBasket.read() ?? "") as Record<string, unknown>;
  ledger.openBasket.save(JSON.stringify({ ...open, shownSaleId: entries[0]?.body["saleId"] }));
  ledger.close();
  await shop.reopen();
}

// After an update that was taken back there are sales which this version cannot read. Nothing of them may be paid out twice.
test("a sale and a refund of a newer version keep nothing from selling, reading or closing, and are not given back again", async () => {
  const shop = await openTestShop(platform, { withPrinter: false });
  await sell(shop);
  const [old] = (await shop.call("receipts.list", {})).receipts;
  const newId = (last: number) => `0192f3c0-0000-7000-8000-00000000000${last}`;
  const goods = { priceIncludesTax: true, lines: [], taxes: [] };
  const money = { currency: "CNY", totalMinor: 450, tenders: [{ kind: "voucher", amountMinor: 450 }], ...goods };
  const sale = { saleId: newId(1), receiptNumber: 2, receiptCode: "1-2", ...money, postings: [] };
  const refund = {
    refundId: newId(2),
    saleId: old?.saleId,
    receiptNumber: 3,
    receiptCode: "1-3",
    ...money,
    paidOutMinor: 450,
    postings: [],
  };
  await writeAsNewer(shop, { type: "sale.settled", body: sale }, { type: "refund.settled", body: refund });
  expect(shop.snapshot()).not.toHaveProperty("outcome");
  expect((await shop.call("receipts.list", {})).receipts.map(({ receiptCode }) => receiptCode).slice(0, 2)).toEqual([
    "1-3",
    "1-2",
  ]);
  for (const saleId of [newId(1), newId(2)]) {
    expect(await codeFrom(shop.call("receipts.open", { saleId }))).toBe("entry.unread");
    expect(await codeFrom(shop.call("receipt.print", { saleId }))).toBe("entry.unread");
  }
  for (const saleId of [newId(1), old?.saleId ?? ""]) {
    expect(
      await codeFrom(
        shop.call("refund.settle", { refundId: randomUUID(), saleId, of: { kind: "all" }, reason: "other" }),
      ),
    ).toBe("entry.unread");
  }
  const { rows } = await shop.call("sync.log", {}, "manager");
  const opened = await shop.call(
    "sync.entry",
    { seq: rows.find((row) => row.receiptCode === "1-2")?.seq ?? 0 },
    "manager",
  );
  expect(opened).toMatchObject({ unread: true, lines: [], row: { receiptCode: "1-2", totalMinor: 450 } });
  expect(opened.text).toContain("voucher");
  await sell(shop);
  expect(await shop.call("report.x", {}, "manager")).toMatchObject({ sales: 2, refunds: 0, unread: 2 });
  expect(await shop.call("shift.close", { countedMinor: 509_00 })).toMatchObject({ sales: 2, differenceMinor: 0 });
  expect(await report(shop, 1)).toMatchObject({ sales: 2, unread: 2, lastReceipt: expect.stringMatching(/-4$/) });
  const shown = (await shop.closeAndRead()).filter(({ type }) => type === "sale.settled");
  expect(shown).toHaveLength(3);
  expect(await brokenPlace(shop)).toBeNull();
});
