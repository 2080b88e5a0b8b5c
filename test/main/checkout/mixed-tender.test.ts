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

/** Two bottles for 9.00, of which 5.00 are paid in cash. */
async function withPart(
  shop: TestShop,
): Promise<{ saleId: string; shopper: TestShopper; balance: number; token: string }> {
  await shop.call("basket.add", { itemId: tea.itemId, quantity: 2 });
  const { saleId } = shop.snapshot().basket;
  await shop.call("tender.cash-part", { saleId, amountMinor: 500 });
  const shopper = await makeShopper(platform, "s-03");
  return { saleId, shopper, balance: await shopper.balanceMinor(), token: await shopper.token() };
}

function scan(shop: TestShop, text: string) {
  return shop.call("basket.scan", { text, source: "wedge" });
}

const mixed = { tender: "mixed", totalMinor: 900, cashMinor: 500, walletMinor: 400, changeMinor: 0 };

test("a part in cash and the rest by wallet are one sale: both in one entry, and the drawer opens after it", async () => {
  const shop = await openTestShop(platform);
  const { saleId, shopper, balance, token } = await withPart(shop);
  expect(shop.snapshot().basket).toMatchObject({ cashPartMinor: 500, dueMinor: 400, cash: { dueMinor: 400 } });
  expect(shop.printer.pulses).toBe(0);
  await scan(shop, token);
  const { outcome } = await shop.until(
    "the drawer",
    (now) => now.outcome?.drawer === "opened" && now.outcome.print === "printed",
  );
  expect(outcome).toMatchObject({ ...mixed, saleId });
  expect(await shopper.balanceMinor()).toBe(balance - 400);
  expect(paperText(shop)).toMatch(/Cash +5\.00/);
  expect(paperText(shop)).toMatch(/Wallet +4\.00/);
  // Cash of which nobody handed over anything must not look as if it was taken.
  expect(await codeFrom(shop.call("tender.cash", { saleId, tenderedMinor: 900 }))).toBe("sale.not-open");
  expect(await shop.call("shift.close", { countedMinor: 505_00 })).toMatchObject({
    expectedCashMinor: 505_00,
    differenceMinor: 0,
    salesMinor: 900,
  });
  const entries = await shop.closeAndRead();
  const settled = entries.find(({ type }) => type === "sale.settled");
  expect(settled?.body["tenders"]).toEqual([
    { kind: "cash", amountMinor: 500, roundingMinor: 0, tenderedMinor: 500, changeMinor: 0 },
    expect.objectContaining({ kind: "wallet", amountMinor: 400 }),
  ]);
  expect(await brokenPlace(shop)).toBeNull();
});

test("the part is one that coins can make, is smaller than the total, and keeps the till from taking all in cash unasked", async () => {
  const shop = await openTestShop(platform);
  const { saleId } = await withPart(shop);
  expect(await codeFrom(shop.call("tender.cash-part", { saleId, amountMinor: 505 }))).toBe("tender.part-not-cash");
  expect(await codeFrom(shop.call("tender.cash-part", { saleId, amountMinor: 900 }))).toBe("tender.part-too-large");
  expect(await codeFrom(shop.call("tender.cash", { saleId, tenderedMinor: 900 }))).toBe("tender.part-open");
  expect(shop.snapshot().basket.cashPartMinor).toBe(500);
  await shop.call("tender.cash-part", { saleId, amountMinor: 0 });
  expect(shop.snapshot().basket).not.toHaveProperty("cashPartMinor");
  await shop.call("tender.cash", { saleId, tenderedMinor: 900 });
});

test("with fewer goods the part is no longer a part: it falls away and is told", async () => {
  const shop = await openTestShop(platform);
  await withPart(shop);
  const lineId = shop.snapshot().basket.lines[0]?.lineId ?? "";
  await shop.call("basket.set-quantity", { lineId, quantity: 1 });
  const { basket, notice } = shop.snapshot();
  expect(basket).toMatchObject({ totalMinor: 450, dueMinor: 450 });
  expect(basket).not.toHaveProperty("cashPartMinor");
  expect(notice?.fault.code).toBe("tender.part-too-large");
});

/** The wallet's answer to the rest was lost: the shopper has paid it, and the till cannot know. */
async function restInDoubt(): Promise<{ shop: TestShop; line: LossyLine } & Awaited<ReturnType<typeof withPart>>> {
  const line = await openLossyLine(platform.url);
  const shop = await openTestShop(platform, { through: line.url });
  const sale = await withPart(shop);
  line.loseAnswersOf = /charges/;
  await scan(shop, sale.token);
  expect(shop.snapshot().payment).toMatchObject({ state: "unknown", amountMinor: 400 });
  return { shop, line, ...sale };
}

test("with the wallet's answer lost nothing of the cash is booked; asked again, both parts are, once", async () => {
  const { shop, line, shopper, balance, saleId } = await restInDoubt();
  expect(await codeFrom(shop.call("tender.cash-part", { saleId, amountMinor: 0 }))).toBe("basket.frozen");
  line.loseAnswersOf = null;
  await shop.call("payment.ask-again", { paymentId: shop.snapshot().payment?.paymentId ?? "" });
  const { outcome } = await shop.until("the sale", (now) => now.outcome !== undefined);
  expect(outcome).toMatchObject(mixed);
  expect(await shopper.balanceMinor()).toBe(balance - 400);
});

test("undone, the part stays noted, and taken back everything is paid in cash while the wallet gets its money back", async () => {
  const { shop, line, shopper, balance, saleId } = await restInDoubt();
  await shop.call("payment.undo", { paymentId: shop.snapshot().payment?.paymentId ?? "" });
  expect(shop.snapshot().basket).toMatchObject({ saleId, cashPartMinor: 500, dueMinor: 400 });
  await shop.call("tender.cash-part", { saleId, amountMinor: 0 });
  await shop.call("tender.cash", { saleId, tenderedMinor: 900 });
  line.loseAnswersOf = null;
  await shop.until("the reversal", (now) => now.undoing === undefined);
  expect(await shopper.balanceMinor()).toBe(balance);
  expect(await shop.call("shift.close", { countedMinor: 509_00 })).toMatchObject({ differenceMinor: 0 });
  await shop.closeAndRead();
  expect(await brokenPlace(shop)).toBeNull();
});

test("a till that stops meanwhile sets the sale aside with its part and its attempt, and settles both once", async () => {
  const { shop, line, shopper, balance, saleId } = await restInDoubt();
  await shop.reopen();
  const [parked] = shop.snapshot().staff?.parked ?? [];
  expect(parked).toMatchObject({ saleId, totalMinor: 900, payment: { state: "unknown", amountMinor: 400 } });
  line.loseAnswersOf = null;
  await shop.call("payment.ask-again", { paymentId: parked?.payment?.paymentId ?? "" });
  await shop.until("the sale", (now) => now.staff?.parked.length === 0);
  expect(await shopper.balanceMinor()).toBe(balance - 400);
  // The part in cash was only noted: now it is asked for, and the drawer opens.
  expect(shop.snapshot().notice?.fault).toMatchObject({ code: "payment.aside-paid-cash", params: { amount: "¥5.00" } });
  await shop.call("basket.add", { itemId: tea.itemId });
  expect(shop.snapshot().notice?.fault.code).toBe("payment.aside-paid-cash");
  await shop.call("sale.abandon", { saleId: shop.snapshot().basket.saleId });
  expect(await shop.call("shift.close", { countedMinor: 505_00 })).toMatchObject({ differenceMinor: 0 });
  const entries = await shop.closeAndRead();
  const sales = entries.filter(({ type }) => type === "sale.settled");
  expect(entries.filter(({ type, body }) => type === "drawer.opened" && body["saleId"] === saleId)).toHaveLength(1);
  expect(sales.map(({ body }) => body["tenders"])).toMatchObject([
    [
      { kind: "cash", amountMinor: 500 },
      { kind: "wallet", amountMinor: 400 },
    ],
  ]);
  expect(await brokenPlace(shop)).toBeNull();
});
