import type { Ledger } from "../ledger/open.ts";
import { emptyBasket, type BasketState } from "../sale/basket.ts";
import { savedRulesOf, type HeldRules } from "./held-rules.ts";
import { readSavedSale } from "./saved-basket.ts";

type OpenSaleOptions = {
  ledger: Pick<Ledger, "openBasket" | "sale">;
  newId(): string;
  changed(): void;
};

/**
 * The basket in front of the cashier and the settled sale that is in view, stored before they are shown. Behind a settled
 * sale stands the next basket, which the next scan fills; behind a refund stands the one that was open before it.
 */
export class OpenSale {
  readonly #options: OpenSaleOptions;
  #basket: BasketState;
  #shownSaleId: string | undefined;
  #held: HeldRules | undefined;

  constructor(options: OpenSaleOptions) {
    this.#options = options;
    const read = readSavedSale(options.ledger.openBasket.read());
    // A ledger that was restored can know more than the basket beside it: paying a settled sale again would store nothing.
    const saved = read === null || options.ledger.sale(read.basket.saleId) !== undefined ? null : read;
    this.#basket = saved?.basket ?? this.fresh();
    this.#shownSaleId = saved?.shownSaleId;
    this.#held = saved?.held;
    if (saved === null) this.save(this.#basket, undefined);
  }

  /** The open basket. While a settled sale is in view it is the one behind it. */
  get basket(): BasketState {
    return this.#basket;
  }

  /** The settled sale or refund that is in view, if one is. */
  get shownSaleId(): string | undefined {
    return this.#shownSaleId;
  }

  /** The rules of the payment that began last, until the basket is stored again. They count while it is under way. */
  get held(): HeldRules | undefined {
    return this.#held;
  }

  /** Stores by which rules the basket is priced: within the transaction in which a payment of it begins. */
  writeHeld(held: HeldRules): void {
    const sale = { basket: this.#basket, shownSaleId: this.#shownSaleId, held: savedRulesOf(held) };
    this.#options.ledger.openBasket.save(JSON.stringify(sale));
  }

  /** Prices the basket by what is stored. */
  hold(held: HeldRules): void {
    this.#held = held;
  }

  /** An empty basket of a new sale. */
  fresh(): BasketState {
    return emptyBasket(this.#options.newId());
  }

  /** Stores and shows. */
  save(basket: BasketState, shownSaleId: string | undefined): void {
    this.write(basket, shownSaleId);
    this.show(basket, shownSaleId);
  }

  /** Stores only: within the transaction whose commit makes it true. */
  write(basket: BasketState, shownSaleId: string | undefined): void {
    this.#options.ledger.openBasket.save(JSON.stringify({ basket, shownSaleId }));
  }

  /** Shows what is stored. */
  show(basket: BasketState, shownSaleId: string | undefined): void {
    this.#basket = basket;
    this.#shownSaleId = shownSaleId;
    this.#held = undefined;
    this.#options.changed();
  }
}
