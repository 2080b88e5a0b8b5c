import { beforeAll, describe, expect, test } from "vitest";
import { demoStore } from "../../../platform/demo/goods/demo-shop.ts";
import type { Item } from "../../../sync/protocol/change.ts";
import type { Catalog } from "../../../main/catalog/catalog.ts";
import { refusalOf } from "../../../main/checkout/scan-refusals.ts";
import { scannedGoods } from "../../../main/checkout/scanned-goods.ts";
import { TillError } from "../../../main/contract/errors.ts";
import { withCheckDigit } from "../../campaign/codes/arithmetic.ts";
import { nearlyValidCodes, validCodes } from "../../campaign/codes/valid-codes.ts";
import { seededChance } from "../../faults/random.ts";
import { startTestPlatform, type TestPlatform } from "../../platform/support/test-platform.ts";
import { makeItem } from "../catalog/goods.ts";
import { found } from "../payment/recognise/known.ts";
import { changeGoods, openTestShop, tea } from "./test-shop.ts";

const gtin14 = "09506000134352";
const embedded = [
  { prefix: "21", itemDigits: 5, hasPriceCheck: false, valueDigits: 5, value: "weight" as const, step: 1 },
  { prefix: "22", itemDigits: 5, hasPriceCheck: false, valueDigits: 5, value: "price" as const, step: 1 },
];

/** What a label comes to where the shop sells this one item, on the last day of November 2026. */
function goodsOf(text: string, changes: Partial<Item>) {
  const item = makeItem("g-1", changes);
  const catalog = {
    itemByGtin: (number: string) => (number === item.gtin14 ? item : null),
    itemByCode: (code: string) => (code === item.code ? item : null),
  } as Catalog;
  const rules = () => ({ store: demoStore, taxClasses: new Map() });
  try {
    const { item: _item, ...amount } = scannedGoods({ text }, found(text, { embedded }), {
      catalog,
      rules,
      now: () => "2026-11-30T23:59:00+08:00",
    });
    return amount;
  } catch (error) {
    if (error instanceof TillError) return error.code;
    throw error;
  }
}

describe("a label", () => {
  const weighed = { gtin14, unit: "kilogram", priceMinor: 690 } as const;

  test("of goods that have expired is not sold by, from the day after the printed one on", () => {
    expect(goodsOf(`(01)${gtin14}(17)261129`, { gtin14 })).toBe("scan.expired");
    expect(goodsOf(`(01)${gtin14}(17)261130`, { gtin14 })).toEqual({});
    expect(goodsOf(`(01)${gtin14}(7003)2611290800`, { gtin14 })).toBe("scan.expired");
    // What is best before yesterday may still be sold.
    expect(goodsOf(`(01)${gtin14}(15)261129`, { gtin14 })).toEqual({});
  });

  test("gives the weight of goods that are sold by weight, and of others only says what they weigh", () => {
    expect(goodsOf(`(01)${gtin14}(3103)001250`, weighed)).toEqual({ weightGrams: 1250 });
    expect(goodsOf(`(01)${gtin14}`, weighed)).toEqual({ weightGrams: undefined });
    expect(goodsOf(`(01)${gtin14}(3103)001250`, { gtin14 })).toEqual({});
    expect(goodsOf("2112345012506", { code: "12345", unit: "kilogram" })).toEqual({ weightGrams: 1250 });
    expect(goodsOf(withCheckDigit("210004201250"), { code: "42", unit: "kilogram" })).toEqual({ weightGrams: 1250 });
    const bare = `0${withCheckDigit("211234500000")}`;
    expect(goodsOf("2112345012506", { gtin14: bare, unit: "kilogram" })).toEqual({ weightGrams: 1250 });
  });

  test("gives the price of goods with an open price, and never another price than the catalogue's of others", () => {
    const priced = withCheckDigit("221234500450");
    expect(goodsOf(priced, { code: "12345", openPrice: true, priceMinor: 0 })).toEqual({ labelPriceMinor: 450 });
    expect(goodsOf(priced, { code: "12345", priceMinor: 450 })).toEqual({});
    expect(goodsOf(priced, { code: "12345", priceMinor: 451 })).toBe("scan.label-mismatch");
    expect(goodsOf(priced, { code: "12345", unit: "kilogram" })).toBe("scan.label-mismatch");
    expect(goodsOf(`(01)${gtin14}(3103)001250(3922)863`, weighed)).toEqual({ weightGrams: 1250 });
    expect(goodsOf(`(01)${gtin14}(3103)001250(3922)864`, weighed)).toBe("scan.label-mismatch");
    expect(goodsOf(`(01)${gtin14}(3932)978450`, { gtin14, priceMinor: 450 })).toBe("scan.label-mismatch");
    expect(goodsOf(`(01)${gtin14}(3932)156450`, { gtin14, priceMinor: 450 })).toEqual({});
  });

  test("of a load, or of goods nobody knows, is told in its own words", () => {
    expect(goodsOf("00106141411234567897", { gtin14 })).toBe("scan.no-goods");
    expect(goodsOf(`(01)${gtin14}`, {})).toBe("scan.unknown-code");
    expect(goodsOf("2112345012506", {})).toBe("scan.unknown-code");
  });
});

test("every code that the till does nothing with is refused in words that fit it, and none quotes a payment code", () => {
  const chance = seededChance(12);
  const codes = [...validCodes(chance, "PT1:HALF"), ...nearlyValidCodes(chance)];
  const codesOf = new Map(
    codes.map(({ text, symbology }) => {
      const code = found({ text, symbology }, { wallets: new Set() });
      const refusal = refusalOf(code, text);
      if (code.reason !== "check-digit" && code.reason !== "not-known") expect(refusal?.params ?? {}).toEqual({});
      return [`${code.kind} ${code.reason}`, refusal?.code ?? null];
    }),
  );
  expect(Object.fromEntries(codesOf)).toMatchObject({
    "gtin null": null,
    "gs1 null": null,
    "coupon null": "scan.coupon",
    "exit null": "scan.exit-code",
    "basket null": "scan.basket-code",
    "badge null": "scan.badge",
    "bill null": "scan.bill",
    "upi null": "scan.merchant-code",
    "emvco-merchant null": "scan.merchant-code",
    "payment-request null": "scan.payment-request",
    "payment-proof null": "scan.payment-proof",
    "unknown wallet-not-enabled": "scan.wallet-not-taken",
    "unknown wallet-code": "token.invalid",
    "unknown bank-slip": "scan.bank-slip",
    "unknown merchant-code": "scan.damaged-code",
    "unknown payment-code": "scan.damaged-code",
    "unknown link": "scan.link",
  });
});

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
  return () => platform.stop();
});

test("at the till, labels become lines with what is printed on them, and what is no goods changes nothing", async () => {
  const shop = await openTestShop(platform, { withPrinter: false });
  const loose = makeItem("g-loose", { gtin14, unit: "kilogram", priceMinor: 1000 });
  const open = makeItem("g-open", { code: "12345", openPrice: true, priceMinor: 0 });
  await changeGoods(
    platform,
    shop,
    { kind: "item", id: loose.id, body: loose },
    { kind: "item", id: open.id, body: open },
    { kind: "store", id: demoStore.id, body: { ...demoStore, embedded, wallets: ["wechat-pay"] } },
  );
  await shop.scanner.scan(`01${gtin14}3103001250`, { symbology: "]e0" });
  await shop.until("the weighed goods", ({ basket }) => basket.totalMinor === 1250);
  await shop.scanGood(withCheckDigit("221234500450"));
  const lines = shop.snapshot().basket.lines;
  expect(lines).toMatchObject([{ weightGrams: 1250 }, { quantity: 1, totalMinor: 450 }]);
  const scan = async (text: string) => {
    expect(await shop.call("basket.scan", { text, source: "wedge" })).toEqual({ result: "refused" });
    return shop.snapshot().notice?.fault.code;
  };
  expect(await scan(`(01)${gtin14}(17)200101`)).toBe("scan.expired");
  expect(await scan("https://example.com/")).toBe("scan.link");
  expect(await scan("2512345678901234")).toBe("scan.wallet-not-taken");
  expect(shop.snapshot().basket.lines).toEqual(lines);
  await shop.scanGood(tea.code);
  const { saleId } = shop.snapshot().basket;
  await shop.call("tender.cash", { saleId, tenderedMinor: 10_000 });
  await shop.until("the platform to agree", ({ sync }) => sync.state === "online" && sync.salesWaiting === 0);
  expect((await shop.closeAndRead()).filter(({ type }) => type === "sale.settled")).toHaveLength(1);
});
