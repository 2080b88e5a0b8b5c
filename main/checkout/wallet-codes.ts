import { createHash } from "node:crypto";
import type { Rail } from "../../sync/protocol/entry-types.ts";
import { TillError } from "../contract/errors.ts";
import { totalsOfBasket } from "./basket-view.ts";
import type { CheckoutOptions } from "./checkout-options.ts";
import type { OpenSale } from "./open-sale.ts";

/** What wallet codes are taken with. */
export type WalletCodesOptions = Pick<CheckoutOptions, "payments" | "notices" | "rules" | "rulesCursor"> & {
  sale: OpenSale;
  /** @throws TillError `basket.age-unchecked`. */
  assertAgeChecked(): void;
};

/** The wallet codes that are scanned for the sale in front of the cashier. */
export class WalletCodes {
  readonly #options: WalletCodesOptions;
  #lastPaidCodeHash: string | null = null;

  constructor(options: WalletCodesOptions) {
    this.#options = options;
  }

  /**
   * Has the wallet asked for what the open sale comes to, less its part in cash. From here on the sale stays priced by the
   * rules of this moment until the attempt has ended.
   * @throws TillError `payment.open`, `wallet.no-sale`, `basket.age-unchecked`, `tender.part-too-large`, and what
   * `CodePayments.start` throws.
   */
  async take(token: string, rail: Rail): Promise<"payment-started"> {
    const { payments, sale, notices } = this.#options;
    const codeHash = createHash("sha256").update(token).digest("hex");
    const { basket, shownSaleId } = sale;
    // A phone that is held a moment too long is read twice: the sale it paid is in view and needs no second word.
    if (codeHash === this.#lastPaidCodeHash && shownSaleId !== undefined) return "payment-started";
    if (payments.isAsking(codeHash)) return "payment-started";
    if (payments.isHolding) throw new TillError("payment.open");
    if (basket.lines.length === 0 || shownSaleId !== undefined) throw new TillError("wallet.no-sale");
    this.#options.assertAgeChecked();
    const rules = this.#options.rules();
    const { totalMinor } = totalsOfBasket(basket, rules);
    if (totalMinor === 0) throw new TillError("wallet.no-sale");
    const amountMinor = totalMinor - (basket.cashPartMinor ?? 0);
    // The shop's rules may have changed since the part was noted, so that nothing is left for the wallet.
    if (amountMinor <= 0) throw new TillError("tender.part-too-large");
    notices.clear();
    const held = { rules, catalogCursor: this.#options.rulesCursor() };
    const { currency } = rules.store;
    await payments.start(
      { saleId: basket.saleId, amountMinor, currency, token, rail },
      { write: () => sale.writeHeld(held), stored: () => sale.hold(held) },
    );
    if (sale.shownSaleId === basket.saleId) this.#lastPaidCodeHash = codeHash;
    return "payment-started";
  }
}
