import { scaleRounded } from "./rounding.ts";

/** What a shopper may hand over, and what goes back. */
export type CashSuggestion = { tenderedMinor: number; changeMinor: number };

/** The total as cash can pay it: the nearest step, halves up. */
export function cashDueMinor(totalMinor: number, roundingMinor: number): number {
  return scaleRounded(totalMinor, 1, roundingMinor) * roundingMinor;
}

/** How many notes an amount takes, from the largest down, and of how many kinds they are. */
function notesFor(amountMinor: number, notesMinor: readonly number[]): { notes: number; kinds: number } {
  let rest = amountMinor;
  let notes = 0;
  let kinds = 0;
  for (const noteMinor of notesMinor.toSorted((left, right) => right - left)) {
    const count = Math.floor(rest / noteMinor);
    if (count === 0) continue;
    kinds += 1;
    notes += count;
    rest -= count * noteMinor;
  }
  return { notes, kinds };
}

/**
 * The amounts a cashier is most likely to be handed: first the exact one, then the next amount that notes can make, then
 * the one that takes the fewest kinds of notes and the fewest notes (a single hundred rather than a fifty and two twenties).
 */
export function cashSuggestions(dueMinor: number, notesMinor: readonly number[]): CashSuggestion[] {
  const exact = { tenderedMinor: dueMinor, changeMinor: 0 };
  if (dueMinor === 0) return [exact];
  const reachable = notesMinor.map((noteMinor) => Math.ceil(dueMinor / noteMinor) * noteMinor);
  const above = [...new Set(reachable)].filter((amount) => amount > dueMinor).toSorted((left, right) => left - right);
  const [nearest, ...others] = above;
  if (nearest === undefined) return [exact];
  const ranked = others
    .map((amountMinor) => ({ amountMinor, ...notesFor(amountMinor, notesMinor) }))
    .toSorted(
      (left, right) => left.kinds - right.kinds || left.notes - right.notes || left.amountMinor - right.amountMinor,
    );
  const chosen = ranked[0] === undefined ? [nearest] : [nearest, ranked[0].amountMinor];
  return [exact, ...chosen.map((tenderedMinor) => ({ tenderedMinor, changeMinor: tenderedMinor - dueMinor }))];
}
