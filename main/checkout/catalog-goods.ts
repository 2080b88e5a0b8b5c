import type { Item } from "../../sync/protocol/change.ts";
import { TillError } from "../contract/errors.ts";
import type { Good } from "../sale/line.ts";
import type { ShopRules } from "./basket-view.ts";

/** A code as any reader hands it over. */
export type CheckoutScan = { text: string; hex?: string | undefined; symbology?: string | undefined };

/**
 * What of an item a line keeps, at the catalogue's price or, for one with an open price, at the typed one.
 * @throws TillError `basket.price-needed` where it has no price of its own and none was typed, `basket.item-unknown` where
 * it names a tax class nobody knows or another currency: it could be put into a basket but never sold.
 */
export function goodOf(item: Item, rules: ShopRules, typedPriceMinor: number | undefined): Good {
  const { store, taxClasses } = rules;
  const taxClass = taxClasses.get(item.taxClass);
  if (taxClass === undefined || item.currency !== store.currency) {
    throw new TillError("basket.item-unknown", { item: item.id });
  }
  const priceMinor = item.openPrice === true ? typedPriceMinor : item.priceMinor;
  if (priceMinor === undefined) throw new TillError("basket.price-needed", { item: item.id });
  const { id, gtin14, code, name, unit, depositMinor, ageMinimum, picture, openPrice } = item;
  return {
    itemId: id,
    ...(gtin14 === undefined ? {} : { gtin14 }),
    ...(code === undefined ? {} : { code }),
    name,
    unit,
    priceMinor,
    ...(openPrice === undefined ? {} : { openPrice }),
    ...(depositMinor === undefined ? {} : { depositMinor }),
    ...(ageMinimum === undefined ? {} : { ageMinimum }),
    ...(picture === undefined ? {} : { picture }),
    taxClass: taxClass.id,
    taxRatePartsPerMillion: taxClass.ratePartsPerMillion,
    taxIncluded: taxClass.priceIncludesTax ?? store.priceIncludesTax,
  };
}
