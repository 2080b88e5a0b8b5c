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

  /** Types as a keyboard-wedge scanner does: fast, and ended by Enter. */
  async wedge(code: string): Promise<void> {
    await this.page.keyboard.type(code, { delay: 2 });
    await this.page.keyboard.press("Enter");
  }
}
