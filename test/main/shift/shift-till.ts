import { readKnownEntry, type NewEntry } from "../../../main/ledger/entries.ts";
import type { Ledger, LedgerOptions } from "../../../main/ledger/open.ts";
import { zoneTime } from "../../../main/ledger/time.ts";
import { Reports } from "../../../main/manager/reports.ts";
import { ZReports } from "../../../main/manager/z-reports.ts";
import { mirroredPostings, paidPostings } from "../../../main/payment/payment-postings.ts";
import { refundSale } from "../../../main/sale/refund.ts";
import { cashTender, settleSale } from "../../../main/sale/settlement.ts";
import { totalsOf } from "../../../main/sale/totals.ts";
import { RunningFigures } from "../../../main/shift/running-figures.ts";
import { closeShift, ensureShift, type ShiftParts } from "../../../main/shift/shift.ts";
import type { EntryBody, Follows, Tender } from "../../../sync/protocol/entry-types.ts";
import { appendRaw, type RawEntry } from "../ledger/raw-entries.ts";
import { cashSale } from "../ledger/sales.ts";
import { handClock, openTestLedger, seededIds, temporaryFolder } from "../ledger/support.ts";
import { pieceGood, testRates } from "../sale/goods.ts";

/** What is sold: a good of this price, part of it paid by a wallet of which the platform keeps something. */
export type SaleOrder = { priceMinor: number; walletMinor: number; commissionMinor: number; training?: boolean };

const currency = "CNY" as const;
const wall = zoneTime("Asia/Shanghai");
const names = { taxName: () => undefined, personName: (id: string) => ({ en: id, "zh-CN": id }) };

/** A ledger with its shift, without the rest of the till. Its clock is moved by hand, and it can be started again. */
export class ShiftTill {
  readonly clock = handClock();
  readonly folder = temporaryFolder();
  /** In minutes after midnight. */
  dayStartMinutes = 0;
  readonly #ids = seededIds(`shift ${this.folder}`, this.clock);
  #ledger: Ledger = this.#open();
  /** As a running till has them: kept from one report to the next, gone with the process. */
  #figures = new RunningFigures(this.#ledger);
  readonly #paid: EntryBody<"payment.paid">[] = [];

  get ledger(): Ledger {
    return this.#ledger;
  }

  newId = (): string => this.#ids.uuid();

  get parts(): ShiftParts {
    return { ledger: this.#ledger, newId: this.newId, currency, person: "p-02", figures: this.#figures };
  }

  /** The reports of the running till; or such as have read nothing yet. */
  reports(figures = this.#figures): Reports {
    return new Reports({
      ...names,
      ledger: this.#ledger,
      figures,
      currency: () => currency,
      now: () => this.clock.nowMs,
      format: (timeMs) => wall.format(timeMs),
      businessDay: (timeMs) => wall.businessDay(timeMs, this.dayStartMinutes),
      dayStartMinutes: () => this.dayStartMinutes,
    });
  }

  zReports(): ZReports {
    return new ZReports({ ...names, ledger: this.#ledger, stand: () => undefined });
  }

  /** Closes and opens the ledger, as a till does that is started again. */
  restart(): void {
    this.#ledger.close();
    this.#ledger = this.#open();
    this.#figures = new RunningFigures(this.#ledger);
  }

  /** Writes entries as another version would have, and makes the tables anew. */
  writeRaw(entries: readonly RawEntry[]): void {
    this.#ledger.close();
    appendRaw(this.folder, entries);
    this.#ledger = this.#open();
    this.#ledger.rebuild();
    this.restart();
  }

  openShift(floatMinor: number): void {
    ensureShift(this.parts, floatMinor);
  }

  close(countedMinor: number): EntryBody<"shift.closed"> {
    return closeShift(this.parts, countedMinor);
  }

  append(...entries: NewEntry[]): void {
    const shift = this.#ledger.openShift()?.shift ?? "";
    this.#ledger.append(entries.map((entry) => ({ ...entry, person: "p-02", shift })));
  }

  enrol(follows?: Follows): void {
    const till = { tillId: this.newId(), tillNumber: 1, storeId: "s", platformRoot: "a".repeat(64) };
    const body = { ...till, requestKeyId: "b".repeat(16), ...(follows === undefined ? {} : { follows }) };
    this.#ledger.append([{ id: this.newId(), type: "till.enrolled", body }]);
  }

  /** Sells, with its payment in the same commit where a wallet pays a part. */
  sell({ priceMinor, walletMinor, commissionMinor, training = false }: SaleOrder): EntryBody<"sale.settled"> {
    const saleId = this.newId();
    const lines = [{ lineId: this.newId(), quantity: 1, good: pieceGood({ priceMinor }) }];
    const cashMinor = priceMinor - walletMinor;
    const tenders: Tender[] = cashMinor > 0 ? [cashTender(cashMinor, cashMinor + 5_00, 10)] : [];
    const before: NewEntry[] = [];
    if (walletMinor > 0) {
      const payment = this.pay({ saleId, amountMinor: walletMinor, commissionMinor });
      before.push(...payment.entries);
      tenders.push({ kind: "wallet", amountMinor: walletMinor, paymentId: payment.paymentId, number: "00000001" });
    }
    const body = settleSale({
      basket: { saleId, lines, addedCount: 1 },
      totals: totalsOf(lines, { priceIncludesTax: true, rates: testRates }),
      tenders,
      currency,
      drawer: "main",
      receiptNumber: this.#ledger.nextReceiptNumber(),
      tillNumber: 1,
      priceIncludesTax: true,
      catalogCursor: 1,
    });
    const entries: NewEntry[] = [...before, { id: this.newId(), type: "sale.settled", body }];
    this.append(...entries.map((entry) => ({ ...entry, training })));
    return body;
  }

  /** Sells many times in one commit, for cash. */
  sellMany(count: number): void {
    const first = this.#ledger.nextReceiptNumber();
    const sales = Array.from({ length: count }, (_, index) => {
      const sale = cashSale(this.#ledger, this.#ids);
      const receiptNumber = first + index;
      return { ...sale, body: { ...sale.body, receiptNumber, receiptCode: `1-${receiptNumber}` } };
    });
    this.append(...sales);
  }

  /** The entries of a payment that the platform has made. */
  pay(of: { saleId: string; amountMinor: number; commissionMinor: number }): {
    paymentId: string;
    entries: NewEntry[];
  } {
    const { saleId, amountMinor, commissionMinor } = of;
    const payment = { paymentId: this.newId(), saleId };
    const money = { amountMinor, currency };
    const intent = { rail: "wallet" as const, number: "00000001", codeHash: "0".repeat(64) };
    const told = { transactionId: "t", paidAt: "2026-11-20T06:32:09.120Z", commissionMinor };
    const paid = {
      ...payment,
      ...money,
      ...told,
      postings: paidPostings({ rail: "wallet", ...money, commissionMinor }),
    };
    this.#paid.push(paid);
    return {
      paymentId: payment.paymentId,
      entries: [
        { id: this.newId(), type: "payment.created", body: { ...payment, ...money, ...intent } },
        { id: this.newId(), type: "payment.sent", body: payment },
        { id: this.newId(), type: "payment.paid", body: paid },
      ],
    };
  }

  /** A payment that was made and taken back: the shopper did not wait. Gives nothing back of a sale. */
  payAndReverse(amountMinor: number, commissionMinor: number): void {
    const { paymentId, entries } = this.pay({ saleId: this.newId(), amountMinor, commissionMinor });
    const booked = this.#paid.pop();
    const saleId = booked?.saleId ?? "";
    this.append(
      ...entries,
      { id: this.newId(), type: "payment.reversing", body: { paymentId, saleId, reason: "late" } },
      {
        id: this.newId(),
        type: "payment.reversed",
        body: { paymentId, saleId, amountMinor, currency, postings: mirroredPostings(booked?.postings ?? []) },
      },
    );
  }

  /** Gives a whole sale back: to its tenders, or all of it in cash and without a word about it, as older versions did. */
  giveBack(sale: EntryBody<"sale.settled">, isOld = false): EntryBody<"refund.settled"> {
    const { totalMinor } = sale;
    const cash = [
      { kind: "cash", amountMinor: totalMinor, roundingMinor: 0, tenderedMinor: totalMinor, changeMinor: 0 },
    ];
    const { payouts, ...old } = refundSale(isOld ? ({ ...sale, tenders: cash } as typeof sale) : sale, {
      refundId: this.newId(),
      reason: "unwanted",
      drawer: "main",
      receiptNumber: this.#ledger.nextReceiptNumber(),
      tillNumber: 1,
      cashRoundingMinor: 10,
    });
    const body = isOld || payouts === undefined ? old : { ...old, payouts };
    this.append({ id: this.newId(), type: "refund.settled", body });
    return body;
  }

  /** Closes the shift as versions did that knew no totals of all time, and opens the next one. */
  closeAsBefore(body: Omit<EntryBody<"shift.closed">, "shift" | "drawer" | "currency" | "fromSeq" | "postings">): void {
    const open = this.#ledger.openShift();
    const shift = { shift: open?.shift ?? "", drawer: "main", currency, fromSeq: open?.openedSeq ?? 1, postings: [] };
    const next = { shift: this.newId(), drawer: "main", currency, floatMinor: body.countedCashMinor, postings: [] };
    this.#ledger.append([
      { id: this.newId(), type: "shift.closed", body: { ...shift, ...body } },
      { id: this.newId(), type: "shift.opened", body: next },
    ]);
  }

  /** The newest entry of a type. */
  newest<T extends NewEntry["type"]>(type: T): EntryBody<T> | undefined {
    for (let seq = this.#ledger.head().seq; seq > 0; seq -= 1) {
      const stored = this.#ledger.entry(seq);
      const entry = stored?.type === type ? readKnownEntry(stored.text) : undefined;
      if (entry !== undefined) return entry.body as EntryBody<T>;
    }
    return undefined;
  }

  #open(): Ledger {
    const options: Partial<LedgerOptions> = {
      clock: this.clock,
      ids: this.#ids,
      dayStartMinutes: () => this.dayStartMinutes,
    };
    return openTestLedger(this.folder, options);
  }
}
