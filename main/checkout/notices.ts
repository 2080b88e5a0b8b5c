import { faultOf, type TillErrorCode } from "../contract/errors.ts";
import type { Notice } from "../contract/snapshot.ts";

/** Codes that name goods nobody knows: they have a sound and a shape of their own. */
const unknownItemCodes: ReadonlySet<TillErrorCode> = new Set([
  "scan.unknown-code",
  "scan.bad-check-digit",
  "scan.unreadable",
  "basket.item-unknown",
]);

/** Codes that ask for the next step rather than refuse one. */
const quietCodes: ReadonlySet<TillErrorCode> = new Set([
  "wallet.no-sale",
  "basket.weight-needed",
  "basket.price-needed",
  "receipt.scanned",
  "payment.set-aside",
  "payment.aside-paid",
  "payment.aside-paid-cash",
  "payment.money-back",
]);

/**
 * Codes about a sale that is not the one in front of the cashier. Its goods stand aside, and nothing else says what to do with
 * them: it stays in view until it was closed, or something newer has to be told.
 */
const stayingCodes: ReadonlySet<TillErrorCode> = new Set([
  "payment.aside-paid",
  "payment.aside-paid-cash",
  "payment.aside-undone",
  "payment.aside-not-paid",
  "payment.money-back",
  "payment.undo-refused",
]);

/** The one thing the cashier has to hear now. The next success or the next notice takes its place. */
export type Notices = {
  current(): Notice | undefined;
  /** `open` names the sale that the cashier's page opens with it. */
  tell(error: Error, open?: { saleId: string }): void;
  clear(): void;
  /** Takes this notice away if it is still the one in view. */
  dismiss(noticeId: number): void;
};

/** Keeps the notice of a till. Ids rise over its run, so that each is shown and sounded once. */
export function createNotices(options: { now(): string; changed(): void }): Notices {
  let notice: Notice | undefined;
  let lastId = 0;

  function take(): void {
    notice = undefined;
    options.changed();
  }

  function clear(): void {
    if (notice !== undefined && !stayingCodes.has(notice.fault.code)) take();
  }

  return {
    current: () => notice,
    tell(error, open) {
      const fault = faultOf(error);
      lastId += 1;
      notice = {
        id: lastId,
        tone: toneOf(fault.code),
        fault,
        at: options.now(),
        ...(open === undefined ? {} : { open }),
      };
      options.changed();
    },
    clear,
    dismiss(noticeId) {
      if (notice?.id === noticeId) take();
    },
  };
}

function toneOf(code: TillErrorCode): Notice["tone"] {
  if (unknownItemCodes.has(code)) return "unknown-item";
  return quietCodes.has(code) ? "info" : "blocked";
}
