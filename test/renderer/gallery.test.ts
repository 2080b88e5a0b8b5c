import { mkdir } from "node:fs/promises";
import type { Server } from "node:http";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, Page } from "playwright";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { serveGallery } from "./support/serve-gallery.ts";

const root = join(import.meta.dirname, "../..");
const pictures = join(root, ".artefacts/screens");

const sellingScreens = ["selling", "selected", "offline", "long", "search", "unknown-code", "declined", "fault"];
const stepScreens = [
  "listening",
  "listening-offline",
  "asking",
  "empty",
  "reversing",
  "restarting",
  "paused",
  "unplugged",
];
const sheetScreens = ["weight", "weight-empty", "cash", "quantity", "void", "settings", "help", "scan-refused"];
const noticeScreens = ["unknown-notice", "paid-notice", "weight-notice"];
const outcomeScreens = ["unknown", "paid", "change", "paid-no-paper", "paid-mended"];
const cashierScreens = [...sellingScreens, ...stepScreens, ...sheetScreens, ...outcomeScreens, ...noticeScreens];
const otherScreens = ["opening", "parts", "counter", "counter-idle"];
const screens = [...cashierScreens, ...otherScreens];

let server: Server;
let url: string;
let browser: Browser;

beforeAll(async () => {
  await build({ configFile: join(root, "renderer/vite.config.ts"), mode: "gallery", logLevel: "error" });
  await mkdir(pictures, { recursive: true });
  ({ server, url } = await serveGallery(root, join(root, ".artefacts/gallery")));
  browser = await launchChromium();
  await openGallery();
}, 120_000);

afterAll(async () => {
  await browser.close();
  server.close();
});

/** What the browser complained of since the last screen: errors, and anything the content policy forbids. */
let complaints: string[] = [];
let page: Page;

/** Opens the gallery's page, which every screen is then drawn in. Motion is off, so that a picture stands still. */
async function openGallery(): Promise<void> {
  page = await browser.newPage({ reducedMotion: "reduce" });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    const isOfThePage = message.type() === "error" && !message.location().url.endsWith("/favicon.ico");
    if (isOfThePage) complaints.push(message.text());
  });
  await page.goto(`${url}/gallery/`);
}

/** Draws a screen, and waits until its view is set and its fonts and pictures are there. */
async function showScreen(query: string, size = { width: 1024, height: 768 }): Promise<void> {
  complaints = [];
  await page.setViewportSize(size);
  await page.evaluate(async (name) => {
    location.hash = `screen=${name}`;
    // The gallery sets its view two frames after the page is drawn, and goods come a moment after that.
    for (let frame = 0; frame < 6; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    await document.fonts.ready;
    await Promise.allSettled([...document.images].map((image) => image.decode()));
  }, query);
}

const looks = ["theme=light", "theme=dark&locale=zh-CN", "theme=contrast"] as const;

test.each(looks)(
  "every screen can be used with a screen reader, poor sight or no mouse, and breaks no content policy (%s)",
  async (look) => {
    for (const screen of screens) {
      await showScreen(`${screen}&${look}`);
      await page.evaluate(axe.source);
      const found = await page.evaluate(async () => {
        const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        const { axe: tool } = globalThis as unknown as { axe: typeof axe };
        const results = await tool.run(document, { runOnly: { type: "tag", values: tags } });
        return results.violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary}`).join("; ")}`,
        );
      });
      await page.screenshot({ path: join(pictures, `${screen}-${look.replaceAll(/\W+/g, "-")}.png`) });
      expect([screen, ...found, ...complaints]).toEqual([screen]);
    }
  },
  300_000,
);

test("the beam, the total and the main key stand in the same place on every screen of a sale", async () => {
  const places = new Map<string, string[]>();
  for (const screen of cashierScreens) {
    for (const locale of ["en", "zh-CN"]) {
      await showScreen(`${screen}&locale=${locale}`);
      const place = await page.evaluate(() => {
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
  expect([...places.keys()].filter((found) => found !== place && found !== `${place} keys 690`)).toEqual([]);
}, 120_000);

test("the bill stands still with every total, up to the largest that a till knows", async () => {
  const places = new Map<string, string[]>();
  for (const total of [50, 99_450, 100_350, 512_345, 1_035_000, 1_234_567, 98_765_432, 9_999_999_999]) {
    for (const look of ["locale=en", "locale=zh-CN"]) {
      const query = `selling&${look}&total=${total}`;
      await showScreen(query);
      const place = await page.evaluate(() => {
        const bill = [...document.querySelectorAll("section")].at(-1)!;
        const boxes = ["_beam", "_total", "_row", "_next"].map((name) =>
          bill.querySelector(`:scope > div[class*="${name}"], [class*="lower"] > div[class*="${name}"]`),
        );
        return boxes.map((box) => Math.round(box?.getBoundingClientRect().top ?? 0)).join(" ");
      });
      places.set(place, [...(places.get(place) ?? []), query]);
      expect([query, ...(await overflowing())]).toEqual([query]);
    }
  }
  expect([...places.keys()]).toHaveLength(1);
}, 60_000);

test("a notice covers no key but the last tiles, and none of the words that say what is safe", async () => {
  const withNotice = ["unknown-code", "declined", "fault", "reversing", "scan-refused", ...noticeScreens];
  for (const screen of withNotice) {
    for (const locale of ["en", "zh-CN"]) {
      await showScreen(`${screen}&locale=${locale}`);
      const covered = await page.evaluate(() => {
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

test("what was paid in cash adds up: the rounding stands between the total and what was handed over", async () => {
  await showScreen("change");
  for (const text of ["Cash rounding", "−0.04", "Change"])
    await page.getByText(text, { exact: true }).first().waitFor();
  await showScreen("paid");
  expect(await page.getByText("Cash rounding").count()).toBe(0);
});

test("once the printer is mended the page asks for the receipt instead of repeating the old fault", async () => {
  await showScreen("paid-mended");
  await page.getByText("Printer is ready again. Print the receipt.").waitFor();
  expect(await page.locator("main").getByText("paper").count()).toBe(0);
});

test("the keyboard finds goods, walks over them, and comes back to the key that opened a panel", async () => {
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
  const waitForFocus = (text: string) =>
    page.waitForFunction((words) => document.activeElement?.textContent?.includes(words) === true, text);
  await showScreen("selling");
  await page.keyboard.press("F2");
  await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
  await page.getByRole("searchbox").fill("ba");
  await page.keyboard.press("Enter");
  await waitForFocus("Bananas");
  await page.keyboard.press("ArrowRight");
  expect(await focused()).toContain("Fuji apples");
  await page.keyboard.press("Enter");
  await page.getByText("Type the weight").waitFor();
  await page.keyboard.press("Escape");
  await waitForFocus("Fuji apples");
  await page.getByRole("button", { name: "Settings" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("High contrast").waitFor();
  await page.keyboard.press("Escape");
  await waitForFocus("Settings");
  await showScreen("empty");
  await page.keyboard.press("F8");
  await page.locator("main").getByText("Cash keys appear with the first item.").waitFor();
});

test("a slip on the pads is asked about or named before it costs anything", async () => {
  await showScreen("cash");
  await page.keyboard.type("123456", { delay: 130 });
  await page.keyboard.press("F9");
  await page.getByText(/^Really ¥/).waitFor();
  await showScreen("quantity");
  for (const key of ["Backspace", "Backspace", "0"]) await page.keyboard.press(key);
  await page.locator('[data-shortcut="main"]').getByText("Remove").waitFor();
}, 30_000);

test("in a small window or at 200 % zoom the total, the cash keys and the main key stay in view", async () => {
  for (const [width, height] of [
    [512, 384],
    [640, 400],
    [800, 600],
  ] as const) {
    for (const screen of ["selling", "long", "empty", "asking", "unknown", "paid", "change", "cash"]) {
      await showScreen(screen, { width, height });
      const hidden = await page.evaluate(() => {
        const lower = document.querySelector('[class*="_lower"]')!;
        const parts = lower.querySelectorAll('button, output, h2, [class*="_main_"]');
        return [...parts]
          .map((part) => ({ part, box: part.getBoundingClientRect() }))
          .filter(({ box }) => box.height > 0 && (box.top < 0 || box.bottom > innerHeight))
          .map(({ part }) => part.textContent);
      });
      expect([screen, width, ...hidden, ...(await overflowing())]).toEqual([screen, width]);
    }
  }
}, 60_000);

test("every key is large enough for a finger", async () => {
  for (const screen of screens) {
    await showScreen(screen, { width: 1280, height: 800 });
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, a, input, select")]
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 47.5 || box.height < 47.5))
        .map(({ element, box }) => `${element.textContent} ${box.width}x${box.height}`),
    );
    expect([screen, ...small]).toEqual([screen]);
  }
}, 120_000);

/** What does not fit where it stands: a key whose words overflow it, a page that is wider than its window. */
async function overflowing(): Promise<string[]> {
  return page.evaluate(() => {
    const keys = [...document.querySelectorAll("button, output, [role=status], h1, h2")]
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1)
      .filter((element) => getComputedStyle(element).display !== "inline")
      .map((element) => `${element.textContent} ${element.scrollWidth}>${element.clientWidth}`);
    const isWide = document.documentElement.scrollWidth > innerWidth;
    return isWide ? [...keys, `page ${document.documentElement.scrollWidth}`] : keys;
  });
}

test.each([
  ["a longer language", "pseudo=1", { width: 1024, height: 768 }],
  ["text at 200 %", "text=200", { width: 1024, height: 768 }],
  ["a larger screen", "locale=en", { width: 1280, height: 800 }],
])(
  "nothing is cut off with %s",
  async (_, query, size) => {
    for (const screen of screens.filter((name) => query !== "text=200" || !name.startsWith("counter"))) {
      await showScreen(`${screen}&${query}`, size);
      expect([screen, ...(await overflowing())]).toEqual([screen]);
    }
  },
  180_000,
);

test("a scan leaves the search field as it was and presses no key that has the focus", async () => {
  await showScreen("selling");
  await page.keyboard.press("F2");
  const field = page.getByRole("searchbox");
  await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
  await field.pressSequentially("te");
  // A scanner begins later than a person's last key; until the detector is at rest the two would be one burst.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  await scan("6901234567892");
  // The gallery's till answers every call with the same refusal: that it is here shows that the scan was sent.
  await page.getByText("still working on what was touched before").first().waitFor();
  expect(await field.inputValue()).toBe("te");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Void sale" }).focus();
  await scan("6901234567892");
  await page.getByText("still working on what was touched before").first().waitFor();
  expect(await page.getByText("Void this sale?").count()).toBe(0);
});

test("a scan while money is typed is refused in words and is never taken for money", async () => {
  await showScreen("cash");
  await scan("6901234567892");
  await page.getByText("A code was scanned while an amount was being typed.").waitFor();
  await page.getByText("Type the cash").waitFor();
});

/** Strikes keys as a scanner does: in one go, a few milliseconds apart, Enter at the end. */
async function scan(code: string): Promise<void> {
  await page.evaluate((text) => {
    const target = document.activeElement ?? document.body;
    for (const key of [...text, "Enter"]) {
      const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
      const isPassed = target.dispatchEvent(event);
      // What the browser would do with a key that was let through.
      if (isPassed && target instanceof HTMLInputElement && key.length === 1) {
        const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
        set?.call(target, target.value + key);
        target.dispatchEvent(new Event("input", { bubbles: true }));
      }
      if (isPassed && target instanceof HTMLButtonElement && key === "Enter") target.click();
    }
  }, code);
}

test("a sale is paid with the keyboard alone: every key can be reached and shows where the focus is", async () => {
  await showScreen("selling");
  const reached = new Set<string>();
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement!;
      const ring = getComputedStyle(element).outlineStyle !== "none";
      // The search field's ring is drawn around its icon as well; after the last key the focus leaves the page.
      const isExempt = element instanceof HTMLInputElement || element === document.body;
      return { name: element === document.body ? "" : element.textContent, hasRing: ring || isExempt };
    });
    expect(focused).toMatchObject({ hasRing: true });
    reached.add(focused.name ?? "");
  }
  const names = [...reached].join("|");
  for (const name of ["Void sale", "Pay ¥91.24", "Cash ¥91.20", "Bananas", "Produce", "Remove", "Fuji apples"]) {
    expect(names).toContain(name);
  }
  await page.keyboard.press("F9");
  await page.getByText("Scan the wallet code").waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("or scan the shopper’s wallet code now").waitFor();
}, 60_000);
