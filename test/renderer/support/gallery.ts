import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { dirname, join } from "node:path";
import axe from "axe-core";
import type { Browser, Page } from "playwright";
import { build } from "vite";
import { launchChromium } from "../../support/chromium.ts";
import { serveGallery } from "./serve-gallery.ts";

const root = join(import.meta.dirname, "../../..");

/** Where the pictures of every screen are kept as artefacts of a test run: `<screen>-<width>x<height>-<look>.png`. */
export const picturesFolder = join(root, ".artefacts/screens");

/** A window size in CSS pixels. */
export type Size = { width: number; height: number };

/** The sizes at which screens are kept and checked: till, manager, kiosk, phone. */
export const sizes = {
  till: { width: 1024, height: 768 },
  manager: { width: 1280, height: 800 },
  kiosk: { width: 1080, height: 1920 },
  phone: { width: 390, height: 844 },
} as const satisfies Record<string, Size>;

/** The looks every screen is checked in: both languages and all three themes. */
export const looks = ["theme=light", "theme=dark&locale=zh-CN", "theme=contrast"] as const;

/** The gallery in a real browser, one page in which screen after screen is drawn. */
export type Gallery = {
  page: Page;
  /** Draws a screen (`name` and more of the gallery's query, as `selling&theme=dark`) and waits until it stands still. */
  show(query: string, size: Size): Promise<void>;
  /** What the browser complained of since the last `show`: errors, and anything the content policy forbids. */
  complaints(): readonly string[];
  /** Findings of axe on the screen that is shown: WCAG 2.2 AA and best practice, or only what colours can change. */
  axe(scope?: "all" | "colours"): Promise<string[]>;
  /** Words that do not fit their key or heading, and a page that is wider than its window. */
  overflowing(): Promise<string[]>;
  /** Keys, links and fields that are smaller than `leastPixels` (48 by default) either way. */
  tooSmall(leastPixels?: number): Promise<string[]>;
  /** Keeps a picture of the screen as an artefact, and gives its file. */
  keep(name: string): Promise<string>;
  close(): Promise<void>;
};

/** Serves the gallery of the sources at hand under the pages' own content policy, and opens it. */
export async function openGallery(): Promise<Gallery> {
  const folder = await builtGallery();
  await mkdir(picturesFolder, { recursive: true });
  const { server, url } = await serveGallery(root, folder);
  const browser = await launchChromium();
  return openIn(browser, server, url);
}

/**
 * The folder of the built gallery. It is built by whoever needs it first, and named by what it was built from, which is what
 * the pages were built from when the tests began. Galleries of other sources are removed.
 */
async function builtGallery(): Promise<string> {
  const builtFrom = await readFile(join(root, "renderer/dist/.built-from"), "utf8");
  const name = `gallery-${builtFrom.slice(0, 16)}`;
  const folder = join(root, ".artefacts", name);
  if (existsSync(folder)) return folder;
  const beside = join(root, `.artefacts/gallery-${process.pid}`);
  await build({
    configFile: join(root, "renderer/vite.config.ts"),
    mode: "gallery",
    logLevel: "error",
    build: { outDir: beside },
  });
  try {
    await rename(beside, folder);
  } catch (error) {
    // Another test file was quicker with the same gallery.
    if (!existsSync(folder)) throw error;
    await rm(beside, { recursive: true, force: true });
  }
  const older = (await readdir(dirname(folder))).filter((other) => /^gallery-[0-9a-f]{16}$/.test(other));
  for (const other of older) if (other !== name) await rm(join(dirname(folder), other), { recursive: true });
  return folder;
}

async function openIn(browser: Browser, server: Server, url: string): Promise<Gallery> {
  // Motion is off, so that a picture stands still.
  const page = await browser.newPage({ reducedMotion: "reduce" });
  let complaints: string[] = [];
  let size: Size = sizes.till;
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    const isOfThePage = message.type() === "error" && !message.location().url.endsWith("/favicon.ico");
    if (isOfThePage) complaints.push(message.text());
  });
  await page.goto(`${url}/gallery/`);
  return {
    page,
    async show(query, next) {
      complaints = [];
      size = next;
      await page.setViewportSize(next);
      await page.evaluate(drawScreen, query);
    },
    complaints: () => complaints,
    axe: (scope = "all") => axeFindings(page, scope),
    overflowing: () => page.evaluate(overflowingParts),
    tooSmall: (leastPixels = 48) => page.evaluate(smallTargets, leastPixels - 0.5),
    async keep(name) {
      const path = join(picturesFolder, `${name.replaceAll(/\W+/g, "-")}-${size.width}x${size.height}.png`);
      await page.screenshot({ path });
      return path;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** Runs in the page. */
async function drawScreen(query: string): Promise<void> {
  location.hash = `screen=${query}`;
  // The gallery sets its view two frames after the page is drawn, and goods come a moment after that.
  for (let frame = 0; frame < 6; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  await document.fonts.ready;
  await Promise.allSettled([...document.images].map((image) => image.decode()));
}

async function axeFindings(page: Page, scope: "all" | "colours"): Promise<string[]> {
  // The page is loaded once for all screens, and so is axe.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (wanted) => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { axe: tool } = globalThis as unknown as { axe: typeof axe };
    const results = await tool.run(document, {
      runOnly:
        wanted === "all" ? { type: "tag", values: tags } : { type: "rule", values: ["color-contrast", "valid-lang"] },
    });
    return results.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary}`).join("; ")}`,
    );
  }, scope);
}

/** Runs in the page. */
function overflowingParts(): string[] {
  const keys = [...document.querySelectorAll("button, output, [role=status], h1, h2, h3")]
    .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1)
    .filter((element) => getComputedStyle(element).display !== "inline")
    .map((element) => `${element.textContent} ${element.scrollWidth}>${element.clientWidth}`);
  const isWide = document.documentElement.scrollWidth > innerWidth;
  return isWide ? [...keys, `page ${document.documentElement.scrollWidth}`] : keys;
}

/** Runs in the page. A target that nothing is seen of (an input behind a styled label) is measured by its label. */
function smallTargets(least: number): string[] {
  return [...document.querySelectorAll("button, a, input, select, textarea")]
    .map((element) => ({ element, box: (element.closest("label") ?? element).getBoundingClientRect() }))
    .filter(({ element, box }) => box.width > 1 && box.height > 1 && element.checkVisibility())
    .filter(({ box }) => box.width < least || box.height < least)
    .map(({ element, box }) => `${element.textContent} ${box.width}x${box.height}`);
}
