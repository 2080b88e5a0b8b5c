/**
 * An amount in minor units as SQLite gives it (all 64 bits) as a number.
 * @throws RangeError when a double cannot hold it exactly; money is never rounded silently.
 */
export function minorFromBigInt(amountMinor: bigint): number {
  const amount = Number(amountMinor);
  if (!Number.isSafeInteger(amount))
    throw new RangeError(`An amount of money is not a safe whole number: ${amountMinor}`);
  return amount;
}
