import { afterAll, beforeAll, expect, test } from "vitest";
import { checkLongText, checkScreens } from "./support/gallery-checks.ts";
import { openGallery, sizes, type Gallery } from "./support/gallery.ts";

const selling = ["selling", "selected", "offline", "long", "search", "unknown-code", "declined", "fault", "listening"];
const steps = ["listening-offline", "asking", "empty", "reversing", "restarting", "paused", "unplugged"];
const care = ["disk-low", "disk-full", "incidents"];
const pads = [
  "weight",
  "weight-empty",
  "cash",
  "quantity",
  "scan-refused",
  "open-price",
  "price",
  "price-reason",
  "price-nothing",
];
const discounts = [
  "discounted",
  "line-discounts",
  "discount",
  "discount-given",
  "discount-amount",
  "discount-line",
  "discount-too-much",
  "line-open",
  "line-plain",
  "line-changed",
];
const age = ["age-open", "age-refused"];
const parts = ["part", "part-offline", "part-pad", "mixed"];
const receipts = ["receipts", "return", "receipt", "receipt-refunded", "refunded"];
const refunds = [
  "refund",
  "refund-chosen",
  "refund-ready",
  "refund-amount",
  "refund-amount-ready",
  "refund-amount-too-much",
  "refunded-wallet",
  "refunded-given-back",
  "refunded-needs-you",
  "refunded-mixed",
];
const sheets = ["void", "settings", "help", "more", "more-empty", "note", "noted", "parked", "parked-list"];
const shift = ["shift", "count", "count-asked", "shift-closed"];
const notices = ["unknown-notice", "paid-notice", "weight-notice"];
const outcomes = ["unknown", "waiting", "paid", "change", "paid-no-paper", "paid-mended"];

const groups: readonly (readonly [string, readonly string[]])[] = [
  ["selling", selling],
  ["the next step", [...steps, ...age, ...care]],
  ["pads", pads],
  ["discounts and lines", discounts],
  ["split payments and receipts", [...parts, ...receipts]],
  ["refunds", refunds],
  ["sheets and the shift", [...sheets, ...shift]],
  ["notices and outcomes", [...notices, ...outcomes, "opening", "parts"]],
];

/** Screens with a bill. */
const saleScreens = groups.flatMap(([, names]) => names).filter((name) => name !== "opening" && name !== "parts");

let gallery: Gallery;

beforeAll(async () => {
  gallery = await openGallery();
}, 120_000);

afterAll(async () => gallery?.close());

test.each(groups)(
  "every state of the cashier's page can be read and touched in both languages and all themes (%s)",
  async (_, names) => {
    await checkScreens(gallery, names, { size: sizes.till });
  },
  180_000,
);

test.each(groups)(
  "nothing is cut off in a longer language or with text at 200 % (%s)",
  async (_, names) => {
    await checkLongText(gallery, names, sizes.till);
  },
  120_000,
);

test("nothing is cut off on a larger screen", async () => {
  for (const screen of saleScreens) {
    await gallery.show(screen, sizes.manager);
    expect([screen, ...(await gallery.overflowing())]).toEqual([screen]);
  }
}, 120_000);

test("the beam, the total and the main key stand in the same place on every screen of a sale", async () => {
  const places = new Map<string, string[]>();
  for (const screen of saleScreens) {
    for (const locale of ["en", "zh-CN"]) {
      await gallery.show(`${screen}&locale=${locale}`, sizes.till);
      const place = await gallery.page.evaluate(() => {
        const bill = [...document.querySelectorAll("section")].at(-1)!;
        const bar = [...bill.children].find((child) => Math.abs(child.getBoundingClientRect().height - 5) < 0.5)!;
        const next = bill.querySelector('[class*="next"]')!.getBoundingClientRect();
        const functions = document.querySelector('main [role="group"][class*="functions"]')?.getBoundingClientRect();
        const row = functions === undefined ? "" : ` keys ${Math.round(functions.top)}`;
        return `beam ${Math.round(bar.getBoundingClientRect().top)} next ${Math.round(next.top)}-${Math.round(next.bottom)}${row}`;
      });
      places.set(place, [...(places.get(place) ?? []), `${screen} ${locale}`]);
    }
  }
  const place = "beam 465 next 662-756";
  expect([...places].filter(([found]) => found !== place && found !== `${place} keys 690`)).toEqual([]);
}, 120_000);

test("the bill stands still with every total, up to the largest that a till knows", async () => {
  const places = new Map<string, string[]>();
  for (const total of [50, 99_450, 100_350, 512_345, 1_035_000, 1_234_567, 98_765_432, 9_999_999_999]) {
    for (const look of ["locale=en", "locale=zh-CN"]) {
      const query = `selling&${look}&total=${total}`;
      await gallery.show(query, sizes.till);
      const place = await gallery.page.evaluate(() => {
        const bill = [...document.querySelectorAll("section")].at(-1)!;
        const boxes = ["_beam", "_total", "_row", "_next"].map((name) =>
          bill.querySelector(`:scope > div[class*="${name}"], [class*="lower"] > div[class*="${name}"]`),
        );
        return boxes.map((box) => Math.round(box?.getBoundingClientRect().top ?? 0)).join(" ");
      });
      places.set(place, [...(places.get(place) ?? []), query]);
      expect([query, ...(await gallery.overflowing())]).toEqual([query]);
    }
  }
  expect([...places.keys()]).toHaveLength(1);
}, 60_000);

test("a notice covers no key but the last tiles, and none of the words that say what is safe", async () => {
  const withNotice = ["unknown-code", "declined", "fault", "reversing", "scan-refused", ...notices];
  for (const screen of withNotice) {
    for (const locale of ["en", "zh-CN"]) {
      await gallery.show(`${screen}&locale=${locale}`, sizes.till);
      const covered = await gallery.page.evaluate(() => {
        const notice = document.querySelector('main [role="alert"] [class*="happened"]')!.closest('[role="alert"]')!;
        const isFree = (element: Element) => {
          const box = element.getBoundingClientRect();
          const seen = document.elementFromPoint(box.left + box.width / 2, box.bottom - 6);
          return seen !== null && element.contains(seen);
        };
        const tiles = [...document.querySelectorAll('[class*="tiles"] button')];
        const parts = [...document.querySelectorAll('main button, main li[class*="fact"]')];
        return parts
          .filter((part) => !notice.contains(part) && tiles.indexOf(part) < 3 && !isFree(part))
          .map((part) => part.textContent);
      });
      expect([screen, ...covered]).toEqual([screen]);
    }
  }
}, 60_000);
