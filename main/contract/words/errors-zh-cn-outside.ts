import type { ErrorCatalogue } from "./error-words.ts";

/** What shop owners read in Simplified Chinese about devices, the platform and wallets. */
export const outsideErrorsInChinese = {
  "device.port-missing": {
    happened: "{path} 上没有插设备。",
    safe: "其他设备照常可用。",
    todo: "请插上设备，或选对端口。",
  },
  "device.port-busy": {
    happened: "{path} 被其他程序占用。",
    safe: "其他设备照常可用。",
    todo: "请关闭占用的程序，收银台会自动连上。",
  },
  "device.port-denied": {
    happened: "当前用户无权打开 {path}。",
    safe: "其他设备照常可用。",
    todo: "请把用户加入串口用户组（Debian 为 dialout）并重新登录。",
  },
  "device.open-failed": {
    happened: "{path} 上的设备打不开。",
    safe: "其他设备照常可用。",
    todo: "请拔下设备，稍等再插上。",
  },
  "device.unreachable": {
    happened: "{host} 没有设备回应。",
    safe: "其他设备照常可用。",
    todo: "请确认设备已开机，并在同一网络。",
  },
  "device.connection-lost": {
    happened: "与设备的连接断开了。",
    safe: "可以继续销售，收银台会自动重连。",
    todo: "请检查连线和电源。",
  },
  "device.closed": {
    happened: "设备没有连接。",
    safe: "没有向它发送内容。",
    todo: "请检查连线和电源。",
  },
  "device.write-timeout": {
    happened: "设备没有收完发送的内容。",
    safe: "销售已保存。",
    todo: "请检查设备，看清已打出的内容再补打。",
  },
  "device.write-failed": {
    happened: "向设备发送时中断。",
    safe: "销售已保存。",
    todo: "请检查连线，看清已打出的内容再补打。",
  },
  "device.list-limited": {
    happened: "系统没有列出它的端口。",
    safe: "按名称设置的设备照常可用。",
    todo: "请在设置里输入端口名称。",
  },
  "device.hid-unavailable": {
    happened: "本机暂不能使用 HID 模式的 USB 扫码枪。",
    safe: "串口和键盘模式的扫码枪可用。",
    todo: "请安装软件包 {packages}，再重新启动收银台。",
  },
  "scanner.unplugged": {
    happened: "扫码枪没有插好。",
    safe: "清单没有变化，商品可以点选或搜索。",
    todo: "插上扫码枪即可使用。",
  },
  "scanner.frame-too-long": {
    happened: "扫码枪发来的内容超出任何条码的长度。",
    safe: "清单没有变化。",
    todo: "请检查连线和速率设置，再扫一次。",
  },
  "scanner.half-frame": {
    happened: "扫码枪只发来半个条码。",
    safe: "清单没有变化。",
    todo: "请再扫一次；仍不行请把扫码枪设为以回车结尾。",
  },
  "printer.unreachable": {
    happened: "打印机没有回应。",
    safe: "小票已保存。",
    todo: "请检查电源和连线，再补打。",
  },
  "printer.out-of-paper": {
    happened: "打印机缺纸。",
    safe: "小票已保存。",
    todo: "装纸后可补打。",
  },
  "printer.near-end": {
    happened: "打印纸快用完了。",
    safe: "小票仍可打印。",
    todo: "请备好新纸卷。",
  },
  "printer.cover-open": {
    happened: "打印机上盖没有关。",
    safe: "小票已保存。",
    todo: "请关好上盖再补打。",
  },
  "printer.cutter-jammed": {
    happened: "打印机切刀卡住了。",
    safe: "小票已保存。",
    todo: "请打开上盖，取出卡纸，关好后补打。",
  },
  "printer.faulty": {
    happened: "打印机报告故障。",
    safe: "小票已保存。",
    todo: "请关机再开机；仍不行请报修。",
  },
  "printer.offline": {
    happened: "打印机未就绪，没有说明原因。",
    safe: "小票已保存。",
    todo: "请检查纸、上盖和按键，再补打。",
  },
  "printer.no-answer": {
    happened: "打印机没有说明小票是否打出。",
    safe: "销售已保存，不会自动再打一张。",
    todo: "请看打印口，没有打出再补打。",
  },
  "printer.queue-full": {
    happened: "等待打印的小票太多。",
    safe: "小票都已保存。",
    todo: "请先让打印机就绪，再补打需要的小票。",
  },
  "printer.document-refused": {
    happened: "这张小票不能照原样打印。",
    safe: "销售已保存，没有向打印机发送内容。",
    todo: "请继续销售，并告知运营方。",
  },
  "printer.stopped": {
    happened: "小票打印前收银台已停止。",
    safe: "小票已保存。",
    todo: "顾客需要时请补打。",
  },
  "drawer.not-connected": {
    happened: "钱箱没有打开。",
    safe: "销售已保存。",
    todo: "请用钥匙打开，并检查它所接的打印机。",
  },
  "platform.not-reached": {
    happened: "连不上平台。",
    safe: "销售已存本机，网络恢复后自动发送。",
    todo: "可继续收现金。",
  },
  "platform.no-answer": {
    happened: "平台还没有回应。",
    safe: "已存本机，重发也只计一次。",
    todo: "请继续销售，收银台会自动再问。",
  },
  "platform.certificate": {
    happened: "无法确认对方就是平台。",
    safe: "没有发送任何内容，销售已存本机。",
    todo: "请检查本机日期时间，再检查网络。",
  },
  "platform.bad-answer": {
    happened: "平台的回复本机看不懂。",
    safe: "销售已存本机。",
    todo: "请更新收银台，或告知运营方。",
  },
  "enrolment.code-malformed": {
    happened: "登记码有输入错误。",
    safe: "没有发送任何内容。",
    todo: "请照原样重新输入。",
  },
  "enrolment.wrong-platform": {
    happened: "回应的平台不是登记码指定的平台。",
    safe: "没有向它发送本机信息。",
    todo: "请与运营方核对平台地址。",
  },
  "auth.missing": {
    happened: "平台没有看到本机的身份。",
    safe: "销售已存本机。",
    todo: "请检查网络中是否有设备改动内容，并告知运营方。",
  },
  "auth.invalid": {
    happened: "平台不认可本机的签名。",
    safe: "销售已存本机，不会丢失。",
    todo: "请联系运营方重新登记。",
  },
  "auth.nonce": {
    happened: "平台要求本机重新签名。",
    safe: "销售已存本机。",
    todo: "无需操作，收银台会自动完成。",
  },
  "auth.revoked": {
    happened: "平台已停用这台收银台。",
    safe: "销售已存本机，平台仍会收下。",
    todo: "请联系运营方。",
  },
  "enrolment.code-unknown": {
    happened: "平台没有这个登记码。",
    safe: "本机没有变化。",
    todo: "请核对登记码，或向运营方要新的。",
  },
  "enrolment.code-used": {
    happened: "这个登记码已用于另一台收银台。",
    safe: "那台收银台照常有效。",
    todo: "请向运营方要新的登记码。",
  },
  "enrolment.code-expired": {
    happened: "这个登记码已过期。",
    safe: "本机没有变化。",
    todo: "请向运营方要新的登记码。",
  },
  "ledger.not-yours": {
    happened: "平台上这个账本属于另一台收银台。",
    safe: "销售已存本机。",
    todo: "继续销售前请联系运营方。",
  },
  "ledger.fork": {
    happened: "平台上同一编号的销售与本机不同。",
    safe: "两份都保留，不会互相覆盖。",
    todo: "请停用本机的其他副本，并联系运营方。",
  },
  "ledger.gap": {
    happened: "平台缺少本机的部分记录。",
    safe: "记录都在本机，会自动重发。",
    todo: "请保持开机；仍不行请联系运营方。",
  },
  "ledger.bad-chain": {
    happened: "平台发现有记录与前一条接不上。",
    safe: "销售已存本机，暂停发送。",
    todo: "请核对账本并联系运营方。",
  },
  "ledger.bad-signature": {
    happened: "平台发现有记录签名不符。",
    safe: "销售已存本机，暂停发送。",
    todo: "请核对账本并联系运营方。",
  },
  "request.invalid": {
    happened: "平台看不懂本机发送的内容。",
    safe: "销售已存本机。",
    todo: "请更新收银台，或告知运营方。",
  },
  "request.too-large": {
    happened: "一次发送的内容超过平台上限。",
    safe: "销售已存本机，会分批发送。",
    todo: "无需操作；仍不行请告知运营方。",
  },
  "not-found": {
    happened: "平台没有所查的内容。",
    safe: "没有改动。",
    todo: "请稍后再试，或告知运营方。",
  },
  busy: {
    happened: "平台现在很忙。",
    safe: "销售已存本机，会自动发送。",
    todo: "请继续销售。",
  },
  "wallet.insufficient": {
    happened: "钱包回复：余额不足。",
    safe: "没有扣款，本单仍未结账。",
    todo: "请顾客换一种付款方式。",
  },
  "wallet.blocked": {
    happened: "钱包回复：该钱包已停用。",
    safe: "没有扣款，本单仍未结账。",
    todo: "请顾客换一种付款方式。",
  },
  "wallet.unknown": {
    happened: "平台没有这个钱包。",
    safe: "没有扣款，本单仍未结账。",
    todo: "请顾客换一种付款方式。",
  },
  "token.invalid": {
    happened: "这不是有效的钱包码。",
    safe: "没有扣款，本单仍未结账。",
    todo: "请顾客出示新的付款码。",
  },
  "token.expired": {
    happened: "这个钱包码已过期。",
    safe: "没有扣款，本单仍未结账。",
    todo: "请顾客出示新的付款码。",
  },
  "token.not-yet-valid": {
    happened: "这个钱包码还没有生效：顾客手机时钟偏快。",
    safe: "没有扣款，本单仍未结账。",
    todo: "请顾客校准手机时间，再出示新的付款码。",
  },
  "token.used": {
    happened: "这个钱包码已经用过。",
    safe: "不会再次扣款，本单仍未结账。",
    todo: "请顾客出示新的付款码。",
  },
  "token.above-limit": {
    happened: "金额超过这个钱包码的限额。",
    safe: "没有扣款，本单仍未结账。",
    todo: "请顾客调高限额，或换一种付款方式。",
  },
  "currency.mismatch": {
    happened: "这个钱包用的是其他货币。",
    safe: "没有扣款，本单仍未结账。",
    todo: "请顾客换一种付款方式。",
  },
  "payment.reversed": {
    happened: "这笔付款此前已撤销。",
    safe: "款项在顾客那里，本单仍未结账。",
    todo: "请顾客出示新的付款码。",
  },
  "rail.off": {
    happened: "本店不收这种钱包。",
    safe: "没有扣款，本单仍未结账。",
    todo: "请顾客换一种付款方式。",
  },
  "rail.not-reached": {
    happened: "联系不上该钱包的公司。",
    safe: "没有扣款，本单仍未结账。",
    todo: "请顾客换一种付款方式，或稍后再试。",
  },
  "rail.code-invalid": {
    happened: "钱包回复：这不是它的付款码。",
    safe: "没有扣款，本单仍未结账。",
    todo: "请顾客重新出示付款码。",
  },
  "rail.code-expired": {
    happened: "钱包回复：付款码已过期。",
    safe: "没有扣款，本单仍未结账。",
    todo: "请顾客出示新的付款码。",
  },
  "rail.code-used": {
    happened: "钱包回复：付款码已经用过。",
    safe: "不会再次扣款，本单仍未结账。",
    todo: "请顾客出示新的付款码。",
  },
  "rail.insufficient": {
    happened: "钱包回复：余额不足。",
    safe: "没有扣款，本单仍未结账。",
    todo: "请顾客在钱包中换一张卡，或换一种付款方式。",
  },
  "rail.above-limit": {
    happened: "钱包回复：超出该顾客的限额。",
    safe: "没有扣款，本单仍未结账。",
    todo: "请顾客换一种付款方式。",
  },
  "rail.declined": {
    happened: "钱包拒绝了付款。",
    safe: "没有扣款，本单仍未结账。",
    todo: "请顾客换一种付款方式。",
  },
  "rail.not-confirmed": {
    happened: "顾客没有及时在手机上确认。",
    safe: "没有扣款，本单仍未结账。",
    todo: "请顾客出示新的付款码，或换一种付款方式。",
  },
} satisfies Partial<ErrorCatalogue>;
