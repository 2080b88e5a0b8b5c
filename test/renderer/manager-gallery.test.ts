import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkKeyboard, checkLongText, checkScreens } from "./support/gallery-checks.ts";
import { openGallery, sizes, type Gallery } from "./support/gallery.ts";

let gallery: Gallery;
let screens: readonly string[];

beforeAll(async () => {
  gallery = await openGallery();
  screens = await screensOfManager();
}, 180_000);

afterAll(() => gallery.close());

/** The gallery lists its screens where the address names none. */
async function screensOfManager(): Promise<string[]> {
  await gallery.show("", sizes.manager);
  const links = await gallery.page.locator('a[href^="#screen=manager-"]').allTextContents();
  expect(links.length).toBeGreaterThan(40);
  return links;
}

function button(name: string | RegExp) {
  return gallery.page.getByRole("button", { name });
}

test("every state of the manager's page can be used with a screen reader, poor sight or a finger, in all looks", async () => {
  await checkScreens(gallery, screens, { size: sizes.manager });
}, 400_000);

test("the page works on a till's own screen", async () => {
  await checkScreens(gallery, screens, { size: sizes.till, looks: ["theme=light"] });
}, 200_000);

test("nothing is lost on a phone", async () => {
  await checkScreens(gallery, screens, { size: sizes.phone, looks: ["theme=dark&locale=zh-CN"] });
}, 200_000);

test("nothing is cut off in a longer language or with text at 200 %", async () => {
  await checkLongText(gallery, screens, sizes.manager);
}, 200_000);

test("the parts of the page, the filters and the entry's keys are reached by the keyboard", async () => {
  await checkKeyboard(gallery, "manager-sync", {
    size: sizes.manager,
    names: ["Today", "Chat", "Needs you 1", "Find a receipt", "Receipt 2-20765, open", "Send again", "Export entry"],
  });
  await checkKeyboard(gallery, "manager-chat-operator", {
    size: sizes.manager,
    names: ["Shopper 48213", "Send again", "Leave out what it is about", "Send"],
  });
}, 60_000);

test("arrow keys walk over the log and Enter opens a row, so that nobody has to tab through a hundred sales", async () => {
  const { page } = gallery;
  await gallery.show("manager-sync", sizes.manager);
  await page.locator("[data-row]").first().focus();
  for (const key of ["ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  expect(await focused()).toBe("2-20870");
  await page.keyboard.press("Enter");
  await page.locator('[data-row][aria-expanded="true"]').getByText("2-20870").waitFor();
  await page.keyboard.press("Home");
  expect(await focused()).toBe("2-20765");
  expect(await page.locator('[data-row][tabindex="0"]').count()).toBe(1);
});

test("the threads of 2,000 sales are a few shapes, and are said in words to whoever cannot see them", async () => {
  const { page } = gallery;
  await gallery.show("manager-sync-many", sizes.manager);
  const drawing = page.getByRole("img", { name: /2,000 sales since .* No network 13:05 to 13:47/ });
  expect(await drawing.locator("*").count()).toBeLessThan(120);
});

test("a held sale says what happened with its code, and what the till refuses stands beside the key", async () => {
  const { page } = gallery;
  await gallery.show("manager-sync", sizes.manager);
  await page.getByText("411 of today’s 412 sales have arrived. 1 needs you.").waitFor();
  const entry = page.getByRole("region", { name: "Opened entry" });
  await entry.getByText("A tax class is not known").waitFor();
  await entry.getByText("(tax-class.unknown, 18:20:41)").waitFor();
  await entry.getByText("same number, cannot count twice").click();
  await entry.getByText("still working on what was touched before").waitFor();
});

test("an exported entry is the stored text, byte for byte", async () => {
  const { page } = gallery;
  await gallery.show("manager-sync", sizes.manager);
  const [download] = await Promise.all([page.waitForEvent("download"), button("Export entry").click()]);
  expect(download.suggestedFilename()).toBe("entry-61021.json");
  const text = await readFile(await download.path(), "utf8");
  expect(text).toBe('{"format":1,"ledger":"01930000-0000-7000-8000-000000000009","type":"sale.settled"}');
});

test("asking the operator opens the operator's thread about this receipt, and what is not sent stays to be sent again", async () => {
  const { page } = gallery;
  await gallery.show("manager-sync", sizes.manager);
  await button("Ask operator").click();
  await page.getByRole("region", { name: "Chat: Operator" }).getByText("About 2-20765").waitFor();
  await page.getByLabel("Message", { exact: true }).fill("What is tax class F6?");
  await page.keyboard.press("Enter");
  await page.getByText("Not sent.").waitFor();
  await page.getByRole("log").getByText("What is tax class F6?").waitFor();
  await page.getByRole("log").getByText("About 2-20765").waitFor();
  expect(await page.getByLabel("Message", { exact: true }).inputValue()).toBe("");
  await button(/^Send again/).click();
  await page.getByText("Not sent.").waitFor();
  expect(await page.getByRole("log").getByText("What is tax class F6?").count()).toBe(1);
});

test("what happened to the ledger stands out until a manager has seen it, each with what it means and what to do", async () => {
  const { page } = gallery;
  await gallery.show("manager-ledger-happened", sizes.manager);
  const part = page.getByRole("region", { name: "What happened to the ledger" });
  await part.getByText("2 things have not been looked at yet.").waitFor();
  await part.getByRole("heading", { name: "New: The disk did not confirm a write" }).waitFor();
  await part.getByText("It was a parked sale: its goods have to be scanned again.").waitFor();
  expect(await part.getByRole("heading", { name: /^New:/ }).count()).toBe(2);
  await button("I have seen this").click();
  await part.getByText("still working on what was touched before").waitFor();
  await gallery.show("manager-ledger-seen", sizes.manager);
  expect(await button("I have seen this").count()).toBe(0);
});

test("older ledgers are named with what is missing between them, and who agreed", async () => {
  const { page } = gallery;
  await gallery.show("manager-ledger-following", sizes.manager);
  const part = page.getByRole("region", { name: "Ledgers before this one" });
  await part.getByText("Entries 61,205 to 61,208 are missing.").waitFor();
  await part.getByText("Last known receipt 2-20701. A manager let the shop open.").waitFor();
  await part.getByText("Entry 40 is missing.").waitFor();
  await part.getByText("Nothing is missing.").waitFor();
});

test("a shift is closed only after its difference was seen and the question answered", async () => {
  const { page } = gallery;
  await gallery.show("manager-reports", sizes.manager);
  await button(/^Count the cash/).click();
  await button(/^Go on/).click({ force: true });
  expect(await page.getByText("Close this shift?").count()).toBe(0);
  for (const key of ["5", "5", "4", "2", ".", "3"]) await page.keyboard.press(key);
  await page.getByText("Expected ¥5,542.30: no difference").waitFor();
  await button("9").click();
  await page.getByText("¥0.09 over").waitFor();
  await page.getByLabel("Counted").fill("5,543.1");
  await page.getByText("¥0.80 over").waitFor();
  await page.getByLabel("Counted").fill("two");
  await page.getByText("¥0.80 over").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("Close this shift?").waitFor();
  await page.getByText("The counted amount is final and is stored in the ledger with the difference.").waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("How much is in the drawer?").waitFor();
});

test("a shift that was closed shows its Z report at once, and the way back to the shift that is open now", async () => {
  const { page } = gallery;
  await gallery.show("manager-reports-asking", sizes.manager);
  await button("Close the shift").click();
  await page.getByText("The shift is closed. The next shift is open.").waitFor();
  await page.getByRole("heading", { name: "Z report 41: ¥18,198.40. ¥11.50 short." }).waitFor();
  const strip = page.getByRole("region", { name: "Z report", exact: true });
  for (const words of ["Counted", "¥5,530.80", "Since this till began", "Record 61000 · 9f2c41d07be8"]) {
    await strip.getByText(words, { exact: true }).waitFor();
  }
  await button(/^This shift/).click();
  await page.getByText("X report", { exact: true }).waitFor();
});

test("older Z reports are a touch away, a page at a time, and the open one is marked", async () => {
  const { page } = gallery;
  await gallery.show("manager-reports", sizes.manager);
  await button("All Z reports").click();
  const list = page.getByRole("navigation", { name: "Z reports" });
  await list.getByRole("button", { name: /^Z 41/ }).and(page.locator("[aria-current]")).waitFor();
  await list.getByRole("button", { name: /^Z 38.*¥0\.50 over/ }).click();
  await list.getByRole("button", { name: /^Z 38/ }).and(page.locator("[aria-current]")).waitFor();
  await gallery.show("manager-reports-z-page", sizes.manager);
  await button("Newer").click();
  expect(await button("Newer").count()).toBe(0);
  await button("Older").click();
  await button("Newer").waitFor();
});

test("a Z report that cannot be printed says why beside its key", async () => {
  const { page } = gallery;
  await gallery.show("manager-reports-z-no-paper", sizes.manager);
  await button(/^Print slip did not come out/).waitFor();
  await page.getByText("Printer has no paper.").waitFor();
  await gallery.show("manager-reports-z-differs", sizes.manager);
  await button(/^Print slip no receipt printer/).waitFor();
});

test("a till with unsent sales is not signed out or reset: the reason stands there with count and sum", async () => {
  const { page } = gallery;
  await gallery.show("manager-till-blocked", sizes.manager);
  await page.getByText("46 sales worth ¥2,612.80 have not arrived at the platform.").waitFor();
  for (const name of [/^Sign this till out/, /^Reset this till/]) {
    await button(name).click({ force: true });
    expect(await page.getByText(/out of the shop\?|Reset this till\?/).count()).toBe(0);
  }
  await gallery.show("manager-till", sizes.manager);
  await button(/^Sign this till out/).click();
  await page.getByText("Sign this till out of the shop?").waitFor();
  await button("Stay in the shop").click();
  expect(await page.getByText("Sign this till out of the shop?").count()).toBe(0);
});

test("what was read stays in view while the till restarts, and the page says so", async () => {
  const { page } = gallery;
  await gallery.show("manager-restarting", sizes.manager);
  await page.getByText("The till is starting again. What stands here is what it told last.").waitFor();
  await page.getByText("¥18,284.60 from 412 sales today.").waitFor();
});
