import type { Recognition, RecogniseSettings } from "../../../main/payment/recognise/recognition.ts";
import {
  crcOf,
  endsInCheckDigit,
  fromBase45,
  isMod97,
  readPiece,
  withRecursiveDigit,
  type Piece,
} from "./arithmetic.ts";

type Known = Exclude<Recognition, { kind: "unknown" }>;

const utf8 = new TextEncoder();

/** Whether what a code was taken for is true by its own checks, whatever it was made from. */
export function isTrue(found: Known, scanned: string, settings: RecogniseSettings): boolean {
  if (scanned.length > 1024) return false;
  const whole = scanned.trim();
  const text = whole.replace(/^\][A-Za-z][0-9A-Za-z]/, "");
  switch (found.kind) {
    case "gtin":
      return isGtin(found.fields, text);
    case "gs1":
      return isGs1(found.fields, text);
    case "embedded":
      return (
        text.length >= 12 &&
        endsInCheckDigit(text) &&
        isEmbedded(found.fields, text.padStart(14, "0").slice(1), settings)
      );
    case "coupon":
      return isCoupon(found.fields.code, text);
    case "spend-token":
      return isSigned(text, "PT1:", true) && text.length <= 704;
    case "payment-request":
      return isSigned(text, "PR1:", false);
    case "payment-proof":
      return isSigned(text, "PP1:", false);
    case "exit":
      return isSigned(text, "PX1:", false);
    case "basket":
      return isSigned(text, "PB1:", false);
    case "receipt":
      return isReceipt(found.fields, text);
    case "badge":
      return isBadge(found.fields.badgeId, text);
    case "wechat-pay":
      return settings.wallets.has("wechat-pay") && isNumber(text, 18, 18, 10, 15);
    case "alipay":
      return settings.wallets.has("alipay") && isNumber(text, 16, 24, 25, 30);
    case "unionpay":
      return settings.wallets.has("unionpay") && isNumber(text, 19, 19, 62, 62);
    case "emvco-consumer":
      return isConsumer(found.fields.aid, text);
    case "emvco-merchant":
      return isMerchant(text);
    case "upi":
      return isUpi(found.fields, text);
    case "bill":
      return isBill(found.fields, text);
  }
}

function isNumber(text: string, least: number, most: number, first: number, last: number): boolean {
  const start = Number(text.slice(0, 2));
  const isLong = text.length >= least && text.length <= most;
  return isLong && [...text].every((digit) => digit >= "0" && digit <= "9") && start >= first && start <= last;
}

function isGtin({ gtin14, addOn = "" }: { gtin14: string; addOn?: string }, text: string): boolean {
  if (!/^\d{14}$/.test(gtin14) || !endsInCheckDigit(gtin14) || !text.endsWith(addOn)) return false;
  const number = text.slice(0, text.length - addOn.length);
  // Eight digits may be a UPC-E, whose maker and item stand in it in another order.
  if (number.length === 8) return gtin14 === number.padStart(14, "0") || /^[01]\d{7}$/.test(number);
  return [12, 13, 14].includes(number.length) && gtin14 === number.padStart(14, "0");
}

/** Every value stands in the text behind its identifier, keys have their check digits, and days are in the calendar. */
function isGs1(fields: Extract<Recognition, { kind: "gs1" }>["fields"], text: string): boolean {
  const stands = /^https?:/i.test(text) ? standsInLink(text) : standsInElements(text);
  const keys = [fields.gtin14, fields.sscc, fields.contentGtin14].filter((key) => key !== undefined);
  const days = [fields.expiry, fields.bestBefore, fields.sellBy, fields.packDate, fields.productionDate];
  const numbers = [fields.weightGrams, fields.priceMinor, fields.count];
  return (
    keys.every(endsInCheckDigit) &&
    stands("01", fields.gtin14) &&
    stands("00", fields.sscc) &&
    stands("02", fields.contentGtin14) &&
    stands("10", fields.lot) &&
    stands("21", fields.serial) &&
    days.every((day) => day === undefined || new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)) &&
    numbers.every((value) => value === undefined || Number.isSafeInteger(value))
  );
}

type Stands = (identifier: string, value: string | undefined) => boolean;

function standsInElements(text: string): Stands {
  return (identifier, value) =>
    value === undefined || text.includes(identifier + value) || text.includes(`(${identifier})${value}`);
}

/** A GTIN may have lost its zeros; everything else is as it was encoded. */
function standsInLink(text: string): Stands {
  const [path = "", query = ""] = (text.split("#")[0] ?? "").split("?");
  const said = [
    ...path.split("/").map((segment, at, all) => [all[at - 1], segment]),
    ...query.split(/[&;]/).map((part) => part.split("=")),
  ];
  return (identifier, value) =>
    value === undefined ||
    said.some(([name, encoded = ""]) => {
      if (name !== identifier) return false;
      const plain = decoded(encoded);
      return (identifier === "01" ? plain?.padStart(14, "0") : plain) === value;
    });
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function isEmbedded(
  fields: { itemCode: string; weightGrams?: number; priceMinor?: number },
  ean13: string,
  { embedded }: RecogniseSettings,
): boolean {
  return embedded.some((pattern) => {
    const from = pattern.prefix.length;
    const value = Number(ean13.slice(12 - pattern.valueDigits, 12)) * pattern.step;
    const said = pattern.value === "weight" ? fields.weightGrams : fields.priceMinor;
    return (
      ean13.startsWith(pattern.prefix) &&
      ean13.slice(from, from + pattern.itemDigits) === fields.itemCode &&
      said === value
    );
  });
}

function isCoupon(code: string, text: string): boolean {
  const isPrinted = /^\d{12,14}$/.test(text) && /^(98[1-4]|99)/.test(text.padStart(14, "0").slice(1));
  const isNumber =
    (code.length === 13 && text.includes(`255${code}`)) ||
    text.includes(`(255)${code}`) ||
    text.includes(`255/${code}`);
  if (isPrinted && code === text.padStart(14, "0").slice(1)) return endsInCheckDigit(text);
  return isNumber ? endsInCheckDigit(code) : /8110|8112/.test(text);
}

function isSigned(text: string, prefix: string, isToken: boolean): boolean {
  const bytes = text.startsWith(prefix) ? fromBase45(text.slice(4)) : null;
  const message = bytes === null ? null : readPiece(bytes);
  if (bytes === null || message === null || message.end !== bytes.length) return false;
  const [header, open, payload, signature] = message.parts;
  const isShaped = message.major === 4 && message.count === 4 && header?.major === 2 && open?.major === 5;
  if (!isShaped || !isHeader(header) || payload === undefined || signature?.major !== 2) return false;
  if (!isToken) return signature.count === 64 && (payload.major === 2 || payload.major === 7);
  const claims = payload.major === 2 ? readPiece(payload.bytes) : null;
  return claims?.major === 5 && claims.end === payload.count && open.count === 1 && (open.parts[1]?.count ?? 0) > 64;
}

/** The protected header has an algorithm: label 1. */
function isHeader(header: Piece): boolean {
  const map = readPiece(header.bytes);
  return (
    map?.major === 5 &&
    map.end === header.count &&
    map.parts.some((part, at) => at % 2 === 0 && part.major === 0 && part.count === 1)
  );
}

function isReceipt(
  { ledger, seq, hashStart }: { ledger: string; seq: number; hashStart: string },
  text: string,
): boolean {
  const bytes = text.startsWith("PC1:") ? fromBase45(text.slice(4)) : null;
  if (bytes?.length !== 32) return false;
  const hex = Buffer.from(bytes).toString("hex");
  const isNumbered = BigInt(`0x${hex.slice(32, 48)}`) === BigInt(seq) && seq >= 1;
  return isNumbered && hex.startsWith(ledger.replaceAll("-", "")) && hex.endsWith(hashStart) && hashStart.length === 16;
}

function isBadge(badgeId: string, text: string): boolean {
  const bytes = text.startsWith("PW1:") ? fromBase45(text.slice(4)) : null;
  // Over a message and its checksum the remainder is zero.
  return bytes?.length === 18 && crcOf(bytes) === 0 && Buffer.from(bytes).toString("hex").startsWith(badgeId);
}

function isConsumer(aid: string, text: string): boolean {
  const hex = Buffer.from(text, "base64").toString("hex").toUpperCase();
  const isCanonical = Buffer.from(hex, "hex").toString("base64") === text;
  const idLength = (aid.length / 2).toString(16).toUpperCase().padStart(2, "0");
  return isCanonical && hex.startsWith("8505435056303161") && hex.includes(`4F${idLength}${aid}`);
}

function isMerchant(text: string): boolean {
  const body = text.slice(0, -4);
  if (!text.startsWith("000201") || !body.endsWith("6304") || !/^[0-9A-Fa-f]{4}$/.test(text.slice(-4))) return false;
  const templates = tagged(text)?.filter(([id]) => (id >= "26" && id <= "51") || id === "62" || id === "64");
  if (templates === undefined || !templates.every(([, value]) => tagged(value) !== null)) return false;
  return crcOf(utf8.encode(body)) === Number.parseInt(text.slice(-4), 16);
}

/** Data objects in their order, null where their lengths do not add up or one is there twice. */
function tagged(text: string): [id: string, value: string][] | null {
  const objects: [string, string][] = [];
  for (let at = 0; at < text.length;) {
    const [id, length] = [text.slice(at, at + 2), text.slice(at + 2, at + 4)];
    if (!/^\d{4}$/.test(id + length) || objects.some(([other]) => other === id)) return null;
    objects.push([id, text.slice(at + 4, at + 4 + Number(length))]);
    at += 4 + Number(length);
    if (at > text.length) return null;
  }
  return objects;
}

function isUpi({ payee, payeeName }: { payee: string; payeeName: string }, text: string): boolean {
  const parameters = new URLSearchParams(text.slice(text.indexOf("?") + 1));
  const isAsked = parameters.getAll("pa").join() === payee && parameters.getAll("pn").join() === payeeName;
  return /^upi:\/\/pay\?/i.test(text) && isAsked && payee.split("@").length === 2;
}

function isBill(
  { scheme, iban, reference = "" }: { scheme: string; iban: string; reference?: string },
  text: string,
): boolean {
  const lines = text.split(/\r\n|\r|\n/);
  if (!lines.includes(iban) || !isMod97(iban)) return false;
  if (scheme === "epc") return lines[0] === "BCD" && lines[6] === iban;
  const isReferred = reference === "" || isMod97(reference) || withRecursiveDigit(reference.slice(0, 26)) === reference;
  return lines[0] === "SPC" && lines[30] === "EPD" && isReferred;
}
