import type { Words } from "../../shared/words/intl.tsx";

/** A difference of the drawer in words: short, over, or none. It always has a word beside its amount. */
export function differenceWords(words: Words, money: (amountMinor: number) => string, differenceMinor: number): string {
  if (differenceMinor === 0) return words("manager.close-exact");
  const amount = money(Math.abs(differenceMinor));
  return words(differenceMinor < 0 ? "manager.close-short" : "manager.close-over", { amount });
}
