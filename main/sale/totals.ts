import type { SaleTax } from "../../sync/protocol/entry-types.ts";
import { addMinor } from "../../sync/protocol/money.ts";
import type { BasketItemLine } from "./line.ts";

/** The tax rules that a sale is priced under, as the shop's configuration has them on the day. */
export type TaxRules = {
  priceIncludesTax: boolean;
  /** Parts per million for each tax class. */
  rates: ReadonlyMap<string, number>;
};

/** What a basket comes to. */
export type Totals = { taxes: SaleTax[]; totalMinor: number };

/** `value * factor / divisor` in whole numbers, halves rounded away from zero. Exact at any size that is money. */
export function scaleRounded(value: number, factor: number, divisor: number): number {
  const product = BigInt(value) * BigInt(factor);
  const bottom = BigInt(divisor);
  const half = bottom / 2n;
  const rounded = product >= 0n ? (product + half) / bottom : (product - half) / bottom;
  return Number(rounded);
}

/** The price of a line: pieces times price, or weight times price per kilogram rounded to the minor unit once. */
export function lineTotalMinor(line: BasketItemLine): number {
  if (line.weightGrams !== undefined) return scaleRounded(line.good.priceMinor, line.weightGrams, 1000);
  return line.good.priceMinor * (line.quantity ?? 0);
}

/**
 * Adds a basket up: one tax per class, rounded once per class. With tax included the tax is the part of the gross
 * amount that is tax; with tax added it comes on top of the lines.
 * @throws RangeError for a tax class that never had a rate: goods are never sold untaxed by accident.
 */
export function totalsOf(lines: readonly BasketItemLine[], rules: TaxRules): Totals {
  const sums = new Map<string, number>();
  const rates = new Map(rules.rates);
  for (const line of lines) {
    const { taxClass, taxRatePartsPerMillion } = line.good;
    // A class that the shop no longer has must not keep goods that are on the counter from being paid for.
    if (!rates.has(taxClass) && taxRatePartsPerMillion !== undefined) rates.set(taxClass, taxRatePartsPerMillion);
    sums.set(taxClass, addMinor(sums.get(taxClass) ?? 0, lineTotalMinor(line)));
  }
  const taxes = [...sums].map(([taxClass, sumMinor]) => taxOf(taxClass, sumMinor, { ...rules, rates }));
  taxes.sort(
    (left, right) => right.ratePartsPerMillion - left.ratePartsPerMillion || compare(left.taxClass, right.taxClass),
  );
  return { taxes, totalMinor: addMinor(...taxes.map((tax) => tax.grossMinor)) };
}

function taxOf(taxClass: string, sumMinor: number, rules: TaxRules): SaleTax {
  const rate = rules.rates.get(taxClass);
  if (rate === undefined) throw new RangeError(`No tax rate for the class ${taxClass}`);
  if (rules.priceIncludesTax) {
    const taxMinor = scaleRounded(sumMinor, rate, 1_000_000 + rate);
    return { taxClass, ratePartsPerMillion: rate, grossMinor: sumMinor, taxMinor };
  }
  const taxMinor = scaleRounded(sumMinor, rate, 1_000_000);
  return { taxClass, ratePartsPerMillion: rate, grossMinor: addMinor(sumMinor, taxMinor), taxMinor };
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
