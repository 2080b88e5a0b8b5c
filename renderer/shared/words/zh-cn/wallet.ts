import type { walletWords as walletEnglish } from "../en/wallet.ts";

/** Every text of the shopper's phone, in Simplified Chinese, as ICU messages. */
export const walletWords = {} as const satisfies Record<keyof typeof walletEnglish, string>;
