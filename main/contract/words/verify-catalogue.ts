import type { ErrorWords } from "./error-words.ts";

/**
 * Why the check of a ledger found it broken, and whether the till may go on selling: `stop` where what was sold may not be
 * what stands in the ledger, `ask` where the ledger is whole but an entry in it is not as it should be, `mend` where nothing
 * of what was sold is touched.
 */
export const severities = {
  unreadable: "stop",
  "not-canonical": "stop",
  sequence: "stop",
  "other-ledger": "stop",
  "columns-differ": "stop",
  "id-repeated": "stop",
  "previous-hash": "stop",
  "stored-hash": "stop",
  opening: "stop",
  "unknown-key": "stop",
  signature: "stop",
  postings: "ask",
  "receipt-number": "ask",
  "payment-state": "ask",
  refund: "ask",
  "shift-report": "ask",
  "running-total": "ask",
  "database-damaged": "stop",
  "behind-mark": "stop",
  "mark-differs": "stop",
  "follows-differs": "ask",
  "schema-differs": "stop",
  "private-value": "mend",
  "projection-differs": "mend",
  "working-state": "mend",
} as const;

/** Why the check of a ledger found it broken. */
export type VerifyReason = keyof typeof severities;

/** Every reason that there are words for. */
export const verifyReasons = Object.keys(severities) as readonly VerifyReason[];

/** Another way to a reason: an amount instead of a state, a total that is not there at all. */
export type VerifyVariant = "payment-amount" | "total-missing";

/** What one language says about a check. */
export interface VerifyCatalogue {
  /** What it means for the shop, what is safe, what to do. */
  readonly reasons: Readonly<Record<VerifyReason, ErrorWords>>;
  /** The figures of a shift's report and of the running totals, as they stand in a sentence. */
  readonly figures: Readonly<Record<string, string>>;
  /** What a payment is or is to become, as it stands in a sentence. */
  readonly states: Readonly<Record<string, string>>;
  /** How an older ledger differs from what the one behind it says. */
  readonly differences: Readonly<Record<string, string>>;
  /** The tables of the file, as they stand in a sentence. */
  readonly tables: Readonly<Record<string, string>>;
  /** What happened, where a reason has more than one way to it. */
  readonly variants: Readonly<Record<VerifyVariant, string>>;
}
