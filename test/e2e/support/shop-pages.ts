import type { Locator, Page } from "playwright";
import { sizes, type Size } from "../../renderer/support/gallery.ts";
import type { OpenShop } from "./open-shop.ts";

/** A page of the shop as a person reads and touches it: by words, never by the names of styles. */
class ShopPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** A key by the words on it. */
  key(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name }).first();
  }

  /** Waits for words on the page. */
  async says(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  /** Whether the words are nowhere on the page. */
  async isSilentAbout(text: string | RegExp): Promise<boolean> {
    return (await this.page.getByText(text).count()) === 0;
  }

  /** All the words on the page. */
  words(): Promise<string> {
    return this.page.locator("body").innerText();
  }
}

/** The kiosk. */
export class KioskPage extends ShopPage {
  /** Begins in a language. */
  async start(language: "en" | "zh-CN" = "en"): Promise<void> {
    await this.key(language === "en" ? /^Start/ : /^开始/).click();
    await this.says(language === "en" ? "Scan your first item" : "请扫");
  }

  /** Waits for the start, where nothing of a shopper is left. */
  async isAtStart(): Promise<void> {
    await this.key(/^开始/).waitFor();
    await this.key(/^Start/).waitFor();
  }
}

/** The manager's page. */
export class ManagerPage extends ShopPage {
  /** Goes to a part of the page by its name in the navigation. */
  async goTo(part: string): Promise<void> {
    await this.page
      .getByRole("navigation")
      .getByRole("button", { name: new RegExp(`^${part}`) })
      .or(this.page.getByRole("navigation").getByRole("link", { name: new RegExp(`^${part}`) }))
      .first()
      .click();
  }
}

/** The shopper's phone. */
export class PhonePage extends ShopPage {
  /** Takes a demo shopper's phone into the hand and waits for its pay code. */
  async choose(name: string): Promise<void> {
    await this.key(new RegExp(name)).click();
    await this.page.getByRole("img", { name: "Pay code" }).waitFor();
  }

  /** The pay code that is shown, as text. */
  async payCode(): Promise<string> {
    await this.key("As text").click();
    const field = this.page.getByLabel("The pay code");
    await field.waitFor();
    const text = await field.inputValue();
    await this.key(/^(Back|Close)/).click();
    return text;
  }
}

/** The shopper's display. */
export class CustomerPage extends ShopPage {}

type Kind = "kiosk" | "manager" | "customer" | "wallet" | "console" | "counter";

/**
 * Opens a page of the shop in a browser of its own, at its own size and without motion. What it complains of is collected
 * with the shop's complaints.
 */
export async function openPage(open: OpenShop, kind: Kind, options: { size?: Size } = {}): Promise<Page> {
  const context = await open.browser.newContext({
    viewport: options.size ?? sizeOf(kind),
    reducedMotion: "reduce",
    locale: "en-GB",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => open.complaints.push(`${kind}: ${error.message}`));
  page.on("console", (message) => {
    const isExpected = /WebSocket connection to|ERR_CONNECTION_REFUSED/.test(message.text());
    if (message.type() === "error" && !isExpected) open.complaints.push(`${kind}: ${message.text()}`);
  });
  await page.goto(await addressOf(open, kind));
  return page;
}

function sizeOf(kind: Kind): Size {
  if (kind === "kiosk") return sizes.kiosk;
  if (kind === "wallet") return sizes.phone;
  return kind === "customer" ? sizes.till : sizes.manager;
}

async function addressOf(open: OpenShop, kind: Kind): Promise<string> {
  const { shop, counter } = open;
  if (kind === "counter") return shop.counter.page;
  const known = () => counter.snapshot().pages.find(({ name }) => name === kind)?.url;
  await counter.until(`the address of ${kind}`, () => known() !== undefined);
  return known() ?? "";
}
