import type { Fault, TillErrorCode } from "../../main/contract/errors.ts";
import type { WordKey } from "../shared/words/en.ts";

/** What a shopper reads: what happened, and what is safe and to be done. */
type ShopperWords = readonly [happened: WordKey, todo: WordKey];

const unread: ShopperWords = ["kiosk.notice-unread", "kiosk.notice-unread-todo"];
const person: ShopperWords = ["kiosk.notice-person", "kiosk.notice-person-todo"];
const full: ShopperWords = ["kiosk.notice-full", "kiosk.notice-full-todo"];
const wallet: ShopperWords = ["kiosk.notice-wallet", "kiosk.notice-wallet-todo"];
const code: ShopperWords = ["kiosk.notice-code", "kiosk.notice-code-todo"];
const undone: ShopperWords = ["kiosk.notice-undone", "kiosk.notice-undone-todo"];
const open: ShopperWords = ["kiosk.notice-open", "kiosk.notice-open-todo"];
const slow: ShopperWords = ["kiosk.notice-slow", "kiosk.notice-slow-todo"];

/** The till's own words are for a cashier; a shopper is told what a shopper can do. */
const wordsByCode: Readonly<Partial<Record<TillErrorCode, ShopperWords>>> = {
  "scan.unknown-code": ["kiosk.notice-unknown", "kiosk.notice-unknown-todo"],
  "scan.unreadable": unread,
  "scan.bad-check-digit": unread,
  "scanner.half-frame": unread,
  "scan.damaged-code": unread,
  "scan.label-invalid": unread,
  "scan.expired": person,
  "scan.label-mismatch": person,
  "scan.wallet-not-taken": wallet,
  "scan.merchant-code": wallet,
  "scan.bank-slip": wallet,
  "scan.bill": wallet,
  "basket.item-unknown": ["kiosk.notice-gone", "kiosk.notice-gone-todo"],
  "basket.price-needed": person,
  "basket.weight-needed": person,
  "basket.full": full,
  "basket.total-too-large": full,
  "basket.quantity-out-of-range": full,
  "basket.frozen": open,
  "basket.age-unchecked": ["kiosk.notice-age", "kiosk.notice-age-todo"],
  "wallet.no-sale": ["kiosk.notice-early", "kiosk.notice-early-todo"],
  "wallet.needs-network": ["kiosk.notice-network", "kiosk.notice-network-todo"],
  "wallet.insufficient": ["kiosk.notice-money", "kiosk.notice-money-todo"],
  "wallet.blocked": wallet,
  "wallet.unknown": wallet,
  "currency.mismatch": wallet,
  "token.invalid": code,
  "token.expired": code,
  "token.not-yet-valid": code,
  "token.used": code,
  "token.above-limit": ["kiosk.notice-limit", "kiosk.notice-limit-todo"],
  "payment.reversed": undone,
  "payment.undone-late": undone,
  "payment.open": open,
  "staff.pin-wrong": ["kiosk.notice-pin", "kiosk.notice-pin-todo"],
  "staff.pin-wait": ["kiosk.notice-pin-wait", "kiosk.notice-pin-wait-todo"],
  "session.busy": slow,
  "wire.closed": slow,
  "wire.timeout": slow,
};

const other: ShopperWords = ["kiosk.notice-other", "kiosk.notice-other-todo"];

/** The words for a shopper about something that the till refused. */
export function shopperWordsOf(fault: Fault): ShopperWords {
  return wordsByCode[fault.code] ?? other;
}

const declines: ReadonlySet<ShopperWords> = new Set([wallet, code, undone]);

/** Whether it is the answer to a wallet code, so that it belongs to the step at which a code is shown. */
export function isAboutPaying(fault: Fault): boolean {
  const words = shopperWordsOf(fault);
  return (
    declines.has(words) || ["wallet.insufficient", "wallet.needs-network", "token.above-limit"].includes(fault.code)
  );
}
