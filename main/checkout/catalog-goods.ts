import type { Item } from "../../sync/protocol/change.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { secondGtin14Of } from "../catalog/gtin.ts";
import { TillError } from "../contract/errors.ts";
import type { Recognition } from "../payment/recognise.ts";
import type { Good } from "../sale/line.ts";
import type { ShopRules } from "./basket-view.ts";

/** A code as any reader hands it over. */
export type CheckoutScan = { text: string; hex?: string | undefined; symbology?: string | undefined };

/**
 * The item that a scanned code names.
 * @throws TillError `scan.*` for a code that names none, `token.invalid` for half of a wallet code.
 */
export function scannedItem(scan: CheckoutScan, code: Recognition, catalog: Catalog): Item {
  const text = scan.text.trim();
  if (code.reason === "too-long") throw new TillError("scan.unreadable", { length: scan.text.length });
  if (code.reason === "wallet-code") throw new TillError("token.invalid");
  const byGtin = code.kind === "gtin" ? catalog.itemByGtin(code.fields.gtin14) : null;
  // A shop's own number of eight digits, or a UPC-E, can look like an EAN-8 that nobody sells.
  const second = secondGtin14Of(text, scan.symbology);
  const item = byGtin ?? catalog.itemByCode(text) ?? (second === null ? null : catalog.itemByGtin(second));
  if (item !== null) return item;
  const reason = code.reason === "check-digit" ? "scan.bad-check-digit" : "scan.unknown-code";
  throw new TillError(reason, { text: shown(text) });
}

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

/** What of a scanned text a screen shows: no control characters, and no more than a line of it. */
function shown(text: string): string {
  const plain = text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, "·");
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
}
