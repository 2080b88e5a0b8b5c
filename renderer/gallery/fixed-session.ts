import { TillError } from "../../main/contract/errors.ts";
import type { TillContract } from "../../main/contract/methods.ts";
import type { Snapshot } from "../../main/contract/snapshot.ts";
import type { Phase, Session, SessionState } from "../shared/session.ts";
import { tiles } from "./goods.ts";
import { foundPayments, openedReceipt, receiptRows, xReport } from "./receipts.ts";
import { refundQuote } from "./refund-screens.ts";

/** What the gallery's till finds. */
const found: Readonly<Record<string, unknown>> = {
  "basket.typing": {},
  "catalog.tiles": { tiles },
  "catalog.search": { tiles: tiles.slice(0, 5) },
  "receipts.list": { receipts: receiptRows, more: true },
  "payments.find": { payments: foundPayments, isPlatformAsked: true },
  "receipts.open": openedReceipt,
  "refund.quote": refundQuote,
  "report.x": xReport,
};

/** A line to a till that stands still: it always tells the same, finds goods and receipts, and refuses everything else in words. */
export function fixedSession(snapshot: Snapshot | null, phase: Phase): Session<TillContract> {
  const state: SessionState<Snapshot> = { phase, snapshot, fault: null };
  return {
    state: () => state,
    subscribe: () => () => {},
    async call(method) {
      const output = found[method];
      if (output === undefined) throw new TillError("session.busy");
      return output as never;
    },
    close: () => {},
  };
}
