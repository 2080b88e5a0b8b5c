/** Beyond this no amount is money that a shop has ever seen, and every step of the arithmetic stays exact. */
const mostDigits = 15;

/**
 * Minor units of digits with an implied decimal point, in whole numbers only: `1250` with one decimal is 12500 of a currency
 * with two. Null where the amount has a part smaller than the minor unit, or is too large to be exact.
 */
export function minorOfDigits(digits: string, decimals: number, minorDigits: number): number | null {
  const cut = Math.max(0, decimals - minorDigits);
  if (digits.length > mostDigits || !/^0*$/.test(digits.slice(digits.length - Math.min(cut, digits.length))))
    return null;
  const kept = digits.slice(0, digits.length - Math.min(cut, digits.length)) || "0";
  const amountMinor = Number(kept + "0".repeat(Math.max(0, minorDigits - decimals)));
  return Number.isSafeInteger(amountMinor) ? amountMinor : null;
}

/** Minor units of a written amount such as `12`, `12.5` or `12.50`; null for anything else. */
export function minorOfDecimal(text: string, minorDigits: number): number | null {
  const match = /^(\d{1,13})(?:\.(\d{0,6}))?$/.exec(text);
  if (match?.[1] === undefined) return null;
  const fraction = match[2] ?? "";
  return minorOfDigits(match[1] + fraction, fraction.length, minorDigits);
}
