import type { EmbeddedPattern, WalletKind } from "../../../sync/protocol/change.ts";
import type { Currency } from "../../../sync/protocol/money.ts";

/**
 * What a reader hands over: the text, the AIM symbology identifier (ISO/IEC 15424) where the reader sends one, and the raw
 * bytes in hexadecimal where it has them.
 */
export type ScannedCode = { text: string; symbology?: string | undefined; hex?: string | undefined };

/** What a shop says about codes that look alike: nothing of it can be found out from the code itself. */
export type RecogniseSettings = {
  /** The wallets that the shop takes. Nothing is taken for another one. */
  readonly wallets: ReadonlySet<WalletKind>;
  /** How the shop's own labels are built; without a pattern their digits are those of goods. */
  readonly embedded: readonly EmbeddedPattern[];
  /** The shop's currency, in which GS1 prices without a currency are. */
  readonly currency: Currency;
  /** The year of now, from which a date with two digits of a year has its century. */
  readonly year: number;
};

/** Why a code is none that the till knows. Each has words of its own for the cashier. */
export type UnknownReason =
  | "empty"
  | "too-long"
  /** Bytes that are no text, as the ride codes of buses have. */
  | "binary"
  /** Digits of goods, or a GS1 key, of which one was misread. */
  | "check-digit"
  /** Half of a spend token, a receipt's code, or another code of ours. */
  | "wallet-code"
  | "receipt-code"
  | "own-code"
  /** The shape of a wallet's payment code, which this shop does not take. */
  | "wallet-not-enabled"
  /** It begins like a payment code of a card scheme and does not go on like one. */
  | "payment-code"
  /** A merchant's or a payee's code with a wrong structure, or with a wrong checksum. */
  | "merchant-code"
  | "checksum"
  /** The receipt of a bank transfer: unsigned, and anybody can draw one. */
  | "bank-slip"
  /** GS1 data against its rules, or with a date that no calendar has. */
  | "gs1-syntax"
  | "gs1-date"
  /** A bill that is not complete. */
  | "bill"
  /** A link to somewhere, which no till opens. */
  | "link"
  | "not-known";

/** The elements that a till knows the meaning of, by their names. Dates are ISO dates. */
export type Gs1Fields = {
  gtin14?: string;
  sscc?: string;
  contentGtin14?: string;
  lot?: string;
  serial?: string;
  variant?: string;
  productionDate?: string;
  packDate?: string;
  bestBefore?: string;
  sellBy?: string;
  expiry?: string;
  /** Hours and minutes at which it expires on that day, `18:30`. */
  expiryTime?: string;
  count?: number;
  weightGrams?: number;
  priceMinor?: number;
  pricePerUnitMinor?: number;
  /** Where the code itself names the currency of its price. */
  currency?: string;
  /** Everything else as a person reads it: `(240)A7(3112)000150`. */
  others?: string;
};

/** What a coupon says. `code` is the printed number, or the GS1 coupon's own data. */
export type CouponFields = {
  code: string;
  serial?: string;
  expiry?: string;
  amountMinor?: number;
  currency?: string;
  percentOff?: string;
  points?: number;
};

/** What a payee's code says of itself. Account numbers and keys are left out: the till pays nobody. */
export type MerchantFields = {
  scheme: string;
  /** Whether the code was made for one payment. */
  use: "static" | "dynamic" | "not-said";
  merchantName?: string;
  merchantCity?: string;
  country?: string;
  /** The amount where its currency is known, else `amount` as it stands. */
  amountMinor?: number;
  amount?: string;
  currency?: string;
  reference?: string;
};

/** What a payment code of a card scheme says. Neither the card's number nor the code that holds it is among it. */
export type ConsumerFields = { aid: string; scheme: string; label?: string; panLast4?: string };

/** What a link of UPI asks for. */
export type UpiFields = { payee: string; payeeName: string; amountMinor?: number; currency: "INR"; reference?: string };

/** What a bill asks for. */
export type BillFields = {
  scheme: "swiss-qr" | "epc";
  iban: string;
  creditorName: string;
  amountMinor?: number;
  currency?: string;
  reference?: string;
};

type Known<Kind extends string, Fields> = { kind: Kind; fields: Fields; reason: null };

/** What a scan is, with what it says. `reason` tells why an unknown one is none of the others. */
export type Recognition =
  | Known<"gtin", { gtin14: string; addOn?: string }>
  | Known<"gs1", Gs1Fields>
  | Known<"embedded", { itemCode: string; gtin14: string; weightGrams?: number; priceMinor?: number }>
  | Known<"coupon", CouponFields>
  | Known<"spend-token", { text: string }>
  | Known<"payment-request" | "payment-proof" | "exit" | "basket", { text: string }>
  | Known<"receipt", { ledger: string; seq: number; hashStart: string }>
  | Known<"badge", { badgeId: string }>
  | Known<"wechat-pay" | "alipay", { text: string }>
  | Known<"unionpay", { text: string }>
  | Known<"emvco-consumer", ConsumerFields>
  | Known<"emvco-merchant", MerchantFields>
  | Known<"upi", UpiFields>
  | Known<"bill", BillFields>
  | { kind: "unknown"; fields: { text: string; wallets?: string }; reason: UnknownReason };

/** A code that is none the till knows. */
export function unknown(text: string, reason: UnknownReason): Recognition {
  return { kind: "unknown", fields: { text }, reason };
}

/** A code that has the shape of these wallets, none of which the shop takes. */
export function notEnabled(text: string, ...wallets: readonly WalletKind[]): Recognition {
  return { kind: "unknown", fields: { text, wallets: wallets.join(" ") }, reason: "wallet-not-enabled" };
}
