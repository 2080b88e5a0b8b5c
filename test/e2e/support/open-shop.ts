import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright";
import { counterContract, type CounterContract, type StationId } from "../../../main/contract/counter.ts";
import { startDemoShop, type DemoShop } from "../../../main/demo/shop.ts";
import { openWindow, type Window } from "../../../main/demo/window.ts";
import { launchChromium } from "../../support/chromium.ts";
import { CashierPage } from "./cashier-page.ts";
import { StationHands } from "./station-hands.ts";

/** Screenshots of every state that a test reaches; git does not keep them. */
const artefacts = new URL("../../../.artefacts/", import.meta.url).pathname;

/** A whole demo shop with a browser before it. Everything in it is the real thing but the devices' plastic. */
export interface OpenShop {
  shop: DemoShop;
  /** The till's data folder. */
  folder: string;
  /** The hands at the counter. */
  counter: Window<CounterContract>;
  browser: Browser;
  /** The hands at one of its stations. */
  hands(station: StationId): StationHands;
  /** Opens a cashier page in a tab of its own. What it complains about is collected. */
  openCashier(options?: { locale?: string; colorScheme?: "light" | "dark" }): Promise<CashierPage>;
  /** Errors and policy violations that any page has written to its console. */
  complaints: string[];
  screenshot(page: Page, name: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts the shop in a folder of its own on free ports; with a kiosk, which is ready then, where it is asked for. */
export async function openShop({ kiosk = false }: { kiosk?: boolean } = {}): Promise<OpenShop> {
  const folder = mkdtempSync(join(tmpdir(), "suanpan-e2e-"));
  mkdirSync(artefacts, { recursive: true });
  const words: string[] = [];
  const shop = await startDemoShop({
    folder,
    ports: { till: 0, counter: 0, platform: 0, kiosk: 0 },
    kiosk,
    discard: true,
    onWords: (text) => words.push(text),
  });
  if (kiosk && (await shop.kiosk) === null) {
    await shop.stop();
    throw new Error(words.join(""));
  }
  const counter = await openWindow(counterContract, shop.counter.page);
  const browser = await launchChromium();
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];
  return {
    shop,
    folder,
    counter,
    browser,
    complaints,
    hands: (station) => new StationHands(counter, station),
    async openCashier(options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1024, height: 768 },
        colorScheme: options.colorScheme ?? "light",
        reducedMotion: "reduce",
      });
      contexts.push(context);
      const page = await context.newPage();
      // Well above what anything here takes, and below the test's own limit, so that a failure names what was missing.
      page.setDefaultTimeout(20_000);
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        if (message.type() !== "error" || isExpected(message.text())) return;
        complaints.push(`${message.text()} ${message.location().url}`);
      });
      const cashier = new CashierPage(page);
      await cashier.open(shop.till.ready.pages["cashier"] ?? "");
      return cashier;
    },
    screenshot: async (page, name) => void (await page.screenshot({ path: join(artefacts, `${name}.png`) })),
    async close() {
      counter.close();
      for (const context of contexts) await context.close();
      await browser.close();
      await shop.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A page whose till is being started again tries to connect and says so in the console; that is what it should do. */
function isExpected(words: string): boolean {
  return words.includes("WebSocket connection to") || words.includes("ERR_CONNECTION_REFUSED");
}
