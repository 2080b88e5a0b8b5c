/**
 * The check digit of the digits before it: weights 3 and 1 from the right (GS1 General Specifications, section 7.9.1).
 */
export function checkDigitOf(digits: string): number {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const fromRight = digits.length - 1 - index;
    sum += Number(digits[index]) * (fromRight % 2 === 0 ? 3 : 1);
  }
  return (10 - (sum % 10)) % 10;
}

/** Whether the last digit is the check digit of the others. */
export function hasValidCheckDigit(digits: string): boolean {
  return Number(digits.at(-1)) === checkDigitOf(digits.slice(0, -1));
}

/**
 * The UPC-A (12 digits) behind an eight-digit UPC-E with number system 0 or 1, or null for another number system
 * (GS1 General Specifications, section 5.2.3.4: expansion by the last digit before the check digit).
 */
export function expandUpcE(digits: string): string | null {
  const match = /^([01])(\d)(\d)(\d)(\d)(\d)(\d)(\d)$/.exec(digits);
  if (match === null) return null;
  const [, system, d1, d2, d3, d4, d5, d6, check] = match;
  const last = Number(d6);
  if (last <= 2) return `${system}${d1}${d2}${d6}0000${d3}${d4}${d5}${check}`;
  if (last === 3) return `${system}${d1}${d2}${d3}00000${d4}${d5}${check}`;
  if (last === 4) return `${system}${d1}${d2}${d3}${d4}00000${d5}${check}`;
  return `${system}${d1}${d2}${d3}${d4}${d5}0000${d6}${check}`;
}

/**
 * The second reading of eight digits that are an EAN-8 by their sum: the UPC-E that they may be as well, where the reader
 * has not said which (`]E4` is an EAN-8). Null where there is none.
 */
export function secondGtin14Of(digits: string, symbology?: string): string | null {
  if (digits.length !== 8 || symbology === "]E4" || !hasValidCheckDigit(digits)) return null;
  const expanded = expandUpcE(digits);
  if (expanded === null || !hasValidCheckDigit(expanded)) return null;
  const second = expanded.padStart(14, "0");
  return second === digits.padStart(14, "0") ? null : second;
}

/**
 * The GTIN-14 of 8, 12, 13 or 14 digits, or null when no reading of them has a valid check digit. Eight digits are an
 * EAN-8 where the reader says so (`]E4`) or the sum fits, else a UPC-E.
 */
export function gtin14Of(digits: string, symbology?: string): string | null {
  if (digits.length === 8) {
    if (hasValidCheckDigit(digits)) return digits.padStart(14, "0");
    if (symbology === "]E4") return null;
    const expanded = expandUpcE(digits);
    return expanded !== null && hasValidCheckDigit(expanded) ? expanded.padStart(14, "0") : null;
  }
  return hasValidCheckDigit(digits) ? digits.padStart(14, "0") : null;
}
