import { expect, test } from "vitest";
import { wechatPayRefunds } from "../../../platform/rails/wechat-pay/refunds.ts";
import type { WechatPayAnswer, WechatPayClient } from "../../../platform/rails/wechat-pay/client.ts";

const refund = {
  orderNumber: "1".repeat(32),
  refundNumber: "2".repeat(32),
  amountMinor: 400,
  orderAmountMinor: 1200,
  currency: "CNY" as const,
};

/** The adapter over a WeChat Pay that refuses with this code. */
function refusing(code: string) {
  const answer = { kind: "answer", status: 400, body: { code, message: "no" } } as unknown as WechatPayAnswer;
  return wechatPayRefunds({ call: () => Promise.resolve(answer) } as unknown as WechatPayClient, 1000);
}

// "Nothing has moved" would be said to a manager, who then pays the shopper a second time in cash.
test.each(["NO_AUTH", "PARAM_ERROR", "INVALID_REQUEST", "NOT_ENOUGH"])(
  "a question about a refund that is refused with %s says nothing about the refund",
  async (code) => {
    expect((await refusing(code).queryRefund(refund)).kind).toBe("unknown");
  },
);

// The shop's balance was paid out overnight; at noon there is money in it again.
test("a shop whose balance is too low for a refund has it asked for again", async () => {
  expect((await refusing("NOT_ENOUGH").refund(refund)).kind).toBe("unknown");
  expect((await refusing("INVALID_REQUEST").refund(refund)).kind).toBe("refused");
});
