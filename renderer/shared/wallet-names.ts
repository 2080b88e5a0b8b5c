import type { Rail } from "../../sync/protocol/entry-types.ts";
import type { WordKey } from "./words/en.ts";

/** What a shopper calls the wallet that pays. */
export const walletNames: Readonly<Record<Rail, WordKey>> = {
  wallet: "wallet.own",
  "wechat-pay": "wallet.wechat-pay",
  alipay: "wallet.alipay",
};
