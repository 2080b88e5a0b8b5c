import type { DemoGood, DemoShelf, DemoTaxClassId } from "./types.ts";

const taxClassIds: readonly DemoTaxClassId[] = ["vat13", "vat9", "vat0"];

/**
 * Reads a price list, one good a line, its columns divided by `|`:
 *
 *     id | code | initials | price in fen | each or kg | tax class | English | Chinese | marks
 *
 * A code of fourteen digits is a GTIN, a shorter one the shop's own. Marks, divided by spaces and all optional, are
 * `picture NAME`, `popular RANK`, `18+`, `deposit FEN` and `open`: a good whose price of 0 is typed when it is sold. A list
 * is kept as text because a row of it fits on a line and can be compared with its neighbours by eye. Throws an `Error` that quotes the first line it cannot read.
 */
export function readGoods(category: DemoShelf, list: string): readonly DemoGood[] {
  return list
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => readGood(category, line));
}

function readGood(category: DemoShelf, line: string): DemoGood {
  const columns = line.split("|").map((column) => column.trim());
  const [id, code, initials, price, unit, taxClass, english, chinese, marks = ""] = columns;
  if (!id || !code || !initials || !price || !english || !chinese || columns.length > 9) throw unreadable(line);
  const good: DemoGood = {
    id,
    ...(code.length === 14 ? { gtin14: code } : { code }),
    name: { en: english, "zh-CN": chinese },
    initials,
    category,
    taxClass: taxClassIds.find((known) => known === taxClass) ?? fail(line),
    unit: unit === "kg" ? "kilogram" : unit === "each" ? "each" : fail(line),
    priceMinor: price === "0" ? 0 : readWhole(price, line),
  };
  readMarks(good, marks, line);
  if ((good.openPrice === true) !== (good.priceMinor === 0)) throw unreadable(line);
  return good;
}

function readMarks(good: DemoGood, marks: string, line: string): void {
  const words = marks.split(" ").filter((word) => word !== "");
  while (words.length > 0) {
    const mark = words.shift();
    if (mark === "18+") good.ageMinimum = 18;
    else if (mark === "open") good.openPrice = true;
    else if (mark === "picture") good.picture = words.shift() ?? fail(line);
    else if (mark === "popular") good.popular = readWhole(words.shift(), line);
    else if (mark === "deposit") good.depositMinor = readWhole(words.shift(), line);
    else throw unreadable(line);
  }
}

function readWhole(text: string | undefined, line: string): number {
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : fail(line);
}

function fail(line: string): never {
  throw unreadable(line);
}

function unreadable(line: string): Error {
  return new Error(`The demo's price list has a line that cannot be read: ${line}`);
}
