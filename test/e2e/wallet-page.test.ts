import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { messagesResponseSchema, shopThreadsResponseSchema } from "../../sync/protocol/chat.ts";
import { readSpendToken } from "../../sync/protocol/token.ts";
import { makeSale, paidByWallet } from "../platform/support/test-sale.ts";
import { openTill, settleDown } from "../platform/support/test-shop.ts";
import { startTestPlatform, type TestPlatform } from "../platform/support/test-platform.ts";
import { makeCharge } from "../platform/support/test-shopper.ts";
import type { TestTill } from "../platform/support/test-till.ts";
import { launchChromium } from "../support/chromium.ts";
import { readQr } from "./support/read-qr.ts";

const artefacts = new URL("../../.artefacts/", import.meta.url).pathname;

let platform: TestPlatform;
let till: TestTill;
let browser: Browser;
/** What the page wrote to the browser's console: errors, and anything the content policy forbids. */
let complaints: string[] = [];

beforeAll(async () => {
  mkdirSync(artefacts, { recursive: true });
  platform = await startTestPlatform();
  // The phone's clock is the machine's; the platform goes by the same one here.
  Object.defineProperty(platform.clock, "nowMs", { get: Date.now });
  till = await openTill(platform);
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

beforeEach(() => {
  complaints = [];
});

async function newPhone(): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width: 390, height: 844 }, locale: "en-GB", reducedMotion: "reduce" });
}

/** Opens the phone of a shopper in a tab and waits for the pay code. */
async function openPhone(context: BrowserContext, shopper: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("ERR_INTERNET_DISCONNECTED")) {
      complaints.push(message.text());
    }
  });
  await page.goto(`${platform.url}/wallet/`);
  await page.getByRole("button", { name: shopper }).click();
  await payCode(page).waitFor();
  return page;
}

function payCode(page: Page) {
  return page.getByRole("img", { name: "Pay code" });
}

/** Charges what is on the phone's screen, as the platform is asked to by a till. */
async function charge(token: string, amountMinor: number) {
  const asked = makeCharge(till, amountMinor);
  const answer = await till.post("/v1/charges", { ...asked, token });
  return { asked, answer };
}

let receiptNumber = 0;

/** Pays a sale with the phone's code and sends it, as a till does once its basket is paid. */
async function sell(page: Page) {
  receiptNumber += 1;
  const sale = makeSale(receiptNumber);
  const token = await readQr(payCode(page));
  const { asked, answer } = await charge(token, sale.totalMinor);
  expect(answer.body).toMatchObject({ state: "paid" });
  await page.getByText(`Payment ${asked.number.slice(0, 4)} ${asked.number.slice(4)}`).waitFor();
  const settled = paidByWallet({ ...sale, saleId: asked.saleId }, asked.paymentId, asked.number);
  expect((await till.push(till.next("sale.settled", settled))).status).toBe(200);
  await settleDown(platform);
  return { sale: settled, token };
}

test("a shopper pays with the code on the screen, sees that it is paid, and has a fresh code for the next time", async () => {
  const context = await newPhone();
  const page = await openPhone(context, "Wang Fang");
  await page.getByText("Balance ¥500.00").waitFor();
  const { token } = await sell(page);
  await page.getByRole("heading", { name: "Paid" }).waitFor();
  await page.getByText("¥13.00", { exact: true }).waitFor();
  await page.getByText("Balance ¥487.00").waitFor();
  await page.screenshot({ path: join(artefacts, "e2e-wallet-paid.png") });
  await page.getByRole("button", { name: "New code" }).click();
  const next = await readQr(payCode(page));
  expect(next).not.toBe(token);
  expect(readSpendToken(next).counter).toBeGreaterThan(readSpendToken(token).counter);
  await page.screenshot({ path: join(artefacts, "e2e-wallet-pay.png") });
  // The same characters that a scanner that types would type.
  await page.getByRole("button", { name: "As text" }).click();
  expect(await page.getByRole("textbox", { name: "The pay code" }).inputValue()).toBe(next);
  expect((await charge(token, 100)).answer.body).toMatchObject({ state: "declined", code: "token.used" });
  expect(complaints).toEqual([]);
  await context.close();
}, 60_000);

test("the receipt comes into the chat, a question about it reaches the shop, and the answer comes back", async () => {
  const context = await newPhone();
  const page = await openPhone(context, "Li Jun");
  const { sale } = await sell(page);
  await page.getByRole("button", { name: "Open chat" }).click();
  const card = page.getByRole("article", { name: `Receipt ${sale.receiptCode}` });
  // Until the receipt has come the payment has no chat of its own, and the key leads to their list.
  await page.getByRole("heading", { name: /^(Chats|Lantern Lane Grocery)$/ }).waitFor();
  if (await page.getByRole("heading", { name: "Chats" }).isVisible()) {
    await page.getByRole("button", { name: "Lantern Lane Grocery" }).click();
  }
  await card.waitFor();
  await card.getByText("¥13.00").first().waitFor();
  await card.getByText("Pear").first().waitFor();

  await card.getByRole("button", { name: "Ask" }).click();
  const field = page.getByRole("textbox", { name: "Message" });
  await field.fill("Are the pears from here?");
  await field.press("Enter");
  await page.getByText("Sent", { exact: true }).waitFor();

  const threads = shopThreadsResponseSchema.parse((await till.get("/v1/chat/threads")).body).threads;
  const thread = threads.find(({ last }) => last?.text === "Are the pears from here?");
  const path = `/v1/chat/threads/${thread?.threadId ?? ""}/messages`;
  const { messages } = messagesResponseSchema.parse((await till.get(path)).body);
  expect(messages.at(-1)).toMatchObject({ from: "shopper", about: sale.receiptCode });
  await till.post(`/v1/chat/threads/${thread?.threadId ?? ""}/read`, { upTo: messages.at(-1)?.cursor });
  await till.post(path, { messageId: randomUUID(), text: "Yes, from the valley." });
  await page.getByText("Yes, from the valley.").waitFor();
  await page.getByText("Read", { exact: true }).waitFor();
  await page.screenshot({ path: join(artefacts, "e2e-wallet-chat.png") });

  await card.getByRole("button", { name: "Return" }).click();
  // The card in the chat has the same code, smaller; it is gone once the large one is there.
  await page.getByRole("heading", { name: "Show this at the till" }).waitFor();
  const code = page.getByRole("img", { name: `Return code of receipt ${sale.receiptCode}` });
  expect(await readQr(code)).toMatch(/^PC1:/);
  expect(complaints).toEqual([]);
  await context.close();
}, 60_000);

test("without signal the code stays, old data stays, the truth is said, and nothing that was written is lost or sent twice", async () => {
  const context = await newPhone();
  const page = await openPhone(context, "Zhao Min");
  const { sale } = await sell(page);
  await page.getByRole("button", { name: "New code" }).click();
  await page.getByRole("button", { name: "Chats" }).click();
  await page.getByRole("button", { name: "Lantern Lane Grocery" }).click();
  await page.getByRole("article", { name: `Receipt ${sale.receiptCode}` }).waitFor();

  await context.setOffline(true);
  await page.getByText("No signal since").waitFor();
  const field = page.getByRole("textbox", { name: "Message" });
  await field.fill("Is the shop open tomorrow?");
  await field.press("Enter");
  const unsent = page.getByRole("button", { name: "Not sent. Tap to send again." });
  await unsent.waitFor();
  await page.getByRole("article", { name: `Receipt ${sale.receiptCode}` }).waitFor();
  await page.screenshot({ path: join(artefacts, "e2e-wallet-away.png") });
  await page.goBack();
  await page.goBack();
  expect(await readQr(payCode(page))).toMatch(/^PT1:/);
  await page.goForward();
  await page.goForward();

  await context.setOffline(false);
  await unsent.click();
  await page.getByText("Sent", { exact: true }).waitFor();
  await unsent.waitFor({ state: "detached" });
  const threads = shopThreadsResponseSchema.parse((await till.get("/v1/chat/threads")).body).threads;
  const thread = threads.find(({ last }) => last?.text === "Is the shop open tomorrow?");
  const path = `/v1/chat/threads/${thread?.threadId ?? ""}/messages`;
  const { messages } = messagesResponseSchema.parse((await till.get(path)).body);
  const written = messages.filter((message) => message.kind === "text" && message.from === "shopper");
  expect(written).toHaveLength(1);
  expect(complaints).toEqual([]);
  await context.close();
}, 60_000);

test("two tabs of one shopper never show a code with the same number, nor does a tab that was loaded again", async () => {
  const context = await newPhone();
  const tabs = [await openPhone(context, "Huang Lei"), await openPhone(context, "Huang Lei")];
  const codes: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    for (const tab of tabs) codes.push(await readQr(payCode(tab)));
    await Promise.all(tabs.map((tab) => tab.reload()));
    for (const tab of tabs) await payCode(tab).waitFor();
  }
  const counters = codes.map((code) => readSpendToken(code).counter);
  expect(new Set(counters).size).toBe(codes.length);
  // Both tabs use the one key of this phone, under certificates for the same wallet.
  const keys = new Set(codes.map((code) => Buffer.from(readSpendToken(code).certificate.walletKey).toString("hex")));
  expect(keys.size).toBe(1);
  expect(complaints).toEqual([]);
  await context.close();
}, 60_000);
