import type { Names } from "../../sync/protocol/entry-types.ts";

/** A discount as a person gave it: of a hundred, in parts per million, or an amount of minor units. */
export type GivenDiscount = { ratePartsPerMillion: number } | { amountMinor: number };

/** What of a good a line keeps: the price of the moment it was added is the price of the sale. */
export type Good = {
  itemId: string;
  gtin14?: string;
  code?: string;
  name: Names;
  unit: "each" | "kilogram";
  /** The catalogue's price, or the typed one of a good with an open price. */
  priceMinor: number;
  /** Its price was typed, because the catalogue has none. */
  openPrice?: true;
  /** What comes on top for the bottle or the crate, for one piece. */
  depositMinor?: number;
  ageMinimum?: number;
  /** The content hash of its picture. */
  picture?: string;
  taxClass: string;
  /** The rate of that moment, for the case that the class is gone before the sale is paid. */
  taxRatePartsPerMillion?: number;
  /** Whether its price held the tax at that moment, for the same case. */
  taxIncluded?: boolean;
};

/** A line of the open basket: pieces have `quantity`, weighed goods `weightGrams`. */
export type BasketItemLine = {
  lineId: string;
  good: Good;
  quantity?: number;
  weightGrams?: number;
  /** The price that a person gave it in place of the good's. */
  changedPriceMinor?: number;
  discount?: GivenDiscount;
  /** The bytes of the scan that made the line, hexadecimal. */
  scanHex?: string;
};

/** What one piece or one kilogram of the line is sold at. */
export function unitPriceMinor(line: BasketItemLine): number {
  return line.changedPriceMinor ?? line.good.priceMinor;
}
