import type { Item } from "../sync/protocol/change.ts";
import type { Catalog } from "./catalog/catalog.ts";
import type { Checkout } from "./checkout/checkout.ts";
import type { Notices } from "./checkout/notices.ts";
import { TillError } from "./contract/errors.ts";
import type { Handlers, TillContract } from "./contract/methods.ts";
import type { Locale, Snapshot, Tile } from "./contract/snapshot.ts";
import type { Ledger } from "./ledger/open.ts";
import { copyForTool } from "./ledger/tool-copies.ts";
import type { WalletPayments } from "./payment/wallet-payments.ts";
import type { PrintDesk } from "./receipt/print-desk.ts";
import { closeShift, type ShiftParts } from "./shift/shift.ts";

/** The parts of the till that answer its contract. */
export type HandlerParts = {
  checkout: Checkout;
  payments: WalletPayments;
  notices: Notices;
  desk: PrintDesk;
  catalog: Catalog;
  ledger: Ledger;
  folder: string;
  snapshot(): Snapshot;
  shiftParts(): ShiftParts;
  setLocale(locale: Locale): void;
  wakeSync(): void;
};

/** The contract, answered by the parts of the till. */
export function tillHandlers(parts: HandlerParts): Handlers<TillContract> {
  const { checkout, payments, notices, catalog } = parts;
  return {
    "till.snapshot": () => parts.snapshot(),
    "catalog.tiles": ({ category }) => ({ tiles: catalog.itemsIn(category).map(tileOf) }),
    "catalog.tile": ({ itemId }) => {
      const item = catalog.itemById(itemId);
      return item === null ? {} : { tile: tileOf(item) };
    },
    "catalog.search": ({ query }) => ({ tiles: catalog.search(query).map(tileOf) }),
    "basket.scan": async ({ text }) => ({ result: await checkout.scan({ text }) }),
    "basket.add": ({ itemId, quantity, weightGrams }) => {
      checkout.add(itemId, { quantity, weightGrams });
      return {};
    },
    "basket.set-quantity": ({ lineId, quantity }) => {
      checkout.setQuantity(lineId, quantity);
      return {};
    },
    "basket.remove-line": ({ lineId }) => {
      checkout.removeLine(lineId);
      return {};
    },
    "sale.abandon": ({ saleId }) => {
      checkout.abandon(saleId);
      return {};
    },
    "sale.next": ({ saleId }) => {
      checkout.next(saleId);
      return {};
    },
    "tender.cash": ({ saleId, tenderedMinor }) => checkout.payCash(saleId, tenderedMinor),
    "payment.ask-again": async ({ paymentId }) => {
      await payments.askAgain(paymentId);
      return {};
    },
    "payment.undo": ({ paymentId }) => {
      payments.undo(paymentId);
      return {};
    },
    "receipt.print-copy": ({ saleId }) => {
      printCopy(parts, saleId);
      return {};
    },
    "notice.dismiss": ({ noticeId }) => {
      notices.dismiss(noticeId);
      return {};
    },
    "settings.set-locale": ({ locale }) => {
      parts.setLocale(locale);
      return {};
    },
    "shift.close": ({ countedMinor }) => {
      if (payments.isHolding) throw new TillError("payment.open");
      const { shift, sales, salesMinor, expectedCashMinor, differenceMinor } = closeShift(
        parts.shiftParts(),
        countedMinor,
      );
      parts.wakeSync();
      return { shift, sales, salesMinor, expectedCashMinor, differenceMinor };
    },
    "ledger.copy": () => copyForTool(parts.ledger, parts.folder),
  };
}

function printCopy({ desk, ledger }: HandlerParts, saleId: string): void {
  if (ledger.sale(saleId) === undefined) throw new TillError("receipt.not-found");
  const copies = ledger.prints(saleId).map((print) => print.copy ?? 1);
  desk.printCopy(saleId, Math.max(1, ...copies));
}

function tileOf({ id, name, unit, priceMinor, picture, ageMinimum }: Item): Tile {
  return {
    itemId: id,
    name,
    unit,
    priceMinor,
    ...(picture === undefined ? {} : { picture }),
    ...(ageMinimum === undefined ? {} : { ageMinimum }),
  };
}
