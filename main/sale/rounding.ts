/** `value * factor / divisor` in whole numbers, halves rounded away from zero. Exact at any size that is money. */
export function scaleRounded(value: number, factor: number, divisor: number): number {
  const product = BigInt(value) * BigInt(factor);
  const bottom = BigInt(divisor);
  const half = bottom / 2n;
  const rounded = product >= 0n ? (product + half) / bottom : (product - half) / bottom;
  return Number(rounded);
}
