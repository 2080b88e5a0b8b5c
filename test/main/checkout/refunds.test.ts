import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { encodeReceiptCode } from "../../../sync/protocol/receipt-code.ts";
import { startTestPlatform, type TestPlatform } from "../../platform/support/test-platform.ts";
import { brokenPlace, codeFrom, openTestShop, paperText, type TestShop } from "./test-shop.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
  return () => platform.stop();
});

/** A sale of bananas whose total cash cannot pay exactly, settled in cash. */
async function sell(
  shop: TestShop,
  weightGrams = 333,
): Promise<{ saleId: string; totalMinor: number; paidMinor: number }> {
  await shop.call("basket.add", { itemId: "g-0001", weightGrams });
  const { saleId, totalMinor, cash } = shop.snapshot().basket;
  await shop.call("tender.cash", { saleId, tenderedMinor: cash.dueMinor });
  return { saleId, totalMinor, paidMinor: cash.dueMinor };
}

/** A refund of all that is left, under an id of its own. */
function faulty(saleId: string) {
  return { refundId: randomUUID(), saleId, of: { kind: "all" as const }, reason: "faulty" as const };
}

// A refund that can be asked for twice is a hole in the drawer.
test("a whole sale is given back once, in cash, with a receipt of its own; asked again the answer is the same, also after a restart", async () => {
  const shop = await openTestShop(platform);
  const sale = await sell(shop);
  const request = { ...faulty(sale.saleId), note: "soft" };
  const first = await shop.call("refund.settle", request);
  expect(first).toMatchObject({ paidOutMinor: sale.paidMinor });
  const { outcome, basket } = await shop.until(
    "the receipt",
    (now) => now.outcome?.print === "printed" && now.outcome.drawer === "opened",
  );
  expect(outcome).toMatchObject({
    kind: "refund",
    saleId: first.refundId,
    receiptCode: first.receiptCode,
    totalMinor: sale.totalMinor,
    changeMinor: sale.paidMinor,
  });
  expect(basket).toMatchObject({ saleId: first.refundId, totalMinor: sale.totalMinor, note: "soft" });
  expect(paperText(shop)).toContain("REFUND");
  expect(shop.printer.pulses).toBe(2);
  expect(await shop.call("refund.settle", request)).toEqual(first);
  expect(await codeFrom(shop.call("refund.settle", { ...request, reason: "other" }))).toBe("refund.id-used");
  expect(await codeFrom(shop.call("refund.settle", faulty(sale.saleId)))).toBe("refund.nothing-left");
  await shop.reopen();
  expect(shop.snapshot().outcome).toMatchObject({ kind: "refund", saleId: first.refundId, print: "printed" });
  expect(await shop.call("refund.settle", request)).toEqual(first);
  expect(await codeFrom(shop.call("refund.settle", faulty(first.refundId)))).toBe("refund.not-a-sale");
  const nothing = "0192f3c0-0000-7000-8000-000000000001";
  expect(await codeFrom(shop.call("refund.settle", faulty(nothing)))).toBe("receipt.not-found");
  await shop.call("sale.next", { saleId: first.refundId });
  const next = await sell(shop);
  expect(await shop.call("shift.close", { countedMinor: 500_00 + next.paidMinor })).toMatchObject({
    sales: 2,
    differenceMinor: 0,
    expectedCashMinor: 500_00 + next.paidMinor,
  });
  const entries = await shop.closeAndRead();
  const numbers = entries
    .filter(({ type }) => type.endsWith(".settled"))
    .map(({ type, body }) => [type, body["receiptNumber"]]);
  expect(numbers).toEqual([
    ["sale.settled", 1],
    ["refund.settled", 2],
    ["sale.settled", 3],
  ]);
  const closed = entries.find(({ type }) => type === "shift.closed")?.body;
  expect(closed).toMatchObject({ sales: 2, refunds: 1, refundsMinor: sale.totalMinor });
  const openings = entries.filter(({ type }) => type === "drawer.opened").map(({ body }) => body["reason"]);
  expect(openings).toEqual(["cash-sale", "refund", "cash-sale"]);
  expect(await brokenPlace(shop)).toBeNull();
});

test("what waits for the platform is counted with its refunds, and their money is taken off", async () => {
  const shop = await openTestShop(platform);
  await shop.relay.set("cut");
  const first = await sell(shop);
  const second = await sell(shop, 1000);
  await shop.call("refund.settle", faulty(first.saleId));
  expect(shop.snapshot().sync).toMatchObject({ salesWaiting: 3, moneyWaitingMinor: second.totalMinor });
});

test("receipts are listed with the newest first, found by number and code, and opened as they were sold", async () => {
  const shop = await openTestShop(platform);
  const first = await sell(shop);
  const second = await sell(shop, 1000);
  const refund = await shop.call("refund.settle", faulty(first.saleId));
  const { receipts, more } = await shop.call("receipts.list", {});
  expect(more).toBe(false);
  expect(receipts.map(({ kind, totalMinor, paidBy }) => ({ kind, totalMinor, paidBy }))).toEqual([
    { kind: "refund", totalMinor: -first.totalMinor, paidBy: "cash" },
    { kind: "sale", totalMinor: second.totalMinor, paidBy: "cash" },
    { kind: "sale", totalMinor: first.totalMinor, paidBy: "cash" },
  ]);
  expect(receipts[2]?.refundedBy).toBe(refund.receiptCode);
  const found = async (query: string) =>
    (await shop.call("receipts.list", { query })).receipts.map(({ receiptCode }) => receiptCode);
  const [, row] = receipts;
  expect(await found("2")).toEqual([row?.receiptCode]);
  expect(await found(` ${row?.receiptCode} `)).toEqual([row?.receiptCode]);
  expect(await found("9999-2")).toEqual([]);
  expect(await found("banana")).toEqual([]);
  const older = await shop.call("receipts.list", { before: row?.seq ?? 0 });
  expect(older.receipts.map(({ saleId }) => saleId)).toEqual([first.saleId]);
  const opened = await shop.call("receipts.open", { saleId: second.saleId });
  expect(opened).toMatchObject({
    receipt: row,
    basket: { saleId: second.saleId, totalMinor: second.totalMinor, itemCount: 1 },
    outcome: { kind: "sale", changeMinor: 0 },
  });
  const nothing = "0192f3c0-0000-7000-8000-000000000001";
  expect(await codeFrom(shop.call("receipts.open", { saleId: nothing }))).toBe("receipt.not-found");
});

test("a scanned receipt opens its sale; that of another till, and one that was made up, are told apart", async () => {
  const shop = await openTestShop(platform);
  const sale = await sell(shop);
  await shop.until("the receipt", (now) => now.outcome?.print === "printed");
  const printed = shop.printer.receipts.flatMap(({ lines }) => lines).find((each) => each.kind === "qr");
  const code = printed?.kind === "qr" ? printed.text : "";
  const scan = (text: string) => shop.call("basket.scan", { text, source: "wedge" });
  await scan(code);
  expect(shop.snapshot().notice).toMatchObject({
    tone: "info",
    fault: { code: "receipt.scanned" },
    open: { saleId: sale.saleId },
  });
  // Like any next scan it clears the settled sale from view, so that the opened one is not behind it.
  expect(shop.snapshot().outcome).toBeUndefined();
  const { ledger } = shop.snapshot().till;
  await scan(encodeReceiptCode({ ledger, seq: 4, hash: "00".repeat(32) }));
  expect(shop.snapshot().notice?.fault.code).toBe("receipt.not-found");
  await scan(encodeReceiptCode({ ledger, seq: 400, hash: "00".repeat(32) }));
  expect(shop.snapshot().notice?.fault.code).toBe("receipt.not-found");
  await scan(encodeReceiptCode({ ledger: "0192f3c0-0000-7000-8000-000000000001", seq: 4, hash: "00".repeat(32) }));
  expect(shop.snapshot().notice).toMatchObject({ tone: "blocked", fault: { code: "receipt.other-till" } });
  expect(shop.snapshot().notice).not.toHaveProperty("open");
});
