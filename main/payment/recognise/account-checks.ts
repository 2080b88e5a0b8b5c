/** The remainder by 97 after letters became numbers (ISO 7064, MOD 97-10), digit by digit, so that no number is too long. */
function remainder97(text: string): number {
  let remainder = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}

/** Whether a text is an account number with its check digits (ISO 13616-1). */
export function isIban(text: string): boolean {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text) && remainder97(text.slice(4) + text.slice(0, 4)) === 1;
}

/** Whether a text is a creditor's reference with its check digits (ISO 11649). */
export function isCreditorReference(text: string): boolean {
  return /^RF\d{2}[A-Za-z0-9]{1,21}$/.test(text) && remainder97(text.slice(4) + text.slice(0, 4)) === 1;
}

/** One row of the table of the recursive check digit, which is turned by one for each carry. */
const carries = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];

/** Whether 27 digits are a reference whose last is the recursive check digit modulo 10 of the others (Swiss QR bill, annex B). */
export function isQrReference(text: string): boolean {
  if (!/^\d{27}$/.test(text)) return false;
  let carry = 0;
  for (const digit of text.slice(0, -1)) carry = carries[(carry + Number(digit)) % 10] ?? 0;
  return Number(text.at(-1)) === (10 - carry) % 10;
}
