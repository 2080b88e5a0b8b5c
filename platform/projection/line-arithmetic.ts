import type { AnswerCode } from "../../sync/protocol/answer-codes.ts";
import type { SaleLine } from "../../sync/protocol/entry-types.ts";
import { addMinor } from "../../sync/protocol/money.ts";
import { isWithin, million } from "./rounding.ts";

const gramsPerKilogram = 1000n;

/** What a line comes to before its discounts, by what it says of itself. Whether it adds up is another question. */
function lineGrossMinor(line: SaleLine): number {
  return addMinor(line.totalMinor, ...(line.discounts ?? []).map(({ amountMinor }) => amountMinor));
}

/** What the lines' deposits come to. */
export function depositsMinor(lines: readonly SaleLine[]): number {
  return addMinor(...lines.map((line) => line.deposit?.totalMinor ?? 0));
}

/**
 * What of the lines differs from what they name, or null: price times quantity or weight, the discounts of lines and of the
 * whole sale, and the deposits. How a fraction of a minor unit was rounded is the till's rule and is not judged.
 * @throws RangeError when a sum is beyond 2^53.
 */
export function linesDifference(lines: readonly SaleLine[]): AnswerCode | null {
  if (!lines.every(grossAddsUp)) return "line.differs";
  if (!lines.every(ownDiscountAddsUp) || !saleDiscountAddsUp(lines)) return "discount.differs";
  return lines.every(depositAddsUp) ? null : "deposit.differs";
}

/** What was taken off the lines altogether. */
export function discountsMinor(lines: readonly SaleLine[]): number {
  return addMinor(...lines.flatMap((line) => (line.discounts ?? []).map(({ amountMinor }) => amountMinor)));
}

function grossAddsUp(line: SaleLine): boolean {
  if ((line.quantity === undefined) === (line.weightGrams === undefined)) return false;
  const gross = BigInt(lineGrossMinor(line));
  if (line.quantity !== undefined) return BigInt(line.unitPriceMinor) * BigInt(line.quantity) === gross;
  const exact = BigInt(line.unitPriceMinor) * BigInt(line.weightGrams ?? 0);
  return isWithin(gross * gramsPerKilogram, exact, gramsPerKilogram);
}

/** A line has one discount of its own at most, and one share of the sale's; a rate is a rate of the whole line. */
function ownDiscountAddsUp(line: SaleLine): boolean {
  const discounts = line.discounts ?? [];
  if (new Set(discounts.map((discount) => discount.of)).size !== discounts.length) return false;
  const own = discounts.find((discount) => discount.of === "line");
  if (own?.ratePartsPerMillion === undefined) return true;
  const exact = BigInt(lineGrossMinor(line)) * BigInt(own.ratePartsPerMillion);
  return isWithin(BigInt(own.amountMinor) * million, exact, million);
}

/** The shares of a discount of the whole sale: one rate on all of them, of what the lines come to after their own discounts. */
function saleDiscountAddsUp(lines: readonly SaleLine[]): boolean {
  const shares = lines.flatMap((line) => line.discounts?.find((discount) => discount.of === "sale") ?? []);
  const rates = new Set(shares.map((share) => share.ratePartsPerMillion));
  if (rates.size > 1) return false;
  const [rate] = rates;
  if (rate === undefined) return true;
  const base = addMinor(...lines.map(afterOwnDiscountMinor));
  const given = addMinor(...shares.map((share) => share.amountMinor));
  return isWithin(BigInt(given) * million, BigInt(base) * BigInt(rate), million);
}

function afterOwnDiscountMinor(line: SaleLine): number {
  const share = line.discounts?.find((discount) => discount.of === "sale");
  return addMinor(line.totalMinor, share?.amountMinor ?? 0);
}

function depositAddsUp({ deposit, quantity }: SaleLine): boolean {
  if (deposit === undefined) return true;
  // A weighed good in a returnable glass is one piece.
  return BigInt(deposit.eachMinor) * BigInt(quantity ?? 1) === BigInt(deposit.totalMinor);
}
