import { z } from "zod";

/**
 * Digits after the decimal sign for each currency the product trades in, from ISO 4217 (2015, amendment 179).
 * A currency that is not listed is refused rather than guessed, because a wrong scale is a hundredfold error.
 */
const minorDigitsByCurrency = {
  CNY: 2,
  HKD: 2,
  EUR: 2,
  USD: 2,
  GBP: 2,
  SGD: 2,
  THB: 2,
  JPY: 0,
  KRW: 0,
  KWD: 3,
} as const;

/** An ISO 4217 alphabetic code that the product knows the scale of. */
export type Currency = keyof typeof minorDigitsByCurrency;

/** The currencies that are known, in no special order. */
export const currencies = Object.keys(minorDigitsByCurrency) as [Currency, ...Currency[]];

/** Accepts a known ISO 4217 code. */
export const currencySchema = z.enum(currencies);

/** An amount in minor units: a whole number within ±(2^53-1). Negative amounts are legal; who forbids them says so. */
export const amountMinorSchema = z.int();

/** An amount in minor units that is not negative. */
export const positiveAmountMinorSchema = z.int().min(0);

/** How many digits stand after the decimal sign of this currency (CNY 2, JPY 0). */
export function minorDigits(currency: Currency): number {
  return minorDigitsByCurrency[currency];
}

/**
 * Adds whole minor units and refuses a sum that a double cannot hold exactly.
 * @throws RangeError beyond ±(2^53-1); money is never rounded silently.
 */
export function addMinor(...amountsMinor: readonly number[]): number {
  let sum = 0;
  for (const amountMinor of amountsMinor) {
    sum += amountMinor;
    if (!Number.isSafeInteger(sum)) throw new RangeError(`An amount of money is not a safe whole number: ${sum}`);
  }
  return sum;
}
