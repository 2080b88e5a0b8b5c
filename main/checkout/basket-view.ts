import type { Names, RefundLine, SaleLine, SaleTax } from "../../sync/protocol/entry-types.ts";
import type { Store, TaxClass } from "../../sync/protocol/change.ts";
import { addMinor } from "../../sync/protocol/money.ts";
import type { Basket, BasketLine } from "../contract/snapshot.ts";
import { calendarDayOf } from "../ledger/time.ts";
import { ageMinimumOf, isAgeUnchecked, itemCount, type BasketState } from "../sale/basket.ts";
import { cashDueMinor, cashSuggestions } from "../sale/cash.ts";
import { unitPriceMinor } from "../sale/line.ts";
import type { PricedLine } from "../sale/pricing.ts";
import { totalsOf, type TaxRules, type Totals } from "../sale/totals.ts";
import { bornOnOrBefore } from "./birth-date.ts";
import type { Settled } from "./settled.ts";

/** What of the shop a basket is shown and priced by. */
export type ShopRules = { store: Store; taxClasses: ReadonlyMap<string, TaxClass> };

/** The tax rules of a shop. */
function taxRulesOf({ store, taxClasses }: ShopRules): TaxRules {
  const rates = new Map<string, number>();
  const included = new Map<string, boolean>();
  for (const [id, taxClass] of taxClasses) {
    rates.set(id, taxClass.ratePartsPerMillion);
    included.set(id, taxClass.priceIncludesTax ?? store.priceIncludesTax);
  }
  return { priceIncludesTax: store.priceIncludesTax, rates, included };
}

/** What an open basket comes to by the shop's rules of now. */
export function totalsOfBasket(basket: BasketState, rules: ShopRules): Totals {
  return totalsOf(basket.lines, taxRulesOf(rules), basket.saleDiscount);
}

/** The basket as a page shows it, priced by the shop's rules, on a calendar day: by that one people grow older. */
export function basketView(basket: BasketState, rules: ShopRules, calendarDay: string): Basket {
  const totals = totalsOfBasket(basket, rules);
  return {
    saleId: basket.saleId,
    lines: totals.lines.map(lineView),
    ...(basket.newestLineId === undefined ? {} : { newestLineId: basket.newestLineId }),
    addedCount: basket.addedCount,
    itemCount: itemCount(basket),
    discountMinor: totals.discountMinor,
    ...(basket.saleDiscount === undefined ? {} : { saleDiscount: basket.saleDiscount }),
    ...ageView(basket, calendarDay),
    ...(basket.note === undefined ? {} : { note: basket.note }),
    ...moneyView(totals, basket.cashPartMinor, rules),
  };
}

/** What of the catalogue and the people a settled sale is shown with: its entry has no pictures, short codes nor names. */
export type SettledWords = {
  item(itemId: string): { picture?: string | undefined; code?: string | undefined } | null;
  personName(personId: string): Names | undefined;
};

/** A settled sale or refund as the page goes on showing it. */
export function settledView(settled: Settled, rules: ShopRules, words: SettledWords): Basket {
  const { body } = settled;
  const depositMinor = body.depositMinor ?? 0;
  const discounts = body.lines.flatMap((line) => line.discounts ?? []);
  const cash = settled.kind === "sale" ? cashPartOf(settled.body.tenders) : undefined;
  const taxes = body.taxes.map((tax) => ({ ...tax, included: tax.included ?? body.priceIncludesTax }));
  return {
    saleId: settled.saleId,
    lines: body.lines.map((line) => settledLine(line, words.item(line.itemId))),
    addedCount: 0,
    itemCount: body.lines.reduce((count, line) => count + (line.quantity ?? 1), 0),
    discountMinor: addMinor(...discounts.map(({ amountMinor }) => amountMinor)),
    ...saleDiscountOf(discounts),
    ...settledAge(settled, words),
    ...(settled.note === undefined ? {} : { note: settled.note }),
    ...moneyView({ taxes, depositMinor, totalMinor: body.totalMinor }, cash, rules),
  };
}

function settledLine(line: RefundLine, item: ReturnType<SettledWords["item"]>): BasketLine {
  const { gtin14, taxClass: _taxClass, scanHex: _scanHex, discounts = [], ...shown } = line;
  const code = gtin14 ?? item?.code;
  const picture = item?.picture;
  return {
    ...shown,
    ...(code === undefined ? {} : { code }),
    grossMinor: addMinor(line.totalMinor, line.givenBackMinor ?? 0, ...discounts.map(({ amountMinor }) => amountMinor)),
    discounts,
    ...(picture === undefined ? {} : { picture }),
  };
}

/** The discount of the whole sale, found again in its shares. */
function saleDiscountOf(
  discounts: readonly NonNullable<SaleLine["discounts"]>[number][],
): Pick<Basket, "saleDiscount"> {
  const shares = discounts.filter(({ of }) => of === "sale");
  const [first] = shares;
  if (first === undefined) return {};
  const { ratePartsPerMillion } = first;
  if (ratePartsPerMillion !== undefined) return { saleDiscount: { ratePartsPerMillion } };
  return { saleDiscount: { amountMinor: addMinor(...shares.map(({ amountMinor }) => amountMinor)) } };
}

function settledAge(settled: Settled, words: SettledWords): Pick<Basket, "age"> {
  const check = settled.kind === "sale" ? settled.body.ageCheck : undefined;
  if (check === undefined) return {};
  const by = words.personName(check.person) ?? { en: check.person, "zh-CN": check.person };
  const { minimum, at } = check;
  return { age: { minimum, bornOnOrBefore: bornOnOrBefore(calendarDayOf(at), minimum), checked: { at, by } } };
}

function cashPartOf(tenders: readonly { kind: string; amountMinor: number }[]): number | undefined {
  return tenders.length > 1 ? tenders.find(({ kind }) => kind === "cash")?.amountMinor : undefined;
}

function ageView(basket: BasketState, calendarDay: string): Pick<Basket, "age"> {
  const minimum = ageMinimumOf(basket);
  if (minimum === null) return {};
  const age = { minimum, bornOnOrBefore: bornOnOrBefore(calendarDay, minimum) };
  if (basket.age === undefined || isAgeUnchecked(basket)) return { age };
  return { age: { ...age, checked: { at: basket.age.at, by: basket.age.name } } };
}

function moneyView(
  totals: { taxes: (SaleTax & { included: boolean })[]; depositMinor: number; totalMinor: number },
  cashPartMinor: number | undefined,
  { store, taxClasses }: ShopRules,
): Pick<Basket, "taxes" | "depositMinor" | "totalMinor" | "cashPartMinor" | "dueMinor" | "cash"> {
  // The shop's rules may have changed since the part was noted: the cashier is told when the wallet is to pay the rest.
  const dueMinor = Math.max(0, totals.totalMinor - (cashPartMinor ?? 0));
  const cashMinor = cashDueMinor(dueMinor, store.cashRoundingMinor);
  return {
    taxes: totals.taxes.map((tax) => {
      const percent = `${tax.ratePartsPerMillion / 10_000} %`;
      return { ...tax, name: taxClasses.get(tax.taxClass)?.name ?? { en: percent, "zh-CN": percent } };
    }),
    depositMinor: totals.depositMinor,
    totalMinor: totals.totalMinor,
    ...(cashPartMinor === undefined ? {} : { cashPartMinor }),
    dueMinor,
    cash: { dueMinor: cashMinor, suggestions: cashSuggestions(cashMinor, store.cashNotesMinor) },
  };
}

function lineView({ line, grossMinor, discounts, deposit, totalMinor }: PricedLine): BasketLine {
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
    unitPriceMinor: unitPriceMinor(line),
    ...(line.changedPriceMinor === undefined ? {} : { listPriceMinor: good.priceMinor }),
    ...(good.openPrice === undefined ? {} : { openPrice: good.openPrice }),
    grossMinor,
    discounts,
    ...(deposit === undefined ? {} : { deposit }),
    ...(good.ageMinimum === undefined ? {} : { ageMinimum: good.ageMinimum }),
    ...(good.picture === undefined ? {} : { picture: good.picture }),
    totalMinor,
  };
}
