import { minorDigits } from "../../../sync/protocol/money.ts";
import { currencyOfNumber } from "./currency-numbers.ts";
import { minorOfDigits } from "./decimal-amount.ts";
import { gs1Date, gs1Time } from "./gs1-date.ts";
import type { Gs1Element } from "./gs1-element-string.ts";
import type { CouponFields, Gs1Fields, Recognition, RecogniseSettings } from "./recognition.ts";

/** Texts that are taken as they stand. */
const textFields = {
  "00": "sscc",
  "01": "gtin14",
  "02": "contentGtin14",
  "10": "lot",
  "20": "variant",
  "21": "serial",
} as const satisfies Record<string, keyof Gs1Fields>;

/** Dates whose day may be 00. */
const dateFields = {
  "11": "productionDate",
  "13": "packDate",
  "15": "bestBefore",
  "16": "sellBy",
  "17": "expiry",
} as const satisfies Record<string, keyof Gs1Fields>;

/** What makes a code a coupon: a global coupon number, or the coupons of North America (GenSpecs, sections 3.5.12 and 3.9). */
const couponIdentifiers = ["255", "8110", "8112"];

/** What checked elements come to: a coupon where they name one, else goods or a load with what is known of it. */
export function recogniseElements(elements: readonly Gs1Element[], settings: RecogniseSettings): Recognition {
  const coupon = elements.find(({ identifier }) => couponIdentifiers.includes(identifier));
  if (coupon !== undefined) {
    return { kind: "coupon", fields: couponFields(coupon, elements, settings), reason: null };
  }
  const fields: Gs1Fields = {};
  const others: string[] = [];
  for (const element of elements) {
    if (!takeElement(fields, element, settings)) others.push(`(${element.identifier})${element.value}`);
  }
  if (others.length > 0) fields.others = others.join("");
  return { kind: "gs1", fields, reason: null };
}

/** Writes an element under its name; false where it has none. */
function takeElement(fields: Gs1Fields, element: Gs1Element, settings: RecogniseSettings): boolean {
  const { identifier, value } = element;
  if (Object.hasOwn(textFields, identifier)) {
    fields[textFields[identifier as keyof typeof textFields]] = value;
    return true;
  }
  if (Object.hasOwn(dateFields, identifier)) {
    const date = gs1Date(value, { dayZero: true, year: settings.year });
    if (date !== null) fields[dateFields[identifier as keyof typeof dateFields]] = date;
    return date !== null;
  }
  if (identifier === "7003") return takeExpiryTime(fields, value, settings);
  if (identifier === "30" || identifier === "37") {
    fields.count = Number(value);
    return true;
  }
  if (/^310[0-5]$/.test(identifier)) {
    fields.weightGrams = gramsOf(value, Number(identifier.charAt(3)));
    return true;
  }
  return takePrice(fields, element, settings);
}

/** An expiry with its time is the narrower one: a day beside it says nothing more. */
function takeExpiryTime(fields: Gs1Fields, value: string, { year }: RecogniseSettings): boolean {
  const date = gs1Date(value, { dayZero: false, year });
  const time = gs1Time(value.slice(6));
  if (date === null || time === null) return false;
  fields.expiryTime = time;
  if (fields.expiry === undefined || date < fields.expiry) fields.expiry = date;
  return true;
}

/** Whole grams of kilograms with so many decimals; parts of a gram are rounded, half a gram up. */
function gramsOf(value: string, decimals: number): number {
  if (decimals <= 3) return Number(value) * 10 ** (3 - decimals);
  const step = 10 ** (decimals - 3);
  const number = Number(value);
  const rest = number % step;
  return (number - rest) / step + (rest * 2 >= step ? 1 : 0);
}

/** 392n and 393n are the price of the item, 395n the price of one unit of measure; the last digit counts decimals. */
function takePrice(fields: Gs1Fields, { identifier, value }: Gs1Element, settings: RecogniseSettings): boolean {
  const decimals = Number(identifier.charAt(3));
  const name = identifier.startsWith("395") ? "pricePerUnitMinor" : "priceMinor";
  if (/^39[25]\d$/.test(identifier)) {
    const amountMinor = minorOfDigits(value, decimals, minorDigits(settings.currency));
    if (amountMinor !== null) fields[name] = amountMinor;
    return amountMinor !== null;
  }
  if (!/^393\d$/.test(identifier)) return false;
  const currency = currencyOfNumber(value.slice(0, 3));
  const amountMinor = currency === null ? null : minorOfDigits(value.slice(3), decimals, currency.minorDigits);
  if (currency === null || amountMinor === null) return false;
  fields.priceMinor = amountMinor;
  fields.currency = currency.code;
  return true;
}

function couponFields(
  { identifier, value }: Gs1Element,
  elements: readonly Gs1Element[],
  settings: RecogniseSettings,
): CouponFields {
  const isNumber = identifier === "255";
  const fields: CouponFields = { code: isNumber ? value.slice(0, 13) : value };
  if (isNumber && value.length > 13) fields.serial = value.slice(13);
  for (const other of elements) {
    const decimals = Number(other.identifier.charAt(3));
    if (other.identifier === "17") {
      const date = gs1Date(other.value, { dayZero: true, year: settings.year });
      if (date !== null) fields.expiry = date;
    } else if (/^390\d$/.test(other.identifier)) {
      const amountMinor = minorOfDigits(other.value, decimals, minorDigits(settings.currency));
      if (amountMinor !== null) fields.amountMinor = amountMinor;
    } else if (/^394[0-3]$/.test(other.identifier)) {
      fields.percentOff = withDecimals(other.value, decimals);
    } else if (other.identifier === "8111") {
      fields.points = Number(other.value);
    }
  }
  return fields;
}

/** Digits with their point where it belongs: `0125` with one decimal is `12.5`. */
function withDecimals(digits: string, decimals: number): string {
  const padded = digits.padStart(decimals + 1, "0");
  const whole = padded.slice(0, padded.length - decimals).replace(/^0+(?=\d)/, "");
  return decimals === 0 ? whole : `${whole}.${padded.slice(padded.length - decimals)}`;
}
