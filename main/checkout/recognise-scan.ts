import { recognise } from "../payment/recognise/recognise.ts";
import { settingsOf } from "../payment/recognise/settings.ts";
import type { Recognition } from "../payment/recognise/recognition.ts";
import type { CheckoutScan } from "./catalog-goods.ts";
import type { CheckoutOptions } from "./checkout-options.ts";

/** A code that a payment of the open sale begins with. */
type PaymentCode = Extract<Recognition, { kind: "spend-token" | "wechat-pay" | "alipay" }>;

/** What a scan is by what the shop takes now. */
export function recogniseScan(scan: CheckoutScan, { rules, now }: Pick<CheckoutOptions, "rules" | "now">): Recognition {
  return recognise(scan, settingsOf(rules().store, Number(now().slice(0, 4))));
}

/** Whether a payment begins with this code, so that it ends the sale. */
export function isPaymentCode(code: Recognition): code is PaymentCode {
  return code.kind === "spend-token" || code.kind === "wechat-pay" || code.kind === "alipay";
}
