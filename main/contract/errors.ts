import { z } from "zod";
import { deviceErrorCodes } from "../../devices/errors.ts";
import { syncErrorCodes } from "../../sync/errors.ts";
import { declineCodes } from "../../sync/protocol/api.ts";

/** What the till itself refuses, besides what devices, sync and wallets say. */
const ownErrorCodes = [
  "folder.not-writable",
  "folder.in-use",
  "port.taken",
  "ledger.newer-version",
  "ledger.migration-failed",
  "ledger.damaged",
  "ledger.behind-mark",
  "ledger.key-missing",
  "ledger.unbalanced",
  "ledger.disk-full",
  "ledger.flush-failed",
  "ledger.id-used",
  "ledger.missing",
  "ledger.succession-refused",
  "ledger.not-recoverable",
  "catalog.empty",
  "till.not-enrolled",
  "till.needs-platform",
  "wire.closed",
  "wire.timeout",
  "wire.invalid-message",
  "wire.unknown-method",
  "wire.not-allowed",
  "wire.other-contract",
  "session.invalid",
  "session.busy",
  "scan.unknown-code",
  "scan.unreadable",
  "scan.bad-check-digit",
  "scan.while-typing",
  "scan.expired",
  "scan.label-mismatch",
  "scan.no-goods",
  "scan.label-invalid",
  "scan.damaged-code",
  "scan.merchant-code",
  "scan.bill",
  "scan.bank-slip",
  "scan.payment-request",
  "scan.payment-proof",
  "scan.exit-code",
  "scan.basket-code",
  "scan.coupon",
  "scan.badge",
  "scan.wallet-not-taken",
  "scan.link",
  "scan.binary",
  "basket.empty",
  "basket.full",
  "basket.frozen",
  "basket.line-unknown",
  "basket.item-unknown",
  "basket.weight-needed",
  "basket.quantity-out-of-range",
  "basket.total-too-large",
  "basket.price-needed",
  "basket.discount-too-large",
  "basket.line-discounted",
  "basket.age-unchecked",
  "basket.no-age-limited",
  "staff.pin-wrong",
  "staff.pin-wait",
  "park.full",
  "park.basket-open",
  "park.not-found",
  "tender.part-not-cash",
  "tender.part-too-large",
  "tender.part-open",
  "refund.not-a-sale",
  "refund.nothing-left",
  "refund.above-remaining",
  "refund.id-used",
  "refund.too-many",
  "till.unsent",
  "till.busy",
  "till.not-running",
  "till.recovering",
  "till.signed-out",
  "entry.not-found",
  "entry.unread",
  "report.not-found",
  "shift.not-open",
  "purse.too-little",
  "drawer.shut",
  "tender.too-little",
  "tender.too-much",
  "sale.not-open",
  "wallet.needs-network",
  "wallet.no-sale",
  "payment.open",
  "payment.not-open",
  "payment.final",
  "payment.undone-late",
  "payment.set-aside",
  "payment.aside-paid",
  "payment.aside-paid-cash",
  "payment.aside-undone",
  "payment.undo-refused",
  "payment.aside-not-paid",
  "payment.money-back",
  "park.payment-open",
  "receipt.not-found",
  "receipt.scanned",
  "receipt.other-till",
  "receipt.at-counter",
  "printer.not-set-up",
  "command.invalid",
  "internal",
] as const;

/** Every code an error of the till can have. The words for each stand in `words/`. */
export const tillErrorCodes = [
  ...new Set([...ownErrorCodes, ...deviceErrorCodes, ...syncErrorCodes, ...declineCodes]),
] as [TillErrorCode, ...TillErrorCode[]];

/** A code an error of the till can have. */
export type TillErrorCode =
  | (typeof ownErrorCodes)[number]
  | (typeof deviceErrorCodes)[number]
  | (typeof syncErrorCodes)[number]
  | (typeof declineCodes)[number];

const faultParameterSchema = z.union([z.string().max(500), z.number()]);

/** An error as data: a code and what its words need. This is what crosses the wire and what a screen puts into words. */
export const faultSchema = z.strictObject({
  code: z.enum(tillErrorCodes),
  params: z.record(z.string(), faultParameterSchema),
});

/** An error as data. */
export type Fault = z.infer<typeof faultSchema>;

/** What the words of an error are filled with. */
export type FaultParameters = Readonly<Record<string, string | number>>;

/** The one error of the till. `params` fill its words; `cause` is for the log. */
export class TillError extends Error {
  readonly code: TillErrorCode;
  readonly params: FaultParameters;
  constructor(code: TillErrorCode, params: FaultParameters = {}, cause?: unknown) {
    super(code, cause === undefined ? {} : { cause });
    this.name = "TillError";
    this.code = code;
    this.params = params;
  }
}

const knownCodes: ReadonlySet<string> = new Set(tillErrorCodes);

/**
 * The fault of anything that was thrown. Errors that carry a code of the union keep it; anything else is `internal`,
 * whose details belong in the log and not on a screen.
 */
export function faultOf(error: unknown): Fault {
  if (error instanceof Error && "code" in error && typeof error.code === "string" && knownCodes.has(error.code)) {
    return { code: error.code as TillErrorCode, params: "params" in error ? plainParameters(error.params) : {} };
  }
  return { code: "internal", params: {} };
}

function plainParameters(params: unknown): Record<string, string | number> {
  const plain: Record<string, string | number> = {};
  if (typeof params !== "object" || params === null) return plain;
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === "string") plain[name] = value.slice(0, 500);
    else if (typeof value === "number" && Number.isFinite(value)) plain[name] = value;
  }
  return plain;
}
