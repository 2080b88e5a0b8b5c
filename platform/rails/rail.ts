import type { DeclineCode } from "../../sync/protocol/api.ts";
import type { Rail as PayingWallet } from "../../sync/protocol/entry-types.ts";
import type { Currency } from "../../sync/protocol/money.ts";

/** The rails of other companies. The platform's own wallet is charged in its own books and needs none. */
export type RailName = Exclude<PayingWallet, "wallet">;

/** What a charge over a rail can be declined with. */
export type RailDecline = Extract<DeclineCode, `rail.${string}`>;

/** What a rail is asked for. `orderNumber` is ours; it is stored before the rail hears of it and never used twice. */
export type RailOrder = {
  orderNumber: string;
  amountMinor: number;
  currency: Currency;
  /** What the shopper reads in the wallet: the shop's name. */
  subject: string;
  storeId: string;
  tillNumber: number;
};

/** Why it cannot be said what became of an order. It goes to the log, never to a screen. */
export type UnknownReason =
  | "not-reached"
  | "timeout"
  | "connection-lost"
  | "too-large"
  | "bad-signature"
  | "not-readable"
  | "other-order"
  | "amount-differs"
  | "system-error"
  | "busy"
  | "refused"
  | "not-reversed"
  | "window-over";

/**
 * Where an order stands at the rail. Only `paid`, `refunded`, `declined` and `closed` say something that stays.
 *
 * - `paid`: the money lies at the rail.
 * - `refunded`: it was paid, and all or a part has gone back since.
 * - `waiting`: the shopper is asked for a password. Both rails call this normal: HTTP 202 and USERPAYING, code 10003.
 * - `unpaid`: the order is there, and nobody is paying it. It has to be closed.
 * - `unknown`: no answer, a bad one, or one that says nothing. Never taken for anything else.
 * - `not-found`: the rail knows no such order (yet).
 * - `closed`: it can never be paid any more, and what was paid has gone back; `gaveBack` where the rail says that it was paid.
 */
export type RailOutcome =
  | { kind: "paid" | "refunded"; transactionId: string; paidAt: Date }
  | { kind: "waiting" | "unpaid" | "not-found" }
  | { kind: "closed"; gaveBack: boolean }
  | { kind: "declined"; code: RailDecline }
  | { kind: "unknown"; reason: UnknownReason; detail?: string };

/** A refund of a part or the whole of a paid order. The same `refundNumber` is one refund, however often it is sent. */
export type RailRefund = {
  refundNumber: string;
  orderNumber: string;
  amountMinor: number;
  /** What the order was paid with. */
  orderAmountMinor: number;
  currency: Currency;
};

/**
 * Where a refund stands. `accepted` says that the rail works on it: only a query that says so makes it `refunded`.
 * `refused` stays: the order has too little left, or the time for refunds is over.
 */
export type RailRefundOutcome =
  | { kind: "refunded"; transactionId: string }
  | { kind: "accepted" | "not-found" }
  | { kind: "refused"; detail: string }
  | { kind: "unknown"; reason: UnknownReason; detail?: string };

/** One line of a rail's bill. Amounts are above zero; what went back is told by its kind. */
export type BillLine = {
  kind: "payment" | "refund" | "reversal";
  orderNumber: string;
  /** Of a refund: its own number. */
  refundNumber: string | null;
  transactionId: string;
  amountMinor: number;
};

/** A day's bill, or why it cannot be read. `not-ready`: the rail makes it in the course of the next day. */
export type BillOutcome =
  | { kind: "bill"; lines: BillLine[] }
  | { kind: "not-ready" }
  | { kind: "unknown"; reason: UnknownReason; detail?: string };

/**
 * A company's way of taking money by the code on a shopper's phone. It never throws for what a network or a rail may do:
 * that is an outcome. No notice of the rail is waited for anywhere, an answer or a query is the only truth.
 */
export type Rail = {
  name: RailName;
  /** Asks for the money, once. `code` is the scanned one; it is nowhere kept. */
  pay(order: RailOrder, code: string): Promise<RailOutcome>;
  query(order: RailOrder): Promise<RailOutcome>;
  /** Closes an order for good; what was paid goes back. As often as one likes, with one effect. */
  reverse(order: RailOrder): Promise<RailOutcome>;
  refund(refund: RailRefund): Promise<RailRefundOutcome>;
  queryRefund(refund: RailRefund): Promise<RailRefundOutcome>;
  /** The bill of a day in China's time, written `2026-11-20`. */
  bill(day: string): Promise<BillOutcome>;
};

/** The rails that are switched on. */
export type Rails = ReadonlyMap<RailName, Rail>;
