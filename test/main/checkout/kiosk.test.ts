import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { demoPin } from "../../../platform/demo/goods/demo-shop.ts";
import { encodeReceiptCode } from "../../../sync/protocol/receipt-code.ts";
import { viewFor } from "../../../main/role-view.ts";
import { makeShopper } from "../../platform/support/test-shopper.ts";
import { startTestPlatform, type TestPlatform } from "../../platform/support/test-platform.ts";
import { brokenPlace, codeFrom, openTestShop, paperText, tea, type TestShop } from "./test-shop.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
  return () => platform.stop();
});

const can = "g-0165";

/** A shopper's own sale, paid by wallet. */
async function buyTea(shop: TestShop): Promise<string> {
  const shopper = await makeShopper(platform, "s-03");
  await shop.scanGood(tea.code);
  const { saleId } = shop.snapshot().basket;
  await shop.call("basket.scan", { text: await shopper.token(), source: "wedge" }, "kiosk");
  return saleId;
}

test("a kiosk's entries name nobody, it has no drawer, and its receipt comes when it is asked for, once", async () => {
  const shop = await openTestShop(platform, { mode: "kiosk" });
  expect(shop.snapshot().till).toMatchObject({ mode: "kiosk" });
  expect(shop.snapshot().till).not.toHaveProperty("cashier");
  const saleId = await buyTea(shop);
  expect(shop.snapshot().outcome).toMatchObject({ tender: "wallet", print: "none", drawer: "none", copies: 1 });
  await shop.reopen();
  await shop.until("the printer", ({ devices }) => devices.every(({ state }) => state === "ready"));
  expect(shop.snapshot().outcome).toMatchObject({ saleId, print: "none" });
  await shop.call("receipt.print", { saleId }, "kiosk");
  await shop.call("receipt.print", { saleId }, "kiosk");
  await shop.until("the receipt", (now) => now.outcome?.print === "printed");
  await shop.call("receipt.print", { saleId }, "kiosk");
  expect(paperText(shop).split("Self-checkout")).toHaveLength(2);
  expect(shop.printer.receipts).toHaveLength(1);
  const entries = await shop.closeAndRead();
  expect(entries.filter((entry) => "person" in entry)).toEqual([]);
  expect(entries.map(({ type }) => type).filter((type) => /^(?:drawer|receipt)/.test(type))).toEqual([
    "receipt.printed",
  ]);
  expect(await brokenPlace(shop)).toBeNull();
});

test("without paper the kiosk says so, and prints the first receipt, not a copy, once there is some", async () => {
  const shop = await openTestShop(platform, { mode: "kiosk" });
  const saleId = await buyTea(shop);
  shop.printer.setPaper("end");
  await shop.until("the printer to say so", ({ devices }) =>
    devices.some(({ fault }) => fault?.code === "printer.out-of-paper"),
  );
  await shop.call("receipt.print", { saleId }, "kiosk");
  await shop.until("the failure", (now) => now.outcome?.print === "failed");
  shop.printer.setPaper("ok");
  await shop.until("the paper", ({ devices }) => devices.every(({ state }) => state === "ready"));
  await shop.call("receipt.print", { saleId }, "kiosk");
  const { outcome } = await shop.until("the receipt", (now) => now.outcome?.print === "printed");
  expect(outcome?.copies).toBe(1);
  expect(outcome).not.toHaveProperty("printFault");
  expect(paperText(shop)).not.toContain("COPY");
});

// There is nobody to hand money over to, whoever asks.
test("nobody pays or gets cash at a kiosk, and nobody types a price", async () => {
  const shop = await openTestShop(platform, { mode: "kiosk" });
  await shop.scanGood(tea.code);
  const { saleId } = shop.snapshot().basket;
  for (const role of ["cashier", "tool"] as const) {
    expect(await codeFrom(shop.call("tender.cash", { saleId, tenderedMinor: 450 }, role))).toBe("wire.not-allowed");
    expect(await codeFrom(shop.call("tender.cash-part", { saleId, amountMinor: 100 }, role))).toBe("wire.not-allowed");
    expect(
      await codeFrom(
        shop.call("refund.settle", { refundId: randomUUID(), saleId, of: { kind: "all" }, reason: "other" }, role),
      ),
    ).toBe("wire.not-allowed");
  }
  await shop.call(
    "basket.scan",
    { text: encodeReceiptCode({ ledger: saleId, seq: 4, hash: "0".repeat(64) }), source: "wedge" },
    "kiosk",
  );
  expect(shop.snapshot().notice?.fault.code).toBe("receipt.at-counter");
});

test("somebody of the shop looks at the shopper's age and proves who it is by a PIN; the fifth wrong one locks the pad", async () => {
  const shop = await openTestShop(platform, { mode: "kiosk" });
  await shop.call("basket.add", { itemId: can }, "kiosk");
  const { saleId } = shop.snapshot().basket;
  expect(await codeFrom(shop.call("basket.confirm-age", { saleId }, "kiosk"))).toBe("staff.pin-wrong");
  await shop.call("basket.confirm-age", { saleId, pin: demoPin }, "kiosk");
  const view = viewFor("kiosk", shop.snapshot());
  expect(view.basket.age?.checked?.by).toEqual(view.till.store);
  await shop.call("sale.abandon", { saleId, reason: "idle" }, "kiosk");
  // The next shopper is another person, of another age.
  await shop.call("basket.add", { itemId: can }, "kiosk");
  const next = shop.snapshot().basket;
  expect(next.age?.checked).toBeUndefined();
  for (let tries = 1; tries <= 5; tries += 1) {
    expect(await codeFrom(shop.call("basket.confirm-age", { saleId: next.saleId, pin: "0000" }, "kiosk"))).toBe(
      "staff.pin-wrong",
    );
  }
  expect(await codeFrom(shop.call("basket.confirm-age", { saleId: next.saleId, pin: demoPin }, "kiosk"))).toBe(
    "staff.pin-wait",
  );
  const entries = await shop.closeAndRead();
  const granted = entries.filter(({ type }) => type === "approval.granted");
  expect(granted).toEqual([
    expect.objectContaining({ body: { kind: "age", saleId, minimum: 18, approvedBy: expect.any(String) } }),
  ]);
  expect(entries.find(({ type }) => type === "sale.abandoned")?.body).toMatchObject({ saleId, reason: "idle" });
});

test("after the sale is over, a page that opens anew sees nothing of the last shopper, and prints nothing of theirs", async () => {
  const shop = await openTestShop(platform, { mode: "kiosk" });
  const saleId = await buyTea(shop);
  const number = shop.snapshot().outcome?.paymentNumber ?? "";
  await shop.call("basket.scan", { text: "UNKNOWN-1", source: "wedge" }, "kiosk");
  await shop.call("sale.next", { saleId }, "kiosk");
  const check = async () => {
    const text = JSON.stringify(await shop.call("till.snapshot", {}, "kiosk"));
    expect(text).not.toContain('"staff"');
    expect(number).toMatch(/^\d{8}$/);
    for (const word of [saleId, number, "Jasmine", "UNKNOWN"]) expect(text).not.toContain(word);
  };
  await check();
  await shop.reopen();
  await check();
  expect(await codeFrom(shop.call("receipt.print", { saleId }, "kiosk"))).toBe("receipt.not-found");
});
