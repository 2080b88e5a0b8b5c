import type { EmbeddedPattern } from "../../../sync/protocol/change.ts";
import { checkDigitOf } from "../../catalog/gtin.ts";
import { unknown, type Recognition } from "./recognition.ts";

/** Weights by which the digits of a price or weight are checked, with the remainder of tens taken in (GenSpecs, section 7.9.2 to 7.9.4). */
type Weighing = "2-" | "3" | "5+" | "5-";

/**
 * A label of the shop's own scale: item and weight or price in the digits of one EAN-13, laid out as the shop's pattern says
 * (GS1 General Specifications, section 2.1.11: numbers of restricted circulation). Null where no pattern fits; the check
 * digit of the whole has been looked at before.
 */
export function recogniseEmbedded(ean13: string, patterns: readonly EmbeddedPattern[]): Recognition | null {
  const pattern = patterns.find(({ prefix }) => ean13.startsWith(prefix));
  if (pattern === undefined) return null;
  const { prefix, itemDigits, hasPriceCheck, valueDigits, value: meaning, step } = pattern;
  const valueStart = prefix.length + itemDigits + (hasPriceCheck ? 1 : 0);
  // A pattern that does not fill an EAN-13 would cut a price out of the wrong digits.
  if (valueStart + valueDigits !== 12) return null;
  const digits = ean13.slice(valueStart, 12);
  if (hasPriceCheck && verifierOf(digits) !== Number(ean13.charAt(valueStart - 1)))
    return unknown(ean13, "check-digit");
  const amount = Number(digits) * step;
  const bare = ean13.slice(0, prefix.length + itemDigits).padEnd(12, "0");
  return {
    kind: "embedded",
    fields: {
      itemCode: ean13.slice(prefix.length, prefix.length + itemDigits),
      gtin14: `0${bare}${checkDigitOf(bare)}`,
      ...(meaning === "weight" ? { weightGrams: amount } : { priceMinor: amount }),
    },
    reason: null,
  };
}

/** The verifier digit of a price or weight of four or five digits, null for another length. */
function verifierOf(digits: string): number | null {
  if (digits.length === 4) return (weighed(digits, ["2-", "2-", "3", "5-"]) * 3) % 10;
  if (digits.length !== 5) return null;
  const wanted = (10 - (weighed(digits, ["5+", "2-", "5-", "5+", "2-"]) % 10)) % 10;
  for (let digit = 0; digit <= 9; digit += 1) if (weigh(digit, "5-") === wanted) return digit;
  return null;
}

function weighed(digits: string, weights: readonly Weighing[]): number {
  return weights.reduce((sum, weight, index) => sum + weigh(Number(digits[index]), weight), 0);
}

/** Only the units digit of each weighted value counts. */
function weigh(digit: number, weight: Weighing): number {
  if (weight === "3") return (digit * 3) % 10;
  const product = digit * (weight === "2-" ? 2 : 5);
  const tens = Math.floor(product / 10);
  return (((weight === "5+" ? product + tens : product - tens) % 10) + 10) % 10;
}
