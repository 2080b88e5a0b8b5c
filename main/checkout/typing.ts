import { TillError } from "../contract/errors.ts";

/** What is being typed at the cashier's page: nothing, a number such as a weight, or an amount of money. */
export type Typed = "nothing" | "number" | "money";

/**
 * How long the page's word counts: it says it anew with each digit. A page that was closed in the middle of a number must
 * not keep the wallet from being taken for longer than a shopper stands there.
 */
const wordLifeMs = 30_000;

/**
 * Knows that a number is half typed. Scanners on a cable reach the till without asking the page, and a wallet code that is
 * read then would charge a sale without the goods that are just being weighed.
 */
export class Typing {
  readonly #now: () => string;
  #typed: Typed = "nothing";
  #until = 0;

  constructor(now: () => string) {
    this.#now = now;
  }

  /** Hears what is being typed from now on. */
  tell(typed: Typed): void {
    this.#typed = typed;
    this.#until = Date.parse(this.#now()) + wordLifeMs;
  }

  /**
   * Refuses a scan that would be taken for something else than what it is: any while money is typed, and one that ends the
   * sale while any number is.
   * @throws TillError `scan.while-typing`.
   */
  assertMayScan(endsSale: boolean): void {
    const typed = Date.parse(this.#now()) < this.#until ? this.#typed : "nothing";
    if (typed === "money" || (typed === "number" && endsSale)) throw new TillError("scan.while-typing");
  }
}
