import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { messagesResponseSchema, shopThreadsResponseSchema } from "../../sync/protocol/chat.ts";
import { enrolmentResponseSchema } from "../../sync/protocol/api.ts";
import { parseEnrolmentCode } from "../../sync/protocol/enrolment-code.ts";
import { makeSale } from "../platform/support/test-sale.ts";
import { openTill, sellByWallet, settleDown } from "../platform/support/test-shop.ts";
import { makeShopper } from "../platform/support/test-shopper.ts";
import { startTestPlatform, type TestPlatform } from "../platform/support/test-platform.ts";
import { ask, jsonPost, makeTillKey, type TestTill } from "../platform/support/test-till.ts";
import { launchChromium } from "../support/chromium.ts";

const artefacts = new URL("../../.artefacts/", import.meta.url).pathname;

let platform: TestPlatform;
let till: TestTill;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  mkdirSync(artefacts, { recursive: true });
  platform = await startTestPlatform();
  till = await openTill(platform);
  browser = await launchChromium();
  context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    reducedMotion: "reduce",
  });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("401")) complaints.push(message.text());
  });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

test("the console stays closed to a wrong key, and opens with the right one, which leaves the address at once", async () => {
  await page.goto(`${platform.url}/console/`);
  await page.getByRole("textbox", { name: "Operator’s key" }).fill("guessed");
  await page.keyboard.press("Enter");
  await page.getByText("The platform does not know this key.").waitFor();
  await page.goto("about:blank");
  await page.goto(`${platform.url}/console/#token=${platform.operatorToken}`);
  await page.getByRole("heading", { name: /heard/ }).waitFor();
  expect(page.url()).not.toContain(platform.operatorToken);
  await page.reload();
  await page.getByRole("heading", { name: /heard/ }).waitFor();
});

test("the operator sees what was paid and kept, and what does not agree, and asks the shop about it", async () => {
  const shopper = await makeShopper(platform, "s-01");
  const { charge } = await sellByWallet(platform, till, shopper, 1);
  const wrong = makeSale(2);
  await till.push(till.next("sale.settled", { ...wrong, totalMinor: wrong.totalMinor + 1 }));
  await settleDown(platform);

  await page.getByText("1 entry needs you.").waitFor();
  await page.screenshot({ path: join(artefacts, "e2e-console-overview.png") });
  await page.getByRole("button", { name: "Payments" }).click();
  const row = page.getByRole("row", { name: `${charge.number.slice(0, 4)} ${charge.number.slice(4)}` });
  await row.getByText("¥13.00").waitFor();
  // 0.6 % of 13.00 is 0.078; a fraction of a fen is left to the shop.
  await row.getByText("¥0.07").waitFor();
  await row.getByText("Paid").waitFor();
  await page.getByRole("button", { name: "Tills" }).click();
  await page.getByRole("row", { name: "Till 1" }).getByText("Needs you").waitFor();
  await page.screenshot({ path: join(artefacts, "e2e-console-tills.png") });

  await page.getByRole("button", { name: "Needs you" }).click();
  await page.getByRole("heading", { name: "1 entry needs you." }).waitFor();
  await page.getByText("Sale 1-2").waitFor();
  await page.getByRole("button", { name: "Ask the shop" }).click();
  await page.getByText("About 1-2").waitFor();
  const field = page.getByRole("textbox", { name: "Write to Lantern Lane Grocery" });
  await field.fill("What was sold here?");
  await field.press("Enter");
  await page.getByText(/Sent$/).waitFor();

  const { threads } = shopThreadsResponseSchema.parse((await till.get("/v1/chat/threads")).body);
  const thread = threads.find((each) => each.with === "operator");
  const path = `/v1/chat/threads/${thread?.threadId ?? ""}/messages`;
  const { messages } = messagesResponseSchema.parse((await till.get(path)).body);
  expect(messages).toMatchObject([{ from: "operator", text: "What was sold here?", about: "1-2" }]);
  await till.post(path, { messageId: randomUUID(), text: "Pears, by hand." });
  await page.getByText("Pears, by hand.").last().waitFor();
  await page.screenshot({ path: join(artefacts, "e2e-console-chat.png") });
}, 60_000);

test("a code from the console takes one more till in", async () => {
  await page.getByRole("button", { name: "Tills" }).click();
  await page.getByRole("button", { name: "Make a code" }).click();
  expect((await enrolWithShownCode()).tillNumber).toBe(2);
  await page.getByRole("row", { name: "Till 2" }).waitFor();
  expect(complaints).toEqual([]);
}, 60_000);

test("a till whose disk is gone gets a code for its own place, and the operator sees where it goes on", async () => {
  await page.getByRole("combobox", { name: "What for" }).selectOption("New disk for till 1");
  await page.getByRole("button", { name: "Make a code" }).click();
  await page.getByText("For a new disk in the place of till 1.").waitFor();
  expect(await enrolWithShownCode()).toMatchObject({ tillNumber: 1, follows: { ledger: till.ledger } });
  await page.getByRole("row", { name: `Goes on from no. ${till.head().seq} of the ledger before` }).waitFor();
  await page.screenshot({ path: join(artefacts, "e2e-console-new-disk.png") });
  expect(complaints).toEqual([]);
}, 60_000);

async function enrolWithShownCode() {
  const code = await page.getByRole("textbox", { name: "Enrolment code" }).inputValue();
  const request = {
    code: parseEnrolmentCode(code)?.secret,
    ledger: randomUUID(),
    journalKey: makeTillKey().publicKey,
    requestKey: makeTillKey().publicKey,
  };
  const answer = await ask(`${platform.url}/v1/enrolments`, jsonPost(request));
  return enrolmentResponseSchema.parse(answer.body);
}
