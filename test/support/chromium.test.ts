import { existsSync } from "node:fs";
import type { Browser } from "playwright";
import { afterEach, expect, test, vi } from "vitest";
import { launchChromium } from "./chromium.ts";

const browsers: Browser[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const browser of browsers.splice(0)) await browser.close();
});

async function launch(): Promise<Browser> {
  const browser = await launchChromium();
  browsers.push(browser);
  return browser;
}

/** Draws a text in two contexts, closing the first one before, and gives its width. */
async function drawText(browser: Browser): Promise<number> {
  const first = await browser.newContext();
  await (await first.newPage()).goto("data:text/html,first");
  const second = await browser.newContext();
  await first.close();
  const page = await second.newPage();
  await page.setContent("<canvas></canvas><span>Total 12.50</span>");
  expect(await page.evaluate("document.querySelector('canvas').getContext('webgl2') !== null")).toBe(true);
  const box = await page.locator("span").boundingBox();
  await second.close();
  return box?.width ?? 0;
}

// A newcomer's machine may have no browser at all; the tests of every page would then fail at once.
test.skipIf(process.platform !== "linux" || process.arch !== "x64")(
  "the browser from the registry runs on a machine that has none, started twice at once",
  async () => {
    vi.stubEnv("CHROMIUM_PATH", "");
    vi.stubEnv("CHROMIUM_FROM_REGISTRY", "1");
    const [one, other] = await Promise.all([launch(), launch()]);
    expect(one.version()).toMatch(/^147\./);
    expect(await drawText(one)).toBeGreaterThan(40);
    expect(await drawText(other)).toBeGreaterThan(40);
  },
  120_000,
);

test.skipIf(!existsSync("/usr/bin/chromium"))("an installed browser is taken before that", async () => {
  vi.stubEnv("CHROMIUM_PATH", "");
  vi.stubEnv("CHROMIUM_FROM_REGISTRY", "");
  const browser = await launch();
  expect(browser.version()).not.toMatch(/^147\./);
  expect(await drawText(browser)).toBeGreaterThan(40);
});

test("a browser that is named and is not there is an error that names it", async () => {
  vi.stubEnv("CHROMIUM_PATH", "/nowhere/chrome");
  await expect(launchChromium()).rejects.toThrow("/nowhere/chrome");
});
