import type { Names } from "../../sync/protocol/entry-types.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { paperOf } from "../checkout/outcome-view.ts";
import type { Locale, StaffView } from "../contract/snapshot.ts";
import type { Timers } from "../contract/wire.ts";
import type { ZReport } from "../contract/z-report.ts";
import type { ManagerHandlers } from "../handlers/parts.ts";
import type { Ledger } from "../ledger/open.ts";
import type { PlatformLink } from "../platform-link.ts";
import type { PrintDesk } from "../receipt/print-desk.ts";
import { zReportDocument } from "../receipt/z-report-document.ts";
import type { RunningFigures } from "../shift/running-figures.ts";
import type { Shop } from "../shop.ts";
import { LedgerCare } from "./ledger-care.ts";
import type { TillClock } from "../till-base.ts";
import { Leaving, type TillEnd } from "./leaving.ts";
import { LedgerChecks } from "./ledger-checks.ts";
import { managerHandlers } from "./manager-handlers.ts";
import type { ReportNames } from "./report-views.ts";
import { Reports } from "./reports.ts";
import { ZReports } from "./z-reports.ts";

/** What the manager's side of a till is made of. */
export type OfficeParts = {
  ledger: Ledger;
  catalog: Catalog;
  link: PlatformLink;
  desk: PrintDesk;
  figures: RunningFigures;
  folder: string;
  clock: TillClock;
  timers: Timers;
  newId(): string;
  shop(): Shop;
  locale(): Locale;
  /** Whether a sale or a payment is under way. Sales that are set aside are counted besides. */
  isSelling(): boolean;
  /** Forgets what people have set. */
  forgetSettings(): void;
  changed(): void;
  failed(error: unknown): void;
  end(how: TillEnd): void;
};

/** The manager's side of a till. */
export type Office = {
  handlers: ManagerHandlers;
  /** How the ledger is kept, for the snapshot. */
  ledgerFacts(): Pick<StaffView, "ledgerCheck" | "disk" | "unseenIncidents">;
  close(): Promise<void>;
};

/** Opens the manager's side: log, reports, checks, chat, and the ways to leave the shop. */
export function openOffice(parts: OfficeParts): Office {
  const { ledger, catalog, link, folder, clock, timers, newId, shop, changed, failed } = parts;
  const { engine } = link;
  const format = (timeMs: number) => clock.format(timeMs);
  const currency = () => shop().rules.store.currency;
  const names: ReportNames = {
    taxName: (taxClass) => shop().rules.taxClasses.get(taxClass)?.name,
    personName: (person) => nameOf(catalog, person),
  };
  const checks = new LedgerChecks({ ledger, folder, now: () => clock.now(), format, changed, failed });
  const isBusy = () => parts.isSelling() || ledger.parkedSales.count() > 0;
  const care = new LedgerCare({
    ledger,
    folder,
    timers,
    newId,
    now: () => clock.now(),
    format,
    checks,
    checkGoods: () => catalog.checkOn(goodsPerRound),
    isSelling: () => parts.isSelling(),
    changed,
    failed,
  });
  const handlers = managerHandlers({
    log: {
      ledger,
      worker: engine,
      folder,
      now: () => clock.now(),
      format,
      businessDay: (timeMs) => clock.businessDay(timeMs),
      lastAnswerAt: () => link.lastAnswerAt(),
      platformAheadMs: () => link.platformAheadMs(),
    },
    reports: new Reports({
      ...names,
      ledger,
      figures: parts.figures,
      currency,
      now: () => clock.now(),
      format,
      businessDay: (timeMs) => clock.businessDay(timeMs),
      dayStartMinutes: () => clock.dayStartMinutes(),
    }),
    zReports: new ZReports({ ...names, ledger, stand: (shift) => parts.desk.stand(shift) }),
    printZ: (report) => printZ(parts, report),
    requests: link.manager,
    timers,
    checks,
    care,
    leaving: new Leaving({
      ledger,
      worker: engine,
      timers,
      newId,
      currency,
      isBusy,
      forget() {
        catalog.reset();
        parts.forgetSettings();
      },
      end: (how) => parts.end(how),
    }),
  });
  return {
    handlers,
    ledgerFacts() {
      const ledgerCheck = checks.current;
      return { ...care.staff(), ...(ledgerCheck === undefined ? {} : { ledgerCheck }) };
    },
    close() {
      care.close();
      return checks.close();
    },
  };
}

function printZ({ ledger, desk, shop, locale }: OfficeParts, report: ZReport): void {
  const { store } = shop().rules;
  const tillNumber = ledger.lastEnrolment()?.tillNumber ?? 0;
  const { shift } = report;
  desk.printReport(
    shift,
    (copy) => zReportDocument({ report, store, tillNumber, copy }, locale()),
    desk.stand(shift) ?? paperOf(ledger, shift),
  );
}

/** Goods that are read through at a time. */
const goodsPerRound = 500;

function nameOf(catalog: Catalog, person: string): Names | undefined {
  return catalog.people().find(({ id }) => id === person)?.name;
}
