import { z } from "zod";
import type { RailDecline, RailOrder, RailOutcome } from "../rail.ts";
import type { WechatPayAnswer } from "./client.ts";

/** The parts of a transaction that are used. More may come and is left. */
const transactionSchema = z.object({
  appid: z.string(),
  mchid: z.string(),
  out_trade_no: z.string(),
  transaction_id: z.string().min(1).max(32).optional(),
  trade_state: z.string(),
  success_time: z.iso.datetime({ offset: true }).optional(),
  amount: z.object({ total: z.int().positive(), currency: z.string().optional() }).optional(),
});

const refusalSchema = z.object({ code: z.string().max(64), message: z.string().optional() });

/** Who has to stand in an answer. */
export type WechatPayNames = { merchantId: string; appId: string };

/**
 * The codes of `codepay` that say that nothing was and nothing will be taken. They are compared without underscores, because
 * WeChat Pay's own pages spell several in two ways (NOTENOUGH and NOT_ENOUGH, AUTHCODEEXPIRE and AUTH_CODE_EXPIRED).
 */
const declines: Readonly<Record<string, RailDecline>> = {
  NOTENOUGH: "rail.insufficient",
  AUTHCODEEXPIRE: "rail.code-expired",
  AUTHCODEEXPIRED: "rail.code-expired",
  AUTHCODEINVALID: "rail.code-invalid",
  AUTHCODEERROR: "rail.code-invalid",
  AUTHCODEUSED: "rail.code-used",
  QUOTALIMIT: "rail.above-limit",
  MONEYLIMIT: "rail.above-limit",
  RULELIMIT: "rail.above-limit",
  TRADEERROR: "rail.declined",
  NOTSUPORTCARD: "rail.declined",
  NOTSUPPORTCARD: "rail.declined",
  BUYERMISMATCH: "rail.declined",
  ACCOUNTERROR: "rail.declined",
  RISKCONTROL: "rail.declined",
  NOAUTH: "rail.declined",
  PARAMERROR: "rail.declined",
  INVALIDREQUEST: "rail.declined",
  APPIDMCHIDNOTMATCH: "rail.declined",
  MCHNOTEXISTS: "rail.declined",
};

/**
 * What becomes of an order by WeChat Pay's answer. A refusal of the payment itself may decline it; that a question was
 * refused says nothing about the order.
 */
export function readTransaction(
  answer: WechatPayAnswer,
  asked: "payment" | "state",
  order: RailOrder,
  names: WechatPayNames,
): RailOutcome {
  if (answer.kind === "failure") return { kind: "unknown", reason: answer.reason, detail: answer.detail };
  if (answer.status !== 200 && answer.status !== 202) return readRefusal(answer, asked);
  const read = transactionSchema.safeParse(answer.body);
  if (!read.success) {
    // A 202 may come with a code in the place of a transaction; both say that it is not over.
    return answer.status === 202 ? { kind: "waiting" } : { kind: "unknown", reason: "not-readable" };
  }
  const transaction = read.data;
  if (
    transaction.out_trade_no !== order.orderNumber ||
    transaction.mchid !== names.merchantId ||
    transaction.appid !== names.appId
  ) {
    return { kind: "unknown", reason: "other-order" };
  }
  return readState(transaction, order);
}

function readState(transaction: z.infer<typeof transactionSchema>, order: RailOrder): RailOutcome {
  const { trade_state: state, transaction_id: transactionId, success_time: paidAt, amount } = transaction;
  switch (state) {
    case "SUCCESS":
    case "REFUND":
      if (transactionId === undefined || paidAt === undefined) return { kind: "unknown", reason: "not-readable" };
      if (amount?.total !== order.amountMinor || (amount.currency ?? "CNY") !== order.currency) {
        return { kind: "unknown", reason: "amount-differs" };
      }
      return { kind: state === "SUCCESS" ? "paid" : "refunded", transactionId, paidAt: new Date(paidAt) };
    case "USERPAYING":
      return { kind: "waiting" };
    case "NOTPAY":
      return { kind: "unpaid" };
    case "CLOSED":
    case "REVOKED":
      // Only what was paid has a time at which it was.
      return { kind: "closed", gaveBack: paidAt !== undefined };
    case "PAYERROR":
      return { kind: "declined", code: "rail.declined" };
    default:
      return { kind: "unknown", reason: "not-readable", detail: state.slice(0, 32) };
  }
}

function readRefusal(answer: WechatPayAnswer, asked: "payment" | "state"): RailOutcome {
  const code = refusalCode(answer);
  if (code === "") return { kind: "unknown", reason: "not-readable" };
  if (code === "USERPAYING") return { kind: "waiting" };
  if (code === "ORDERNOTEXIST" || code === "ORDERNOTEXISTS" || code === "RESOURCENOTEXISTS") {
    return { kind: "not-found" };
  }
  if (code === "ORDERREVERSED" || code === "ORDERCLOSED") return { kind: "closed", gaveBack: false };
  const declined = asked === "payment" ? declines[code] : undefined;
  if (declined !== undefined) return { kind: "declined", code: declined };
  if (code === "FREQUENCYLIMITED" || code === "FREQUENCYLIMIT" || code === "RATELIMITEXCEEDED") {
    return { kind: "unknown", reason: "busy", detail: code };
  }
  // SYSTEM_ERROR, BANKERROR, ORDERPAID, OUT_TRADE_NO_USED and what nobody knows yet: a query tells.
  return { kind: "unknown", reason: "system-error", detail: code };
}

/** The code of a refusal, small and without underscores, or an empty text. */
export function refusalCode(answer: WechatPayAnswer): string {
  if (answer.kind === "failure") return "";
  const read = refusalSchema.safeParse(answer.body);
  return read.success ? read.data.code.toUpperCase().replaceAll("_", "") : "";
}
