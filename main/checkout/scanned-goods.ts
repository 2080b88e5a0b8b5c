import type { Currency } from "../../sync/protocol/money.ts";
import type { Item } from "../../sync/protocol/change.ts";
import { secondGtin14Of } from "../catalog/gtin.ts";
import { TillError } from "../contract/errors.ts";
import { calendarDayOf } from "../ledger/time.ts";
import type { Recognition } from "../payment/recognise/recognition.ts";
import { scaleRounded } from "../sale/rounding.ts";
import type { CheckoutScan } from "./catalog-goods.ts";
import type { CheckoutOptions } from "./checkout-options.ts";
import { refusalOf, shown } from "./scan-refusals.ts";

/** How much of a good is added; the prices count for goods with an open price only. */
export type Amount = {
  quantity?: number | undefined;
  weightGrams?: number | undefined;
  priceMinor?: number | undefined;
  /** The price on its label: the shop's own, which counts at a kiosk too. */
  labelPriceMinor?: number | undefined;
};

/** The item that a code names, with what its label says about the one that lies there. */
type ScannedGoods = { item: Item } & Pick<Amount, "weightGrams" | "labelPriceMinor">;

/** What the label of one piece says besides its number. */
type Label = { weightGrams?: number | undefined; priceMinor?: number | undefined; currency?: string | undefined };

/**
 * The goods that a scanned code names. Those of which the label says that they have expired are not sold.
 * @throws TillError `scan.*` for a code that names none or a label that does not fit them, `token.invalid` for half of a
 * wallet code.
 */
export function scannedGoods(
  scan: CheckoutScan,
  code: Recognition,
  { catalog, rules, now }: Pick<CheckoutOptions, "catalog" | "rules" | "now">,
): ScannedGoods {
  const { currency } = rules().store;
  const text = scan.text.trim();
  if (code.kind === "gs1") {
    const { gtin14, expiry, ...label } = code.fields;
    if (gtin14 === undefined) throw new TillError("scan.no-goods");
    if (expiry !== undefined && expiry < calendarDayOf(now())) throw new TillError("scan.expired", { expiry });
    return fitted(itemOrThrow(catalog.itemByGtin(gtin14), gtin14), label, currency);
  }
  if (code.kind === "embedded") {
    const { itemCode, gtin14, ...label } = code.fields;
    const own = catalog.itemByCode(itemCode) ?? catalog.itemByCode(itemCode.replace(/^0+(?=\d)/, ""));
    return fitted(itemOrThrow(own ?? catalog.itemByGtin(gtin14), text), label, currency);
  }
  const byGtin = code.kind === "gtin" ? catalog.itemByGtin(code.fields.gtin14) : null;
  // A shop's own number of eight digits, or a UPC-E, can look like an EAN-8 that nobody sells.
  const second = secondGtin14Of(text, scan.symbology);
  const item = byGtin ?? catalog.itemByCode(text) ?? (second === null ? null : catalog.itemByGtin(second));
  if (item !== null) return { item };
  throw refusalOf(code, text) ?? new TillError("scan.unknown-code", { text: shown(text) });
}

function itemOrThrow(item: Item | null, number: string): Item {
  if (item === null) throw new TillError("scan.unknown-code", { text: number });
  return item;
}

/**
 * The label held against how the goods are sold. Goods with an open price take the label's; for all others the catalogue's
 * price is the one that the platform will expect, so that a label with another one is refused rather than sold by.
 */
function fitted(item: Item, label: Label, currency: Currency): ScannedGoods {
  const { weightGrams, priceMinor } = label;
  if (priceMinor !== undefined && (label.currency ?? currency) !== currency) throw new TillError("scan.label-mismatch");
  if (item.unit === "kilogram") {
    // Without a weight the page asks for one; a price alone would hide how much was sold.
    if (priceMinor === undefined) return { item, weightGrams };
    if (weightGrams === undefined || scaleRounded(item.priceMinor, weightGrams, 1000) !== priceMinor) {
      throw new TillError("scan.label-mismatch");
    }
    return { item, weightGrams };
  }
  if (item.openPrice === true) return { item, labelPriceMinor: priceMinor };
  const isSoldSo = priceMinor === undefined || priceMinor === item.priceMinor;
  if (!isSoldSo) throw new TillError("scan.label-mismatch");
  return { item };
}
