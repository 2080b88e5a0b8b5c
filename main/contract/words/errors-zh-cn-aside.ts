import type { ErrorCatalogue } from "./error-words.ts";

/** What shop owners read in Simplified Chinese about payments that go on beside the sale in front of the cashier. */
export const asideErrorsInChinese = {
  "payment.set-aside": {
    happened: "本机重启时有一笔付款正在进行。",
    safe: "该单已挂起，正在查询付款 {number}。",
    todo: "请继续销售；有结果之前请保留商品。",
  },
  "payment.aside-paid": {
    happened: "付款 {number} 已到账：挂起的那一单已付清。",
    safe: "已存为小票 {receiptCode}。",
    todo: "请把商品和小票交给顾客。",
  },
  "payment.aside-paid-cash": {
    happened: "付款 {number} 已到账：挂起那一单的钱包部分已付清。",
    safe: "已存为小票 {receiptCode}，钱箱已为现金部分打开。",
    todo: "请收现金 {amount}，再交付商品。",
  },
  "payment.aside-undone": {
    happened: "挂起那一单的付款 {number} 没有回复，正在撤销。",
    safe: "如果其实已扣款，会自动退回；商品仍挂起。",
    todo: "请保留商品，取单后换一种付款方式。",
  },
  "payment.undo-refused": {
    happened: "平台拒绝撤销付款 {number}（{reason}）。",
    safe: "已保存并会再次请求，其他销售照常。",
    todo: "请把付款号告知运营方：可能欠顾客这笔款。",
  },
  "payment.aside-not-paid": {
    happened: "挂起那一单的付款 {number} 没有成功。",
    safe: "没有扣款，商品仍挂起。",
    todo: "请取单，换一种付款方式。",
  },
  "payment.money-back": {
    happened: "付款 {number} 在撤销之前已扣款。",
    safe: "{amount} 已退回顾客。",
    todo: "请告诉顾客：钱已回到钱包。",
  },
  "park.payment-open": {
    happened: "这一单的付款仍在进行。",
    safe: "该单已挂起，付款成功后会自动结账。",
    todo: "请等待结果，或先撤销付款。",
  },
} satisfies Partial<ErrorCatalogue>;
