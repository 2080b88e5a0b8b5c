import { z } from "zod";
import type { Rail, RailRefund, RailRefundOutcome } from "../rail.ts";
import { refusalCode } from "./answers.ts";
import type { WechatPayAnswer, WechatPayClient } from "./client.ts";

const refundSchema = z.object({
  refund_id: z.string().min(1).max(32),
  out_refund_no: z.string(),
  out_trade_no: z.string(),
  status: z.string(),
  amount: z.object({ refund: z.int().positive(), total: z.int().positive() }),
});

/**
 * Codes with which a refund never will be: more than is left, its time over, no such merchant or shopper. A balance that is too low
 * (`NOT_ENOUGH`) and a right that is missing are not among them: the shop can mend both, and the refund is asked for again
 * until then.
 */
const refusals = new Set(["PARAMERROR", "INVALIDREQUEST", "MCHNOTEXISTS", "USERACCOUNTABNORMAL"]);

/**
 * Refunds (pay.weixin.qq.com/doc/v3/merchant/4012556457): the same number is one refund; the answer says only that it was
 * accepted, and a query says what became of it. At most 50 parts of one order, within 365 days, a minute apart.
 */
export function wechatPayRefunds(client: WechatPayClient, withinMs: number): Pick<Rail, "refund" | "queryRefund"> {
  return {
    refund: async (refund) => {
      const answer = await client.call({
        method: "POST",
        path: "/v3/refund/domestic/refunds",
        body: {
          out_trade_no: refund.orderNumber,
          out_refund_no: refund.refundNumber,
          amount: { refund: refund.amountMinor, total: refund.orderAmountMinor, currency: refund.currency },
        },
        withinMs,
      });
      return readRefund(answer, refund, "refund");
    },
    queryRefund: async (refund) => {
      const answer = await client.call({
        method: "GET",
        path: `/v3/refund/domestic/refunds/${refund.refundNumber}`,
        withinMs,
      });
      return readRefund(answer, refund, "state");
    },
  };
}

/** That a question was refused says nothing about the refund: it may have been made. */
function readRefund(answer: WechatPayAnswer, refund: RailRefund, asked: "refund" | "state"): RailRefundOutcome {
  if (answer.kind === "failure") return { kind: "unknown", reason: answer.reason, detail: answer.detail };
  if (answer.status !== 200 && answer.status !== 202) {
    const code = refusalCode(answer);
    if (code === "RESOURCENOTEXISTS" || code === "ORDERNOTEXIST") return { kind: "not-found" };
    if (asked === "refund" && refusals.has(code)) return { kind: "refused", detail: code };
    return { kind: "unknown", reason: code.startsWith("FREQUENCY") ? "busy" : "system-error", detail: code };
  }
  const read = refundSchema.safeParse(answer.body);
  if (!read.success) return { kind: "unknown", reason: "not-readable" };
  const { refund_id: transactionId, out_refund_no: number, out_trade_no: order, status, amount } = read.data;
  if (number !== refund.refundNumber || order !== refund.orderNumber) return { kind: "unknown", reason: "other-order" };
  if (amount.refund !== refund.amountMinor) return { kind: "unknown", reason: "amount-differs" };
  if (status === "SUCCESS") return { kind: "refunded", transactionId };
  if (status === "PROCESSING") return { kind: "accepted" };
  if (status === "CLOSED") return { kind: "refused", detail: status };
  // ABNORMAL: the money could not reach the shopper; the merchant has to act in WeChat Pay's own pages.
  return { kind: "unknown", reason: "refused", detail: status.slice(0, 32) };
}
