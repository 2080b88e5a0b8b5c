import { afterAll, beforeAll, expect, test } from "vitest";
import { checkKeyboard, checkLongText, checkScreens } from "./support/gallery-checks.ts";
import { openGallery, sizes, type Gallery } from "./support/gallery.ts";

const scanningScreens = [
  "kiosk-begun",
  "kiosk-scanning",
  "kiosk-plain",
  "kiosk-chosen",
  "kiosk-deposit",
  "kiosk-long",
  "kiosk-low",
  "kiosk-large",
  "kiosk-high-contrast",
  "kiosk-help",
];
const refusedScreens = ["kiosk-unknown-code", "kiosk-unreadable", "kiosk-early-wallet", "kiosk-refused"];
const panelScreens = [
  "kiosk-goods",
  "kiosk-search",
  "kiosk-bags",
  "kiosk-weight",
  "kiosk-weight-empty",
  "kiosk-quantity",
  "kiosk-start-over",
  "kiosk-access",
  "kiosk-other-ways",
];
const checkScreensOfAge = ["kiosk-check", "kiosk-check-called", "kiosk-pin", "kiosk-pin-wrong", "kiosk-pin-wait"];
const payScreens = [
  "kiosk-pay",
  "kiosk-pay-offline",
  "kiosk-declined",
  "kiosk-undoing",
  "kiosk-asking",
  "kiosk-waiting",
  "kiosk-unknown",
  "kiosk-paid",
  "kiosk-printing",
  "kiosk-printed",
  "kiosk-no-paper",
];
const otherScreens = ["kiosk-start", "kiosk-more-time", "kiosk-restarting", "kiosk-opening", "kiosk-closed"];
const screens = [
  ...otherScreens,
  ...scanningScreens,
  ...refusedScreens,
  ...panelScreens,
  ...checkScreensOfAge,
  ...payScreens,
];

/** Parts of a kiosk's page that lie over each other, so that a key hides under the list. Runs in the page. */
function coveredParts(): string[] {
  const main = document.querySelector("main");
  const lower = document.querySelector("main ~ section");
  const footer = document.querySelector("nav");
  // The start and the pages that only say something have no list.
  if (main === null || lower === null || footer === null) return [];
  const over = (one: Element, other: Element) => {
    const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
    return a.right > b.left + 1 && b.right > a.left + 1 && a.bottom > b.top + 1 && b.bottom > a.top + 1;
  };
  const outside = [...main.querySelectorAll("p, li, button")].filter(
    (part) =>
      part.closest("ul") === null && part.getBoundingClientRect().bottom > main.getBoundingClientRect().bottom + 1,
  );
  return [
    ...(over(main, lower) ? ["the lower part is over the list"] : []),
    ...(over(lower, footer) ? ["the foot is over the lower part"] : []),
    ...outside.map((part) => `outside: ${part.textContent}`),
  ];
}

let gallery: Gallery;

beforeAll(async () => {
  gallery = await openGallery();
}, 180_000);

afterAll(() => gallery.close());

test("every state of the kiosk can be used with a screen reader, poor sight or a finger, in all looks", async () => {
  // The keys of a kiosk are at least 80 px; digits of the stepper and letters of the search stand above 84.
  await checkScreens(gallery, screens, { size: sizes.kiosk, leastPixels: 80, wrongIn: coveredParts });
}, 600_000);

test.each([
  ["a newcomer's tab", sizes.till, ["theme=light"]],
  ["a laptop", sizes.manager, ["theme=dark&locale=zh-CN"]],
  ["a phone", sizes.phone, ["theme=light"]],
])(
  "every state of the kiosk also works in %s",
  async (_, size, looks) => {
    await checkScreens(gallery, screens, { size, looks, isLayoutAlone: true, wrongIn: coveredParts });
  },
  600_000,
);

test("nothing of the kiosk is cut off in a longer language or with text at 200 %", async () => {
  await checkLongText(gallery, screens, sizes.kiosk, coveredParts);
  const withKeys = [...scanningScreens, ...panelScreens, ...checkScreensOfAge, ...payScreens];
  await checkScreens(gallery, withKeys, {
    size: sizes.phone,
    looks: ["text=200"],
    isLayoutAlone: true,
    wrongIn: coveredParts,
  });
}, 300_000);

test("a shopper without touch reaches every key in order, from the list to the pay key and help", async () => {
  await checkKeyboard(gallery, "kiosk-scanning", {
    size: sizes.kiosk,
    names: [
      "Wholemeal bread",
      "Remove Jasmine tea",
      "No barcode",
      "Add a bag",
      "Pay ¥61.54",
      "Easier to use",
      "Call for help",
    ],
  });
  await checkKeyboard(gallery, "kiosk-start", { size: sizes.kiosk, names: ["开始", "Start", "Easier to use"] });
  await checkKeyboard(gallery, "kiosk-paid", { size: sizes.kiosk, names: ["Print on paper", "Done"] });
}, 60_000);

test("help turns the head of the page into a band that is seen from afar, and can be taken back", async () => {
  const { page } = gallery;
  await gallery.show("kiosk-plain", sizes.kiosk);
  await page.getByRole("button", { name: "Call for help" }).click();
  await page.getByText("A person was called").waitFor();
  await page.getByText("Called at 14:31").waitFor();
  await page.getByRole("button", { name: "Not needed" }).click();
  await page.getByRole("button", { name: "Call for help" }).waitFor();
  expect(await page.getByText("A person was called").count()).toBe(0);
});

test("large text, contrast and low reach can be switched on in the middle of a sale and stand where they are reached", async () => {
  const { page } = gallery;
  await gallery.show("kiosk-plain", sizes.kiosk);
  const sizeOf = () => page.evaluate(() => getComputedStyle(document.querySelector("nav button")!).fontSize);
  const before = await sizeOf();
  await page.getByRole("button", { name: "Easier to use" }).click();
  for (const name of ["Large text", "High contrast", "Keys within low reach"]) {
    await page.getByRole("button", { name }).click();
    await page.getByRole("button", { name, pressed: true }).waitFor();
  }
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Item above" }).waitFor();
  expect(Number.parseFloat(await sizeOf())).toBeGreaterThan(Number.parseFloat(before));
  expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("contrast");
});

test("in the low mode an older item is changed without reaching up to it", async () => {
  const { page } = gallery;
  await gallery.show("kiosk-low", sizes.kiosk);
  await page.getByRole("button", { name: "Item above" }).click();
  await page.getByRole("button", { name: "One more of Fresh milk" }).waitFor();
  const top = await page
    .getByRole("button", { name: "One more of Fresh milk" })
    .evaluate((key) => key.getBoundingClientRect().top);
  expect(top).toBeGreaterThan(sizes.kiosk.height / 2);
});

test("a PIN is never shown, and the key says how long no PIN is taken", async () => {
  const { page } = gallery;
  await gallery.show("kiosk-pin", sizes.kiosk);
  expect(await page.locator("main output").textContent()).toBe("");
  await page.locator("main output").and(page.getByLabel("2 digits typed")).waitFor();
  await gallery.show("kiosk-pin-wait", sizes.kiosk);
  await page.getByRole("button", { name: "PIN again in 30 s" }).waitFor();
});
