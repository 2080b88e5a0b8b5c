import { createHash } from "node:crypto";
import { join } from "node:path";
import Database from "better-sqlite3";
import { beforeAll, expect, test } from "vitest";
import { rowChecksum } from "../../../main/ledger/work/row-checksum.ts";
import { makeShopper } from "../../platform/support/test-shopper.ts";
import { startTestPlatform, type TestPlatform } from "../../platform/support/test-platform.ts";
import { makeItem } from "../catalog/goods.ts";
import { brokenPlace, changeGoods, codeFrom, openTestShop, paperText, tea, type TestShop } from "./test-shop.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
  return () => platform.stop();
});

/** A bottle of lager with a deposit, and a can without one, both from 18 years on. */
const bottle = { itemId: "g-0167", priceMinor: 700, depositMinor: 50 };
const can = { itemId: "g-0165", priceMinor: 650 };

function saleOf(shop: TestShop): string {
  return shop.snapshot().basket.saleId;
}

function line(shop: TestShop, itemId: string) {
  const found = shop.snapshot().basket.lines.find((each) => each.itemId === itemId);
  if (found === undefined) throw new Error(`No line of ${itemId}`);
  return found;
}

async function payExactly(shop: TestShop) {
  const { basket } = shop.snapshot();
  return shop.call("tender.cash", { saleId: basket.saleId, tenderedMinor: basket.cash.dueMinor });
}

async function settledSale(shop: TestShop) {
  const entries = await shop.closeAndRead();
  const sale = entries.find(({ type }) => type === "sale.settled");
  return {
    entries,
    sale: sale?.body as Record<string, unknown> & { postings: { account: string; amountMinor: number }[] },
  };
}

test("discounts of a line and of the sale are on the page, in the entry and on the paper, to the fen", async () => {
  const shop = await openTestShop(platform);
  await shop.call("basket.add", { itemId: tea.itemId, quantity: 3 });
  await shop.call("basket.add", { itemId: "g-0001", weightGrams: 333 });
  const saleId = saleOf(shop);
  const teaLine = line(shop, tea.itemId);
  await shop.call("basket.discount-line", { lineId: teaLine.lineId, discount: { ratePartsPerMillion: 100_000 } });
  await shop.call("basket.discount-sale", { saleId, discount: { amountMinor: 101 } });
  const { basket } = shop.snapshot();
  expect(basket).toMatchObject({ discountMinor: 135 + 101, saleDiscount: { amountMinor: 101 } });
  expect(line(shop, tea.itemId)).toMatchObject({
    grossMinor: 1350,
    discounts: [{ of: "line", amountMinor: 135 }, { of: "sale" }],
  });
  const gross = basket.lines.reduce((sum, { grossMinor }) => sum + grossMinor, 0);
  expect(basket.totalMinor).toBe(gross - 236);
  await payExactly(shop);
  await shop.until("the receipt", (now) => now.outcome?.print === "printed");
  expect(paperText(shop)).toContain("Discounts in all 2.36");
  const shown = shop.snapshot().basket;
  expect({ ...shown, addedCount: 0 }).toMatchObject({
    totalMinor: basket.totalMinor,
    discountMinor: 236,
    lines: basket.lines,
  });
  const { sale } = await settledSale(shop);
  expect(sale).toMatchObject({ discountMinor: 236, totalMinor: basket.totalMinor });
  expect(sale.postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
  expect(await brokenPlace(shop)).toBeNull();
});

test("fewer goods than a discount was given on: it falls away and is told, and the goods have their full price", async () => {
  const shop = await openTestShop(platform);
  await shop.call("basket.add", { itemId: tea.itemId, quantity: 3 });
  const { lineId } = line(shop, tea.itemId);
  await shop.call("basket.discount-line", { lineId, discount: { amountMinor: 1000 } });
  expect(await codeFrom(shop.call("basket.discount-line", { lineId, discount: { amountMinor: 1351 } }))).toBe(
    "basket.discount-too-large",
  );
  expect(shop.snapshot().basket.totalMinor).toBe(350);
  await shop.call("basket.set-quantity", { lineId, quantity: 2 });
  expect(shop.snapshot()).toMatchObject({
    basket: { totalMinor: 900, discountMinor: 0 },
    notice: { fault: { code: "basket.discount-too-large" } },
  });
});

test("a changed price is in the journal with both prices and the reason, in one commit with the basket", async () => {
  const shop = await openTestShop(platform);
  await shop.scanGood(tea.code);
  const { lineId } = line(shop, tea.itemId);
  await shop.call("basket.set-price", { lineId, priceMinor: 300, reason: "damaged" });
  await shop.call("basket.set-price", { lineId, priceMinor: 300, reason: "damaged" });
  expect(line(shop, tea.itemId)).toMatchObject({ unitPriceMinor: 300, listPriceMinor: 450, totalMinor: 300 });
  // The next bottle is not damaged.
  await shop.scanGood(tea.code);
  expect(shop.snapshot().basket).toMatchObject({ totalMinor: 750, itemCount: 2 });
  await shop.reopen();
  expect(shop.snapshot().basket.totalMinor).toBe(750);
  await payExactly(shop);
  const { entries, sale } = await settledSale(shop);
  const overridden = entries.filter(({ type }) => type === "price.overridden");
  expect(overridden.map(({ body }) => body)).toEqual([
    expect.objectContaining({
      lineId,
      itemId: tea.itemId,
      fromMinor: 450,
      toMinor: 300,
      reason: "damaged",
      currency: "CNY",
    }),
  ]);
  expect(sale["lines"]).toEqual(
    expect.arrayContaining([expect.objectContaining({ unitPriceMinor: 300, listPriceMinor: 450 })]),
  );
});

test("goods with an open price ask for it, and tax on top stands beside tax that is included", async () => {
  const shop = await openTestShop(platform);
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
    {
      kind: "item",
      id: "repair",
      body: makeItem("repair", { code: "77790", openPrice: true, priceMinor: 0, taxClass: "svc6" }),
    },
  );
  expect(await shop.call("basket.scan", { text: "77790", source: "wedge" })).toEqual({ result: "refused" });
  expect(shop.snapshot().notice).toMatchObject({
    tone: "info",
    fault: { code: "basket.price-needed", params: { item: "repair" } },
  });
  expect(await codeFrom(shop.call("basket.add", { itemId: "repair" }))).toBe("basket.price-needed");
  // A shopper's page names no price, whichever till it asks.
  expect(await codeFrom(shop.call("basket.add", { itemId: "repair", priceMinor: 1 }, "kiosk"))).toBe(
    "basket.price-needed",
  );
  await shop.call("basket.add", { itemId: "repair", priceMinor: 1000 });
  // A price for goods that have one of their own counts for nothing.
  await shop.call("basket.add", { itemId: tea.itemId, priceMinor: 1 });
  const { basket } = shop.snapshot();
  expect(line(shop, "repair")).toMatchObject({ openPrice: true, unitPriceMinor: 1000, totalMinor: 1000 });
  expect(basket.totalMinor).toBe(1060 + 450);
  expect(basket.taxes).toEqual([
    expect.objectContaining({ taxClass: "vat13", included: true, grossMinor: 450, taxMinor: 52 }),
    expect.objectContaining({ taxClass: "svc6", included: false, grossMinor: 1060, taxMinor: 60 }),
  ]);
  await payExactly(shop);
  const { sale } = await settledSale(shop);
  expect(sale.postings).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ account: "sales:svc6", amountMinor: -1000 }),
      expect.objectContaining({ account: "tax:60000", amountMinor: -60 }),
    ]),
  );
});

test("nothing is paid before somebody has looked at the age, whatever pays, and a deposit is booked apart", async () => {
  const shop = await openTestShop(platform);
  const shopper = await makeShopper(platform, "s-03");
  const balance = await shopper.balanceMinor();
  await shop.call("basket.add", { itemId: bottle.itemId, quantity: 2 });
  const saleId = saleOf(shop);
  const { basket, till } = shop.snapshot();
  expect(basket.age).toEqual({
    minimum: 18,
    bornOnOrBefore: `${Number(till.businessDay.slice(0, 4)) - 18}${till.businessDay.slice(4)}`,
  });
  expect(basket).toMatchObject({ depositMinor: 100, totalMinor: 1500 });
  const unchecked = { saleId, tenderedMinor: 1500 };
  expect(await codeFrom(shop.call("tender.cash", unchecked))).toBe("basket.age-unchecked");
  expect(await codeFrom(shop.call("tender.cash-part", { saleId, amountMinor: 500 }))).toBe("basket.age-unchecked");
  await shop.call("basket.scan", { text: await shopper.token(), source: "wedge" });
  expect(shop.snapshot().notice?.fault).toEqual({ code: "basket.age-unchecked", params: { years: 18 } });
  expect(await shopper.balanceMinor()).toBe(balance);
  await shop.call("basket.confirm-age", { saleId });
  expect(shop.snapshot().basket.age?.checked).toMatchObject({ by: shop.snapshot().till.cashier });
  // Another can of the same age does not ask again; the check lives through a restart.
  await shop.call("basket.add", { itemId: can.itemId });
  await shop.reopen();
  await payExactly(shop);
  const { entries, sale } = await settledSale(shop);
  expect(entries.filter(({ type }) => type === "approval.granted").map(({ body }) => body)).toEqual([
    { kind: "age", saleId, minimum: 18, approvedBy: "p-02" },
  ]);
  expect(entries.some(({ type }) => type.startsWith("payment."))).toBe(false);
  expect(sale).toMatchObject({ depositMinor: 100, ageCheck: { minimum: 18, person: "p-02" } });
  expect(sale.postings).toEqual(expect.arrayContaining([{ account: "deposit", amountMinor: -100, currency: "CNY" }]));
});

test("goods with a higher minimum ask again, and taking them out is enough", async () => {
  const shop = await openTestShop(platform);
  await changeGoods(platform, shop, { kind: "item", id: "spirit", body: makeItem("spirit", { ageMinimum: 21 }) });
  const saleId = saleOf(shop);
  expect(await codeFrom(shop.call("basket.confirm-age", { saleId }))).toBe("basket.no-age-limited");
  await shop.call("basket.add", { itemId: can.itemId });
  await shop.call("basket.confirm-age", { saleId });
  await shop.call("basket.add", { itemId: "spirit" });
  expect(shop.snapshot().basket.age).toMatchObject({ minimum: 21 });
  expect(shop.snapshot().basket.age?.checked).toBeUndefined();
  expect(await codeFrom(payExactly(shop))).toBe("basket.age-unchecked");
  await shop.call("basket.add", { itemId: tea.itemId });
  await shop.call("basket.remove-age-limited", { saleId });
  expect(shop.snapshot().basket).toMatchObject({ itemCount: 1, totalMinor: 450 });
  expect(shop.snapshot().basket.age).toBeUndefined();
  await payExactly(shop);
  expect((await settledSale(shop)).sale).not.toHaveProperty("ageCheck");
});

// Somebody asks for their name to be taken out of the books of the shop. It must go, and the books must hold.
test("a note is on the page and on the paper, never in the journal, and can be deleted without a trace in the chain", async () => {
  const shop = await openTestShop(platform);
  await shop.scanGood(tea.code);
  const saleId = saleOf(shop);
  await shop.call("basket.set-note", { saleId, note: "  For Mrs\n Zhao " });
  expect(shop.snapshot().basket.note).toBe("For Mrs Zhao");
  await payExactly(shop);
  await shop.until("the receipt", (now) => now.outcome?.print === "printed");
  expect(paperText(shop)).toContain("Note: For Mrs Zhao");
  expect((await shop.call("receipts.open", { saleId })).basket.note).toBe("For Mrs Zhao");
  const { entries, sale } = await settledSale(shop);
  expect(JSON.stringify(entries)).not.toContain("Zhao");
  const database = new Database(join(shop.folder, "ledger.db"));
  const row = database.prepare("SELECT salt, value FROM private_values").get() as { salt: Buffer; value: string };
  const commitment = createHash("sha256").update(Buffer.concat([row.salt, Buffer.from(row.value)]));
  expect(commitment.digest("hex")).toBe(sale["noteCommitment"]);
  expect(await brokenPlace(shop)).toBeNull();
  database.exec("DELETE FROM private_values");
  database.close();
  expect(await brokenPlace(shop)).toBeNull();
  await shop.reopen();
  expect((await shop.call("receipts.open", { saleId })).basket.note).toBeUndefined();
  await shop.call("receipt.print-copy", { saleId });
});

test("an empty note removes it, and a note without goods is refused: it is nobody's", async () => {
  const shop = await openTestShop(platform);
  await shop.scanGood(tea.code);
  const saleId = saleOf(shop);
  await shop.call("basket.set-note", { saleId, note: "gift" });
  await shop.call("basket.set-note", { saleId, note: " " });
  expect(shop.snapshot().basket.note).toBeUndefined();
  await payExactly(shop);
  expect((await settledSale(shop)).sale).not.toHaveProperty("noteCommitment");
});

// The till is updated in the middle of a sale.
test("a basket that the first version saved opens with the same goods and the same total", async () => {
  const shop = await openTestShop(platform);
  const saleId = "0192f3c0-0000-7000-8000-000000000001";
  const lineId = "0192f3c0-0000-7000-8000-000000000002";
  const good = {
    itemId: tea.itemId,
    gtin14: `0${tea.code}`,
    name: { en: "Jasmine tea 500 ml", "zh-CN": "茉莉花茶 500 毫升" },
    unit: "each",
    priceMinor: 450,
    taxClass: "vat13",
    taxRatePartsPerMillion: 130_000,
  };
  const old = {
    basket: { saleId, lines: [{ lineId, good, quantity: 2, scanHex: "36" }], newestLineId: lineId, addedCount: 2 },
  };
  await shop.closeAndRead();
  const database = new Database(join(shop.folder, "ledger.db"));
  const text = JSON.stringify(old);
  const checksum = rowChecksum("open_basket", [1, text]);
  database.prepare("INSERT OR REPLACE INTO open_basket (one, text, checksum) VALUES (1, ?, ?)").run(text, checksum);
  database.close();
  await shop.reopen();
  expect(shop.snapshot().basket).toMatchObject({ saleId, itemCount: 2, totalMinor: 900, newestLineId: lineId });
  await payExactly(shop);
});
