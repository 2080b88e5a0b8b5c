import { beforeAll, expect, test } from "vitest";
import { startTestPlatform, type TestPlatform } from "../../platform/support/test-platform.ts";
import { brokenPlace, codeFrom, openTestShop, tea, type TestShop } from "./test-shop.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
  return () => platform.stop();
});

/** Puts tea and bananas on the counter, takes something off, and sets the sale aside. */
async function parkOne(shop: TestShop): Promise<string> {
  await shop.call("basket.add", { itemId: tea.itemId, quantity: 2 });
  await shop.call("basket.add", { itemId: "g-0001", weightGrams: 500 });
  const { saleId } = shop.snapshot().basket;
  await shop.call("basket.discount-sale", { saleId, discount: { ratePartsPerMillion: 500_000 } });
  await shop.call("basket.set-note", { saleId, note: "back at six" });
  await shop.call("tender.cash-part", { saleId, amountMinor: 100 });
  await shop.call("sale.park", { saleId });
  return saleId;
}

// The shopper has forgotten the purse; the queue must go on, and the goods must not be scanned twice.
test("a sale that is set aside outlives a restart and comes back with its goods, discount and note", async () => {
  const shop = await openTestShop(platform);
  await shop.call("basket.add", { itemId: tea.itemId, quantity: 2 });
  await shop.call("basket.add", { itemId: "g-0001", weightGrams: 500 });
  const { totalMinor } = shop.snapshot().basket;
  await shop.call("sale.abandon", { saleId: shop.snapshot().basket.saleId });
  const saleId = await parkOne(shop);
  expect(shop.snapshot().basket).toMatchObject({ itemCount: 0, totalMinor: 0 });
  const [parked] = shop.snapshot().staff?.parked ?? [];
  expect(parked).toMatchObject({ saleId, itemCount: 3 });
  expect(parked?.goods.map(({ en }) => en)).toEqual([expect.any(String), "Jasmine tea 500 ml"]);
  await shop.reopen();
  await shop.call("basket.add", { itemId: tea.itemId });
  expect(await codeFrom(shop.call("sale.resume", { saleId }))).toBe("park.basket-open");
  const between = shop.snapshot().basket.saleId;
  await shop.call("tender.cash", { saleId: between, tenderedMinor: 450 });
  await shop.call("sale.resume", { saleId });
  // The same call again, after a lost answer, changes nothing.
  await shop.call("sale.resume", { saleId });
  const { basket, staff, outcome } = shop.snapshot();
  expect(outcome).toBeUndefined();
  expect(staff?.parked).toEqual([]);
  expect(basket).toMatchObject({ saleId, note: "back at six", saleDiscount: { ratePartsPerMillion: 500_000 } });
  expect(basket.totalMinor).toBe(totalMinor - Math.round(totalMinor / 2));
  // No money was taken when it was set aside, so nothing of it is.
  expect(basket).not.toHaveProperty("cashPartMinor");
  await shop.call("tender.cash", { saleId, tenderedMinor: basket.cash.dueMinor });
  expect(await codeFrom(shop.call("sale.resume", { saleId }))).toBe("park.not-found");
  const types = (await shop.closeAndRead()).map(({ type }) => type).filter((type) => type.startsWith("sale"));
  expect(types).toEqual(["sale.abandoned", "sale.parked", "sale.settled", "sale.resumed", "sale.settled"]);
  expect(await brokenPlace(shop)).toBeNull();
});

test("an empty basket and a sale that is settled are not set aside", async () => {
  const shop = await openTestShop(platform);
  expect(await codeFrom(shop.call("sale.park", { saleId: shop.snapshot().basket.saleId }))).toBe("basket.empty");
  await shop.scanGood(tea.code);
  const { saleId } = shop.snapshot().basket;
  await shop.call("tender.cash", { saleId, tenderedMinor: 450 });
  expect(await codeFrom(shop.call("sale.park", { saleId }))).toBe("sale.not-open");
});

test("fifty sales may be set aside; the next one is refused in words and stays in the basket", async () => {
  const shop = await openTestShop(platform);
  for (let count = 1; count <= 50; count += 1) {
    await shop.call("basket.add", { itemId: tea.itemId, quantity: count });
    await shop.call("sale.park", { saleId: shop.snapshot().basket.saleId });
  }
  await shop.call("basket.add", { itemId: tea.itemId });
  expect(await codeFrom(shop.call("sale.park", { saleId: shop.snapshot().basket.saleId }))).toBe("park.full");
  const { basket, staff } = shop.snapshot();
  expect(basket.itemCount).toBe(1);
  expect(staff?.parked.map(({ itemCount }) => itemCount)).toEqual(Array.from({ length: 50 }, (_, index) => 50 - index));
});

// The mother was looked at; whoever comes back for the beer may be her son.
test("an age that was looked at is looked at again when the sale is taken up", async () => {
  const shop = await openTestShop(platform);
  await shop.call("basket.add", { itemId: "g-0167" });
  const { saleId } = shop.snapshot().basket;
  await shop.call("basket.confirm-age", { saleId });
  await shop.call("sale.park", { saleId });
  await shop.call("sale.resume", { saleId });
  const { age, cash } = shop.snapshot().basket;
  expect(age).toMatchObject({ minimum: 18 });
  expect(age?.checked).toBeUndefined();
  const tendered = { saleId, tenderedMinor: cash.dueMinor };
  expect(await codeFrom(shop.call("tender.cash", tendered))).toBe("basket.age-unchecked");
});
