import type { EntryBody } from "../../sync/protocol/entry-types.ts";
import { addMinor, type Currency } from "../../sync/protocol/money.ts";
import { TillError } from "../contract/errors.ts";
import type { DayReport, XReport } from "../contract/manager.ts";
import type { Ledger } from "../ledger/open.ts";
import type { RunningFigures } from "../shift/running-figures.ts";
import { addEntry, drawerChangeMinor, emptyFigures, type Figures } from "../shift/shift-figures.ts";
import { countedEntries, type CountedEntry } from "../shift/stretch.ts";
import { type ReportNames, salesView, shiftView, tendersView, unreadView } from "./report-views.ts";

/** What reports are read from. */
export type ReportParts = ReportNames & {
  ledger: Ledger;
  /** What the open shift has come to. */
  figures: RunningFigures;
  currency(): Currency;
  now(): number;
  format(timeMs: number): string;
  businessDay(timeMs: number): string;
  /** When the business day begins, in minutes after midnight. */
  dayStartMinutes(): number;
};

/** Goods that the day report names. */
const maximumGoods = 10;

type Good = DayReport["goods"][number];

/** What a day comes to besides its figures. Refunds are told on their own and not taken off these. */
type DayFigures = {
  figures: Figures;
  items: number;
  hours: Map<number, { sales: number; totalMinor: number }>;
  goods: Map<string, Good>;
};

/** What of a day has been read, up to an entry; the next time only what is new is read. */
type ReadDay = { of: string; upToSeq: number; value: DayFigures };

/**
 * The X report and the report of the day, from the entries themselves. What has been added up is kept in memory, so that
 * a report costs what has happened since the last one.
 */
export class Reports {
  readonly #parts: ReportParts;
  #day: ReadDay | null = null;

  constructor(parts: ReportParts) {
    this.#parts = parts;
  }

  /** Reads a long shift in parts; what `x` then still reads is quick. */
  catchUp(): Promise<void> {
    return this.#parts.figures.catchUp();
  }

  /** What the open shift has come to. @throws TillError `sale.not-open` where none is open. */
  x(): XReport {
    const { ledger, format, now, currency, personName } = this.#parts;
    const shift = ledger.openShift();
    if (shift === undefined) throw new TillError("sale.not-open");
    const figures = this.#parts.figures.of(shift);
    const openedBy = shift.person === undefined ? undefined : personName(shift.person);
    return {
      shift: shift.shift,
      openedAt: shift.openedAt,
      ...(openedBy === undefined ? {} : { openedBy }),
      at: format(now()),
      ...shiftView(figures, currency(), this.#parts),
      drawer: {
        floatMinor: shift.floatMinor,
        inMinor: figures.drawerInMinor,
        outMinor: figures.drawerOutMinor,
        expectedMinor: addMinor(shift.floatMinor, drawerChangeMinor(figures)),
      },
    };
  }

  /** The business day that goes on now. */
  day(): DayReport {
    const { now, businessDay, currency } = this.#parts;
    const day = businessDay(now());
    const { figures, items, hours, goods } = this.#readDay(day);
    return {
      businessDay: day,
      startHour: this.#startHour(),
      currency: currency(),
      ...salesView(figures),
      items,
      tenders: tendersView(figures),
      commissionMinor: figures.commissionMinor,
      ...unreadView(figures),
      hours: this.#inOrder([...hours].map(([hour, sums]) => ({ hour, ...sums }))),
      goods: [...goods.values()].toSorted(byWorth).slice(0, maximumGoods),
    };
  }

  #startHour(): number {
    return Math.floor(this.#parts.dayStartMinutes() / 60);
  }

  /** Of a day that begins at four the hours after midnight are the last ones. */
  #inOrder(hours: DayReport["hours"]): DayReport["hours"] {
    const startHour = this.#startHour();
    const place = ({ hour }: DayReport["hours"][number]) => (hour + 24 - startHour) % 24;
    return hours.toSorted((one, other) => place(one) - place(other));
  }

  /** Reads what of this day has come since the last time. */
  #readDay(day: string): DayFigures {
    const { ledger } = this.#parts;
    const lastSeq = ledger.head().seq;
    const beforeSeq = (ledger.firstSeqOf(day) ?? lastSeq + 1) - 1;
    const known = this.#day?.of === day ? this.#day : { of: day, upToSeq: beforeSeq, value: emptyDay() };
    for (const entry of countedEntries(ledger, known.upToSeq, lastSeq)) {
      // A clock that was wrong for a while leaves entries of other days in between. Whose day is unknown may be of this one.
      if ((entry.businessDay ?? day) === day) addToDay(known.value, entry);
    }
    this.#day = { ...known, upToSeq: lastSeq };
    return known.value;
  }
}

function emptyDay(): DayFigures {
  return { figures: emptyFigures(), items: 0, hours: new Map(), goods: new Map() };
}

function addToDay(day: DayFigures, entry: CountedEntry): void {
  addEntry(day.figures, entry);
  if (entry.type !== "sale.settled") return;
  // The entry's time is the shop's own wall clock: its hour stands after the T.
  const hour = Number(entry.time.slice(11, 13));
  const before = day.hours.get(hour) ?? { sales: 0, totalMinor: 0 };
  day.hours.set(hour, {
    sales: before.sales + 1,
    totalMinor: addMinor(before.totalMinor, entry.body.totalMinor),
  });
  for (const line of entry.body.lines) addLine(day, line);
}

function addLine(day: DayFigures, line: EntryBody<"sale.settled">["lines"][number]): void {
  const { itemId, name, unit, quantity = 0, weightGrams = 0, totalMinor } = line;
  // A weighed good is one thing in the basket, whatever it weighs.
  day.items += unit === "kilogram" ? 1 : quantity;
  const before = day.goods.get(itemId);
  day.goods.set(itemId, {
    itemId,
    name,
    unit,
    quantity: (before?.quantity ?? 0) + quantity,
    weightGrams: (before?.weightGrams ?? 0) + weightGrams,
    totalMinor: addMinor(before?.totalMinor ?? 0, totalMinor),
  });
}

function byWorth(one: Good, other: Good): number {
  return other.totalMinor - one.totalMinor || (one.itemId < other.itemId ? -1 : 1);
}
