import { afterAll, beforeAll, expect, test } from "vitest";
import { checkKeyboard, checkLongText, checkScreens } from "./support/gallery-checks.ts";
import { openGallery, sizes, type Gallery } from "./support/gallery.ts";

const staffScreens = [
  "recovery-waiting",
  "recovery-one",
  "recovery-many",
  "recovery-platform",
  "recovery-end",
  "recovery-gone",
  "recovery-damaged",
  "recovery-key",
  "recovery-nobody",
  "recovery-refused",
  "recovery-asking",
  "recovery-reading",
  "recovery-restored",
  "recovery-succeeded",
  "recovery-pin",
  "recovery-pin-whole",
  "recovery-pin-wrong",
  "recovery-pin-wait",
  "recovery-pin-busy",
  "recovery-restarting",
  "recovery-opening",
];

const kioskScreens = [
  "recovery-kiosk",
  "recovery-kiosk-nobody",
  "recovery-kiosk-done",
  "recovery-kiosk-pin",
  "recovery-kiosk-pin-whole",
  "recovery-kiosk-pin-wrong",
  "recovery-kiosk-pin-wait",
];

const customerScreens = ["recovery-customer", "recovery-customer-done"];

let gallery: Gallery;

beforeAll(async () => {
  gallery = await openGallery();
}, 180_000);

afterAll(() => gallery.close());

test.each([
  ["a till's screen", staffScreens, sizes.till, false, 64],
  ["the manager's", staffScreens, sizes.manager, true, 64],
  ["a kiosk's", kioskScreens, sizes.kiosk, false, 80],
  ["the shopper's display", customerScreens, sizes.till, false, 48],
])(
  "every state of a till that waits for its ledger can be read and touched by everybody on %s",
  async (_, screens, size, isLayoutAlone, leastPixels) => {
    await checkScreens(gallery, screens, { size, isLayoutAlone, leastPixels });
  },
  300_000,
);

test("a kiosk on its side and a phone show the same, without anything cut off", async () => {
  const screens = ["recovery-many", "recovery-pin-wrong", "recovery-kiosk", "recovery-kiosk-pin-wrong"];
  for (const size of [sizes.manager, sizes.phone]) {
    await checkScreens(gallery, screens, { size, isLayoutAlone: true, looks: ["theme=light"] });
  }
}, 180_000);

test("nothing is cut off in a longer language or with text at 200 %", async () => {
  await checkLongText(gallery, staffScreens, sizes.till);
  await checkLongText(gallery, kioskScreens, sizes.kiosk);
  await checkLongText(gallery, customerScreens, sizes.manager);
}, 240_000);

test("everything is reached with the keyboard alone, and the PIN can be typed on it", async () => {
  const names = ["Open without the platform", "中文", "Try now"];
  await checkKeyboard(gallery, "recovery-waiting", { size: sizes.till, names });
  const padNames = ["7", "0", "Back", "Open the shop"];
  await checkKeyboard(gallery, "recovery-pin-whole", { size: sizes.till, names: padNames });
  await checkKeyboard(gallery, "recovery-kiosk-pin-whole", { size: sizes.kiosk, names: padNames });
  const { page } = gallery;
  await gallery.show("recovery-waiting", sizes.till);
  await page.getByRole("button", { name: /^Open without/ }).click();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Open without the platform");
  await page.keyboard.type("2580");
  await page.getByLabel("4 digits typed").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("That PIN belongs to nobody of this shop.").waitFor();
  await page.getByLabel("No digit typed").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Try now/ }).waitFor();
}, 60_000);

test("what stands in a shopper's window says nothing of receipts and of what is missing, in both languages at once", async () => {
  for (const screen of ["recovery-customer", "recovery-kiosk", "recovery-kiosk-pin"]) {
    await gallery.show(screen, screen === "recovery-customer" ? sizes.till : sizes.kiosk);
    const words = await gallery.page.locator("body").innerText();
    expect(words).not.toMatch(/2-20701|missing|sales are|ledger ends/);
  }
  await gallery.show("recovery-customer", sizes.till);
  await gallery.page.getByText("Another till takes your payment.").waitFor();
  await gallery.page.getByText("请到其他收银台付款。").waitFor();
  expect(await gallery.page.locator("button, a, input").count()).toBe(0);
  await gallery.show("recovery-kiosk", sizes.kiosk);
  await gallery.page.getByText("Pay at the counter").waitFor();
  await gallery.page.getByText("请到人工收银台付款").waitFor();
}, 60_000);
