import type { Report } from "../reasons.ts";
import type { WalkedEntry } from "../walk.ts";

/** Something that is held against every entry in turn. */
export interface Rule {
  next(entry: WalkedEntry): void;
}

/**
 * Receipt numbers follow each other, sales and refunds with one counter. Behind an older ledger they go on from its last
 * one, where it may be that some of its receipts are not known any more.
 */
export function createReceiptRule(report: Report): Rule & { last(): number } {
  let last = 0;
  /** Whether the next number has to be one more, or may be any higher one. */
  let mayJump = true;

  function take(seq: number, number: number): void {
    const isRight = mayJump ? number > last : number === last + 1;
    if (!isRight) report({ seq, reason: "receipt-number", params: { found: number, expected: last + 1 } });
    last = number;
    mayJump = false;
  }

  return {
    last: () => last,
    next({ seq, type, known, body }) {
      if (known?.type === "ledger.opened" || known?.type === "till.enrolled") {
        const { follows } = known.body;
        if (follows === undefined) return;
        last = Math.max(last, follows.receiptNumber ?? 0);
        mayJump = true;
      } else if (type === "sale.settled" || type === "refund.settled") {
        const number = body["receiptNumber"];
        if (typeof number === "number") take(seq, number);
        else report({ seq, reason: "receipt-number", params: { expected: last + 1 } });
      } else if (known === undefined && body["receiptNumber"] === last + 1) {
        // Something that a newer version gives a receipt for.
        last += 1;
      }
    },
  };
}
