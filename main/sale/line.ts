import type { Names } from "../../sync/protocol/entry-types.ts";

/** What of a good a line keeps: the price of the moment it was added is the price of the sale. */
export type Good = {
  itemId: string;
  gtin14?: string;
  code?: string;
  name: Names;
  unit: "each" | "kilogram";
  priceMinor: number;
  taxClass: string;
  /** The rate of that moment, for the case that the class is gone before the sale is paid. */
  taxRatePartsPerMillion?: number;
};

/** A line of the open basket: pieces have `quantity`, weighed goods `weightGrams`. */
export type BasketItemLine = {
  lineId: string;
  good: Good;
  quantity?: number;
  weightGrams?: number;
  /** The bytes of the scan that made the line, hexadecimal. */
  scanHex?: string;
};
