import type { CounterSnapshot } from "../../main/contract/counter.ts";
import type { RailBehaviour } from "../../sync/protocol/demo-rails.ts";
import type { Rail } from "../../sync/protocol/entry-types.ts";
import type { WordKey } from "../shared/words/en.ts";

/** What each wallet is called. */
export const walletWords: Readonly<Record<Rail, WordKey>> = {
  wallet: "counter.wallet-platform",
  "wechat-pay": "counter.wallet-wechat-pay",
  alipay: "counter.wallet-alipay",
};

/** How the next payment goes, in words. */
export const behaviourWords: Readonly<Record<RailBehaviour, WordKey>> = {
  "at-once": "counter.next-at-once",
  password: "counter.next-password",
  "password-by-itself": "counter.next-password-by-itself",
  "timeout-charged": "counter.next-timeout-charged",
  "timeout-not-charged": "counter.next-timeout-not-charged",
  "system-error-charged": "counter.next-system-error-charged",
  "system-error-not-charged": "counter.next-system-error-not-charged",
  "lost-reply": "counter.next-lost-reply",
  "bad-signature": "counter.next-bad-signature",
  "reversed-while-typing": "counter.next-reversed-while-typing",
  insufficient: "counter.next-insufficient",
  "above-limit": "counter.next-above-limit",
  "code-expired": "counter.next-code-expired",
  "code-used": "counter.next-code-used",
  declined: "counter.next-declined",
};

/** One of the other companies' wallets on the counter. */
export type CounterRail = CounterSnapshot["rails"][number];
