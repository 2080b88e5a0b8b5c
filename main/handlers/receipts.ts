import { TillError } from "../contract/errors.ts";
import type { HandlerGroup, HandlerParts } from "./parts.ts";

type ReceiptMethod = "receipt.print" | "receipt.print-copy" | "receipts.list" | "receipts.open" | "payments.find";

/** Paper, and what was sold before. */
export function receiptHandlers(parts: HandlerParts): HandlerGroup<ReceiptMethod> {
  const { checkout, desk } = parts;
  return {
    "receipt.print": ({ saleId }, { role }) => {
      // A shopper prints the receipt of the sale in view and no other.
      if (role === "kiosk" && checkout.shownSaleId !== saleId) throw new TillError("receipt.not-found");
      if (checkout.settled(saleId) === null) throw new TillError("receipt.not-found");
      desk.printFirst(saleId);
      return {};
    },
    "receipt.print-copy": ({ saleId }) => {
      printCopy(parts, saleId);
      return {};
    },
    "receipts.list": ({ query, before }) => checkout.receipts.list(query ?? "", before),
    "payments.find": ({ number }) => parts.findPayments(number),
    "receipts.open": ({ saleId }) => checkout.receipts.open(saleId),
  };
}

function printCopy({ desk, ledger }: HandlerParts, saleId: string): void {
  if (ledger.sale(saleId) === undefined) throw new TillError("receipt.not-found");
  const copies = ledger.prints(saleId).map((print) => print.copy ?? 1);
  desk.printCopy(saleId, Math.max(1, ...copies));
}
