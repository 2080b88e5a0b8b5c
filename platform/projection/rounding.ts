/** Rates are in parts per million. */
export const million = 1_000_000n;

/** Whether two amounts are less than `less` apart. */
export function isWithin(left: bigint, right: bigint, less: bigint): boolean {
  const difference = left > right ? left - right : right - left;
  return difference < less;
}
