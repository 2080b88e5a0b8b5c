import { afterAll, beforeAll, expect, test } from "vitest";
import { recognise } from "../../main/payment/recognise/recognise.ts";
import { everyWallet } from "../../main/payment/recognise/settings.ts";
import { openShop, type OpenShop } from "./support/open-shop.ts";
import { readQr } from "./support/read-qr.ts";

let open: OpenShop;

beforeAll(async () => {
  open = await openShop();
}, 120_000);

afterAll(async () => open?.close());

test("the pay code on the phone's screen can be read by a camera's decoder and is the code that the till takes", async () => {
  const context = await open.browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(open.shop.counter.page);
  await page.getByRole("button", { name: "Show pay code" }).click();
  const image = page.getByRole("img", { name: "Pay code" });
  await image.waitFor();
  const text = await readQr(image);
  expect(text).toBe(open.counter.snapshot().payCode?.text);
  expect(recognise({ text }, everyWallet(2026)).kind).toBe("spend-token");
  await open.screenshot(page, "e2e-counter");
  await context.close();
});

test("a touch on the counter's shelf puts the good on the till's beam, and the paper strip shows its receipt", async () => {
  const cashier = await open.openCashier();
  const context = await open.browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(open.shop.counter.page);
  await page.getByPlaceholder("Find goods").fill("Coffee");
  await page.getByRole("button", { name: "Coffee" }).first().click();
  await cashier.totalIs("¥12.00");
  await page.getByRole("button", { name: "Show pay code" }).click();
  await page.getByRole("button", { name: "Hold under scanner" }).last().click();
  await cashier.says("Paid by wallet");
  await page.getByText("12.00").first().waitFor();
  await open.screenshot(page, "e2e-counter-paid");
  await context.close();
});

test("the counter's way to the till leads to a till that sells", async () => {
  const context = await open.browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(open.shop.counter.page);
  const opened = context.waitForEvent("page");
  await page.getByRole("link", { name: "Till", exact: true }).click();
  await (await opened).getByText("Printer ready").waitFor();
  await context.close();
});
