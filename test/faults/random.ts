/** Chance that is the same in every run with the same seed. */
export interface Chance {
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  /** True once in `one` times. */
  oneIn(one: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  bytes(count: number): Uint8Array;
}

/** Chance from a seed: Lehmer's generator with the constants of Park and Miller. */
export function seededChance(seed: number): Chance {
  let state = (Math.abs(seed) * 2_654_435 + 1) % 2_147_483_647 || 1;
  const next = (): number => (state = (state * 48_271) % 2_147_483_647);
  const below = (bound: number): number => Math.floor((next() / 2_147_483_647) * bound);
  // The first numbers of neighbouring seeds lie close together.
  for (let count = 0; count < 8; count += 1) next();
  return {
    below,
    oneIn: (one) => below(one) === 0,
    pick: (items) => items[below(items.length)] ?? items[0],
    bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
  };
}
