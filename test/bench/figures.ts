/** The middle value, the upper one of two; NaN of none. */
export function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Two digits after the point are more than any of these measurements is worth. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
