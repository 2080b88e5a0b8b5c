import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { makeShopper } from "../../platform/support/test-shopper.ts";
import { startTestPlatform, type TestPlatform } from "../../platform/support/test-platform.ts";
import { ask } from "../../platform/support/test-till.ts";
import { makeItem } from "../catalog/goods.ts";
import { changeGoods, openTestShop, tea } from "./test-shop.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
  return () => platform.stop();
});

// Till and platform work every sale out with code of their own. Where they differ, somebody has to look at each receipt.
test("a sale with everything in it, and its refunds, are the same to the platform: nothing of them needs anybody", async () => {
  const shop = await openTestShop(platform);
  const shopper = await makeShopper(platform, "s-03");
  await changeGoods(
    platform,
    shop,
    {
      kind: "tax-class",
      id: "svc6",
      body: {
        id: "svc6",
        name: { en: "Service tax", "zh-CN": "服务税" },
        ratePartsPerMillion: 60_000,
        priceIncludesTax: false,
      },
    },
    { kind: "item", id: "repair", body: makeItem("repair", { openPrice: true, priceMinor: 0, taxClass: "svc6" }) },
  );
  await shop.call("basket.add", { itemId: "repair", priceMinor: 1299 });
  await shop.call("basket.add", { itemId: "g-0167", quantity: 3 });
  await shop.call("basket.add", { itemId: "g-0001", weightGrams: 777 });
  await shop.call("basket.add", { itemId: tea.itemId, quantity: 2 });
  const { saleId, lines } = shop.snapshot().basket;
  const lineOf = (itemId: string) => lines.find((line) => line.itemId === itemId)?.lineId ?? "";
  await shop.call("basket.set-price", { lineId: lineOf(tea.itemId), priceMinor: 399, reason: "short-dated" });
  await shop.call("basket.discount-line", { lineId: lineOf("g-0001"), discount: { ratePartsPerMillion: 333_333 } });
  await shop.call("basket.discount-sale", { saleId, discount: { ratePartsPerMillion: 71_000 } });
  await shop.call("basket.set-note", { saleId, note: "gift" });
  await shop.call("basket.confirm-age", { saleId });
  await shop.call("tender.cash-part", { saleId, amountMinor: 1000 });
  const { totalMinor } = shop.snapshot().basket;
  await shop.call("basket.scan", { text: await shopper.token(), source: "wedge" });
  expect(shop.snapshot().outcome).toMatchObject({ tender: "mixed", totalMinor, cashMinor: 1000 });
  const parts = [
    { kind: "lines" as const, lines: [{ lineId: lineOf("g-0167"), quantity: 1 }] },
    { kind: "amount" as const, amountMinor: 101 },
    { kind: "lines" as const, lines: [{ lineId: lineOf("g-0001"), weightGrams: 111 }] },
    { kind: "all" as const },
  ];
  for (const of of parts) {
    await shop.call("refund.settle", { refundId: randomUUID(), saleId, of, reason: "unwanted" });
  }
  await shop.until("the platform to have it", ({ sync }) => sync.state === "online" && sync.salesWaiting === 0);
  const { ledger } = shop.snapshot().till;
  const headers = { authorization: `Bearer ${platform.operatorToken}` };
  const { body } = await ask(`${platform.url}/v1/operator/summary`, { headers });
  const till = (body["tills"] as Record<string, unknown>[]).find((each) => each["ledger"] === ledger);
  expect(till).toMatchObject({ sales: 1, needsYou: 0 });
});
