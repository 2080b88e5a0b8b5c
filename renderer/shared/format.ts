import type { Locale } from "../../main/contract/snapshot.ts";
import { minorDigits, type Currency } from "../../sync/protocol/money.ts";

const minus = "−";

/** U+2212 in place of the hyphen. */
function typeset(text: string): string {
  return text.replaceAll("-", minus);
}

/** Minor units as a decimal string (8964 with two digits is "89.64"): no float is ever made of an amount. */
export function decimalOfMinor(amountMinor: number, digits: number): `${number}` {
  const sign = amountMinor < 0 ? "-" : "";
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  return (digits === 0 ? `${sign}${text}` : `${sign}${whole}.${text.slice(-digits)}`) as `${number}`;
}

const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = `${locale} ${JSON.stringify(options)}`;
  let format = formats.get(name);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, options);
    formats.set(name, format);
  }
  return format;
}

/** An amount with its currency sign and all its decimals, as on totals and keys: ¥89.64. */
export function formatMoney(amountMinor: number, currency: Currency, locale: Locale): string {
  const digits = minorDigits(currency);
  const format = numberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return typeset(format.format(decimalOfMinor(amountMinor, digits)));
}

/** An amount as bank notes carry it: decimals only where they are not zero, ¥100. */
export function formatNote(amountMinor: number, currency: Currency, locale: Locale): string {
  const digits = minorDigits(currency);
  if (amountMinor % 10 ** digits !== 0) return formatMoney(amountMinor, currency, locale);
  const format = numberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: 0,
    maximumFractionDigits: 0,
  });
  return typeset(format.format(decimalOfMinor(amountMinor, digits)));
}

/** An amount in a column that adds up to a total: all its decimals, no sign. */
export function formatColumn(amountMinor: number, currency: Currency, locale: Locale): string {
  const digits = minorDigits(currency);
  const format = numberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return typeset(format.format(decimalOfMinor(amountMinor, digits)));
}

/** A weight in kilograms with three decimals and without its unit, which the words around it carry: 0.842. */
export function formatKilograms(weightGrams: number, locale: Locale): string {
  const format = numberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  return typeset(format.format(decimalOfMinor(weightGrams, 3)));
}

/** A payment number as two people compare it: 4021 7796. */
export function formatPaymentNumber(number: string): string {
  return `${number.slice(0, 4)} ${number.slice(4)}`;
}

const unitAfterNumber = /(\d) (?=(?:ml|cl|l|L|g|kg|mm|cm|m|W|V|%|千克|克|毫升|升|节|片|只|个|支|包|枚)(?!\w))/g;

/** A name as it is shown: a number and its unit stay on one line (500 ml, 150 克), joined by U+00A0. */
export function formatName(name: string): string {
  return name.replaceAll(unitAfterNumber, "$1\u00a0");
}

/**
 * A code as it is printed under its bars, so that it can be compared: GTIN-13 1-6-6, GTIN-8 4-4, UPC-A 1-5-5-1
 * (GS1 General Specifications, 5.2). A GTIN-14 that only pads a shorter one is shown as that one. Anything else stays.
 */
export function formatCode(code: string): string {
  if (!/^\d{8,14}$/.test(code)) return code;
  const digits = code.length === 14 && code.startsWith("0") ? code.slice(1) : code;
  if (digits.length === 13 && digits.startsWith("00000")) return formatCode(digits.slice(5));
  if (digits.length === 13) return `${digits.slice(0, 1)} ${digits.slice(1, 7)} ${digits.slice(7)}`;
  if (digits.length === 8) return `${digits.slice(0, 4)} ${digits.slice(4)}`;
  if (digits.length === 12) return `${digits[0]} ${digits.slice(1, 6)} ${digits.slice(6, 11)} ${digits[11]}`;
  return digits;
}

const timeFormats = new Map<string, Intl.DateTimeFormat>();

function timeFormat(zone: string, withSeconds: boolean): Intl.DateTimeFormat {
  const name = `${zone} ${withSeconds}`;
  let format = timeFormats.get(name);
  if (format === undefined) {
    const seconds = withSeconds ? { second: "2-digit" as const } : {};
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      ...seconds,
    });
    timeFormats.set(name, format);
  }
  return format;
}

/** The time of day in the till's own zone, 24 hours: 14:31. */
export function formatTime(instant: string | number, zone: string): string {
  return timeFormat(zone, false).format(new Date(instant));
}

/** The time of day to the second in the till's own zone: 14:32:09. */
export function formatTimeToSecond(instant: string | number, zone: string): string {
  return timeFormat(zone, true).format(new Date(instant));
}

/** The price of a weighed good: grams by a price per kilogram, half a minor unit rounded up. A preview; the till decides. */
export function weighedPriceMinor(weightGrams: number, pricePerKilogramMinor: number): number {
  return Number((BigInt(weightGrams) * BigInt(pricePerKilogramMinor) * 2n + 1000n) / 2000n);
}

/** A calendar day (2008-11-21) as people of the language write it: 21 Nov 2008, 2008年11月21日. */
export function formatDay(isoDay: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    timeZone: "UTC",
    day: "numeric",
    month: locale === "en" ? "short" : "long",
    year: "numeric",
  });
  return format.format(new Date(`${isoDay}T00:00:00Z`));
}

/** Parts per million as a percentage without its sign and without zeros at the end: 125000 is 12.5. */
export function formatPercent(partsPerMillion: number): string {
  return decimalOfMinor(partsPerMillion, 4).replace(/\.?0+$/, "");
}
