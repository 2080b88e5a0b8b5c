import { TillError, type TillErrorCode } from "../contract/errors.ts";
import type { Recognition, UnknownReason } from "../payment/recognise/recognition.ts";

/** Codes that are what they are and that the till does nothing with. */
const codeOfKind = {
  coupon: "scan.coupon",
  badge: "scan.badge",
  exit: "scan.exit-code",
  basket: "scan.basket-code",
  bill: "scan.bill",
  upi: "scan.merchant-code",
  unionpay: "scan.wallet-not-taken",
  "emvco-merchant": "scan.merchant-code",
  "emvco-consumer": "scan.wallet-not-taken",
  "payment-request": "scan.payment-request",
  "payment-proof": "scan.payment-proof",
} as const satisfies Partial<Record<Recognition["kind"], TillErrorCode>>;

/** Why a code is none that the till knows, in an error's code. */
const codeOfReason = {
  empty: "scan.unreadable",
  "too-long": "scan.unreadable",
  binary: "scan.binary",
  "check-digit": "scan.bad-check-digit",
  "wallet-code": "token.invalid",
  "receipt-code": "scan.damaged-code",
  "own-code": "scan.damaged-code",
  "payment-code": "scan.damaged-code",
  "merchant-code": "scan.damaged-code",
  checksum: "scan.damaged-code",
  "wallet-not-enabled": "scan.wallet-not-taken",
  "bank-slip": "scan.bank-slip",
  "gs1-syntax": "scan.label-invalid",
  "gs1-date": "scan.label-invalid",
  bill: "scan.bill",
  link: "scan.link",
  "not-known": "scan.unknown-code",
} as const satisfies Record<UnknownReason, TillErrorCode>;

/** What a cashier is told about a code that the till does nothing with; null for one that it acts on. */
export function refusalOf(code: Recognition, text: string): TillError | null {
  if (code.kind === "unknown") return new TillError(codeOfReason[code.reason], parametersOf(code.reason, text));
  if (!Object.hasOwn(codeOfKind, code.kind)) return null;
  return new TillError(codeOfKind[code.kind as keyof typeof codeOfKind]);
}

/** Only what may be a number of goods is shown: somebody's payment code is on no screen, not even in part. */
function parametersOf(reason: UnknownReason, text: string): Record<string, string | number> {
  if (reason === "too-long") return { length: text.length };
  return reason === "check-digit" || reason === "not-known" ? { text: shown(text) } : {};
}

/** What of a scanned text a screen shows: no control characters, and no more than a line of it. */
export function shown(text: string): string {
  const plain = text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, "·");
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
}
