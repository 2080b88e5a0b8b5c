import { allocate, dinero, toSnapshot } from "dinero.js/bigint";

/** Division is the same in every currency: whole minor units, nothing behind them. */
const minorUnits = { code: "XXX", base: 10n, exponent: 0n };

/**
 * Divides an amount of minor units in proportion to weights, none of it lost: the shares sum to the amount, each is less
 * than one unit from its exact part, and a weight of 0 gets nothing. Where the amount is at most the sum of the weights, no
 * share is larger than its weight. What does not divide goes to the first weights, a unit each.
 * @throws RangeError for an amount or weight that is below 0, and for an amount that no weight can take.
 */
export function divideMinor(amountMinor: number, weights: readonly number[]): number[] {
  if (amountMinor < 0 || weights.some((weight) => weight < 0)) throw new RangeError("Nothing below 0 is divided");
  if (amountMinor === 0) return weights.map(() => 0);
  if (weights.every((weight) => weight === 0)) throw new RangeError("Nothing takes a share");
  const whole = dinero({ amount: BigInt(amountMinor), currency: minorUnits });
  return allocate(whole, weights.map(BigInt)).map((share) => Number(toSnapshot(share).amount));
}
