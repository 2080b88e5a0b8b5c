import type { TillErrorCode } from "../contract/errors.ts";
import type { BasketState } from "../sale/basket.ts";
import { dropTooLarge } from "../sale/reductions.ts";
import { totalsOfBasket, type ShopRules } from "./basket-view.ts";

/**
 * The basket without what no longer fits its goods: a discount that is larger than they are worth, and a part in cash that
 * is not smaller than the total. `dropped` says which fell away, for the notice that tells the cashier.
 */
export function fittingBasket(
  changed: BasketState,
  rules: ShopRules,
): { basket: BasketState; dropped: TillErrorCode | null } {
  const { basket, dropped } = dropTooLarge(changed);
  const code = dropped ? "basket.discount-too-large" : null;
  const { cashPartMinor, ...whole } = basket;
  if (cashPartMinor === undefined) return { basket, dropped: code };
  if (cashPartMinor < totalsOfBasket(whole, rules).totalMinor) return { basket, dropped: code };
  return { basket: whole, dropped: code ?? "tender.part-too-large" };
}
