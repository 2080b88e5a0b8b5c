import { TillError } from "../contract/errors.ts";
import type { HandlerGroup, HandlerParts } from "./parts.ts";

type PayingMethod =
  | "tender.cash-part"
  | "tender.cash"
  | "payment.ask-again"
  | "payment.undo"
  | "payment.set-aside"
  | "refund.quote"
  | "refund.settle";

/** Money in and out. At a kiosk there is no drawer, so nobody, a tool neither, takes or gives cash there. */
export function payingHandlers({ mode, checkout, payments }: HandlerParts): HandlerGroup<PayingMethod> {
  function assertDrawer(method: PayingMethod, role: string): void {
    if (mode === "kiosk") throw new TillError("wire.not-allowed", { method, role });
  }
  return {
    "tender.cash-part": ({ saleId, amountMinor }, { role }) => {
      assertDrawer("tender.cash-part", role);
      checkout.setCashPart(saleId, amountMinor);
      return {};
    },
    "tender.cash": ({ saleId, tenderedMinor }, { role }) => {
      assertDrawer("tender.cash", role);
      return checkout.payCash(saleId, tenderedMinor);
    },
    "payment.ask-again": async ({ paymentId }) => {
      await payments.askAgain(paymentId);
      return {};
    },
    "payment.undo": ({ paymentId }) => {
      payments.undo(paymentId);
      return {};
    },
    "payment.set-aside": ({ paymentId }, { role }) => {
      // The one shopper in front of a kiosk sees their own payment through.
      if (mode === "kiosk") throw new TillError("wire.not-allowed", { method: "payment.set-aside", role });
      payments.setAside(paymentId);
      return {};
    },
    "refund.quote": ({ saleId, of }, { role }) => {
      assertDrawer("refund.quote", role);
      return checkout.refunds.quote(saleId, of);
    },
    "refund.settle": ({ note = "", ...request }, { role }) => {
      assertDrawer("refund.settle", role);
      return checkout.refunds.settle({ ...request, note });
    },
  };
}
