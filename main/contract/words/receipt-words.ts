import type { Locale } from "../snapshot.ts";

/** What stands on a receipt besides names and numbers, as ICU messages. */
const en = {
  "receipt.till": "Till {till} · {cashier}",
  "receipt.number": "Receipt {receipt}",
  "receipt.weighed": "{kilograms} kg × {price}",
  "receipt.pieces": "{quantity} × {price}",
  "receipt.tax": "{tax} of {gross}",
  "receipt.tax-included": "{tax} included in {gross}",
  "receipt.total": "Total",
  "receipt.cash": "Cash",
  "receipt.wallet": "Wallet",
  "receipt.rounding": "Cash rounding",
  "receipt.tendered": "Cash given",
  "receipt.change": "Change",
  "receipt.payment-number": "Payment {number}",
  "receipt.items": "{count, plural, one {# item} other {# items}}",
  "receipt.thanks": "Thank you. Come again soon.",
  "receipt.keep": "Keep this receipt for returns.",
  "receipt.copy": "COPY {copy}",
  "receipt.ledger": "Record {seq} · {hash}",
} as const;

const zhCN: Record<keyof typeof en, string> = {
  "receipt.till": "{till} 号收银台 · {cashier}",
  "receipt.number": "小票 {receipt}",
  "receipt.weighed": "{kilograms} 千克 × {price}",
  "receipt.pieces": "{quantity} × {price}",
  "receipt.tax": "{gross} 的{tax}",
  "receipt.tax-included": "{gross} 中含{tax}",
  "receipt.total": "合计",
  "receipt.cash": "现金",
  "receipt.wallet": "钱包",
  "receipt.rounding": "现金抹零",
  "receipt.tendered": "实收现金",
  "receipt.change": "找零",
  "receipt.payment-number": "付款号 {number}",
  "receipt.items": "共 {count} 件",
  "receipt.thanks": "谢谢惠顾，欢迎再来",
  "receipt.keep": "退换货请出示本小票",
  "receipt.copy": "副本 {copy}",
  "receipt.ledger": "记录 {seq} · {hash}",
};

/** The words of a receipt in each language. */
export const receiptWords: Readonly<Record<Locale, Readonly<Record<ReceiptWord, string>>>> = { en, "zh-CN": zhCN };

/** A message of a receipt. */
export type ReceiptWord = keyof typeof en;
