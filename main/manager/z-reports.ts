import { setImmediate as nextTurn } from "node:timers/promises";
import type { EntryBody } from "../../sync/protocol/entry-types.ts";
import { addMinor } from "../../sync/protocol/money.ts";
import { paperOf, paperView } from "../checkout/outcome-view.ts";
import { TillError } from "../contract/errors.ts";
import type { ZReport, ZReportRow } from "../contract/z-report.ts";
import { type KnownEntry, readKnownEntry } from "../ledger/entries.ts";
import type { Ledger } from "../ledger/open.ts";
import type { ClosedShift } from "../ledger/shift-reads.ts";
import type { PaperStand } from "../receipt/print-desk.ts";
import { addEntry, drawerChangeMinor, emptyFigures, type Figures } from "../shift/shift-figures.ts";
import { nextPart } from "../shift/stretch.ts";
import { type ReportNames, salesView, shiftView } from "./report-views.ts";

/** What Z reports are read with. */
export type ZReportParts = ReportNames & {
  ledger: Ledger;
  /** How a report stands on paper, as far as this run of the till knows; by the id of its shift. */
  stand(shift: string): PaperStand | undefined;
};

/** Rows of one page of the list. */
const rowsPerPage = 50;

/** Reports whose figures are kept: an entry never changes, and a page asks again with each change of the till. */
const keptFigures = 8;

type Closing = Extract<KnownEntry, { type: "shift.closed" }> & { hash: string };

/**
 * The Z reports of this ledger, from its entries alone and for as long as it is kept. What the closing entry says is told
 * as it was signed; taxes, tenders and whatever else it leaves out are added up from the entries of its shift.
 */
export class ZReports {
  readonly #parts: ZReportParts;
  readonly #figures = new Map<number, Figures>();

  constructor(parts: ZReportParts) {
    this.#parts = parts;
  }

  /** The newest first, at most 50, those before entry `before` where it is given. */
  list(before: number | undefined): { reports: ZReportRow[]; more: boolean } {
    const shifts = this.#parts.ledger.closedShifts(rowsPerPage + 1, before);
    return {
      reports: shifts.slice(0, rowsPerPage).map((shift) => rowOf(shift, this.#closing(shift))),
      more: shifts.length > rowsPerPage,
    };
  }

  /**
   * One of them. A long shift is read in parts, so that no scan waits behind it.
   * @throws TillError `report.not-found`, or `entry.unread` where this version cannot read the report.
   */
  async read(number: number): Promise<ZReport> {
    const { ledger } = this.#parts;
    const shift = ledger.closedShiftByNumber(number);
    if (shift === undefined) throw new TillError("report.not-found", { number });
    const closing = this.#closing(shift);
    if (closing === undefined) throw new TillError("entry.unread", { seq: shift.closedSeq });
    return this.#view(shift, closing, await this.#figuresOf(closing));
  }

  #closing({ closedSeq }: ClosedShift): Closing | undefined {
    const stored = this.#parts.ledger.entry(closedSeq);
    const entry = stored === undefined ? undefined : readKnownEntry(stored.text);
    if (stored === undefined || entry?.type !== "shift.closed") return undefined;
    return { ...entry, hash: stored.hash };
  }

  async #figuresOf({ seq, body: { fromSeq } }: Closing): Promise<Figures> {
    const known = this.#figures.get(seq);
    if (known !== undefined) return known;
    const figures = emptyFigures();
    for (let part = nextPart(this.#parts.ledger, fromSeq, seq - 1); part !== undefined;) {
      for (const entry of part.entries) addEntry(figures, entry);
      await nextTurn();
      part = nextPart(this.#parts.ledger, part.upToSeq, seq - 1);
    }
    this.#figures.set(seq, figures);
    for (const old of this.#figures.keys()) if (this.#figures.size > keptFigures) this.#figures.delete(old);
    return figures;
  }

  #view(shift: ClosedShift, { seq, hash, businessDay, person, body }: Closing, figures: Figures): ZReport {
    const { personName } = this.#parts;
    const openedBy = shift.person === undefined ? undefined : personName(shift.person);
    const closedBy = person === undefined ? undefined : personName(person);
    const unread = Math.max(body.unread ?? 0, figures.unread);
    const paper = this.#paper(shift.shift);
    return {
      number: shift.zNumber,
      seq,
      hash,
      shift: shift.shift,
      businessDay,
      openedAt: shift.openedAt,
      ...(openedBy === undefined ? {} : { openedBy }),
      closedAt: shift.closedAt,
      ...(closedBy === undefined ? {} : { closedBy }),
      ...shiftView(figures, body.currency, this.#parts),
      ...salesView({ ...figures, ...signedSales(body) }),
      drawer: {
        floatMinor: shift.floatMinor,
        inMinor: figures.drawerInMinor,
        outMinor: figures.drawerOutMinor,
        expectedMinor: body.expectedCashMinor,
        countedMinor: body.countedCashMinor,
        differenceMinor: body.differenceMinor,
      },
      ...(body.perpetual === undefined ? {} : { perpetual: body.perpetual }),
      ...(unread === 0 ? {} : { unread }),
      ...(agrees(body, figures) ? {} : { differs: true }),
      ...(paper === undefined ? {} : { paper }),
    };
  }

  #paper(shift: string): ZReport["paper"] {
    const paper = this.#parts.stand(shift) ?? paperOf(this.#parts.ledger, shift);
    if (paper === undefined) return undefined;
    const { print, printFault, copies } = paperView(paper);
    return { print, copies, ...(printFault === undefined ? {} : { fault: printFault }) };
  }
}

function rowOf({ closedSeq: seq, zNumber: number, openedAt, closedAt }: ClosedShift, closing?: Closing): ZReportRow {
  const row = { seq, number, openedAt, closedAt };
  if (closing === undefined) return row;
  const { currency, sales, salesMinor, refundsMinor = 0, countedCashMinor, differenceMinor } = closing.body;
  const netMinor = addMinor(salesMinor, -refundsMinor);
  return { ...row, figures: { currency, sales, netMinor, countedMinor: countedCashMinor, differenceMinor } };
}

/** What the closing entry was signed with; the first version had no refunds. */
function signedSales({ sales, salesMinor, refunds, refundsMinor }: EntryBody<"shift.closed">) {
  return { sales, salesMinor, ...(refunds === undefined ? {} : { refunds, refundsMinor: refundsMinor ?? 0 }) };
}

/** Whether the entries still come to what the closing entry says. */
function agrees(body: EntryBody<"shift.closed">, figures: Figures): boolean {
  return (
    body.sales === figures.sales &&
    body.salesMinor === figures.salesMinor &&
    (body.refunds ?? figures.refunds) === figures.refunds &&
    (body.refundsMinor ?? figures.refundsMinor) === figures.refundsMinor &&
    (body.refundsWalletMinor ?? 0) === figures.walletPayoutsMinor &&
    body.cashMinor === drawerChangeMinor(figures) &&
    body.walletMinor === figures.walletMinor
  );
}
