/** Chance that is the same for the same seed. */
export type SeededChance = {
  /** A whole number from 0 up to, and without, `below`. */
  below(below: number): number;
  /** True this often, in percent. */
  percent(percent: number): boolean;
  pick<T>(values: readonly [T, ...T[]] | readonly T[]): T;
};

/**
 * Chance from a 32-bit seed (xorshift, Marsaglia 2003, "Xorshift RNGs"): good enough to vary a trading day, and never used
 * for a secret.
 */
export function seededChance(seed: number): SeededChance {
  // Zero is the one state that xorshift never leaves.
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;

  function below(limit: number): number {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % limit;
  }

  return {
    below,
    percent: (percent) => below(100) < percent,
    pick(values) {
      const value = values[below(values.length)];
      if (value === undefined) throw new RangeError("Nothing to pick from");
      return value;
    },
  };
}
