import { afterAll, beforeAll, expect, test } from "vitest";
import { visibleText } from "../../renderer/counter/visible-text.ts";
import { checkKeyboard, checkLongText, checkScreens } from "./support/gallery-checks.ts";
import { openGallery, sizes, type Gallery } from "./support/gallery.ts";

const screens = [
  "counter",
  "counter-kiosk",
  "counter-other-wallet",
  "counter-password",
  "counter-purse",
  "counter-drawer",
  "counter-cut",
  "counter-idle",
] as const;

let gallery: Gallery;

beforeAll(async () => {
  gallery = await openGallery();
}, 120_000);

afterAll(async () => gallery?.close());

// The counter is where a newcomer meets the product: on a laptop, on the till's own small screen, on a phone.
test.each([
  ["a laptop", sizes.manager, false],
  ["the till's screen", sizes.till, true],
  ["a phone", sizes.phone, true],
])(
  "every state of the counter can be read and touched on %s, in both languages and all themes",
  async (_where, size, isLayoutAlone) => {
    await checkScreens(gallery, screens, { size, isLayoutAlone });
  },
  120_000,
);

test("nothing of the counter is cut off in a longer language or with text at 200 %", async () => {
  await checkLongText(gallery, ["counter", "counter-password", "counter-drawer", "counter-idle"], sizes.manager);
}, 60_000);

test("everything on the counter is in reach of the keyboard: pages, stations, goods, money, paper, drawer, cable", async () => {
  const names = ["Customer display", "At the kiosk", "Find goods", "Coffee", "¥100", "Take it back", "Put the tray in"];
  const more = ["Close drawer", "Change", "Hold this receipt", "Paper and cover", "Cut it"];
  await checkKeyboard(gallery, "counter-drawer", { size: sizes.manager, names: [...names, ...more] });
}, 60_000);

test("the shopper's password is given or refused without a pointer, and what comes next is chosen", async () => {
  const names = ["Shopper", "Wallet", "Next payment", "Confirm", "Refuse", "Show pay code"];
  await checkKeyboard(gallery, "counter-password", { size: sizes.manager, names });
}, 60_000);

test("a kiosk has no drawer and takes no cash; a till has both", async () => {
  const { page } = gallery;
  await gallery.show("counter-kiosk", sizes.manager);
  expect(await page.getByText("Cash drawer").count()).toBe(0);
  expect(await page.getByRole("button", { name: /Shopper’s cash/ }).count()).toBe(0);
  await page.getByRole("button", { name: "At the till" }).click();
  expect(await page.getByText("Cash drawer").count()).toBe(1);
  expect(await page.getByRole("button", { name: /Shopper’s cash/ }).count()).toBe(1);
});

// A scanned code that turns the text around it could make the page say what nobody wrote.
test("what cannot be seen in a scanned text stands there by its number, and everything else as it is", () => {
  expect(visibleText("PC1:\u202e01\u0000\u200b")).toBe(String.raw`PC1:\u{202e}01\u{0}\u{200b}`);
  expect(visibleText("\ud83d\udc09 茉莉花茶 ¥4.50 é")).toBe("\ud83d\udc09 茉莉花茶 ¥4.50 é");
  expect(visibleText("a\ud83db\u{e0041}")).toBe(String.raw`a\u{d83d}b\u{e0041}`);
});
