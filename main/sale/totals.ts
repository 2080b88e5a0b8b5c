import type { SaleTax } from "../../sync/protocol/entry-types.ts";
import { addMinor } from "../../sync/protocol/money.ts";
import type { BasketItemLine, GivenDiscount } from "./line.ts";
import { priceLines, type PricedLine } from "./pricing.ts";
import { scaleRounded } from "./rounding.ts";

/** The tax rules that a sale is priced under, as the shop's configuration has them on the day. */
export type TaxRules = {
  /** Whether prices hold the tax where the class does not say. */
  priceIncludesTax: boolean;
  /** Parts per million for each tax class. */
  rates: ReadonlyMap<string, number>;
  /** Whether prices hold the tax, for the classes that say so themselves. */
  included?: ReadonlyMap<string, boolean>;
};

/** What a basket comes to. */
export type Totals = {
  lines: PricedLine[];
  taxes: (SaleTax & { included: boolean })[];
  /** All that was taken off the lines. */
  discountMinor: number;
  depositMinor: number;
  /** Taxes and deposits together: what the shopper pays. */
  totalMinor: number;
};

type TaxOfClass = { ratePartsPerMillion: number; included: boolean };

/**
 * Adds a basket up: one tax per class over what the discounts leave of its lines, rounded once per class. With tax
 * included the tax is the part of the gross amount that is tax; with tax added it comes on top. Deposits come last: they
 * are neither discounted nor taxed.
 * @throws RangeError for a tax class that never had a rate: goods are never sold untaxed by accident.
 */
export function totalsOf(lines: readonly BasketItemLine[], rules: TaxRules, saleDiscount?: GivenDiscount): Totals {
  const priced = priceLines(lines, saleDiscount);
  const sums = new Map<string, { sumMinor: number; tax: TaxOfClass }>();
  for (const { line, totalMinor } of priced) {
    const { taxClass } = line.good;
    const sum = sums.get(taxClass);
    if (sum === undefined) sums.set(taxClass, { sumMinor: totalMinor, tax: taxOfClass(line, rules) });
    else sum.sumMinor = addMinor(sum.sumMinor, totalMinor);
  }
  const taxes = [...sums].map(([taxClass, { sumMinor, tax }]) => taxOf(taxClass, sumMinor, tax));
  taxes.sort(
    (left, right) => right.ratePartsPerMillion - left.ratePartsPerMillion || compare(left.taxClass, right.taxClass),
  );
  const depositMinor = addMinor(...priced.map(({ deposit }) => deposit?.totalMinor ?? 0));
  return {
    lines: priced,
    taxes,
    discountMinor: addMinor(...priced.flatMap(({ discounts }) => discounts.map(({ amountMinor }) => amountMinor))),
    depositMinor,
    totalMinor: addMinor(...taxes.map((tax) => tax.grossMinor), depositMinor),
  };
}

/** A class that the shop no longer has must not keep goods that are on the counter from being paid for. */
function taxOfClass({ good }: BasketItemLine, rules: TaxRules): TaxOfClass {
  const known = rules.rates.get(good.taxClass);
  const ratePartsPerMillion = known ?? good.taxRatePartsPerMillion;
  if (ratePartsPerMillion === undefined) throw new RangeError(`No tax rate for the class ${good.taxClass}`);
  const ofClass = rules.included?.get(good.taxClass);
  const included = ofClass ?? (known === undefined ? good.taxIncluded : undefined) ?? rules.priceIncludesTax;
  return { ratePartsPerMillion, included };
}

function taxOf(taxClass: string, sumMinor: number, { ratePartsPerMillion, included }: TaxOfClass) {
  const divisor = included ? 1_000_000 + ratePartsPerMillion : 1_000_000;
  const taxMinor = scaleRounded(sumMinor, ratePartsPerMillion, divisor);
  const grossMinor = included ? sumMinor : addMinor(sumMinor, taxMinor);
  return { taxClass, ratePartsPerMillion, included, grossMinor, taxMinor };
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
