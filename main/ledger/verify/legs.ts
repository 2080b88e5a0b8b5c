import { type Fields, isFields } from "./bodies.ts";

/** A leg as the entry has it. */
export interface Leg {
  account: string;
  currency: string;
  amountMinor: number;
}

const none: { legs: Leg[] } = { legs: [] };

/**
 * The legs of an entry; `undefined` where one cannot be read. `unbalanced` names the first currency whose legs do not sum
 * to zero, and by how much.
 */
export function readLegs(
  body: Fields,
): { legs: Leg[]; unbalanced?: { currency: string; differenceMinor: number } } | undefined {
  const postings = body["postings"];
  if (postings === undefined) return none;
  if (!Array.isArray(postings)) return undefined;
  let size = 0;
  for (const posting of postings as unknown[]) {
    if (!isLeg(posting)) return undefined;
    size += Math.abs(posting.amountMinor);
  }
  const legs = postings as Leg[];
  const unbalanced = Number.isSafeInteger(size) ? unbalancedOf(legs) : exactlyUnbalancedOf(legs);
  return unbalanced === undefined ? { legs } : { legs, unbalanced };
}

function isLeg(value: unknown): value is Leg {
  if (!isFields(value)) return false;
  const { account, currency, amountMinor } = value;
  return typeof account === "string" && typeof currency === "string" && Number.isSafeInteger(amountMinor);
}

/** Below 2^53 in all, every partial sum is exact. Nearly every entry has one currency. */
function unbalancedOf(legs: readonly Leg[]): { currency: string; differenceMinor: number } | undefined {
  const [first] = legs;
  if (first === undefined) return undefined;
  let sum = 0;
  for (const { currency, amountMinor } of legs) {
    if (currency !== first.currency) return exactlyUnbalancedOf(legs);
    sum += amountMinor;
  }
  return sum === 0 ? undefined : { currency: first.currency, differenceMinor: sum };
}

function exactlyUnbalancedOf(legs: readonly Leg[]): { currency: string; differenceMinor: number } | undefined {
  const sums = new Map<string, bigint>();
  for (const { currency, amountMinor } of legs) {
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amountMinor));
  }
  for (const [currency, sum] of sums) if (sum !== 0n) return { currency, differenceMinor: Number(sum) };
  return undefined;
}
