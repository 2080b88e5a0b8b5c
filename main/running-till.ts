import { randomBytes, randomUUID } from "node:crypto";
import type { Names } from "../sync/protocol/entry-types.ts";
import { Checkout } from "./checkout/checkout.ts";
import { createNotices, type Notices } from "./checkout/notices.ts";
import { paperOf } from "./checkout/outcome-view.ts";
import type { Seller } from "./checkout/seller.ts";
import { TillError } from "./contract/errors.ts";
import type { Picture } from "./catalog/catalog.ts";
import { tillContract, type TillContract } from "./contract/methods.ts";
import type { ServeOptions } from "./contract/serve.ts";
import { localeSchema, type Locale, type Snapshot } from "./contract/snapshot.ts";
import type { HandlerParts } from "./handlers/parts.ts";
import { removeLeftCopies } from "./ledger/tool-copies.ts";
import { calendarDayOf } from "./ledger/time.ts";
import type { TillEnd } from "./manager/leaving.ts";
import { openOffice, type Office } from "./manager/office.ts";
import { CodePayments } from "./payment/code-payments.ts";
import { findPayments } from "./payment/find-payments.ts";
import { paymentTellings } from "./payment/payment-tellings.ts";
import { carriedFloatKey } from "./recovery/succession.ts";
import { PrintDesk } from "./receipt/print-desk.ts";
import { receiptDocument } from "./receipt/receipt-document.ts";
import { zReportCode } from "./receipt/z-report-document.ts";
import { RunningFigures } from "./shift/running-figures.ts";
import { ensureShift, mainDrawer } from "./shift/shift.ts";
import { viewFor } from "./role-view.ts";
import { readShop, type Shop } from "./shop.ts";
import { PinPad } from "./staff/pins.ts";
import { buildSnapshot } from "./snapshot.ts";
import { closeBase, type Base, type TillOptions } from "./till-base.ts";
import { createDevices, type TillDevices } from "./till-devices.ts";
import { systemTimers as timers } from "./system-timers.ts";
import { tillHandlers } from "./till-handlers.ts";
import { createWireLog } from "./wire-log.ts";

/** A till that is open: what a host serves, and how it is put away. */
export type Till = {
  service: Omit<ServeOptions<TillContract>, "admit">;
  picture(hash: string): Picture | null;
  /** Resolves when the till is to end by its own will: it has left its shop, or is to be started again. */
  ended: Promise<TillEnd>;
  close(): Promise<void>;
};

const localeKey = "locale";

/** A finished print job is of no use after a week; the journal keeps what became of it. */
const printJobLifeMs = 7 * 24 * 3600 * 1000;

/** The till once everything it stands on is there. */
export class RunningTill {
  readonly #options: TillOptions;
  readonly #base: Base;
  readonly #mode: "till" | "kiosk";
  readonly #run = randomUUID();
  readonly #listeners = new Set<(snapshot: Snapshot) => void>();
  readonly #devices: TillDevices;
  readonly #desk: PrintDesk;
  readonly #figures: RunningFigures;
  readonly #notices: Notices;
  readonly #payments: CodePayments;
  readonly #checkout: Checkout;
  readonly #office: Office;
  readonly #ended = Promise.withResolvers<TillEnd>();
  #version = 1;
  #announced = false;
  #shop: Shop;

  constructor(options: TillOptions, base: Base) {
    this.#options = options;
    this.#base = base;
    this.#mode = options.mode ?? "till";
    this.#shop = this.#readShop(undefined);
    this.#devices = this.#createDevices();
    this.#desk = this.#createDesk();
    this.#figures = new RunningFigures(base.ledger);
    this.#notices = createNotices({ now: () => this.#formatNow(), changed: () => this.#changed() });
    this.#payments = this.#createPayments();
    this.#checkout = this.#createCheckout();
    this.#office = this.#openOffice();
    // A kiosk has no drawer, so nothing lies in it.
    ensureShift(this.#shiftParts(), this.#mode === "kiosk" ? 0 : this.#firstFloat());
    base.listener.failed = () => this.#ended.resolve("disk-failed");
    base.listener.changed = () => {
      this.#shop = this.#readShop(this.#shop);
      this.#changed();
    };
    this.#payments.resume(base.ledger.openPayments(), {
      openSaleId: this.#checkout.basket.saleId,
      isParked: (saleId) => base.ledger.parkedSales.basket(saleId) !== undefined,
      setsAside: this.#mode === "till",
    });
    this.#devices.start();
    this.#desk.resume(this.#base.clock.format(Date.now() - printJobLifeMs));
    removeLeftCopies(base.folder);
  }

  till(): Till {
    return {
      service: {
        contract: tillContract,
        handlers: tillHandlers(this.#handlerParts(), this.#office.handlers),
        timers,
        watch: (listener) => {
          this.#listeners.add(listener);
          return () => this.#listeners.delete(listener);
        },
        snapshot: () => this.#snapshot(),
        view: (snapshot, role) => viewFor(role, snapshot),
        log: createWireLog(this.#options.log),
      },
      picture: (hash) => this.#base.catalog.picture(hash),
      ended: this.#ended.promise,
      close: () => this.#close(),
    };
  }

  #handlerParts(): HandlerParts {
    return {
      mode: this.#mode,
      checkout: this.#checkout,
      payments: this.#payments,
      notices: this.#notices,
      desk: this.#desk,
      catalog: this.#base.catalog,
      ledger: this.#base.ledger,
      folder: this.#base.folder,
      snapshot: () => this.#snapshot(),
      shiftParts: () => this.#shiftParts(),
      setLocale: (locale) => this.#setLocale(locale),
      findPayments: (number) =>
        findPayments(
          {
            ledger: this.#base.ledger,
            tillNumber: this.#base.ledger.lastEnrolment()?.tillNumber ?? 0,
            numbered: this.#base.link.charges.numbered,
          },
          number,
        ),
      wakeSync: () => this.#base.link.engine.wake(),
    };
  }

  #openOffice(): Office {
    const { ledger, catalog, link, folder, clock, newId } = this.#base;
    return openOffice({
      ledger,
      catalog,
      link,
      desk: this.#desk,
      figures: this.#figures,
      folder,
      clock,
      timers,
      newId,
      shop: () => this.#shop,
      locale: () => this.#locale(),
      isSelling: () => this.#checkout.basket.lines.length > 0 || this.#payments.isBusy,
      forgetSettings: () => ledger.settings.remove(localeKey),
      changed: () => this.#changed(),
      failed: (error) => this.#options.log.error({ err: error }, "the ledger could not be checked"),
      end: (how) => this.#ended.resolve(how),
    });
  }

  #readShop(before: Shop | undefined): Shop {
    const { catalog, ledger } = this.#base;
    return readShop({ catalog, settings: ledger.settings, now: () => this.#formatNow() }, before);
  }

  #createDevices(): TillDevices {
    return createDevices(this.#options.devices, {
      onScan: (scan) => void this.#checkout.scan(scan).catch((error: unknown) => this.#failed(error)),
      onRubbish: ({ code, length }) => {
        this.#options.log.warn({ code, length }, "bytes from the scanner that are no code");
        this.#notices.tell(new TillError("scan.unreadable", { length }));
      },
      changed: () => this.#changed(),
    });
  }

  #createDesk(): PrintDesk {
    const { ledger, newId } = this.#base;
    return new PrintDesk({
      printer: this.#devices.printer,
      jobs: ledger.printJobs,
      append: (entries, work) => void ledger.append(entries, work),
      document: (saleId, copy) => this.#document(saleId, copy),
      receiptCode: (id) => ledger.sale(id)?.receiptCode ?? zReportCode(ledger.closedShift(id)?.zNumber ?? 0),
      printed: (saleId) => paperOf(ledger, saleId)?.print,
      newId,
      now: () => this.#formatNow(),
      changed: () => {
        this.#changed();
        this.#base.link.engine.wake();
      },
      failed: (error) => this.#failed(error),
    });
  }

  #createPayments(): CodePayments {
    const { ledger, newId, link, clock } = this.#base;
    return new CodePayments({
      ledger: ledger.identity.ledger,
      append: (entries, work) => void ledger.append(entries, work),
      booked: (paymentId) => ledger.bookedOfPayment(paymentId),
      requests: link.charges,
      clock,
      timers,
      newId,
      random: Math.random,
      settle: (paid, attempt) => this.#checkout.settleWallet(paid, attempt),
      park: (attempt) => this.#checkout.parkWithPayment(attempt),
      ...paymentTellings({
        tell: (error) => this.#notices.tell(error),
        log: (error) => this.#options.log.error({ err: error }, "a payment is not undone"),
        settled: (id) => this.#checkout.settled(id),
      }),
      changed: () => this.#changed(),
      failed: (error) => this.#failed(error),
    });
  }

  #createCheckout(): Checkout {
    const { ledger, catalog, newId } = this.#base;
    return new Checkout({
      mode: this.#mode,
      ledger,
      catalog,
      desk: this.#desk,
      notices: this.#notices,
      pins: new PinPad({ people: () => catalog.people(), now: Date.now }),
      rules: () => this.#shop.rules,
      rulesCursor: () => this.#shop.catalogCursor,
      seller: () => this.#seller(),
      words: {
        item: (itemId) => catalog.itemById(itemId),
        personName: (personId) => catalog.people().find(({ id }) => id === personId)?.name,
      },
      payments: this.#payments,
      newId,
      now: () => this.#formatNow(),
      random: (count) => randomBytes(count),
      changed: () => {
        this.#changed();
        this.#base.link.engine.wake();
      },
    });
  }

  /** What lies in the drawer when a ledger's first shift is opened: what the ledger before it left, where there was one. */
  #firstFloat(): number {
    const carried = this.#base.ledger.settings.read(carriedFloatKey);
    return carried === undefined ? this.#options.floatMinor : Number(carried);
  }

  /** Who sells; nobody does at a kiosk. */
  get #cashier(): Shop["cashier"] | undefined {
    return this.#mode === "kiosk" ? undefined : this.#shop.cashier;
  }

  #seller(): Seller {
    const shift = this.#base.ledger.openShift()?.shift;
    const tillNumber = this.#base.ledger.enrolment()?.tillNumber;
    if (tillNumber === undefined) throw new TillError("till.signed-out");
    if (shift === undefined) throw new TillError("sale.not-open");
    const person = this.#cashier;
    return { ...(person === undefined ? {} : { person }), shift, drawer: mainDrawer, tillNumber };
  }

  #document(saleId: string, copy: number) {
    const settled = this.#checkout.settled(saleId);
    if (settled === null) throw new TillError("receipt.not-found");
    const { store, taxClasses } = this.#shop.rules;
    const cashier = this.#sellerName(settled.person);
    const source = {
      settled,
      store,
      ...(cashier === undefined ? {} : { cashier }),
      tillNumber: this.#base.ledger.lastEnrolment()?.tillNumber ?? 0,
      taxNames: new Map([...taxClasses].map(([id, { name }]) => [id, name])),
      copy,
    };
    return receiptDocument(source, this.#locale());
  }

  /** Who sold, also when somebody else sells now: a copy says what the receipt said. */
  #sellerName(person: string | undefined): Names | undefined {
    const { id, name } = this.#shop.cashier;
    if (person === undefined) return undefined;
    if (person === id) return name;
    const known = this.#base.catalog.people().find((each) => each.id === person);
    return known?.name ?? { en: person, "zh-CN": person };
  }

  #staffFacts() {
    return { catalog: this.#catalogFacts(), ...this.#office.ledgerFacts() };
  }

  #catalogFacts() {
    const { clock, link } = this.#base;
    const { items, changedAt } = this.#shop;
    const { catalogCheckedAt } = link;
    return {
      items,
      changedAt,
      ...(catalogCheckedAt === undefined ? {} : { checkedAt: clock.format(catalogCheckedAt) }),
    };
  }

  #shiftParts() {
    const { ledger, newId } = this.#base;
    const { currency } = this.#shop.rules.store;
    return { ledger, newId, currency, person: this.#cashier?.id, figures: this.#figures };
  }

  #locale(): Locale {
    const read = localeSchema.safeParse(this.#base.ledger.settings.read(localeKey));
    return read.success ? read.data : "en";
  }

  #setLocale(locale: Locale): void {
    this.#base.ledger.settings.save(localeKey, locale);
    this.#changed();
  }

  #formatNow(): string {
    return this.#base.clock.format(Date.now());
  }

  #snapshot(): Snapshot {
    const { ledger, clock, link } = this.#base;
    return buildSnapshot({
      run: this.#run,
      version: this.#version,
      tillNumber: ledger.lastEnrolment()?.tillNumber ?? 0,
      mode: this.#mode,
      cashier: this.#cashier?.name,
      businessDay: clock.businessDay(clock.now()),
      calendarDay: calendarDayOf(this.#formatNow()),
      locale: this.#locale(),
      rules: this.#shop.rules,
      catalogCursor: this.#shop.catalogCursor,
      categories: this.#shop.categories,
      checkout: this.#checkout,
      ledger,
      attempt: this.#payments.open,
      asideOf: (saleId) => this.#payments.asideOf(saleId),
      undoing: this.#payments.reversalsWaiting,
      staff: this.#staffFacts(),
      notice: this.#notices.current(),
      devices: this.#devices.views(this.#desk.printerIsSilent),
      sync: link.engine.status,
      format: (timeMs) => clock.format(timeMs),
    });
  }

  /** Tells every page once for all that changed in one go. */
  #changed(): void {
    this.#version += 1;
    if (this.#announced) return;
    this.#announced = true;
    queueMicrotask(() => {
      this.#announced = false;
      if (this.#listeners.size === 0) return;
      const snapshot = this.#snapshot();
      for (const listener of this.#listeners) listener(snapshot);
    });
  }

  /** What nobody foresaw is told to the cashier in words and to the log in full; selling goes on. */
  #failed(error: unknown): void {
    this.#options.log.error({ err: error }, "a part of the till's work failed");
    this.#notices.tell(error instanceof Error ? error : new TillError("internal", {}, error));
  }

  async #close(): Promise<void> {
    this.#payments.stop();
    await this.#office.close();
    await this.#devices.stop();
    await closeBase(this.#base);
  }
}
