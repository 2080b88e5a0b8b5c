import type { CashPile } from "../contract/counter.ts";
import { TillError } from "../contract/errors.ts";

/** Notes and coins: how many there are of each value, in minor units. Piles of nothing are not kept. */
export type Cash = ReadonlyMap<number, number>;

/** Where the money of the simulated counter lies. Nothing here makes money or loses any: it only changes its place. */
export type CashPlaces = { purse: Cash; tray: Cash; drawer: Cash };

/** The shopper's money at each start: ¥700.00 in every note and coin of the demo's shop. */
export const fullPurse: Cash = new Map([
  [100_00, 4],
  [50_00, 3],
  [20_00, 4],
  [10_00, 4],
  [5_00, 4],
  [1_00, 8],
  [50, 3],
  [10, 5],
]);

/** The float of a new demo shop: ¥500.00, with enough small money to give change. */
export const fullFloat: Cash = new Map([
  [100_00, 1],
  [50_00, 2],
  [20_00, 5],
  [10_00, 10],
  [5_00, 10],
  [1_00, 35],
  [50, 20],
  [10, 50],
]);

/** What the notes and coins are worth. */
export function totalMinorOf(cash: Cash): number {
  let totalMinor = 0;
  for (const [valueMinor, count] of cash) totalMinor += valueMinor * count;
  return totalMinor;
}

/** The piles, the largest value first. */
export function pilesOf(cash: Cash): CashPile[] {
  return [...cash]
    .map(([valueMinor, count]) => ({ valueMinor, count }))
    .toSorted((a, b) => b.valueMinor - a.valueMinor);
}

/** The purse as it is shown: values that have run out stay in their place with a count of 0. */
export function purseOf(purse: Cash): CashPile[] {
  return pilesOf(new Map([...[...fullPurse.keys()].map((valueMinor): [number, number] => [valueMinor, 0]), ...purse]));
}

/** Lays one note or coin of the purse on the tray. @throws TillError `purse.too-little` where the purse has none of it. */
export function layDown(places: CashPlaces, valueMinor: number): CashPlaces {
  return moved(places, "purse", "tray", new Map([[valueMinor, 1]]));
}

/** Takes everything on the tray back into the purse. */
export function takeBack(places: CashPlaces): CashPlaces {
  return moved(places, "tray", "purse", places.tray);
}

/** Puts everything on the tray into the drawer. */
export function putIn(places: CashPlaces): CashPlaces {
  return moved(places, "tray", "drawer", places.tray);
}

/**
 * Gives this amount out of the drawer to the purse, in as large notes and coins as there are.
 * @throws TillError `purse.too-little` where the drawer has not that much, or not in pieces that make it up.
 */
export function give(places: CashPlaces, amountMinor: number): CashPlaces {
  const pieces = piecesFor(places.drawer, amountMinor);
  if (pieces === null) throw new TillError("purse.too-little");
  return moved(places, "drawer", "purse", pieces);
}

/**
 * Notes and coins of this cash that are worth exactly this amount, the larger ones preferred, or null. It looks further
 * where the largest ones lead nowhere: 60 is three 20s when there is a 50 and no 10.
 */
export function piecesFor(cash: Cash, amountMinor: number): Cash | null {
  if (amountMinor > totalMinorOf(cash)) return null;
  const piles = pilesOf(cash);
  const hopeless = new Set<string>();

  function fill(index: number, leftMinor: number): [number, number][] | null {
    if (leftMinor === 0) return [];
    const pile = piles[index];
    // No amount is looked at twice from the same value on, so that the search stays as small as the drawer is.
    const place = `${index} ${leftMinor}`;
    if (pile === undefined || hopeless.has(place)) return null;
    const most = Math.min(pile.count, Math.floor(leftMinor / pile.valueMinor));
    for (let count = most; count >= 0; count -= 1) {
      const rest = fill(index + 1, leftMinor - count * pile.valueMinor);
      if (rest !== null) return count === 0 ? rest : [[pile.valueMinor, count], ...rest];
    }
    hopeless.add(place);
    return null;
  }

  const found = fill(0, amountMinor);
  return found === null ? null : new Map(found);
}

function moved(places: CashPlaces, from: keyof CashPlaces, to: keyof CashPlaces, pieces: Cash): CashPlaces {
  return { ...places, [from]: without(places[from], pieces), [to]: joined(places[to], pieces) };
}

function joined(cash: Cash, more: Cash): Cash {
  const sum = new Map(cash);
  for (const [valueMinor, count] of more) sum.set(valueMinor, (sum.get(valueMinor) ?? 0) + count);
  return sum;
}

function without(cash: Cash, less: Cash): Cash {
  const rest = new Map(cash);
  for (const [valueMinor, count] of less) {
    const left = (rest.get(valueMinor) ?? 0) - count;
    if (left < 0) throw new TillError("purse.too-little");
    if (left === 0) rest.delete(valueMinor);
    else rest.set(valueMinor, left);
  }
  return rest;
}
