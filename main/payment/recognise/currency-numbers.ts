/**
 * Currencies by their number in ISO 4217, with the digits of their minor unit: those that the product trades in, and those
 * of payees' codes that are shown around its shops. Another one is told by its number, and its amount as it stands.
 */
const currencyByNumber: Readonly<Record<string, readonly [code: string, minorDigits: number]>> = {
  "156": ["CNY", 2],
  "344": ["HKD", 2],
  "356": ["INR", 2],
  "360": ["IDR", 2],
  "392": ["JPY", 0],
  "410": ["KRW", 0],
  "414": ["KWD", 3],
  "446": ["MOP", 2],
  "458": ["MYR", 2],
  "608": ["PHP", 2],
  "702": ["SGD", 2],
  "704": ["VND", 0],
  "756": ["CHF", 2],
  "764": ["THB", 2],
  "826": ["GBP", 2],
  "840": ["USD", 2],
  "978": ["EUR", 2],
  "986": ["BRL", 2],
};

/** A currency by its three digits, null where the till does not know its scale. */
export function currencyOfNumber(number: string): { code: string; minorDigits: number } | null {
  const found = Object.hasOwn(currencyByNumber, number) ? currencyByNumber[number] : undefined;
  return found === undefined ? null : { code: found[0], minorDigits: found[1] };
}
