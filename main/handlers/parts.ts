import type { Catalog } from "../catalog/catalog.ts";
import type { Checkout } from "../checkout/checkout.ts";
import type { Notices } from "../checkout/notices.ts";
import type { Handlers, MethodName, TillContract } from "../contract/methods.ts";
import type { Locale, Snapshot } from "../contract/snapshot.ts";
import type { Ledger } from "../ledger/open.ts";
import type { CodePayments } from "../payment/code-payments.ts";
import type { FoundPayments } from "../payment/find-payments.ts";
import type { PrintDesk } from "../receipt/print-desk.ts";
import type { ShiftParts } from "../shift/shift.ts";

/** The parts of the till that answer its contract. */
export type HandlerParts = {
  mode: "till" | "kiosk";
  checkout: Checkout;
  payments: CodePayments;
  notices: Notices;
  desk: PrintDesk;
  catalog: Catalog;
  ledger: Ledger;
  folder: string;
  snapshot(): Snapshot;
  shiftParts(): ShiftParts;
  setLocale(locale: Locale): void;
  findPayments(number: string): Promise<FoundPayments>;
  wakeSync(): void;
};

/** The handlers of one group of methods. */
export type HandlerGroup<M extends MethodName<TillContract>> = Pick<Handlers<TillContract>, M>;

/** The methods of the manager's page, which `main/manager` answers. */
export type ManagerMethod =
  | "report.x"
  | "report.day"
  | "report.z-list"
  | "report.z"
  | "report.print-z"
  | "sync.overview"
  | "sync.log"
  | "sync.entry"
  | "sync.send-again"
  | "sync.try-now"
  | "ledger.check"
  | "ledger.care"
  | "ledger.incidents-seen"
  | "ledger.backup"
  | "chat.threads"
  | "chat.messages"
  | "chat.send"
  | "chat.read"
  | "till.sign-out"
  | "till.reset";

/** What answers the manager's page. */
export type ManagerHandlers = HandlerGroup<ManagerMethod>;
