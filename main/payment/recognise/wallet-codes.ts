import type { WalletKind } from "../../../sync/protocol/change.ts";
import { notEnabled, type Recognition, type RecogniseSettings } from "./recognition.ts";

/**
 * The whole grammar of each wallet's digits: WeChat Pay's manual for merchants (payment code, 18 digits from 10 to 15),
 * Alipay's (16 to 24 digits from 25 to 30), and for UnionPay, whose rule is not public, what its users report (19 digits
 * from 62). None has a check digit, so that the shop's own word decides whether digits may be one at all.
 */
const grammars = [
  ["wechat-pay", /^1[0-5]\d{16}$/],
  ["alipay", /^(?:2[5-9]|30)\d{14,22}$/],
  ["unionpay", /^62\d{17}$/],
] as const satisfies readonly (readonly [WalletKind, RegExp])[];

/** Digits that a wallet shows to be paid by; null where they have the shape of none. */
export function recogniseWalletDigits(text: string, { wallets }: RecogniseSettings): Recognition | null {
  for (const [kind, grammar] of grammars) {
    if (!grammar.test(text)) continue;
    return wallets.has(kind) ? { kind, fields: { text }, reason: null } : notEnabled(text, kind);
  }
  return null;
}
