import { z } from "zod";
import type { AlipayConfiguration } from "../configuration.ts";
import type { Rail, RailOrder, RailOutcome, RailRefund, RailRefundOutcome } from "../rail.ts";
import { railTimings } from "../timings.ts";
import { readYuan, yuanText } from "../yuan.ts";
import { readPayment, readTrade } from "./answers.ts";
import { alipayBill } from "./bill.ts";
import { createAlipayClient, type AlipayAnswer, type AlipayClient } from "./client.ts";

/** Alipay takes subjects of at most 256 characters, without these. */
const maximumSubject = 256;
const notInSubject = /[/=&]/g;

/**
 * Alipay's bar code payment: `alipay.trade.pay` with scene `bar_code`, `trade.query`, `trade.cancel`, `trade.refund` and
 * `trade.fastpay.refund.query` (opendocs.alipay.com).
 */
export function createAlipayRail(configuration: AlipayConfiguration): Rail {
  const { callMs } = configuration.timings ?? railTimings.alipay;
  const client = createAlipayClient(configuration);

  async function query(order: RailOrder): Promise<RailOutcome> {
    const content = { out_trade_no: order.orderNumber };
    return readTrade(await client.call("alipay.trade.query", content, callMs.other), order);
  }

  return {
    name: "alipay",
    pay: async (order, code) => {
      const answer = await client.call(
        "alipay.trade.pay",
        {
          out_trade_no: order.orderNumber,
          scene: "bar_code",
          auth_code: code,
          product_code: "FACE_TO_FACE_PAYMENT",
          subject: order.subject.replace(notInSubject, " ").slice(0, maximumSubject),
          total_amount: yuanText(order.amountMinor),
          store_id: order.storeId.slice(0, 32),
          terminal_id: String(order.tillNumber),
        },
        callMs.pay,
      );
      const outcome = readPayment(answer);
      // After "accepted" Alipay may still roll back, so the order's own state is asked for before anybody is told.
      return outcome.kind === "accepted" ? query(order) : outcome;
    },
    query,
    reverse: (order) => cancel(client, order, callMs.other),
    refund: (refund) => sendRefund(client, refund, callMs.other),
    queryRefund: (refund) => askRefund(client, refund, callMs.other),
    bill: (day) => alipayBill(client, day, callMs.other),
  };
}

const cancelSchema = z.looseObject({
  out_trade_no: z.string(),
  retry_flag: z.enum(["Y", "N"]),
  action: z.enum(["close", "refund"]).optional(),
});

/** Cancels: success for an order that never was, that is unpaid and is closed, and that was paid and goes back. */
async function cancel(client: AlipayClient, order: RailOrder, withinMs: number): Promise<RailOutcome> {
  const answer = await client.call("alipay.trade.cancel", { out_trade_no: order.orderNumber }, withinMs);
  if (answer.kind === "failure") return { kind: "unknown", reason: answer.reason, detail: answer.detail };
  const { code, sub_code: subCode = "" } = answer.fields;
  if (code !== "10000") {
    if (subCode === "ACQ.TRADE_CANCEL_TIME_OUT") return { kind: "unknown", reason: "window-over" };
    return { kind: "unknown", reason: "refused", detail: subCode };
  }
  const read = cancelSchema.safeParse(answer.fields);
  if (!read.success) return { kind: "unknown", reason: "not-readable" };
  if (read.data.out_trade_no !== order.orderNumber) return { kind: "unknown", reason: "other-order" };
  if (read.data.retry_flag !== "N") return { kind: "unknown", reason: "not-reversed" };
  return { kind: "closed", gaveBack: read.data.action === "refund" };
}

const refundSchema = z.looseObject({
  out_trade_no: z.string(),
  trade_no: z.string().min(1).max(64),
});

/** Codes with which a refund never will be. */
const refusals = new Set([
  "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL",
  "ACQ.TRADE_HAS_FINISHED",
  "ACQ.TRADE_STATUS_ERROR",
  "ACQ.DISCORDANT_REPEAT_REQUEST",
  "ACQ.REASON_TRADE_REFUND_FEE_ERR",
  "ACQ.TRADE_NOT_ALLOW_REFUND",
  "ACQ.REFUND_FEE_ERROR",
  "ACQ.TRADE_HAS_CLOSE",
]);

async function sendRefund(client: AlipayClient, refund: RailRefund, withinMs: number): Promise<RailRefundOutcome> {
  const answer = await client.call(
    "alipay.trade.refund",
    {
      out_trade_no: refund.orderNumber,
      out_request_no: refund.refundNumber,
      refund_amount: yuanText(refund.amountMinor),
    },
    withinMs,
  );
  const problem = refundProblem(answer, "refund");
  if (problem !== null) return problem;
  // The answer's sum is of all refunds of the order; what became of this one its own query says.
  return askRefund(client, refund, withinMs);
}

async function askRefund(client: AlipayClient, refund: RailRefund, withinMs: number): Promise<RailRefundOutcome> {
  const answer = await client.call(
    "alipay.trade.fastpay.refund.query",
    { out_trade_no: refund.orderNumber, out_request_no: refund.refundNumber },
    withinMs,
  );
  const problem = refundProblem(answer, "state");
  if (problem !== null || answer.kind === "failure") return problem ?? { kind: "unknown", reason: "not-readable" };
  const { fields } = answer;
  const status = fields["refund_status"];
  // Of a refund that is not there Alipay answers 10000 without a status.
  if (status === undefined && fields["refund_amount"] === undefined) return { kind: "not-found" };
  const read = refundSchema.safeParse(fields);
  if (!read.success) return { kind: "unknown", reason: "not-readable" };
  if (read.data.out_trade_no !== refund.orderNumber) return { kind: "unknown", reason: "other-order" };
  if (readYuan(String(fields["refund_amount"])) !== refund.amountMinor) {
    return { kind: "unknown", reason: "amount-differs" };
  }
  return status === "REFUND_SUCCESS" ? { kind: "refunded", transactionId: read.data.trade_no } : { kind: "accepted" };
}

/** That a question was refused says nothing about the refund: it may have been made. */
function refundProblem(answer: AlipayAnswer, asked: "refund" | "state"): RailRefundOutcome | null {
  if (answer.kind === "failure") return { kind: "unknown", reason: answer.reason, detail: answer.detail };
  const { code, sub_code: subCode = "" } = answer.fields;
  if (code === "10000") return null;
  if (subCode === "ACQ.TRADE_NOT_EXIST") return { kind: "not-found" };
  if (asked === "refund" && refusals.has(subCode)) return { kind: "refused", detail: subCode };
  return { kind: "unknown", reason: "system-error", detail: subCode };
}
