import { beforeAll, expect, test } from "vitest";
import { parseTimeMs, zoneTime } from "../../../main/ledger/time.ts";
import { demoStore } from "../../../platform/demo/goods/demo-shop.ts";
import type { EntryFields } from "../../../sync/protocol/entry.ts";
import { startTestPlatform, type TestPlatform } from "../../platform/support/test-platform.ts";
import { changeGoods, openTestShop, tea, type TestShop } from "./test-shop.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
  return () => platform.stop();
});

async function sell(shop: TestShop): Promise<void> {
  await shop.call("basket.add", { itemId: tea.itemId });
  const { saleId } = shop.snapshot().basket;
  await shop.call("tender.cash", { saleId, tenderedMinor: 450 });
  await shop.call("sale.next", { saleId });
}

test("the shop's business day comes with its catalogue, counts at once, and outlives a restart without a network", async () => {
  const shop = await openTestShop(platform);
  const dayStartMinutes = 23 * 60 + 59;
  const store = { ...demoStore, dayStartMinutes };
  await changeGoods(platform, shop, { kind: "store", id: demoStore.id, body: store });
  await sell(shop);
  const { businessDay } = shop.snapshot().till;
  expect((await shop.call("report.day", {}, "manager")).businessDay).toBe(businessDay);
  await shop.relay.set("cut");
  await shop.reopen();
  await sell(shop);
  const entries = (await shop.closeAndRead()) as unknown as EntryFields[];
  const wall = zoneTime(demoStore.zone);
  const sales = entries.filter(({ type }) => type === "sale.settled");
  expect(sales).toHaveLength(2);
  for (const sale of sales) {
    expect(sale.businessDay).toBe(wall.businessDay(parseTimeMs(sale.time), dayStartMinutes));
    // But for the last minute of the day this is the day before.
    if (!sale.time.includes("T23:59")) expect(sale.businessDay < sale.time.slice(0, 10)).toBe(true);
  }
  // Before the first catalogue the day begins at midnight.
  expect(entries[0]?.businessDay).toBe(entries[0]?.time.slice(0, 10));
});
