import type { EntryBody, Perpetual } from "../../sync/protocol/entry-types.ts";
import type { Posting } from "../../sync/protocol/entry.ts";
import { addMinor, type Currency } from "../../sync/protocol/money.ts";
import { TillError } from "../contract/errors.ts";
import { readKnownEntry, type NewEntry } from "../ledger/entries.ts";
import type { Ledger } from "../ledger/open.ts";
import type { OpenShift } from "../ledger/till-reads.ts";
import { addSettled, type ToldPerpetual, toldPerpetual } from "./perpetual.ts";
import { RunningFigures } from "./running-figures.ts";
import { addEntry, drawerChangeMinor, emptyFigures, type Figures } from "./shift-figures.ts";
import { countedEntries } from "./stretch.ts";

/** The one drawer of this till. Its account is `cash:main`. */
export const mainDrawer = "main";

/** What opening and closing need besides the ledger. */
export type ShiftParts = {
  ledger: Ledger;
  newId(): string;
  currency: Currency;
  /** Nobody at a kiosk. */
  person?: string | undefined;
  /** What of the open shift has been read before; without them a closing reads the whole shift. */
  figures?: RunningFigures;
};

/** The shift that is open, or a new one that begins with the money that lies in the drawer. */
export function ensureShift(parts: ShiftParts, floatMinor: number): OpenShift {
  const open = parts.ledger.openShift();
  return open ?? openShift(parts, floatMinor);
}

/**
 * Closes the open shift with the counted cash and opens the next one with what was counted. The difference between what
 * should be there and what is there is booked as it is, without a tolerance. The cut is by entry number, and closing and
 * opening are one commit, so that it never waits for anything: not for what is unsent, nor for a basket, a payment or a
 * reversal that is under way, which belong to the next shift. A shift that is named and was closed with the same count
 * gives the stored report again.
 * @throws TillError `shift.not-open` where the named shift is not the open one, or was closed with another count.
 */
export function closeShift(parts: ShiftParts, countedCashMinor: number, named?: string): EntryBody<"shift.closed"> {
  const { ledger, newId, person } = parts;
  const shift = ledger.openShift();
  if (named !== undefined && shift?.shift !== named) return storedReport(ledger, named, countedCashMinor);
  if (shift === undefined) throw new TillError("sale.not-open");
  const body = reportOf(parts, shift, countedCashMinor);
  // One commit closes and opens: a till that stops in between must not come back without a shift or with another float.
  ledger.append([
    { id: newId(), type: "shift.closed", body, ...by(person), shift: shift.shift },
    shiftOpened(parts, countedCashMinor),
  ]);
  return body;
}

/** The answer to a question that is asked once more, after the first answer was lost on its way to the page. */
function storedReport(ledger: Ledger, shift: string, countedCashMinor: number): EntryBody<"shift.closed"> {
  const closed = ledger.closedShift(shift);
  const entry = closed === undefined ? undefined : readKnownEntry(ledger.entry(closed.closedSeq)?.text ?? "");
  if (entry?.type !== "shift.closed" || entry.body.countedCashMinor !== countedCashMinor) {
    throw new TillError("shift.not-open");
  }
  return entry.body;
}

function reportOf(parts: ShiftParts, shift: OpenShift, countedCashMinor: number): EntryBody<"shift.closed"> {
  const { ledger, currency, figures: running = new RunningFigures(ledger) } = parts;
  const figures = running.of(shift);
  const told = toldPerpetual(ledger);
  const { sales, salesMinor, refunds, refundsMinor, walletPayoutsMinor, walletMinor, commissionMinor, unread } =
    figures;
  const cashMinor = drawerChangeMinor(figures);
  const expectedCashMinor = addMinor(shift.floatMinor, cashMinor);
  const differenceMinor = countedCashMinor - expectedCashMinor;
  const ever = settledByNow(ledger, told, shift, figures);
  return {
    shift: shift.shift,
    drawer: shift.drawer,
    currency,
    fromSeq: shift.openedSeq,
    sales,
    salesMinor,
    refunds,
    refundsMinor,
    ...(walletPayoutsMinor === 0 ? {} : { refundsWalletMinor: walletPayoutsMinor }),
    cashMinor,
    walletMinor,
    // A payment of an earlier shift that was taken back in this one can leave less than nothing.
    commissionMinor: Math.max(0, commissionMinor),
    expectedCashMinor,
    countedCashMinor,
    differenceMinor,
    perpetual: { ...ever, zNumber: told.perpetual.zNumber + 1 },
    ...(unread === 0 ? {} : { unread }),
    postings: closingPostings(shift.drawer, currency, differenceMinor, countedCashMinor),
  };
}

function openShift(parts: ShiftParts, floatMinor: number): OpenShift {
  parts.ledger.append([shiftOpened(parts, floatMinor)]);
  const open = parts.ledger.openShift();
  if (open === undefined) throw new TillError("internal");
  return open;
}

function shiftOpened({ newId, currency, person }: ShiftParts, floatMinor: number): NewEntry {
  const shift = newId();
  const postings: Posting[] =
    floatMinor === 0
      ? []
      : [
          { account: `cash:${mainDrawer}`, amountMinor: floatMinor, currency },
          { account: "float", amountMinor: -floatMinor, currency },
        ];
  const body = { shift, drawer: mainDrawer, floatMinor, currency, postings };
  return { id: newId(), type: "shift.opened", body, ...by(person), shift };
}

function by(person: string | undefined): { person?: string } {
  return person === undefined ? {} : { person };
}

/** The drawer is emptied into the float of the next shift, and what is missing or too much shows in `over-short`. */
function closingPostings(drawer: string, currency: Currency, differenceMinor: number, countedMinor: number): Posting[] {
  const legs: [string, number][] = [
    [`cash:${drawer}`, differenceMinor - countedMinor],
    ["over-short", -differenceMinor],
    ["float", countedMinor],
  ];
  return legs
    .filter(([, amountMinor]) => amountMinor !== 0)
    .map(([account, amountMinor]) => ({ account, amountMinor, currency }));
}

/**
 * What the till has settled by now. Between the place that tells the totals and the shift's opening there is mostly nothing:
 * the last shift's report is the entry before. A till that took the place of another meanwhile goes on from the other's.
 */
function settledByNow(
  ledger: Ledger,
  { seq, perpetual }: ToldPerpetual,
  shift: OpenShift,
  figures: Figures,
): Perpetual {
  if (seq > shift.openedSeq) return addSettled(perpetual, sumUp(ledger, seq, ledger.head().seq));
  return addSettled(addSettled(perpetual, sumUp(ledger, seq, shift.openedSeq)), figures);
}

function sumUp(ledger: Ledger, afterSeq: number, lastSeq: number): Figures {
  const figures = emptyFigures();
  for (const entry of countedEntries(ledger, afterSeq, lastSeq)) addEntry(figures, entry);
  return figures;
}
