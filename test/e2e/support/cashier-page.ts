import type { Locator, Page } from "playwright";

/** The cashier's page as a person reads and touches it: by words, never by the names of styles. */
export class CashierPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the page and waits until it can sell. */
  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.page.getByRole("searchbox").waitFor();
  }

  /** The total as it stands under the beam. */
  async totalIs(amount: string): Promise<void> {
    await this.page.locator("output").filter({ hasText: amount }).first().waitFor();
  }

  /** A key by the first words on it. */
  key(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name });
  }

  /** The tile of a good. */
  tile(name: string): Locator {
    return this.page.getByRole("list", { name: "Goods" }).getByRole("button", { name });
  }

  /** Waits for words on the page. */
  async says(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  /**
   * Types as a keyboard-wedge scanner does: a key every five milliseconds, ended by Enter. The keys carry these times
   * themselves and are sent in one go, so that a busy machine does not turn a scanner into a slow typist.
   */
  async wedge(code: string): Promise<void> {
    const browser = await this.page.context().newCDPSession(this.page);
    const start = Date.now() / 1000;
    const keys = [...[...code].map((key) => ({ key, text: key })), { key: "Enter", text: "\r" }];
    const events = keys.flatMap(({ key, text }, index) => {
      const timestamp = start + index * 0.005;
      const down = { type: "keyDown" as const, key, code: key, text, timestamp };
      return [down, { type: "keyUp" as const, key, code: key, timestamp: timestamp + 0.001 }];
    });
    await Promise.all(events.map((event) => browser.send("Input.dispatchKeyEvent", event)));
    await browser.detach();
  }
}
