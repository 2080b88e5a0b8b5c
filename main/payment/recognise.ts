import { parseReceiptCode } from "../../sync/protocol/receipt-code.ts";
import { gtin14Of } from "../catalog/gtin.ts";

/** What a scan is, with what it says. `reason` tells why an unknown one is none of the others. */
export type Recognition =
  | { kind: "gtin"; fields: { gtin14: string }; reason: null }
  | { kind: "spend-token"; fields: { text: string }; reason: null }
  | { kind: "receipt"; fields: { ledger: string; seq: number; hashStart: string }; reason: null }
  | {
      kind: "unknown";
      fields: { text: string };
      reason: "empty" | "too-long" | "check-digit" | "wallet-code" | "receipt-code" | "not-known";
    };

/** What a reader hands over: the text, and the AIM symbology identifier (ISO/IEC 15424) where the reader sends one. */
export type ScannedCode = { text: string; symbology?: string | undefined };

/** Longer than any code the till takes; a QR code holds 4,296 characters at most, a wallet code 700. */
const maximumCodeCharacters = 1024;

/** The whole grammar of a spend token's text: prefix and the alphabet of base45 (RFC 9285, section 4.2). */
const spendTokenGrammar = /^PT1:[0-9A-Z $%*+./:-]{100,700}$/;

/**
 * Says what a scanned code is, by length first and then by full grammar and check digit, never by a prefix alone.
 * It is pure and says nothing about whether the good exists or the wallet has money.
 */
export function recognise(code: ScannedCode): Recognition {
  const text = code.text.trim();
  // Measured with the blanks around it, because a line of the sale keeps the whole scan.
  if (code.text.length > maximumCodeCharacters) return unknown(text, "too-long");
  if (text === "") return unknown(text, "empty");
  if (spendTokenGrammar.test(text)) return { kind: "spend-token", fields: { text }, reason: null };
  if (/^\d{8}$|^\d{12,14}$/.test(text)) {
    const gtin14 = gtin14Of(text, code.symbology);
    return gtin14 === null ? unknown(text, "check-digit") : { kind: "gtin", fields: { gtin14 }, reason: null };
  }
  const receipt = parseReceiptCode(text);
  if (receipt !== null) return { kind: "receipt", fields: receipt, reason: null };
  // Nothing else begins like this: it was meant to be one of our codes and was not read whole.
  if (text.startsWith("PT1:")) return unknown(text, "wallet-code");
  if (text.startsWith("PC1:")) return unknown(text, "receipt-code");
  return unknown(text, "not-known");
}

function unknown(text: string, reason: Extract<Recognition, { kind: "unknown" }>["reason"]): Recognition {
  return { kind: "unknown", fields: { text }, reason };
}
