import { chinaDay, chinaTime } from "../../rails/china-time.ts";
import { yuanText } from "../../rails/yuan.ts";
import type { Order } from "./order-book.ts";

const headings = [
  "交易时间",
  "公众账号ID",
  "商户号",
  "特约商户号",
  "设备号",
  "微信订单号",
  "商户订单号",
  "用户标识",
  "交易类型",
  "交易状态",
  "付款银行",
  "货币种类",
  "应结订单金额",
  "代金券金额",
  "微信退款单号",
  "商户退款单号",
  "退款金额",
  "充值券退款金额",
  "退款类型",
  "退款状态",
  "商品名称",
  "商户数据包",
  "手续费",
  "费率",
  "订单金额",
  "申请退款金额",
  "费率备注",
];

/**
 * The bill of a day as WeChat Pay writes it: a line for each payment, refund and reversal, every field behind a backtick, then
 * a heading and a line of sums. Null for a day on which nothing was paid.
 */
export function writeWechatPayBill(
  orders: readonly Order[],
  day: string,
  names: { appId: string; merchantId: string },
): string | null {
  const rows = orders.flatMap((order) => rowsOf(order, day, names));
  if (rows.length === 0) return null;
  const sums = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";
  const table = rows.map((row) => row.map((field) => `\`${field}`).join(","));
  return `\uFEFF${[headings.join(","), ...table, sums, `\`${rows.length},\`0.00,\`0.00,\`0.00,\`0.00,\`0.00,\`0.00`].join("\r\n")}\r\n`;
}

function rowsOf(order: Order, day: string, names: { appId: string; merchantId: string }): string[][] {
  const isOn = (atMs: number | null): atMs is number => atMs !== null && chinaDay(new Date(atMs)) === day;
  const row = (atMs: number, state: string, refund: { id: string; number: string; amountMinor: number }): string[] => {
    const isPayment = state === "SUCCESS";
    const amount = yuanText(isPayment ? order.amountMinor : 0);
    const back = yuanText(refund.amountMinor);
    const kind = isPayment ? "" : "ORIGINAL";
    const { appId, merchantId } = names;
    const head = [chinaTime(new Date(atMs)), appId, merchantId, "0", "", order.transactionId, order.number];
    const middle = [`o-${order.shopperId}`, "MICROPAY", state, "OTHERS", "CNY", amount, "0.00"];
    const refunded = [refund.id, refund.number, back, "0.00", kind, isPayment ? "" : "SUCCESS"];
    return [...head, ...middle, ...refunded, "", "", "0.00", "0.60%", amount, back, ""];
  };
  const none = { id: "0", number: "", amountMinor: 0 };
  const rows: string[][] = [];
  if (isOn(order.paidAtMs)) rows.push(row(order.paidAtMs, "SUCCESS", none));
  for (const { atMs, transactionId: id, number, amountMinor } of order.refunds) {
    if (isOn(atMs)) rows.push(row(atMs, "REFUND", { id, number, amountMinor }));
  }
  if (order.paidAtMs !== null && isOn(order.reversedAtMs)) {
    const back = { id: `5${order.transactionId.slice(1)}`, number: order.number, amountMinor: order.amountMinor };
    rows.push(row(order.reversedAtMs, "REVOKED", back));
  }
  return rows;
}
