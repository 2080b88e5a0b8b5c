import type { NewEntry } from "../../main/ledger/entries.ts";
import type { IdSource } from "../../main/ledger/ids.ts";

/** What settles a sale. */
export type SaleEntry = NewEntry & { type: "sale.settled" };

/** Sales that go into one commit while a long ledger is made. */
const salesAtOnce = 200;

/** A sale of three lines in cash, as a shop sells them. */
export function saleOf(receiptNumber: number, ids: IdSource): SaleEntry {
  const lines = Array.from({ length: 3 }, (_, index) => ({
    lineId: ids.uuid(),
    itemId: `item-${index}`,
    gtin14: "06901234567892",
    name: { en: "Jasmine tea 500 ml", "zh-CN": "茉莉花茶 500 毫升" },
    unit: "each" as const,
    quantity: 2,
    unitPriceMinor: 550,
    totalMinor: 1100,
    taxClass: "standard",
    scanHex: "36393031323334353637383932",
  }));
  return {
    id: ids.uuid(),
    type: "sale.settled",
    body: {
      saleId: ids.uuid(),
      receiptNumber,
      receiptCode: `1-${receiptNumber}`,
      currency: "CNY",
      priceIncludesTax: true,
      catalogCursor: 12,
      lines,
      taxes: [{ taxClass: "standard", ratePartsPerMillion: 130_000, grossMinor: 3300, taxMinor: 380 }],
      totalMinor: 3300,
      tenders: [{ kind: "cash", amountMinor: 3300, roundingMinor: 0, tenderedMinor: 5000, changeMinor: 1700 }],
      postings: [
        { account: "cash:1", amountMinor: 3300, currency: "CNY" },
        { account: "sales:standard", amountMinor: -2920, currency: "CNY" },
        { account: "tax:130000", amountMinor: -380, currency: "CNY" },
      ],
    },
  };
}

/** The same sale paid by wallet, with the entries of its payment before it. */
function walletEntries(receiptNumber: number, ids: IdSource): NewEntry[] {
  const sale = saleOf(receiptNumber, ids);
  const { saleId, totalMinor: amountMinor } = sale.body;
  const payment = { paymentId: ids.uuid(), saleId };
  const money = { amountMinor, currency: "CNY" as const };
  const number = String(receiptNumber).padStart(8, "0");
  const [, ...goods] = sale.body.postings;
  const body = {
    ...sale.body,
    tenders: [{ kind: "wallet" as const, amountMinor, paymentId: payment.paymentId, number }],
    postings: [{ account: "suspense", ...money }, ...goods],
  };
  const paid = {
    ...payment,
    ...money,
    transactionId: `t-${receiptNumber}`,
    paidAt: "2026-11-20T14:32:09.120+08:00",
    postings: [
      { account: "wallet:online", ...money },
      { account: "suspense", ...money, amountMinor: -amountMinor },
    ],
  };
  return [
    {
      id: ids.uuid(),
      type: "payment.created",
      body: { ...payment, ...money, rail: "wallet", number, codeHash: "c".repeat(64) },
    },
    { id: ids.uuid(), type: "payment.sent", body: payment },
    { id: ids.uuid(), type: "payment.paid", body: paid },
    { ...sale, body },
  ];
}

/** A few hundred sales as a shop's day makes them, in cash and by wallet, each with its paper. */
export function manySales(firstReceiptNumber: number, ids: IdSource): NewEntry[] {
  return Array.from({ length: salesAtOnce }, (_, index) => {
    const receiptNumber = firstReceiptNumber + index;
    return index % 2 === 0
      ? withPaper([saleOf(receiptNumber, ids)], ids)
      : withPaper(walletEntries(receiptNumber, ids), ids);
  }).flat();
}

function withPaper(entries: NewEntry[], ids: IdSource): NewEntry[] {
  const sale = entries.at(-1);
  if (sale?.type !== "sale.settled") return entries;
  const { saleId, receiptCode } = sale.body;
  const body = { saleId, receiptCode, jobId: ids.uuid(), proof: "printed" as const, evidence: "status after the cut" };
  return [...entries, { id: ids.uuid(), type: "receipt.printed", body }];
}
