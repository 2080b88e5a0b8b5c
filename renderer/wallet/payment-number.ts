import { formatPaymentNumber } from "../shared/format.ts";

/** A payment number in a sentence: its two halves stay on one line (U+00A0). */
export function unbrokenPaymentNumber(number: string): string {
  return formatPaymentNumber(number).replace(" ", "\u00a0");
}
