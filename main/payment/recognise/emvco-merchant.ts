import { utf8 } from "../../../sync/protocol/bytes.ts";
import { crc16 } from "../../../sync/protocol/crc16.ts";
import { currencyOfNumber } from "./currency-numbers.ts";
import { minorOfDecimal } from "./decimal-amount.ts";
import { readEmvcoObjects, type EmvcoObjects } from "./emvco-tlv.ts";
import { unknown, type MerchantFields, type Recognition } from "./recognition.ts";

/** Payee schemes by what their template calls itself, in capitals. Others are told as `emvco`. */
const schemes: readonly (readonly [start: string, scheme: string])[] = [
  ["BR.GOV.BCB.PIX", "pix"],
  ["A0000006770101", "promptpay"],
  ["SG.PAYNOW", "paynow"],
  ["HK.COM.HKICL", "fps"],
  ["A000000727", "napas"],
  ["A000000615", "duitnow"],
  ["ID.CO.QRIS", "qris"],
  ["COM.P2PQRPAY", "qr-ph"],
  ["A000000333", "unionpay"],
];

/** What every code has (EMVCo Merchant-Presented Mode 1.1, table 3.1), with the form of each. */
const always: Readonly<Record<string, RegExp>> = {
  "00": /^01$/,
  "53": /^\d{3}$/,
  "58": /^[A-Z]{2}$/,
  "63": /^[0-9A-Fa-f]{4}$/,
};

/** What every code has besides, but that those of PromptPay to a person leave out. */
const withMerchant: Readonly<Record<string, RegExp>> = { "52": /^\d{4}$/, "59": /^.{1,25}$/su, "60": /^.{1,15}$/su };

/** What may be there and has a form where it is. */
const optional: Readonly<Record<string, RegExp>> = {
  "01": /^1[12]$/,
  "54": /^(?=.{1,13}$)\d+(?:\.\d*)?$/,
  "55": /^0[123]$/,
  "56": /^(?=.{1,13}$)\d+(?:\.\d*)?$/,
  "57": /^(?=.{1,5}$)\d+(?:\.\d*)?$/,
  "61": /^.{1,10}$/su,
};

/**
 * A merchant's or a payee's code (EMVCo Merchant-Presented Mode 1.1), with the rules of PIX and PromptPay where it is one
 * of theirs, and Thai bank slips, which share the grammar. A till shows such codes and is never paid by one: what it says
 * is read so that the cashier can be told what the shopper holds up. Null where the text does not begin like one.
 */
export function recogniseMerchantCode(text: string): Recognition | null {
  if (/^00(?:3\d|4\d)0006000001/.test(text)) return recogniseSlip(text);
  if (!text.startsWith("000201")) return null;
  const objects = readEmvcoObjects(text);
  if (objects === null || [...objects.keys()].at(-1) !== "63") return unknown(text, "merchant-code");
  if (!hasChecksum(text, objects.get("63"))) return unknown(text, "checksum");
  const fields = merchantFields(objects);
  return fields === null ? unknown(text, "merchant-code") : { kind: "emvco-merchant", fields, reason: null };
}

/** The mini code on a Thai bank slip: bank and reference under id 00, the country under 51, the checksum under 91. */
function recogniseSlip(text: string): Recognition {
  const objects = readEmvcoObjects(text);
  const isSlip = objects !== null && [...objects.keys()].join() === "00,51,91" && objects.get("51") === "TH";
  const inner = readEmvcoObjects(objects?.get("00") ?? "");
  if (!isSlip || !/^\d{3}$/.test(inner?.get("01") ?? "") || !inner?.has("02")) return unknown(text, "merchant-code");
  return unknown(text, hasChecksum(text, objects.get("91")) ? "bank-slip" : "checksum");
}

/** The checksum is over everything in front of its own four characters, the id and length of it included. */
function hasChecksum(text: string, checksum: string | undefined): boolean {
  if (checksum === undefined || !/^[0-9A-Fa-f]{4}$/.test(checksum)) return false;
  return crc16(utf8(text.slice(0, -4))) === Number.parseInt(checksum, 16);
}

function merchantFields(objects: EmvcoObjects): MerchantFields | null {
  const scheme = schemeOf(objects);
  if (scheme === null || !fits(objects, always, true) || !fits(objects, optional, false)) return null;
  if (!fits(objects, withMerchant, scheme !== "promptpay")) return null;
  if (!areTemplates(objects, ["62", "64", ...ids(80, 99)])) return null;
  const reference = readEmvcoObjects(objects.get("62") ?? "")?.get("05");
  const [merchantName, merchantCity, country] = ["59", "60", "58"].map((id) => objects.get(id));
  const use = { "11": "static", "12": "dynamic" }[objects.get("01") ?? ""] as "static" | "dynamic" | undefined;
  return {
    scheme,
    use: use ?? "not-said",
    ...(merchantName === undefined ? {} : { merchantName }),
    ...(merchantCity === undefined ? {} : { merchantCity }),
    ...(country === undefined ? {} : { country }),
    ...amountOf(objects),
    ...(reference === undefined ? {} : { reference }),
  };
}

/** Who is paid by: the first template that names itself, else a card scheme's own id. Null where nobody is, or wrongly. */
function schemeOf(objects: EmvcoObjects): string | null {
  let scheme: string | null = ids(2, 25).some((id) => objects.has(id)) ? "emvco" : null;
  let isNamed = false;
  for (const id of ids(26, 51)) {
    const value = objects.get(id);
    if (value === undefined) continue;
    const template = readEmvcoObjects(value);
    const name = template?.get("00")?.toUpperCase();
    if (template === null || name === undefined) return null;
    const known = schemes.find(([start]) => name.startsWith(start))?.[1];
    if (known === "pix" && !isPix(template)) return null;
    if (!isNamed) scheme = known ?? "emvco";
    isNamed ||= known !== undefined;
  }
  return scheme;
}

/** A key of its payee, or the address of a charge that was made for one payment (manual of the BR Code, section 2.6). */
function isPix(template: EmvcoObjects): boolean {
  return template.has("01") !== template.has("25");
}

function fits(objects: EmvcoObjects, forms: Readonly<Record<string, RegExp>>, areRequired: boolean): boolean {
  return Object.entries(forms).every(([id, form]) => {
    const value = objects.get(id);
    return value === undefined ? !areRequired : form.test(value);
  });
}

function areTemplates(objects: EmvcoObjects, templateIds: readonly string[]): boolean {
  return templateIds.every((id) => {
    const value = objects.get(id);
    return value === undefined || readEmvcoObjects(value) !== null;
  });
}

function amountOf(objects: EmvcoObjects): Pick<MerchantFields, "amount" | "amountMinor" | "currency"> {
  const number = objects.get("53") ?? "";
  const currency = currencyOfNumber(number);
  const named = { currency: currency?.code ?? number };
  const amount = objects.get("54");
  if (amount === undefined) return named;
  const amountMinor = currency === null ? null : minorOfDecimal(amount, currency.minorDigits);
  return amountMinor === null ? { ...named, amount } : { ...named, amountMinor };
}

function ids(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index).padStart(2, "0"));
}
