import { minorDigits, type Currency } from "../sync/protocol/money.ts";

/** Currency signs as a receipt printer has them. A currency without one stands with its ISO code. */
const signs: Partial<Record<Currency, string>> = { CNY: "¥", JPY: "¥", EUR: "€", GBP: "£", USD: "$", HKD: "HK$" };

/** An amount with its currency, for texts that stand alone. */
export function moneyText(amountMinor: number, currency: Currency): string {
  const sign = signs[currency] ?? `${currency} `;
  return amountMinor < 0
    ? `-${sign}${plainAmount(-amountMinor, currency)}`
    : `${sign}${plainAmount(amountMinor, currency)}`;
}

/** An amount without its currency, for columns that add up. The hyphen is the minus every printer has. */
export function plainAmount(amountMinor: number, currency: Currency): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const amount = digits === 0 ? whole : `${whole}.${text.slice(-digits)}`;
  return amountMinor < 0 ? `-${amount}` : amount;
}
