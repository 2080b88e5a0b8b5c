import { utf8 } from "../../../sync/protocol/bytes.ts";
import { isCreditorReference, isIban, isQrReference } from "./account-checks.ts";
import { minorOfDecimal } from "./decimal-amount.ts";
import { unknown, type Recognition } from "./recognition.ts";

/** The transfer of the European Payments Council may have no more (EPC069-12, section 3). */
const maximumEpcBytes = 331;

/**
 * A bill that a bank's app pays: the Swiss QR bill (Implementation Guidelines 2.3, section 4) and the European credit
 * transfer (EPC069-12). Neither pays a till. Null where the text begins like neither.
 */
export function recogniseBill(text: string): Recognition | null {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines[0] === "SPC" && lines.length > 1) return recogniseSwissBill(text, lines);
  return lines[0] === "BCD" && lines.length > 1 ? recogniseEpc(text, lines) : null;
}

/** 31 lines to the end mark `EPD`, and up to three more of billing information and alternative procedures. */
function recogniseSwissBill(text: string, lines: readonly string[]): Recognition {
  const [, version, coding, iban = ""] = lines;
  const [creditorName = "", amount = "", currency = ""] = [lines[5], lines[18], lines[19]];
  const [referenceType = "", reference = ""] = [lines[27], lines[28]];
  const isWhole =
    lines.length >= 31 &&
    lines.length <= 34 &&
    /^02\d\d$/.test(version ?? "") &&
    coding === "1" &&
    /^(?:CH|LI).{19}$/.test(iban) &&
    isIban(iban) &&
    isAddress(lines.slice(4, 11)) &&
    lines.slice(11, 18).every((line) => line === "") &&
    (amount === "" || /^\d{1,9}\.\d{2}$/.test(amount)) &&
    (currency === "CHF" || currency === "EUR") &&
    (lines.slice(20, 27).every((line) => line === "") || isAddress(lines.slice(20, 27))) &&
    isSwissReference(iban, referenceType, reference) &&
    (lines[29] ?? "").length <= 140 &&
    lines[30] === "EPD";
  if (!isWhole) return unknown(text, "bill");
  const amountMinor = minorOfDecimal(amount, 2);
  return {
    kind: "bill",
    fields: {
      scheme: "swiss-qr",
      iban,
      creditorName,
      ...(amountMinor === null ? {} : { amountMinor }),
      currency,
      ...(reference === "" ? {} : { reference }),
    },
    reason: null,
  };
}

/** Seven lines: structured with street and house number, or the older two free lines; a name and a country in any case. */
function isAddress(lines: readonly string[]): boolean {
  const [type, name = "", first = "", second = "", postCode = "", town = "", country = ""] = lines;
  if (name === "" || name.length > 70 || first.length > 70 || !/^[A-Z]{2}$/.test(country)) return false;
  if (type === "S") return second.length <= 16 && /^.{1,16}$/.test(postCode) && /^.{1,35}$/.test(town);
  return type === "K" && second !== "" && second.length <= 70 && postCode === "" && town === "";
}

/** An account for QR references (its institute is between 30000 and 31999) needs one, and no other account may have one. */
function isSwissReference(iban: string, type: string, reference: string): boolean {
  const isQrAccount = /^3[01]\d{3}$/.test(iban.slice(4, 9));
  if (isQrAccount) return type === "QRR" && isQrReference(reference);
  return type === "SCOR" ? isCreditorReference(reference) : type === "NON" && reference === "";
}

function recogniseEpc(text: string, lines: readonly string[]): Recognition {
  const [, version = "", coding = "", transfer = "", bic = "", name = "", iban = "", amount = ""] = lines;
  const [purpose = "", reference = "", message = "", note = ""] = lines.slice(8);
  const isWhole =
    lines.length <= 12 &&
    utf8(text).length <= maximumEpcBytes &&
    (version === "001" || version === "002") &&
    /^[1-8]$/.test(coding) &&
    (transfer === "SCT" || transfer === "INST") &&
    (/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(bic) || (bic === "" && version === "002")) &&
    name !== "" &&
    name.length <= 70 &&
    isIban(iban) &&
    (amount === "" || /^EUR\d{1,9}(?:\.\d{1,2})?$/.test(amount)) &&
    /^[A-Z0-9]{0,4}$/.test(purpose) &&
    reference.length <= 35 &&
    (!reference.startsWith("RF") || isCreditorReference(reference)) &&
    message.length <= 140 &&
    (reference === "" || message === "") &&
    note.length <= 70;
  if (!isWhole) return unknown(text, "bill");
  const amountMinor = minorOfDecimal(amount.slice(3), 2);
  return {
    kind: "bill",
    fields: {
      scheme: "epc",
      iban,
      creditorName: name,
      ...(amountMinor === null ? {} : { amountMinor }),
      currency: "EUR",
      ...(reference === "" ? {} : { reference }),
    },
    reason: null,
  };
}
