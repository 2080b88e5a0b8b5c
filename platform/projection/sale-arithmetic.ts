import { entryPostings, unbalancedCurrencies } from "../../sync/protocol/entry.ts";
import type { EntryBody, SaleLine, SaleTax, Tender } from "../../sync/protocol/entry-types.ts";
import { addMinor } from "../../sync/protocol/money.ts";

type Sale = EntryBody<"sale.settled">;

const gramsPerKilogram = 1000n;
const million = 1_000_000n;

/**
 * Whether a sale adds up: its lines, its tax classes, its tenders and its postings, all worked out again from the
 * amounts that it names. How a fraction of a minor unit was rounded is the till's rule and is not judged.
 */
export function saleAddsUp(sale: Sale): boolean {
  try {
    return (
      sale.lines.every(lineAddsUp) &&
      taxesAddUp(sale) &&
      totalOf(sale) === sale.totalMinor &&
      sale.tenders.every(tenderAddsUp) &&
      addMinor(...sale.tenders.map((tender) => tender.amountMinor)) === sale.totalMinor &&
      unbalancedCurrencies(entryPostings(sale)).length === 0
    );
  } catch (error) {
    // A sum beyond 2^53 does not add up to anything.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function lineAddsUp(line: SaleLine): boolean {
  if ((line.quantity === undefined) === (line.weightGrams === undefined)) return false;
  if (line.quantity !== undefined)
    return BigInt(line.unitPriceMinor) * BigInt(line.quantity) === BigInt(line.totalMinor);
  const exact = BigInt(line.unitPriceMinor) * BigInt(line.weightGrams ?? 0);
  return isWithin(BigInt(line.totalMinor) * gramsPerKilogram, exact, gramsPerKilogram);
}

function taxesAddUp(sale: Sale): boolean {
  const lineTotals = new Map<string, { sumMinor: number; lines: number }>();
  for (const line of sale.lines) {
    const known = lineTotals.get(line.taxClass) ?? { sumMinor: 0, lines: 0 };
    lineTotals.set(line.taxClass, { sumMinor: addMinor(known.sumMinor, line.totalMinor), lines: known.lines + 1 });
  }
  if (new Set(sale.taxes.map((tax) => tax.taxClass)).size !== sale.taxes.length) return false;
  if (lineTotals.size !== sale.taxes.length) return false;
  return sale.taxes.every((tax) => {
    const lines = lineTotals.get(tax.taxClass);
    return lines !== undefined && taxAddsUp(tax, lines.sumMinor, lines.lines, sale.priceIncludesTax);
  });
}

/**
 * Included: gross is what the lines say and holds gross * rate / (1 + rate). Added: the lines are without tax, and
 * gross is either them or them with the tax.
 */
function taxAddsUp(tax: SaleTax, linesMinor: number, lines: number, included: boolean): boolean {
  const rate = BigInt(tax.ratePartsPerMillion);
  const base = BigInt(linesMinor);
  const stated = BigInt(tax.taxMinor);
  // Each line may have been rounded on its own, by less than one minor unit.
  const slack = BigInt(lines);
  if (included) {
    const whole = million + rate;
    return tax.grossMinor === linesMinor && isWithin(stated * whole, base * rate, slack * whole);
  }
  const grossIsRight = tax.grossMinor === linesMinor || tax.grossMinor === addMinor(linesMinor, tax.taxMinor);
  return grossIsRight && isWithin(stated * million, base * rate, slack * million);
}

function totalOf(sale: Sale): number {
  const lines = addMinor(...sale.lines.map((line) => line.totalMinor));
  return sale.priceIncludesTax ? lines : addMinor(lines, ...sale.taxes.map((tax) => tax.taxMinor));
}

function tenderAddsUp(tender: Tender): boolean {
  if (tender.kind === "wallet") return true;
  return addMinor(tender.amountMinor, tender.roundingMinor) === addMinor(tender.tenderedMinor, -tender.changeMinor);
}

function isWithin(left: bigint, right: bigint, less: bigint): boolean {
  const difference = left > right ? left - right : right - left;
  return difference < less;
}
