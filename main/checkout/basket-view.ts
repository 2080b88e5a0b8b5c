import type { EntryBody } from "../../sync/protocol/entry-types.ts";
import type { Store, TaxClass } from "../../sync/protocol/change.ts";
import type { Basket, BasketLine } from "../contract/snapshot.ts";
import { itemCount, type BasketState } from "../sale/basket.ts";
import type { BasketItemLine } from "../sale/line.ts";
import { cashDueMinor, cashSuggestions } from "../sale/cash.ts";
import { lineTotalMinor, totalsOf, type TaxRules, type Totals } from "../sale/totals.ts";

/** What of the shop a basket is shown and priced by. */
export type ShopRules = { store: Store; taxClasses: ReadonlyMap<string, TaxClass> };

/** The tax rules of a shop. */
export function taxRulesOf(rules: ShopRules): TaxRules {
  const rates = new Map([...rules.taxClasses].map(([id, taxClass]) => [id, taxClass.ratePartsPerMillion]));
  return { priceIncludesTax: rules.store.priceIncludesTax, rates };
}

/** The basket as a page shows it, priced by the shop's rules. */
export function basketView(basket: BasketState, rules: ShopRules): Basket {
  const totals = totalsOf(basket.lines, taxRulesOf(rules));
  return {
    saleId: basket.saleId,
    lines: basket.lines.map(lineView),
    ...(basket.newestLineId === undefined ? {} : { newestLineId: basket.newestLineId }),
    addedCount: basket.addedCount,
    itemCount: itemCount(basket),
    ...totalsView(totals, rules),
  };
}

/** A settled sale as the page goes on showing it, from the journal's entry alone. */
export function settledView(sale: EntryBody<"sale.settled">, rules: ShopRules): Basket {
  const lines = sale.lines.map((line): BasketLine => {
    const { gtin14, taxClass: _taxClass, scanHex: _scanHex, ...shown } = line;
    return gtin14 === undefined ? shown : { ...shown, code: gtin14 };
  });
  return {
    saleId: sale.saleId,
    lines,
    addedCount: 0,
    itemCount: lines.reduce((count, line) => count + (line.quantity ?? 1), 0),
    ...totalsView({ taxes: sale.taxes, totalMinor: sale.totalMinor }, rules),
  };
}

function totalsView(
  { taxes, totalMinor }: Totals,
  { store, taxClasses }: ShopRules,
): Pick<Basket, "taxes" | "totalMinor" | "cash"> {
  const dueMinor = cashDueMinor(totalMinor, store.cashRoundingMinor);
  return {
    taxes: taxes.map((tax) => {
      const percent = `${tax.ratePartsPerMillion / 10_000} %`;
      return { ...tax, name: taxClasses.get(tax.taxClass)?.name ?? { en: percent, "zh-CN": percent } };
    }),
    totalMinor,
    cash: { dueMinor, suggestions: cashSuggestions(dueMinor, store.cashNotesMinor) },
  };
}

function lineView(line: BasketItemLine): BasketLine {
  const { good } = line;
  const code = good.gtin14 ?? good.code;
  return {
    lineId: line.lineId,
    itemId: good.itemId,
    ...(code === undefined ? {} : { code }),
    name: good.name,
    unit: good.unit,
    ...(line.quantity === undefined ? {} : { quantity: line.quantity }),
    ...(line.weightGrams === undefined ? {} : { weightGrams: line.weightGrams }),
    unitPriceMinor: good.priceMinor,
    totalMinor: lineTotalMinor(line),
  };
}
