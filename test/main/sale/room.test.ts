import { expect, test } from "vitest";
import { entryText, maximumEntryBytes, type EntryFields } from "../../../sync/protocol/entry.ts";
import { taxClassSchema } from "../../../sync/protocol/change.ts";
import { entryBodySchemas } from "../../../sync/protocol/entry-types.ts";
import { addToBasket, basketLimits, emptyBasket, isRefused } from "../../../main/sale/basket.ts";
import type { Good } from "../../../main/sale/line.ts";
import { discountLine, discountSale } from "../../../main/sale/reductions.ts";
import { refundSale } from "../../../main/sale/refund.ts";
import { cashTender, settleSale } from "../../../main/sale/settlement.ts";
import { totalsOf } from "../../../main/sale/totals.ts";
import { pieceGood } from "./goods.ts";

const saleId = "0192f3c0-0000-7000-8000-000000000001";

/** Puts different goods into a basket until it is refused, or until it has every line it can have. */
function fillWith(goodOf: (index: number) => Good, scanHex: string) {
  let basket = emptyBasket(saleId);
  for (let index = 0; ; index += 1) {
    const lineId = `0192f3c0-0000-7000-8000-${String(index).padStart(12, "0")}`;
    const change = addToBasket(basket, { lineId, good: goodOf(index), quantity: 1, scanHex });
    if (isRefused(change)) return { basket, refused: change.refused };
    basket = change;
  }
}

function textBytes(type: string, body: object): number {
  const fields = { ...around, type, body: JSON.parse(JSON.stringify(body)) as EntryFields["body"] };
  return Buffer.byteLength(entryText(fields));
}

const around = {
  format: 1,
  ledger: saleId,
  seq: 1_000_000,
  id: saleId,
  time: "2026-11-20T14:32:09.120+08:00",
  zone: "America/Argentina/ComodRivadavia",
  businessDay: "2026-11-20",
  person: "p".repeat(64),
  shift: saleId,
  training: false,
  previous: "0".repeat(64),
};

// An entry that is too long is never stored: the shopper would stand there with a full basket that nobody can take money for.
test("whatever fits into a basket can be paid for and given back, also with the longest names and everything taken off", () => {
  const name = { en: "n".repeat(200), "zh-CN": "名".repeat(200) };
  const classes = Array.from({ length: 16 }, (_, index) => `class-${index}`);
  const goodOf = (index: number) =>
    pieceGood({
      itemId: `${"i".repeat(58)}-${index}`,
      name,
      gtin14: "06993058001072",
      priceMinor: 9_999_999,
      depositMinor: 1,
      taxClass: classes[index % 16] ?? "",
      ageMinimum: 18,
    });
  const { basket: full, refused } = fillWith(goodOf, "00".repeat(1024));
  expect(refused).toBe("basket.full");
  let basket = full;
  for (const { lineId } of full.lines) {
    const change = discountLine(basket, lineId, { ratePartsPerMillion: 333_333 });
    if (!isRefused(change)) basket = change;
  }
  const off = discountSale(basket, { ratePartsPerMillion: 999_999 });
  if (isRefused(off)) throw new Error(off.refused);
  const rates = new Map(classes.map((each, index) => [each, 130_000 + index]));
  const totals = totalsOf(off.lines, { priceIncludesTax: false, rates }, off.saleDiscount);
  const sale = settleSale({
    basket: off,
    totals,
    tenders: [cashTender(totals.totalMinor, totals.totalMinor, 1)],
    currency: "CNY",
    drawer: "main",
    receiptNumber: 999_999,
    tillNumber: 9999,
    priceIncludesTax: false,
    catalogCursor: 1_000_000_000,
    noteCommitment: "0".repeat(64),
  });
  entryBodySchemas["sale.settled"].parse(sale);
  expect(textBytes("sale.settled", sale)).toBeLessThan(maximumEntryBytes);
  const refund = refundSale(sale, {
    refundId: saleId,
    reason: "wrong-price",
    drawer: "main",
    receiptNumber: 1_000_000,
    tillNumber: 9999,
    cashRoundingMinor: 1,
    noteCommitment: "0".repeat(64),
  });
  expect(textBytes("refund.settled", refund)).toBeLessThan(maximumEntryBytes);
});

test("a thousand lines of everyday goods fit, and goods of more tax classes than a sale can name do not", () => {
  const everyday = (index: number) =>
    pieceGood({ itemId: `g-${index}`, name: { en: "Jasmine tea 500 ml", "zh-CN": "茉莉花茶 500毫升" }, priceMinor: 1 });
  expect(fillWith(everyday, "36393933303538303031303732").basket.lines).toHaveLength(basketLimits.lines);
  const { basket, refused } = fillWith(
    (index) => pieceGood({ itemId: `g-${index}`, taxClass: `class-${index}` }),
    "00",
  );
  expect(refused).toBe("basket.full");
  expect(basket.lines).toHaveLength(16);
});

// Its name is a part of `sales:<class>`. A class that no account can be named after would let goods be scanned and never sold.
test("a tax class that no entry could name is refused with the catalogue, not at the till's last step", () => {
  const named = { name: { en: "A", "zh-CN": "甲" }, ratePartsPerMillion: 0 };
  for (const id of ["标准", "two words", "x".repeat(33), ""]) {
    expect(taxClassSchema.safeParse({ id, ...named }).success, id).toBe(false);
  }
  expect(taxClassSchema.safeParse({ id: "vat13_reduced.2", ...named }).success).toBe(true);
});
