import type { SyncStatus } from "../sync/engine.ts";
import { basketView, settledView, type ShopRules } from "./checkout/basket-view.ts";
import type { Checkout } from "./checkout/checkout.ts";
import { faultOf } from "./contract/errors.ts";
import type { DeviceView, Locale, Notice, Outcome, PaymentView, Snapshot, SyncView } from "./contract/snapshot.ts";
import type { PrintJobState } from "./ledger/work/print-jobs.ts";
import type { Ledger } from "./ledger/open.ts";
import type { OpenAttempt } from "./payment/open-attempt.ts";
import type { PaperStand } from "./receipt/print-desk.ts";

/** Everything a snapshot is made of. */
export type SnapshotParts = {
  run: string;
  version: number;
  tillNumber: number;
  cashier: Snapshot["till"]["cashier"];
  businessDay: string;
  locale: Locale;
  rules: ShopRules;
  checkout: Checkout;
  /** What the catalogue said when it last changed: it is not read again for each snapshot. */
  catalogCursor: number;
  categories: Snapshot["categories"];
  ledger: Ledger;
  attempt: OpenAttempt | null;
  undoing: number;
  stand(saleId: string): PaperStand | undefined;
  notice: Notice | undefined;
  devices: DeviceView[];
  sync: SyncStatus;
  format(timeMs: number): string;
};

/** What every page is told, from the state of the till as it is now. */
export function buildSnapshot(parts: SnapshotParts): Snapshot {
  const { rules, ledger, checkout, attempt } = parts;
  const [lastSale] = ledger.recentSales(1);
  const shown = checkout.shownSaleId === undefined ? null : checkout.settledSale(checkout.shownSaleId);
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
      cashier: parts.cashier,
      businessDay: parts.businessDay,
      priceIncludesTax: rules.store.priceIncludesTax,
    },
    locale: parts.locale,
    catalogCursor: parts.catalogCursor,
    categories: parts.categories,
    basket: shown === null ? basketView(checkout.basket, rules) : settledView(shown.sale, rules),
    ...(attempt === null ? {} : { payment: paymentView(attempt, parts.format) }),
    ...(parts.undoing === 0 ? {} : { undoing: parts.undoing }),
    ...(shown === null ? {} : { outcome: outcomeView(shown, parts.stand(shown.sale.saleId), parts.ledger) }),
    ...(lastSale === undefined ? {} : { lastSale: { saleId: lastSale.saleId, receiptCode: lastSale.receiptCode } }),
    ...(parts.notice === undefined ? {} : { notice: parts.notice }),
    devices: parts.devices,
    sync: syncView(parts),
  };
}

function paymentView(attempt: OpenAttempt, format: (timeMs: number) => string): PaymentView {
  const { paymentId, number, amountMinor, nextAskAt, undoAt } = attempt;
  return {
    paymentId,
    number,
    amountMinor,
    state: attempt.state === "unknown" ? "unknown" : "asking",
    askedAt: format(attempt.askedAt),
    asks: attempt.asks.map(format),
    ...(nextAskAt === null ? {} : { nextAskAt: format(nextAskAt) }),
    ...(undoAt === null ? {} : { undoAt: format(undoAt) }),
  };
}

const printStates: Readonly<Record<PrintJobState, Outcome["print"]>> = {
  waiting: "waiting",
  sending: "printing",
  printed: "printed",
  probably: "probably",
  unknown: "unknown",
  failed: "failed",
};

function outcomeView(
  settled: NonNullable<ReturnType<Checkout["settledSale"]>>,
  stand: PaperStand | undefined,
  ledger: Ledger,
): Outcome {
  const { sale, time } = settled;
  const [tender] = sale.tenders;
  const paper = stand ?? standOf(ledger, sale.saleId);
  return {
    saleId: sale.saleId,
    receiptCode: sale.receiptCode,
    totalMinor: sale.totalMinor,
    tender: tender?.kind ?? "cash",
    storedAt: time,
    ...(tender?.kind === "cash"
      ? {
          tenderedMinor: tender.tenderedMinor,
          changeMinor: tender.changeMinor,
          roundingMinor: tender.roundingMinor,
        }
      : {}),
    ...(tender?.kind === "wallet" ? { paymentNumber: tender.number } : {}),
    print: printStates[paper.print],
    ...(paper.fault === undefined ? {} : { printFault: paper.fault }),
    copies: paper.copies,
    drawer: paper.drawer,
  };
}

/** After a restart the paper of a sale is known from the journal alone. */
function standOf(ledger: Ledger, saleId: string): PaperStand {
  const prints = ledger.prints(saleId);
  const ends = prints.filter((print) => print.kind !== "reprinted");
  const last = ends.at(-1);
  const copies = Math.max(1, ...prints.map((print) => print.copy ?? 1));
  if (last === undefined) return { print: "waiting", copies, drawer: "none" };
  if (last.kind === "failed") return { print: "failed", copies, drawer: "none" };
  const proofs = ["printed", "probably", "unknown"] as const;
  return { print: proofs.find((proof) => proof === last.outcome) ?? "unknown", copies, drawer: "none" };
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
