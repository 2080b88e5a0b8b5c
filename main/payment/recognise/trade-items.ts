import { gtin14Of, hasValidCheckDigit } from "../../catalog/gtin.ts";
import { recogniseEmbedded } from "./embedded.ts";
import { unknown, type Recognition, type RecogniseSettings } from "./recognition.ts";

/** GS1 prefixes of coupons: 981 to 984 for areas with one currency, 99 for a single country (GenSpecs, section 1.4.2). */
const couponPrefix = /^(?:98[1-4]|99)/;

/**
 * The digits that are printed on goods, coupons and labels of the shop's own scale: 8, 12, 13 or 14 of them with their
 * check digit. Null for another number of digits.
 */
export function recogniseTradeItem(
  text: string,
  symbology: string | undefined,
  settings: RecogniseSettings,
): Recognition | null {
  if (!/^\d{8}$|^\d{12,14}$/.test(text)) return null;
  const gtin14 = gtin14Of(text, symbology);
  if (gtin14 === null) return unknown(text, "check-digit");
  // An EAN-13, or a UPC-A that is one with a zero in front; eight digits and cases have neither labels nor coupons.
  const isEan13 = text.length !== 8 && gtin14.startsWith("0");
  if (isEan13) {
    const ean13 = gtin14.slice(1);
    if (couponPrefix.test(ean13)) return { kind: "coupon", fields: { code: ean13 }, reason: null };
    const embedded = recogniseEmbedded(ean13, settings.embedded);
    if (embedded !== null) return embedded;
  }
  return { kind: "gtin", fields: { gtin14 }, reason: null };
}

/** An EAN-13 or UPC-A with two or five more digits beside it, as magazines have (`]E3`; GenSpecs, section 5.2.2). */
export function recogniseWithAddOn(text: string): Recognition | null {
  const match = /^(\d{12,13})(\d{5}|\d{2})$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  if (!hasValidCheckDigit(match[1])) return unknown(text, "check-digit");
  return { kind: "gtin", fields: { gtin14: match[1].padStart(14, "0"), addOn: match[2] }, reason: null };
}
