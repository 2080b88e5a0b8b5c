import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { makeShopper, type TestShopper } from "../../platform/support/test-shopper.ts";
import { startTestPlatform, type TestPlatform } from "../../platform/support/test-platform.ts";
import { openLossyLine, type LossyLine } from "./lossy-line.ts";
import { brokenPlace, codeFrom, openTestShop, paperText, tea, type TestShop } from "./test-shop.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
  return () => platform.stop();
});

/** A shop in which the answer to a wallet's charge was lost: the shopper has paid, and the till cannot know. */
async function inDoubt(): Promise<{
  shop: TestShop;
  line: LossyLine;
  shopper: TestShopper;
  balance: number;
  paymentId: string;
}> {
  const line = await openLossyLine(platform.url);
  const shop = await openTestShop(platform, { through: line.url });
  const shopper = await makeShopper(platform, "s-03");
  const balance = await shopper.balanceMinor();
  await shop.scanGood(tea.code);
  line.loseAnswersOf = /charges/;
  await shop.call("basket.scan", { text: await shopper.token(), source: "wedge" });
  const { payment } = shop.snapshot();
  expect(payment).toMatchObject({ state: "unknown", amountMinor: 450 });
  expect(payment?.nextAskAt).toBeDefined();
  expect(await shopper.balanceMinor()).toBe(balance - 450);
  return { shop, line, shopper, balance, paymentId: payment?.paymentId ?? "" };
}

test("asked again, the same payment turns out paid, and the shopper has paid once", async () => {
  const { shop, line, shopper, balance, paymentId } = await inDoubt();
  line.loseAnswersOf = null;
  await shop.call("payment.ask-again", { paymentId });
  const { outcome } = await shop.until("the sale", (now) => now.outcome !== undefined);
  expect(outcome).toMatchObject({ tender: "wallet", totalMinor: 450 });
  expect(await shopper.balanceMinor()).toBe(balance - 450);
});

test("undone, the sale is paid in cash at once, and the shopper gets the money back when the line is", async () => {
  const { shop, line, shopper, balance, paymentId } = await inDoubt();
  await shop.call("payment.undo", { paymentId });
  const { saleId } = shop.snapshot().basket;
  await shop.call("tender.cash", { saleId, tenderedMinor: 450 });
  expect(shop.snapshot()).toMatchObject({ outcome: { tender: "cash" }, undoing: 1 });
  line.loseAnswersOf = null;
  await shop.until("the reversal", (now) => now.undoing === undefined);
  expect(await shopper.balanceMinor()).toBe(balance);
  const types = (await shop.closeAndRead()).map(({ type }) => type).filter((type) => /^(?:payment|sale)/.test(type));
  expect(types).toEqual([
    "payment.created",
    "payment.sent",
    "payment.unknown",
    "payment.reversing",
    "sale.settled",
    "payment.reversed",
  ]);
}, 40_000);

test("a till that is started again in between sets the sale aside, sells on, and settles it when the wallet has answered", async () => {
  const { shop, line, shopper, balance, paymentId } = await inDoubt();
  const { saleId } = shop.snapshot().basket;
  await shop.reopen();
  expect(shop.snapshot()).toMatchObject({
    basket: { itemCount: 0 },
    staff: { parked: [{ saleId, payment: { paymentId, state: "unknown" } }] },
    notice: { tone: "info", fault: { code: "payment.set-aside" } },
  });
  expect(shop.snapshot().payment).toBeUndefined();
  await shop.call("basket.add", { itemId: tea.itemId });
  expect(await codeFrom(shop.call("sale.resume", { saleId }))).toBe("park.payment-open");
  line.loseAnswersOf = null;
  await shop.call("payment.ask-again", { paymentId });
  expect(shop.snapshot()).toMatchObject({
    basket: { itemCount: 1 },
    staff: { parked: [] },
    notice: { fault: { code: "payment.aside-paid", params: { receiptCode: expect.any(String) } } },
  });
  expect(shop.snapshot().outcome).toBeUndefined();
  expect(await shopper.balanceMinor()).toBe(balance - 450);
  expect(line.seen.filter((request) => request === "POST /v1/charges")).toHaveLength(1);
  // Its receipt comes out by itself, and the sale in front of the cashier is paid like any other.
  await expect.poll(() => paperText(shop), { timeout: 10_000 }).toContain("4.50");
  await shop.call("tender.cash", { saleId: shop.snapshot().basket.saleId, tenderedMinor: 450 });
  await shop.until("the platform", (now) => now.sync.salesWaiting === 0);
  const entries = await shop.closeAndRead();
  expect(entries.filter(({ type }) => type === "sale.settled").map(({ body }) => body["saleId"])[0]).toBe(saleId);
  expect(await brokenPlace(shop)).toBeNull();
}, 60_000);

test("a cashier sets the sale aside while the wallet is asked, and takes it up again for cash when it was not paid", async () => {
  const { shop, line, shopper, balance, paymentId } = await inDoubt();
  const { saleId } = shop.snapshot().basket;
  await shop.call("payment.set-aside", { paymentId });
  expect(shop.snapshot()).toMatchObject({ basket: { itemCount: 0 }, staff: { parked: [{ saleId }] } });
  await shop.call("payment.undo", { paymentId });
  line.loseAnswersOf = null;
  await shop.until("the reversal", (now) => now.undoing === undefined);
  expect(shop.snapshot().notice).toMatchObject({ tone: "info", fault: { code: "payment.money-back" } });
  expect(await shopper.balanceMinor()).toBe(balance);
  await shop.call("sale.resume", { saleId });
  await shop.call("tender.cash", { saleId, tenderedMinor: 450 });
  expect(shop.snapshot()).toMatchObject({ outcome: { saleId, tender: "cash" } });
}, 60_000);

test("a till that goes on in a new ledger gives back what the shopper paid without an answer, and keeps the goods in view", async () => {
  const { shop, line, shopper, balance } = await inDoubt();
  const { ledger } = shop.snapshot().till;
  await shop.closeAndRead();
  const keys = join(shop.folder, "keys");
  for (const name of readdirSync(keys)) if (name.startsWith("journal-")) rmSync(join(keys, name));
  line.loseAnswersOf = null;
  await shop.reopen();
  await shop.until("the reversal", (now) => now.undoing === undefined);
  expect(await shopper.balanceMinor()).toBe(balance);
  const { till, basket, payment } = shop.snapshot();
  expect(till.ledger).not.toBe(ledger);
  expect({ basket, payment }).toMatchObject({ basket: { itemCount: 1 } });
  expect(payment).toBeUndefined();
  await shop.call("tender.cash", { saleId: basket.saleId, tenderedMinor: 450 });
  await shop.until("the platform", (now) => now.sync.salesWaiting === 0);
  const types = (await shop.closeAndRead()).map(({ type }) => type).filter((type) => /^(?:payment|sale)/.test(type));
  expect(types).toEqual(["payment.created", "payment.reversing", "payment.reversed", "sale.settled"]);
  expect(await brokenPlace(shop)).toBeNull();
  const doubts = await platform.database.query(
    "select code from answers where state = 'needs-you' and ledger = any($1)",
    [[ledger, till.ledger]],
  );
  expect(doubts.rows).toEqual([]);
}, 60_000);
