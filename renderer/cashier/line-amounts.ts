import type { Basket, BasketLine, Discount } from "../../main/contract/snapshot.ts";

const million = 1_000_000n;

/** A rate of an amount, in minor units, half away from zero. Amounts on this page are never below zero. */
function rateOf(amountMinor: number, ratePartsPerMillion: number): number {
  return Number((BigInt(amountMinor) * BigInt(ratePartsPerMillion) * 2n + million) / (2n * million));
}

/** What a discount takes off an amount, never more than all of it. A preview: the till decides. */
export function discountMinor(amountMinor: number, discount: Discount): number {
  const wanted = "amountMinor" in discount ? discount.amountMinor : rateOf(amountMinor, discount.ratePartsPerMillion);
  return Math.min(wanted, amountMinor);
}

/** The discount of the line itself; its share of a discount of the sale is another one. */
export function ownDiscount(line: BasketLine): BasketLine["discounts"][number] | undefined {
  return line.discounts.find((discount) => discount.of === "line");
}

/**
 * What a line comes to before the discount of the sale, in minor units. The bill shows this, and the discount of the
 * sale on a row of its own, so that its column adds up to the total.
 */
export function lineMinor(line: BasketLine): number {
  return line.grossMinor - (ownDiscount(line)?.amountMinor ?? 0);
}

/** What a discount of the sale is taken off, in minor units: all lines after their own discounts, without deposits. */
export function saleBaseMinor(basket: Basket): number {
  return basket.lines.reduce((sum, line) => sum + lineMinor(line), 0);
}

/** What the discount of the sale takes off, in minor units: the lines' shares added up. */
export function saleDiscountMinor(basket: Basket): number {
  const shares = basket.lines.flatMap((line) => line.discounts.filter((discount) => discount.of === "sale"));
  return shares.reduce((sum, share) => sum + share.amountMinor, 0);
}

/** Whether a line asks for an age that nobody has looked at yet. */
export function isAgeOpen(line: BasketLine, basket: Basket): boolean {
  return line.ageMinimum !== undefined && basket.age !== undefined && basket.age.checked === undefined;
}
