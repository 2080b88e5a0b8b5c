import { randomUUID } from "node:crypto";
import type { EntryBody } from "../../../sync/protocol/entry-types.ts";

/** A settled sale's body. */
export type TestSale = EntryBody<"sale.settled">;

/** A settled refund's body. */
export type TestRefund = EntryBody<"refund.settled">;

const names = { en: "Pear", "zh-CN": "梨" };

/** A sale that adds up: two pieces at 4.50 and 0.5 kg at 7.99, tax of 13 % included, paid in cash. */
export function makeSale(receiptNumber: number): TestSale {
  const line = { name: names, taxClass: "vat13" };
  const totalMinor = 900 + 400;
  return {
    saleId: randomUUID(),
    receiptNumber,
    receiptCode: `1-${receiptNumber}`,
    currency: "CNY",
    priceIncludesTax: true,
    catalogCursor: 1,
    lines: [
      { ...line, lineId: randomUUID(), itemId: "g-1", unit: "each", quantity: 2, unitPriceMinor: 450, totalMinor: 900 },
      {
        ...line,
        lineId: randomUUID(),
        itemId: "g-2",
        unit: "kilogram",
        weightGrams: 500,
        unitPriceMinor: 799,
        totalMinor: 400,
      },
    ],
    taxes: [{ taxClass: "vat13", ratePartsPerMillion: 130_000, grossMinor: totalMinor, taxMinor: 150 }],
    totalMinor,
    tenders: [{ kind: "cash", amountMinor: totalMinor, roundingMinor: 0, tenderedMinor: 2000, changeMinor: 700 }],
    postings: [
      { account: "cash:1", amountMinor: totalMinor, currency: "CNY" },
      { account: "sales:vat13", amountMinor: -(totalMinor - 150), currency: "CNY" },
      { account: "tax:130000", amountMinor: -150, currency: "CNY" },
    ],
  };
}

/** The same sale paid by wallet. */
export function paidByWallet(sale: TestSale, paymentId: string, number: string): TestSale {
  const postings = sale.postings.map((posting) => ({
    ...posting,
    account: posting.account.startsWith("cash:") ? "suspense" : posting.account,
  }));
  return { ...sale, tenders: [{ kind: "wallet", amountMinor: sale.totalMinor, paymentId, number }], postings };
}

/** The whole of a sale given back in cash. */
export function makeRefund(sale: TestSale, receiptNumber: number): TestRefund {
  const { saleId, currency, priceIncludesTax, lines, taxes, totalMinor } = sale;
  return {
    refundId: randomUUID(),
    saleId,
    originalReceiptCode: sale.receiptCode,
    receiptNumber,
    receiptCode: `1-${receiptNumber}`,
    currency,
    priceIncludesTax,
    reason: "unwanted",
    lines,
    taxes,
    totalMinor,
    roundingMinor: 0,
    paidOutMinor: totalMinor,
    postings: sale.postings.map(({ account, amountMinor }) => ({
      account: account === "suspense" ? "cash:1" : account,
      amountMinor: -amountMinor,
      currency,
    })),
  };
}
