import { beforeAll, expect, test } from "vitest";
import { makeShopper, type TestShopper } from "../../platform/support/test-shopper.ts";
import { startTestPlatform, type TestPlatform } from "../../platform/support/test-platform.ts";
import { openLossyLine, type LossyLine } from "./lossy-line.ts";
import { openTestShop, tea, type TestShop } from "./test-shop.ts";

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

test("a till that is started again in between still knows of the payment, and ends it as paid", async () => {
  const { shop, line, shopper, balance, paymentId } = await inDoubt();
  await shop.reopen();
  expect(shop.snapshot()).toMatchObject({ payment: { paymentId, state: "unknown" }, basket: { itemCount: 1 } });
  line.loseAnswersOf = null;
  await shop.call("payment.ask-again", { paymentId });
  expect(shop.snapshot()).toMatchObject({ outcome: { tender: "wallet", totalMinor: 450 } });
  expect(await shopper.balanceMinor()).toBe(balance - 450);
  expect(line.seen.filter((request) => request === "POST /v1/charges")).toHaveLength(1);
});
