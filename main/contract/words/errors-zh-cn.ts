import type { ErrorCatalogue } from "./error-words.ts";
import { asideErrorsInChinese } from "./errors-zh-cn-aside.ts";
import { ledgerErrorsInChinese } from "./errors-zh-cn-ledger.ts";
import { outsideErrorsInChinese } from "./errors-zh-cn-outside.ts";
import { scanErrorsInChinese } from "./errors-zh-cn-scan.ts";

/** What shop owners read in Simplified Chinese about every error, in the order of `errors.ts`. */
export const errorsInChinese: ErrorCatalogue = {
  ...outsideErrorsInChinese,
  ...scanErrorsInChinese,
  ...asideErrorsInChinese,
  ...ledgerErrorsInChinese,
  "folder.not-writable": {
    happened: "收银台无法写入数据文件夹 {folder}。",
    safe: "其中的内容没有改动。",
    todo: "请给当前用户写入权限，或改用其他文件夹启动。",
  },
  "folder.in-use": {
    happened: "数据文件夹 {folder} 正由另一个收银台使用。",
    safe: "那个收银台照常工作，销售不受影响。",
    todo: "请使用已打开的收银台，或先关闭它再启动。",
  },
  "port.taken": {
    happened: "端口 {port} 已被其他程序占用。",
    safe: "销售不受影响。",
    todo: "请关闭占用的程序，或换一个端口启动。",
  },
  "catalog.empty": {
    happened: "这台收银台还没有商品。",
    safe: "没有丢失任何内容，商品由平台下发。",
    todo: "请检查网络，等商品到齐。",
  },
  "till.not-enrolled": {
    happened: "这台收银台还没有加入门店。",
    safe: "本机没有任何销售。",
    todo: "请用运营方给的登记码登记。",
  },
  "till.needs-platform": {
    happened: "这一步需要连上平台。",
    safe: "本机已保存的销售不受影响。",
    todo: "请检查网络后再试。",
  },
  "wire.closed": {
    happened: "窗口在收到结果前与收银台断开。",
    safe: "已保存的内容不会丢失。",
    todo: "请等收银台恢复，先看清单再操作。",
  },
  "wire.timeout": {
    happened: "收银台还没有回应。",
    safe: "同一步编号不变，不会重复计算。",
    todo: "请先看清单，再按一次。",
  },
  "wire.invalid-message": {
    happened: "窗口与收银台的版本不同。",
    safe: "收银台照常工作，没有改动。",
    todo: "请重新载入本窗口。",
  },
  "wire.unknown-method": {
    happened: "收银台不认识这一步操作。",
    safe: "没有改动。",
    todo: "请重新载入本窗口。",
  },
  "wire.not-allowed": {
    happened: "本窗口不能做这一步。",
    safe: "没有改动。",
    todo: "请到对应的窗口操作。",
  },
  "wire.other-contract": {
    happened: "收银台已重新启动，现在显示的是另一个页面。",
    safe: "收银台存下的内容都还在。",
    todo: "请重新载入本窗口。",
  },
  "session.invalid": {
    happened: "本窗口还没有登录收银台。",
    safe: "清单仍在收银台上。",
    todo: "请从收银台给出的地址重新打开。",
  },
  "session.busy": {
    happened: "收银台还在处理前面的操作。",
    safe: "前面的操作会继续完成。",
    todo: "请稍等再按。",
  },
  "scan.unknown-code": {
    happened: "没有条码为 {text} 的商品。",
    safe: "清单没有变化。",
    todo: "请按名称搜索，或先把商品放在一边。",
  },
  "scan.unreadable": {
    happened: "扫到的码无法识别。",
    safe: "清单没有变化。",
    todo: "请再扫一次，或按名称搜索。",
  },
  "scan.bad-check-digit": {
    happened: "条码 {text} 有一位数字不对。",
    safe: "清单没有变化。",
    todo: "请再扫一次，或重新输入数字。",
  },
  "scan.while-typing": {
    happened: "输入数字时扫到了一个码。",
    safe: "未扣款，也未添加商品，本单仍未结账。",
    todo: "请先完成输入或关闭数字键，再扫一次。",
  },
  "basket.empty": {
    happened: "清单里还没有商品。",
    safe: "没有收款。",
    todo: "请先扫商品。",
  },
  "basket.full": {
    happened: "本单的行数已到上限。",
    safe: "清单里的商品都还在。",
    todo: "请先收款，再开下一单。",
  },
  "basket.frozen": {
    happened: "本单有一笔付款未了结，清单不能改动。",
    safe: "清单和付款都已存本机。",
    todo: "请先了结或撤销这笔付款。",
  },
  "basket.line-unknown": {
    happened: "这一行已不在清单里。",
    safe: "其他行没有变化。",
    todo: "请看清单，再点要改的那一行。",
  },
  "basket.item-unknown": {
    happened: "这件商品已停售。",
    safe: "清单没有变化。",
    todo: "商品刚刚更新，请重新搜索。",
  },
  "basket.weight-needed": {
    happened: "这件商品按重量卖。",
    safe: "清单没有变化。",
    todo: "请称重并输入重量。",
  },
  "basket.quantity-out-of-range": {
    happened: "一行放不下这么多件。",
    safe: "这一行的数量没有变。",
    todo: "请输入 1 到 9999 之间的数量。",
  },
  "basket.total-too-large": {
    happened: "合计超出收银台能计的金额。",
    safe: "清单没有变化。",
    todo: "请先收款，再开下一单。",
  },
  "tender.too-little": {
    happened: "现金不够付合计。",
    safe: "没有保存收款，本单仍未结账。",
    todo: "请收足金额，或换一种付款方式。",
  },
  "tender.too-much": {
    happened: "现金远多于合计。",
    safe: "没有保存收款，本单仍未结账。",
    todo: "请重新输入金额。",
  },
  "sale.not-open": {
    happened: "这一单已经了结。",
    safe: "已保存的内容不变，只计一次。",
    todo: "请查看上一张小票，再做下一单。",
  },
  "wallet.needs-network": {
    happened: "现在没有网络，钱包码需要网络。",
    safe: "没有扣款，本单仍未结账。",
    todo: "请收现金，或等网络恢复。",
  },
  "wallet.no-sale": {
    happened: "扫到了钱包码，但没有要付的商品。",
    safe: "没有扣款。",
    todo: "请先扫商品，再扫钱包码。",
  },
  "payment.open": {
    happened: "本单已有一笔付款在进行。",
    safe: "顾客最多扣款一次。",
    todo: "请等结果，或先撤销再换方式。",
  },
  "payment.not-open": {
    happened: "这笔付款已经了结。",
    safe: "结果已保存，不会改变。",
    todo: "请查看上一张小票。",
  },
  "payment.final": {
    happened: "付款 {number} 先前已经结束（被拒或已撤销）。",
    safe: "原结果不变，也没有保存别的内容。",
    todo: "请重新发起付款；若钱包显示这一笔已付，请把付款号告诉店长。",
  },
  "payment.undone-late": {
    happened: "钱包迟迟没有回复，付款已撤销。",
    safe: "如果其实已扣款，会自动退回。",
    todo: "请告知顾客，并换一种付款方式。",
  },
  "receipt.not-found": {
    happened: "没有这张小票对应的销售。",
    safe: "没有打印。",
    todo: "请核对小票号。",
  },
  "receipt.scanned": {
    happened: "这是本收银台一笔销售的小票。",
    safe: "购物篮未变。",
    todo: "核对这笔销售，然后退货或补打小票。",
  },
  "receipt.other-till": {
    happened: "这张小票来自另一台收银台。",
    safe: "购物篮未变，也没有退款。",
    todo: "请到售出商品的收银台办理退货。",
  },
  "receipt.at-counter": {
    happened: "自助机不办理退货。",
    safe: "购物篮未变。",
    todo: "请带上商品和小票到收银台办理。",
  },
  "printer.not-set-up": {
    happened: "本机还没有设置打印机。",
    safe: "小票已保存。",
    todo: "请设置打印机，再补打。",
  },
  "basket.price-needed": {
    happened: "该商品没有固定价格。",
    safe: "购物篮保持不变。",
    todo: "请点击商品并输入价格。",
  },
  "basket.discount-too-large": {
    happened: "折扣超过了商品金额。",
    safe: "未打折，商品按原价计算。",
    todo: "请输入较小的折扣。",
  },
  "basket.line-discounted": {
    happened: "该行已有折扣。",
    safe: "价格保持不变。",
    todo: "请先取消原折扣。",
  },
  "basket.age-unchecked": {
    happened: "购物篮中有商品须年满 {years} 岁方可购买，尚未核验年龄。",
    safe: "未扣款，购物篮保持不变。",
    todo: "请核验年龄或移除这些商品，再收款。",
  },
  "basket.no-age-limited": {
    happened: "购物篮中没有限龄商品。",
    safe: "购物篮保持不变。",
    todo: "请继续销售。",
  },
  "staff.pin-wrong": {
    happened: "该密码不属于本店任何店员。",
    safe: "未作任何更改。",
    todo: "请重新输入自己的密码。",
  },
  "staff.pin-wait": {
    happened: "密码输错次数过多。",
    safe: "未作任何更改。",
    todo: "请等待 {seconds} 秒后再输入自己的密码。",
  },
  "park.full": {
    happened: "已挂单 {most} 笔。",
    safe: "购物篮保持不变。",
    todo: "请先取出一笔并完成。",
  },
  "park.basket-open": {
    happened: "购物篮中还有商品。",
    safe: "两笔交易均保持不变。",
    todo: "请先完成或挂起本单，再取另一单。",
  },
  "park.not-found": {
    happened: "该单已不在挂单中。",
    safe: "已保存的内容不变。",
    todo: "请查看购物篮和小票，该单可能已取出。",
  },
  "tender.part-not-cash": {
    happened: "现金无法恰好支付这一部分。",
    safe: "未保存任何内容，交易仍未结束。",
    todo: "请输入以 {step} 为单位的金额。",
  },
  "tender.part-too-large": {
    happened: "现金部分不小于合计金额。",
    safe: "未保存任何内容，交易仍未结束。",
    todo: "请输入较小的金额，或全部收现金。",
  },
  "tender.part-open": {
    happened: "本单有一部分将以现金支付。",
    safe: "未扣款，交易仍未结束。",
    todo: "请扫描钱包付款码支付其余部分，或取消现金部分。",
  },
  "refund.not-a-sale": {
    happened: "这是退货小票，不是销售小票。",
    safe: "未付出任何款项。",
    todo: "请查找销售小票。",
  },
  "refund.nothing-left": {
    happened: "这笔销售已全部退还。",
    safe: "未付出任何款项。",
    todo: "请在小票列表中查看它的退货单。",
  },
  "refund.above-remaining": {
    happened: "超过了这笔销售还可退的部分。",
    safe: "未付出任何款项。",
    todo: "请查看还可退多少，然后重新选择。",
  },
  "refund.id-used": {
    happened: "这笔退货已保存，但商品或金额不同。",
    safe: "已保存的退货不变，此次未付出任何款项。",
    todo: "请在小票列表中重新打开这笔销售，查看还可退多少。",
  },
  "refund.too-many": {
    happened: "这笔销售的分次退货次数过多。",
    safe: "未付出任何款项。",
    todo: "请经理与顾客结清其余部分。",
  },
  "till.unsent": {
    happened: "尚有 {count} 笔销售（共 {sum}）未送达平台。",
    safe: "它们已存在本机，未作任何更改。",
    todo: "请接通网络，待全部送达后再试。",
  },
  "till.busy": {
    happened: "本机有交易或付款正在进行。",
    safe: "未作任何更改。",
    todo: "请先完成，再试一次。",
  },
  "till.not-running": {
    happened: "{folder} 上没有正在运行的收银台。",
    safe: "未作任何更改。",
    todo: "请先启动，再查询一次。",
  },
  "till.recovering": {
    happened: "{folder} 上的收银台正等待账本恢复，期间暂停收款。",
    safe: "磁盘上的内容全部保留。",
    todo: "请先在该收银台的窗口中查看原因，再查询一次。",
  },
  "till.signed-out": {
    happened: "本机已退出所属门店。",
    safe: "本机的销售均已送达平台。",
    todo: "请用运营方提供的注册码重新注册。",
  },
  "entry.not-found": {
    happened: "账本中没有该记录。",
    safe: "未作任何更改。",
    todo: "请重新打开页面。",
  },
  "entry.unread": {
    happened: "本版本无法读取这条记录。",
    safe: "记录在账本中原样保存，并照常发送。",
    todo: "请更新收银台软件；仍无法读取时请校验账本。",
  },
  "report.not-found": {
    happened: "本机账本中没有该编号的 Z 报表。",
    safe: "未作任何更改。",
    todo: "请在 Z 报表列表中查看。更早的报表可能在本机以前的账本中。",
  },
  "shift.not-open": {
    happened: "该班次已按另一实点金额交班。",
    safe: "其报表与当时的实点金额保持不变。",
    todo: "请查看该班的 Z 报表，再为当前班次重新清点。",
  },
  "purse.too-little": {
    happened: "没有这么多钱。",
    safe: "一切保持原样。",
    todo: "请取较小的金额。",
  },
  "drawer.shut": {
    happened: "钱箱已关。",
    safe: "一切保持原样。",
    todo: "请收一笔现金，收银台会打开钱箱。",
  },
  "command.invalid": {
    happened: "命令无法识别：{detail}。",
    safe: "没有任何改动。",
    todo: "请查看 README，或输入 npm run -s till -- help。",
  },
  internal: {
    happened: "出现了收银台说不清的问题。",
    safe: "已保存的内容都还在。",
    todo: "请再试一次；仍不行请联系运营方，详情在本机日志里。",
  },
};
