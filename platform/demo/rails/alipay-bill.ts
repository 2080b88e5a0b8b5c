import iconv from "iconv-lite";
import { chinaDay, chinaTime } from "../../rails/china-time.ts";
import { yuanText } from "../../rails/yuan.ts";
import type { Order } from "./order-book.ts";
import { zip } from "./zip.ts";

const headings = [
  "支付宝交易号",
  "商户订单号",
  "业务类型",
  "商品名称",
  "创建时间",
  "完成时间",
  "门店编号",
  "门店名称",
  "操作员",
  "终端号",
  "对方账户",
  "订单金额（元）",
  "商家实收（元）",
  "支付宝红包（元）",
  "集分宝（元）",
  "支付宝优惠（元）",
  "商家优惠（元）",
  "券核销金额（元）",
  "券名称",
  "商家红包消费金额（元）",
  "卡消费金额（元）",
  "退款批次号/请求号",
  "服务费（元）",
  "分润（元）",
  "备注",
];

/**
 * The bill of a day as Alipay packs it: a ZIP with the detail and a summary, both CSV in GBK, remarks behind `#`. What was
 * cancelled after it was paid stands there as a refund. Null for a day without any business.
 */
export function writeAlipayBill(orders: readonly Order[], day: string): Buffer | null {
  const rows = orders.flatMap((order) => rowsOf(order, day));
  if (rows.length === 0) return null;
  const remarks = ["#支付宝业务明细查询", `#起始日期：[${day} 00:00:00]`, "#----业务明细列表----"];
  const table = rows.map((row) => row.map((field) => `${field}\t`).join(","));
  const detail = [...remarks, headings.join(","), ...table, "#----业务明细列表结束----"].join("\r\n");
  const summary = ["#支付宝业务汇总查询", "门店编号,交易订单总笔数", `合计,${rows.length}`].join("\r\n");
  const name = day.replaceAll("-", "");
  const file = (title: string, text: string) => ({
    name: iconv.encode(`20880000_${name}_${title}.csv`, "gbk"),
    bytes: iconv.encode(text, "gbk"),
  });
  return zip([file("业务明细", detail), file("业务明细(汇总)", summary)]);
}

function rowsOf(order: Order, day: string): string[][] {
  const isOn = (atMs: number | null): atMs is number => atMs !== null && chinaDay(new Date(atMs)) === day;
  const row = (atMs: number, amount: string, refundNumber: string): string[] => {
    const time = chinaTime(new Date(atMs));
    const kind = refundNumber === "" ? "交易" : "退款";
    const head = [order.transactionId, order.number, kind, '"shop, goods"', time, time, "", "", "", "", "***"];
    const amounts = [amount, amount, ...Array.from({ length: 5 }, () => "0.00"), "", "0.00", "0.00"];
    return [...head, ...amounts, refundNumber, "0.00", "0.00", ""];
  };
  const rows: string[][] = [];
  if (isOn(order.paidAtMs)) rows.push(row(order.paidAtMs, yuanText(order.amountMinor), ""));
  for (const refund of order.refunds) {
    if (isOn(refund.atMs)) rows.push(row(refund.atMs, `-${yuanText(refund.amountMinor)}`, refund.number));
  }
  if (order.paidAtMs !== null && isOn(order.reversedAtMs)) {
    rows.push(row(order.reversedAtMs, `-${yuanText(order.amountMinor)}`, order.number));
  }
  return rows;
}
