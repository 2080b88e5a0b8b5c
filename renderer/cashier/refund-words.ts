import type { Outcome } from "../../main/contract/snapshot.ts";
import type { WordKey } from "../shared/words/en.ts";

/** How far the money of a refund to a wallet is, in words with its amount. */
export const walletWords = {
  recorded: "refund.wallet-recorded",
  "given-back": "refund.wallet-given-back",
  "needs-you": "refund.wallet-needs-you",
} as const satisfies Record<NonNullable<Outcome["walletState"]>, WordKey>;
