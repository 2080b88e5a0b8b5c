import type { WechatPayConfiguration } from "../configuration.ts";
import type { Rail, RailOrder, RailOutcome } from "../rail.ts";
import { railTimings } from "../timings.ts";
import { readTransaction } from "./answers.ts";
import { wechatPayBill } from "./bill.ts";
import { createWechatPayClient, type WechatPayClient } from "./client.ts";
import { wechatPayRefunds } from "./refunds.ts";

/** WeChat Pay takes descriptions of at most 127 characters. */
const maximumSubject = 127;

/**
 * WeChat Pay's code payment, third version (pay.weixin.qq.com, code-payment-v3, direct merchants; public since April 2024):
 * `POST /v3/pay/transactions/codepay`, the ordinary query, `reverse` and `refunds`.
 */
export function createWechatPayRail(configuration: WechatPayConfiguration): Rail {
  const { merchantId, appId, deviceIp } = configuration;
  const { callMs } = configuration.timings ?? railTimings["wechat-pay"];
  const names = { merchantId, appId };
  const client = createWechatPayClient(configuration);

  async function query(order: RailOrder): Promise<RailOutcome> {
    const answer = await client.call({
      method: "GET",
      path: `/v3/pay/transactions/out-trade-no/${order.orderNumber}`,
      query: { mchid: merchantId },
      withinMs: callMs.other,
    });
    return readTransaction(answer, "state", order, names);
  }

  return {
    name: "wechat-pay",
    pay: async (order, code) => {
      const answer = await client.call({
        method: "POST",
        path: "/v3/pay/transactions/codepay",
        body: {
          appid: appId,
          mchid: merchantId,
          description: order.subject.slice(0, maximumSubject),
          out_trade_no: order.orderNumber,
          payer: { auth_code: code },
          amount: { total: order.amountMinor, currency: order.currency },
          // `device_ip` here, where its siblings have `payer_client_ip`; `out_id` is the merchant's own number of the store.
          scene_info: {
            device_ip: deviceIp,
            device_id: String(order.tillNumber),
            store_info: { out_id: order.storeId.slice(0, 32) },
          },
        },
        withinMs: callMs.pay,
      });
      if (answer.kind === "failure" && !answer.sent) return { kind: "declined", code: "rail.not-reached" };
      return readTransaction(answer, "payment", order, names);
    },
    query,
    reverse: (order) => reverse(client, order, names, callMs.other, query),
    ...wechatPayRefunds(client, callMs.other),
    bill: (day) => wechatPayBill(client, day, callMs.other),
  };
}

/**
 * Reverses, and then asks: reversing was reported to answer "success" for an order that is another merchant's
 * (developers.weixin.qq.com, community/pay/doc/000a04965342889c925846c7f56400), so only the order's own state counts.
 */
async function reverse(
  client: WechatPayClient,
  order: RailOrder,
  names: { merchantId: string; appId: string },
  withinMs: number,
  query: (order: RailOrder) => Promise<RailOutcome>,
): Promise<RailOutcome> {
  const answer = await client.call({
    method: "POST",
    path: `/v3/pay/transactions/out-trade-no/${order.orderNumber}/reverse`,
    body: { appid: names.appId, mchid: names.merchantId },
    withinMs,
  });
  if (answer.kind === "failure") return { kind: "unknown", reason: answer.reason, detail: answer.detail };
  if (answer.status !== 200 && answer.status !== 204) {
    const refused = readTransaction(answer, "state", order, names);
    if (refused.kind === "not-found" || refused.kind === "closed" || refused.kind === "unknown") return refused;
    return { kind: "unknown", reason: "refused", detail: refused.kind };
  }
  const now = await query(order);
  if (now.kind === "refunded" || now.kind === "declined") return { kind: "closed", gaveBack: now.kind === "refunded" };
  if (now.kind === "closed" || now.kind === "not-found" || now.kind === "unknown") return now;
  return { kind: "unknown", reason: "not-reversed", detail: now.kind };
}
