import { utf8 } from "../../sync/protocol/bytes.ts";
import type { BasketItemLine } from "./line.ts";

/** What the lines of one sale may take of its entry (1 MiB); the rest is for taxes, tenders, postings and the fields around. */
const linesBytes = 960_000;

/** What a line's entry takes at most besides its texts: every amount at its largest, two discounts and a deposit. */
const lineBytes = 530;

/** Tax classes that one sale can hold, as its entry's schema has it. */
const taxClasses = 16;

/**
 * Whether these lines fit into the entry of one sale, whatever is taken off them later. A basket beyond it could be filled
 * and never be paid for.
 */
export function fitsOneSale(lines: readonly BasketItemLine[]): boolean {
  let bytes = 0;
  for (const { good, scanHex = "" } of lines) {
    const texts = JSON.stringify([good.name, good.itemId, good.taxClass]);
    bytes += lineBytes + utf8(texts).length + scanHex.length;
  }
  return bytes <= linesBytes && new Set(lines.map(({ good }) => good.taxClass)).size <= taxClasses;
}
