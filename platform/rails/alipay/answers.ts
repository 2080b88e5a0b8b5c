import { z } from "zod";
import { readChinaTime } from "../china-time.ts";
import type { RailDecline, RailOrder, RailOutcome } from "../rail.ts";
import { readYuan } from "../yuan.ts";
import type { AlipayAnswer } from "./client.ts";

const tradeSchema = z.looseObject({
  out_trade_no: z.string(),
  trade_no: z.string().min(1).max(64),
  trade_status: z.string(),
  total_amount: z.union([z.string(), z.number()]).transform(String),
  send_pay_date: z.string().optional(),
});

/**
 * What `alipay.trade.pay` is refused with (its own list of errors: opendocs.alipay.com, alipay.trade.pay), as far as it says
 * something of its own. Every other 4xxxx has failed as well.
 */
const declines: Readonly<Record<string, RailDecline>> = {
  "ACQ.PAYMENT_AUTH_CODE_INVALID": "rail.code-invalid",
  "ACQ.SOUNDWAVE_PARSER_FAIL": "rail.code-invalid",
  "ACQ.PAYMENT_AUTH_CODE_EXPIRED": "rail.code-expired",
  "ACQ.PAYMENT_AUTH_CODE_USED": "rail.code-used",
  "ACQ.BUYER_BALANCE_NOT_ENOUGH": "rail.insufficient",
  "ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH": "rail.insufficient",
  "ACQ.TOTAL_FEE_EXCEED": "rail.above-limit",
  "ACQ.BEYOND_PAY_RESTRICTION": "rail.above-limit",
  "ACQ.BEYOND_PER_RECEIPT_RESTRICTION": "rail.above-limit",
  "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR": "rail.above-limit",
  "ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR": "rail.above-limit",
  "ACQ.MOBILE_PAYMENT_SWITCH_OFF": "rail.declined",
};

/** What says nothing about the order: a query has to. */
const unclear = new Set([
  "ACQ.SYSTEM_ERROR",
  "ACQ.TRADE_HAS_SUCCESS",
  "ACQ.CONTEXT_INCONSISTENT",
  "ACQ.TRADE_BUYER_NOT_MATCH",
  "aop.ACQ.SYSTEM_ERROR",
  "isp.unknow-error",
]);

/** What Alipay's answer to a payment means. `accepted` is not yet paid: only the order's own state says that. */
export function readPayment(answer: AlipayAnswer): RailOutcome | { kind: "accepted" } {
  if (answer.kind === "failure") {
    if (!answer.sent) return { kind: "declined", code: "rail.not-reached" };
    return { kind: "unknown", reason: answer.reason, detail: answer.detail };
  }
  const { code, sub_code: subCode = "" } = answer.fields;
  if (code === "10000") return { kind: "accepted" };
  if (code === "10003") return { kind: "waiting" };
  if (code === "20000" || unclear.has(subCode)) return { kind: "unknown", reason: "system-error", detail: subCode };
  if (subCode === "ACQ.TRADE_HAS_CLOSE") return { kind: "closed", gaveBack: false };
  if (code.startsWith("4")) return { kind: "declined", code: declines[subCode] ?? "rail.declined" };
  return { kind: "unknown", reason: "refused", detail: `${code} ${subCode}` };
}

/** What Alipay says of an order. A question that was refused says nothing about it. */
export function readTrade(answer: AlipayAnswer, order: RailOrder): RailOutcome {
  if (answer.kind === "failure") return { kind: "unknown", reason: answer.reason, detail: answer.detail };
  const { code, sub_code: subCode = "" } = answer.fields;
  if (code !== "10000") {
    if (subCode === "ACQ.TRADE_NOT_EXIST") return { kind: "not-found" };
    return { kind: "unknown", reason: "system-error", detail: subCode };
  }
  const read = tradeSchema.safeParse(answer.fields);
  if (!read.success) return { kind: "unknown", reason: "not-readable" };
  const trade = read.data;
  if (trade.out_trade_no !== order.orderNumber) return { kind: "unknown", reason: "other-order" };
  switch (trade.trade_status) {
    case "TRADE_SUCCESS":
    case "TRADE_FINISHED": {
      const paidAt = readChinaTime(trade.send_pay_date ?? "");
      if (paidAt === null) return { kind: "unknown", reason: "not-readable" };
      if (readYuan(trade.total_amount) !== order.amountMinor) return { kind: "unknown", reason: "amount-differs" };
      return { kind: "paid", transactionId: trade.trade_no, paidAt };
    }
    case "WAIT_BUYER_PAY":
      return { kind: "waiting" };
    case "TRADE_CLOSED":
      return { kind: "closed", gaveBack: trade.send_pay_date !== undefined };
    default:
      return { kind: "unknown", reason: "not-readable", detail: trade.trade_status.slice(0, 32) };
  }
}
