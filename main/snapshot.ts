import type { SyncStatus } from "../sync/engine.ts";
import { basketView, type ShopRules } from "./checkout/basket-view.ts";
import type { Checkout } from "./checkout/checkout.ts";
import { faultOf } from "./contract/errors.ts";
import type { DeviceView, Locale, Notice, PaymentView, Snapshot, StaffView, SyncView } from "./contract/snapshot.ts";
import type { Ledger } from "./ledger/open.ts";
import type { OpenAttempt } from "./payment/open-attempt.ts";

/** Everything a snapshot is made of. */
export type SnapshotParts = {
  run: string;
  version: number;
  tillNumber: number;
  mode: "till" | "kiosk";
  /** Nobody at a kiosk. */
  cashier: Snapshot["till"]["cashier"];
  businessDay: string;
  /** What the calendar on the wall shows: after midnight it may be a day ahead of the business day. */
  calendarDay: string;
  locale: Locale;
  rules: ShopRules;
  checkout: Checkout;
  /** What the catalogue said when it last changed: it is not read again for each snapshot. */
  catalogCursor: number;
  categories: Snapshot["categories"];
  ledger: Ledger;
  attempt: OpenAttempt | null;
  /** The open payment of a sale that was set aside with it. */
  asideOf(saleId: string): OpenAttempt | undefined;
  undoing: number;
  /** What the till's own people are told besides the last sale and the parked ones. */
  staff: Omit<StaffView, "lastSale" | "parked">;
  notice: Notice | undefined;
  devices: DeviceView[];
  sync: SyncStatus;
  format(timeMs: number): string;
};

/** What every page is told, from the state of the till as it is now. */
export function buildSnapshot(parts: SnapshotParts): Snapshot {
  const { rules, ledger, checkout, attempt } = parts;
  const { receipts } = checkout;
  const shown = checkout.shownSaleId === undefined ? null : receipts.inView(checkout.shownSaleId);
  return {
    run: parts.run,
    version: parts.version,
    till: {
      number: parts.tillNumber,
      ledger: ledger.identity.ledger,
      store: rules.store.name,
      address: rules.store.address,
      currency: rules.store.currency,
      zone: rules.store.zone,
      ...(parts.cashier === undefined ? {} : { cashier: parts.cashier }),
      mode: parts.mode,
      businessDay: parts.businessDay,
      priceIncludesTax: rules.store.priceIncludesTax,
    },
    locale: parts.locale,
    catalogCursor: parts.catalogCursor,
    categories: parts.categories,
    basket:
      shown === null ? basketView(checkout.basket, checkout.basketRules, parts.calendarDay) : receipts.basket(shown),
    ...(attempt === null ? {} : { payment: paymentView(attempt, parts.format) }),
    ...(parts.undoing === 0 ? {} : { undoing: parts.undoing }),
    ...(shown === null ? {} : { outcome: receipts.outcome(shown) }),
    staff: staffView(parts),
    ...(parts.notice === undefined ? {} : { notice: parts.notice }),
    devices: parts.devices,
    sync: syncView(parts),
  };
}

function staffView({ ledger, staff, asideOf, format }: SnapshotParts): StaffView {
  const [last] = ledger.recentSales(1);
  return {
    ...(last === undefined ? {} : { lastSale: { saleId: last.saleId, receiptCode: last.receiptCode } }),
    parked: ledger.parkedSales.list().map((sale) => {
      const attempt = asideOf(sale.saleId);
      return attempt === undefined ? sale : { ...sale, payment: paymentView(attempt, format) };
    }),
    ...staff,
  };
}

function paymentView(attempt: OpenAttempt, format: (timeMs: number) => string): PaymentView {
  const { paymentId, number, rail, amountMinor, state, nextAskAt, undoAt } = attempt;
  return {
    paymentId,
    number,
    rail,
    amountMinor,
    state: state === "unknown" || state === "waiting" ? state : "asking",
    askedAt: format(attempt.askedAt),
    asks: attempt.asks.map(format),
    ...(nextAskAt === null ? {} : { nextAskAt: format(nextAskAt) }),
    ...(undoAt === null ? {} : { undoAt: format(undoAt) }),
  };
}

function syncView({ sync, ledger, format, rules }: SnapshotParts): SyncView {
  const acknowledgedSeq = ledger.platformMarks.read(ledger.identity.ledger)?.acknowledgedSeq ?? 0;
  const waiting = ledger.waitingSales(acknowledgedSeq);
  const money = waiting.totals.find((total) => total.currency === rules.store.currency);
  return {
    state: sync.state,
    salesWaiting: waiting.count,
    moneyWaitingMinor: money?.totalMinor ?? 0,
    ...(sync.offlineSince === undefined ? {} : { offlineSince: format(sync.offlineSince) }),
    ...(sync.lastContactAt === undefined ? {} : { lastContactAt: format(sync.lastContactAt) }),
    ...(sync.error === undefined ? {} : { fault: faultOf(sync.error) }),
  };
}
