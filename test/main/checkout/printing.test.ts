import { beforeAll, expect, test } from "vitest";
import { startTestPlatform, type TestPlatform } from "../../platform/support/test-platform.ts";
import { demoPeople } from "../../../platform/demo/goods/demo-shop.ts";
import { changeGoods, codeFrom, openTestShop, paperText, tea, type TestShop } from "./test-shop.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
  return () => platform.stop();
});

/** Sells one bottle for cash; resolves with its sale id at once. */
async function sell(shop: TestShop): Promise<string> {
  await shop.scanGood(tea.code);
  const { saleId } = shop.snapshot().basket;
  await shop.call("tender.cash", { saleId, tenderedMinor: 450 });
  return saleId;
}

function receiptsOn(shop: TestShop): number {
  return paperText(shop).split("Thank you").length - 1;
}

// A printer that prints twice by itself hands out a second proof of purchase, with which goods can be given back.
test("without paper the sale stands and says why there is no receipt; new paper prints nothing by itself, a person does", async () => {
  const shop = await openTestShop(platform);
  shop.printer.setPaper("end");
  await shop.until("the printer to say so", ({ devices }) =>
    devices.some(({ fault }) => fault?.code === "printer.out-of-paper"),
  );
  const saleId = await sell(shop);
  const { outcome } = await shop.until("the failure", (now) => now.outcome?.print === "failed");
  expect(outcome).toMatchObject({ saleId, print: "failed", printFault: { code: "printer.out-of-paper" }, copies: 1 });
  shop.printer.setPaper("ok");
  await shop.until("the paper", ({ devices }) => devices.every(({ state }) => state === "ready"));
  await shop.reopen();
  await shop.until("the printer", ({ devices }) => devices.every(({ state }) => state === "ready"));
  expect(shop.snapshot().outcome).toMatchObject({ saleId, print: "failed" });
  expect(receiptsOn(shop)).toBe(0);
  await shop.call("receipt.print-copy", { saleId });
  await shop.until("the copy", (now) => now.outcome?.print === "printed");
  expect(shop.snapshot().outcome?.copies).toBe(2);
  expect(receiptsOn(shop)).toBe(1);
  expect(paperText(shop)).toContain("COPY 2");
  const types = (await shop.closeAndRead()).map(({ type }) => type).filter((type) => type.startsWith("receipt"));
  expect(types).toEqual(["receipt.failed", "receipt.reprinted", "receipt.printed"]);
});

test("a till that stops while a silent printer has the receipt says that it is in doubt, and prints no second one", async () => {
  const shop = await openTestShop(platform);
  shop.printer.setAnswering(false);
  const saleId = await sell(shop);
  await shop.until("the printer to have it", (now) => now.outcome?.print === "printing");
  await shop.reopen();
  const { outcome } = await shop.until("an end", (now) => now.outcome?.print !== "printing");
  expect(outcome).toMatchObject({ saleId, copies: 1 });
  expect(outcome?.print).toMatch(/unknown|failed/);
  shop.printer.setAnswering(true);
  await shop.reopen();
  await shop.until("the printer", ({ devices }) => devices.every(({ state }) => state === "ready"));
  expect(shop.snapshot().outcome?.print).toBe(outcome?.print);
  expect(receiptsOn(shop)).toBeLessThanOrEqual(1);
  expect((await shop.closeAndRead()).filter(({ type }) => type.startsWith("receipt"))).toHaveLength(1);
});

test("every further copy says which one it is, and each is in the journal", async () => {
  const shop = await openTestShop(platform);
  const saleId = await sell(shop);
  await shop.until("the receipt", (now) => now.outcome?.print === "printed");
  for (const copy of [2, 3]) {
    await shop.call("receipt.print-copy", { saleId });
    await shop.until("the copy", (now) => now.outcome?.print === "printed" && now.outcome.copies === copy);
    expect(paperText(shop)).toContain(`COPY ${copy}`);
  }
  expect(receiptsOn(shop)).toBe(3);
  const unknown = "0192f3c0-0000-7000-8000-000000000001";
  expect(await codeFrom(shop.call("receipt.print-copy", { saleId: unknown }))).toBe("receipt.not-found");
});

test("in Chinese the paper is Chinese, from the next receipt on", async () => {
  const shop = await openTestShop(platform);
  await shop.call("settings.set-locale", { locale: "zh-CN" });
  await sell(shop);
  await shop.until("the receipt", (now) => now.outcome?.print === "printed");
  for (const words of ["灯笼巷便利店", "茉莉花茶 500 毫升", "合计", "现金"]) expect(paperText(shop)).toContain(words);
});

test("a till without a printer sells, and says that there is no receipt", async () => {
  const shop = await openTestShop(platform, { withPrinter: false });
  const saleId = await sell(shop);
  expect(shop.snapshot().outcome).toMatchObject({
    print: "failed",
    printFault: { code: "printer.not-set-up" },
    drawer: "none",
  });
  expect(await codeFrom(shop.call("receipt.print-copy", { saleId }))).toBe("printer.not-set-up");
});

test("a copy names who sold, also after somebody else has taken over the till", async () => {
  const shop = await openTestShop(platform);
  await shop.scanGood(tea.code);
  const { saleId } = shop.snapshot().basket;
  await shop.call("tender.cash", { saleId, tenderedMinor: 450 });
  await shop.until("the receipt", (now) => now.outcome?.print === "printed");
  const [, chen] = demoPeople;
  await changeGoods(platform, shop, { kind: "person", id: "p-02", body: { ...chen, roles: ["attendant"] } });
  expect(shop.snapshot().till.cashier?.en).toBe("Zhou Qing");
  await shop.call("receipt.print-copy", { saleId });
  await shop.until("the copy", (now) => now.outcome?.copies === 2 && now.outcome.print === "printed");
  expect(paperText(shop).split("Chen Yu")).toHaveLength(3);
  expect(paperText(shop)).not.toContain("Zhou Qing");
  // The next shop of these tests has its people as they were.
  await changeGoods(platform, shop, { kind: "person", id: "p-02", body: { ...chen } });
});
