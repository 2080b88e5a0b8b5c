import { recogniseBill } from "./bills.ts";
import { recogniseConsumerCode } from "./emvco-consumer.ts";
import { recogniseMerchantCode } from "./emvco-merchant.ts";
import { readDigitalLink } from "./gs1-digital-link.ts";
import { readBracketedElements, readElementString, type Gs1Element, type Gs1Refusal } from "./gs1-element-string.ts";
import { recogniseElements } from "./gs1-fields.ts";
import { recogniseOwnCode } from "./own-codes.ts";
import { unknown, type Recognition, type RecogniseSettings, type ScannedCode } from "./recognition.ts";
import { carrierOf, mayCarryWalletCode, splitSymbology } from "./symbology.ts";
import { recogniseTradeItem, recogniseWithAddOn } from "./trade-items.ts";
import { recogniseUpi } from "./upi.ts";
import { recogniseWalletDigits } from "./wallet-codes.ts";

/** Longer than any code that the till knows: a Swiss bill has 997 characters at most, a wallet code of ours 704. */
const maximumCodeCharacters = 1024;

/** A QR code holds 7,089 digits or 2,953 bytes; no reader has more to say about one code. */
const maximumCodeBytes = 7089;

/**
 * Says what a scanned code is, by length first and then by full grammar and checks, never by a prefix alone. It is pure: it
 * looks at no clock, catalogue or key, and says nothing about whether the good exists or the wallet has money. Formats
 * collide between countries, so that what the shop takes is configuration (`settings`) and never guessed from digits.
 */
export function recognise(code: ScannedCode, settings: RecogniseSettings): Recognition {
  // Measured with the blanks around it, because a line of the sale keeps the whole scan.
  const isLong = code.text.length > maximumCodeCharacters || (code.hex?.length ?? 0) > maximumCodeBytes * 2;
  const trimmed = isLong ? code.text.slice(0, maximumCodeCharacters) : code.text.trim();
  if (isLong) return unknown(trimmed, "too-long");
  const typed = code.symbology === undefined ? splitSymbology(trimmed) : { symbology: code.symbology, data: trimmed };
  const { symbology, data: text } = typed;
  if (text === "") return unknown(text, "empty");
  return (
    recogniseByCarrier(text, symbology, settings) ??
    recogniseOwnCode(text) ??
    recogniseGoods(text, symbology, settings) ??
    recogniseStrangers(text, settings) ??
    recogniseBareElements(text, symbology, settings) ??
    (mayCarryWalletCode(symbology) ? recogniseWalletDigits(text, settings) : null) ??
    unknown(text, isBinary(text) ? "binary" : "not-known")
  );
}

/** What a symbol can hold decides first: the number of a pallet in GS1-128 is never a payment code, whatever its digits. */
function recogniseByCarrier(
  text: string,
  symbology: string | undefined,
  settings: RecogniseSettings,
): Recognition | null {
  switch (carrierOf(symbology)) {
    case "gs1":
      return ofElements(text, readElementString(text, settings.year), settings);
    case "retail":
      return recogniseTradeItem(text, symbology, settings) ?? unknown(text, "not-known");
    case "retail-add-on":
      return recogniseWithAddOn(text) ?? recogniseTradeItem(text, symbology, settings) ?? unknown(text, "not-known");
    case "open":
      return null;
  }
}

/** Goods in every form that a reader which does not say what it read may hand over. */
function recogniseGoods(text: string, symbology: string | undefined, settings: RecogniseSettings): Recognition | null {
  if (text.startsWith("\u001d")) return ofElements(text, readElementString(text, settings.year), settings);
  if (/^\(\d{2,4}\)/.test(text)) return ofElements(text, readBracketedElements(text, settings.year), settings);
  if (/^https?:\/\//i.test(text)) {
    const elements = readDigitalLink(text, settings.year);
    return elements === null ? unknown(text, "link") : ofElements(text, elements, settings);
  }
  return recogniseTradeItem(text, symbology, settings);
}

/**
 * An element string of which the reader has not said that it is one. Only those that begin with the key of an item or a load
 * are taken, and only whole: no wallet's digits begin with a zero, while those of other identifiers could be a wallet's. A
 * payee's code begins with zeros too; it has a checksum, and is looked for before.
 */
function recogniseBareElements(
  text: string,
  symbology: string | undefined,
  settings: RecogniseSettings,
): Recognition | null {
  if (symbology !== undefined || !/^(?:00\d{18}|0[12]\d{14})/.test(text)) return null;
  const elements = readElementString(text, settings.year);
  return typeof elements === "string" ? null : recogniseElements(elements, settings);
}

/** Codes of payment schemes and banks that have a structure of their own. */
function recogniseStrangers(text: string, settings: RecogniseSettings): Recognition | null {
  return (
    recogniseMerchantCode(text) ??
    recogniseConsumerCode(text, settings) ??
    recogniseUpi(text) ??
    recogniseBill(text) ??
    (/^[a-z][a-z0-9+.-]{1,31}:\/\//i.test(text) ? unknown(text, "link") : null)
  );
}

function ofElements(text: string, elements: Gs1Element[] | Gs1Refusal, settings: RecogniseSettings): Recognition {
  return typeof elements === "string" ? unknown(text, elements) : recogniseElements(elements, settings);
}

/** Control characters other than those of lines and GS1 separators are in no text. */
function isBinary(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001c\u001e\u001f\u007f-\u009f]/.test(text);
}
