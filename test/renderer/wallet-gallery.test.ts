import { afterAll, beforeAll, expect, test } from "vitest";
import { checkKeyboard, checkLongText, checkScreens } from "./support/gallery-checks.ts";
import { openGallery, sizes, type Gallery } from "./support/gallery.ts";

const waiting = ["wallet-choose", "wallet-reaching", "wallet-unreachable"];
const paying = [
  "wallet-pay",
  "wallet-pay-unread",
  "wallet-pay-away",
  "wallet-making",
  "wallet-no-certificate",
  "wallet-no-store",
  "wallet-paid",
  "wallet-given-back",
  "wallet-code-text",
];
const chats = [
  "wallet-chats",
  "wallet-chats-none",
  "wallet-chats-away",
  "wallet-receipt",
  "wallet-receipt-refunded",
  "wallet-receipt-part-refunded",
  "wallet-chat",
  "wallet-chat-ask",
  "wallet-chat-empty",
  "wallet-chat-fetching",
  "wallet-return",
  "wallet-return-gone",
];
const rest = ["wallet-history", "wallet-history-none", "wallet-settings", "wallet-fault"];
const screens = [...waiting, ...paying, ...chats, ...rest];

/** The smallest phone that is still about. */
const smallPhone = { width: 320, height: 568 };

let gallery: Gallery;

beforeAll(async () => {
  gallery = await openGallery();
}, 240_000);

afterAll(async () => gallery?.close());

test("a shopper with poor sight, in either language, reads and reaches everything on the phone", async () => {
  await checkScreens(gallery, screens, { size: sizes.phone });
}, 300_000);

test("nothing is cut off on the smallest phone, in a longer language, or with text at 200 %", async () => {
  await checkScreens(gallery, screens, { size: smallPhone, looks: ["theme=light"] });
  await checkLongText(gallery, screens, sizes.phone);
}, 300_000);

test("without a pointer the shopper gets from the code to chats, history, text and settings", async () => {
  await checkKeyboard(gallery, "wallet-pay", {
    size: sizes.phone,
    names: ["Settings", "As text", "Chats", "History"],
  });
  await checkKeyboard(gallery, "wallet-receipt", { size: sizes.phone, names: ["Back", "Ask", "Return", "Message"] });
});

test("a scanner can read the code in every theme: black on white, whole pixels, at least 4 of them, quiet zone of 4", async () => {
  for (const [screen, size] of [
    ["wallet-pay", sizes.phone],
    ["wallet-pay", smallPhone],
    ["wallet-return", smallPhone],
    ["wallet-receipt", smallPhone],
  ] as const) {
    for (const theme of ["light", "dark", "contrast"]) {
      await gallery.show(`${screen}&theme=${theme}`, size);
      const code = await gallery.page.evaluate(() => {
        const image = document.querySelector('svg[role="img"]')!;
        const [start = 0, , modules = 1] = image.getAttribute("viewBox")!.split(" ").map(Number);
        const dark = getComputedStyle(image.querySelector("path")!).fill;
        const light = getComputedStyle(image).backgroundColor;
        return { pixels: image.getBoundingClientRect().width / modules, quiet: -start, dark, light };
      });
      expect([
        screen,
        theme,
        Number.isInteger(code.pixels),
        code.pixels >= 4,
        code.quiet,
        code.dark,
        code.light,
      ]).toEqual([screen, theme, true, true, 4, "rgb(14, 30, 26)", "rgb(255, 255, 255)"]);
    }
  }
});

test("on a desk the phone stands as a phone in the middle of the window, and the code on it is whole", async () => {
  await gallery.show("wallet-pay", sizes.manager);
  const box = await gallery.page.locator("main").boundingBox();
  expect(box).toMatchObject({ width: 390, x: (1280 - 390) / 2 });
  await gallery.keep("wallet-pay-desk");
  const code = await gallery.page.getByRole("img", { name: "Pay code" }).boundingBox();
  expect((code?.y ?? 0) + (code?.height ?? 0)).toBeLessThan(800);
});
