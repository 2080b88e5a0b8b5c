import type { ErrorCatalogue } from "./error-words.ts";

/** What shop owners read in Simplified Chinese about codes that were read and are not goods to be sold. */
export const scanErrorsInChinese = {
  "scan.expired": {
    happened: "这件商品已于 {expiry} 过期。",
    safe: "没有加入清单。",
    todo: "请收起这件商品，换一件未过期的。",
  },
  "scan.label-mismatch": {
    happened: "标签上的重量或价格与商品的售卖方式不符。",
    safe: "清单没有变化。",
    todo: "请重新称重，或按名称搜索后改价。",
  },
  "scan.no-goods": {
    happened: "这是托盘或外箱的标签，没有商品编号。",
    safe: "清单没有变化。",
    todo: "请扫描商品本身的条码。",
  },
  "scan.label-invalid": {
    happened: "这个码里的数据不符合标准。",
    safe: "清单没有变化。",
    todo: "请再扫一次，或扫商品上的另一个条码。",
  },
  "scan.damaged-code": {
    happened: "这个码没有读全，或被改动过。",
    safe: "没有扣款，清单没有变化。",
    todo: "请再扫一次；仍不行请换一个新码。",
  },
  "scan.merchant-code": {
    happened: "这是收款码，属于收款人，不能用来付款。",
    safe: "没有扣款，这笔销售还开着。",
    todo: "请顾客打开钱包的付款码。",
  },
  "scan.bill": {
    happened: "这是银行缴款单，不能在收银台付款。",
    safe: "没有扣款，这笔销售还开着。",
    todo: "请顾客换一种付款方式。",
  },
  "scan.bank-slip": {
    happened: "这是银行转账回执，任何人都能做出来，不能作为凭据。",
    safe: "没有算作已付，这笔销售还开着。",
    todo: "请在本店账户核对到账，或请顾客换一种付款方式。",
  },
  "scan.payment-request": {
    happened: "这是收银台的收款请求，要用顾客的手机扫。",
    safe: "没有扣款。",
    todo: "请让顾客用钱包扫描。",
  },
  "scan.payment-proof": {
    happened: "这个付款凭证不属于本机打开的请求。",
    safe: "没有算作已付，这笔销售还开着。",
    todo: "请顾客出示本笔的凭证，或换一种付款方式。",
  },
  "scan.exit-code": {
    happened: "这是出门码，在出口处使用。",
    safe: "清单没有变化。",
    todo: "请在出口处出示。",
  },
  "scan.basket-code": {
    happened: "这是手机上扫好的清单，本机不能接收。",
    safe: "清单没有变化。",
    todo: "请逐件扫描商品。",
  },
  "scan.coupon": {
    happened: "这是优惠券，本机没有对应的规则。",
    safe: "清单没有变化，没有减价。",
    todo: "请退还给顾客，或请店长给折扣。",
  },
  "scan.badge": {
    happened: "这是员工牌，现在用不到。",
    safe: "没有改动。",
    todo: "需要时再扫。",
  },
  "scan.wallet-not-taken": {
    happened: "这像是本店不支持的钱包付款码。",
    safe: "没有扣款，这笔销售还开着。",
    todo: "请顾客换一种付款方式。",
  },
  "scan.link": {
    happened: "这个码是网址，没有商品编号。",
    safe: "没有打开网址，清单没有变化。",
    todo: "请扫商品条码，或按名称搜索。",
  },
  "scan.binary": {
    happened: "这个码的内容不是文字，可能是乘车码。",
    safe: "清单没有变化，没有扣款。",
    todo: "请顾客换一个码。",
  },
} satisfies Partial<ErrorCatalogue>;
