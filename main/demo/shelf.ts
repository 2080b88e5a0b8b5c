import type { Item } from "../../sync/protocol/change.ts";
import type { CounterSnapshot } from "../contract/counter.ts";

type CounterGood = CounterSnapshot["goods"][number];

/**
 * The goods that can be held under a scanner, those touched most first and those that have to be weighed last: a
 * newcomer's first touch makes a sale. A good that bears no code, as one with an open price, is not among them.
 */
export function counterGoods(items: readonly Item[]): CounterGood[] {
  return items.toSorted(byTouch).flatMap(counterGood);
}

function byTouch(left: Item, right: Item): number {
  const weighed = Number(left.unit === "kilogram") - Number(right.unit === "kilogram");
  return weighed || (left.popular ?? Number.MAX_SAFE_INTEGER) - (right.popular ?? Number.MAX_SAFE_INTEGER);
}

/** What a scanner would read off this good, or nothing where it bears no code. */
function barcodeOf(good: Item): { text: string; symbology: string } | undefined {
  if (good.openPrice === true) return undefined;
  if (good.gtin14 === undefined) return good.code === undefined ? undefined : { text: good.code, symbology: "]C0" };
  const digits = good.gtin14.replace(/^0+/, "");
  return digits.length <= 8
    ? { text: digits.padStart(8, "0"), symbology: "]E4" }
    : { text: good.gtin14.slice(1), symbology: "]E0" };
}

function counterGood(item: Item): CounterGood[] {
  const barcode = barcodeOf(item);
  if (barcode === undefined) return [];
  const { id, name, category, priceMinor, unit, ageMinimum, depositMinor, picture } = item;
  return [
    {
      id,
      name,
      category,
      priceMinor,
      unit,
      code: barcode.text,
      symbology: barcode.symbology,
      ...(ageMinimum === undefined ? {} : { ageMinimum }),
      ...(depositMinor === undefined ? {} : { depositMinor }),
      ...(picture === undefined ? {} : { picture }),
    },
  ];
}
