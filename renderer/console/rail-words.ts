import type { OperatorPayment } from "../../sync/protocol/operator-api.ts";
import type { WordKey } from "../shared/words/en.ts";

/** Whose wallet it is, in words. */
export const railWords: Readonly<Record<OperatorPayment["rail"], WordKey>> = {
  wallet: "console.rail-wallet",
  "wechat-pay": "console.rail-wechat-pay",
  alipay: "console.rail-alipay",
};
