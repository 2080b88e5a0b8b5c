import type { NewEntry } from "../../../main/ledger/entries.ts";
import type { IdSource } from "../../../main/ledger/ids.ts";
import type { Ledger } from "../../../main/ledger/open.ts";

/** A cash sale of one line with the next receipt number. */
export function cashSale(ledger: Ledger, ids: IdSource, totalMinor = 1130): NewEntry & { type: "sale.settled" } {
  const receiptNumber = ledger.nextReceiptNumber();
  const taxMinor = Math.floor((totalMinor * 13) / 113);
  return {
    id: ids.uuid(),
    type: "sale.settled",
    body: {
      saleId: ids.uuid(),
      receiptNumber,
      receiptCode: `1-${receiptNumber}`,
      currency: "CNY",
      priceIncludesTax: true,
      catalogCursor: 1,
      lines: [
        {
          lineId: ids.uuid(),
          itemId: "tea",
          name: { en: "Tea", "zh-CN": "茶" },
          unit: "each",
          quantity: 1,
          unitPriceMinor: totalMinor,
          totalMinor,
          taxClass: "standard",
        },
      ],
      taxes: [{ taxClass: "standard", ratePartsPerMillion: 130_000, grossMinor: totalMinor, taxMinor }],
      totalMinor,
      tenders: [{ kind: "cash", amountMinor: totalMinor, roundingMinor: 0, tenderedMinor: totalMinor, changeMinor: 0 }],
      postings: [
        { account: "cash:1", amountMinor: totalMinor, currency: "CNY" },
        { account: "sales:standard", amountMinor: taxMinor - totalMinor, currency: "CNY" },
        { account: "tax:130000", amountMinor: -taxMinor, currency: "CNY" },
      ],
    },
  };
}
