import type { SaleLine, SaleTax } from "../../sync/protocol/entry-types.ts";
import { addMinor } from "../../sync/protocol/money.ts";
import { isWithin, million } from "./rounding.ts";

/** What a sale or a refund says about tax. */
export type Taxed = { lines: readonly SaleLine[]; taxes: readonly SaleTax[]; priceIncludesTax: boolean };

/**
 * Whether each tax class of the lines has its tax once, with the right gross and tax. A class says itself whether its
 * prices hold the tax; else the sale does.
 * @throws RangeError when a sum is beyond 2^53.
 */
export function taxesAddUp(sale: Taxed): boolean {
  const classes = new Map<string, { sumMinor: number; lines: number }>();
  for (const line of sale.lines) {
    const known = classes.get(line.taxClass) ?? { sumMinor: 0, lines: 0 };
    classes.set(line.taxClass, { sumMinor: addMinor(known.sumMinor, line.totalMinor), lines: known.lines + 1 });
  }
  if (new Set(sale.taxes.map((tax) => tax.taxClass)).size !== sale.taxes.length) return false;
  if (classes.size !== sale.taxes.length) return false;
  return sale.taxes.every((tax) => {
    const lines = classes.get(tax.taxClass);
    return lines !== undefined && taxAddsUp(tax, lines.sumMinor, lines.lines, tax.included ?? sale.priceIncludesTax);
  });
}

/**
 * Included: gross is what the lines say and holds gross * rate / (1 + rate). Added: the lines are without tax, and gross is
 * them with the tax. Each line may have been rounded on its own, by less than one minor unit.
 */
function taxAddsUp(tax: SaleTax, linesMinor: number, lines: number, included: boolean): boolean {
  const rate = BigInt(tax.ratePartsPerMillion);
  const base = BigInt(linesMinor);
  const stated = BigInt(tax.taxMinor);
  const slack = BigInt(lines);
  if (included) {
    const whole = million + rate;
    return tax.grossMinor === linesMinor && isWithin(stated * whole, base * rate, slack * whole);
  }
  return (
    tax.grossMinor === addMinor(linesMinor, tax.taxMinor) && isWithin(stated * million, base * rate, slack * million)
  );
}
