import { afterAll, beforeAll, expect, test } from "vitest";
import { checkLongText, checkScreens } from "./support/gallery-checks.ts";
import { openGallery, sizes, type Gallery } from "./support/gallery.ts";

const screens = [
  "customer-idle",
  "customer-selling",
  "customer-deposit",
  "customer-long",
  "customer-offline",
  "customer-split",
  "customer-asking",
  "customer-unknown",
  "customer-waiting",
  "customer-not-paid",
  "customer-undoing",
  "customer-paid",
  "customer-change",
  "customer-mixed",
  "customer-refund",
  "customer-refund-wallet",
  "customer-refund-given-back",
  "customer-restarting",
  "customer-opening",
];

let gallery: Gallery;

beforeAll(async () => {
  gallery = await openGallery();
}, 180_000);

afterAll(() => gallery.close());

test.each([
  ["a small second screen", sizes.till, false],
  ["a larger one", sizes.manager, true],
])(
  "every state of the shopper's display can be read by everybody on %s",
  async (_, size, isLayoutAlone) => {
    await checkScreens(gallery, screens, { size, isLayoutAlone });
  },
  300_000,
);

test("nothing of the shopper's display is cut off in a longer language or with text at 200 %", async () => {
  await checkLongText(gallery, screens, sizes.manager);
}, 180_000);

test("there is nothing to touch, and every step is said in both languages", async () => {
  for (const screen of screens) {
    await gallery.show(screen, sizes.till);
    expect([screen, await gallery.page.locator("button, a, input").count()]).toEqual([screen, 0]);
  }
  await gallery.show("customer-selling", sizes.till);
  await gallery.page.getByText("请出示钱包码").waitFor();
  await gallery.show("customer-selling&locale=zh-CN", sizes.till);
  await gallery.page.getByText("Show your wallet code").waitFor();
}, 60_000);

test("why a wallet did not pay is not told to everybody at the counter", async () => {
  await gallery.show("customer-not-paid", sizes.till);
  await gallery.page.getByText("The wallet did not pay").waitFor();
  expect(await gallery.page.getByText(/enough|money|blocked/i).count()).toBe(0);
});

test("the shopper reads what comes back before anything else: the change is the largest figure", async () => {
  await gallery.show("customer-change", sizes.till);
  const largest = await gallery.page.evaluate(() => {
    const texts = [...document.querySelectorAll("p, h1, li")];
    texts.sort(
      (a, b) => Number.parseFloat(getComputedStyle(b).fontSize) - Number.parseFloat(getComputedStyle(a).fontSize),
    );
    return texts[0]?.textContent;
  });
  expect(largest).toBe("¥38.50");
});
