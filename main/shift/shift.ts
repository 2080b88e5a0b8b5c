import type { EntryBody } from "../../sync/protocol/entry-types.ts";
import type { Posting } from "../../sync/protocol/entry.ts";
import { addMinor, type Currency } from "../../sync/protocol/money.ts";
import { TillError } from "../contract/errors.ts";
import type { NewEntry } from "../ledger/entries.ts";
import type { Ledger } from "../ledger/open.ts";
import type { OpenShift } from "../ledger/till-reads.ts";
import { addEntry, countedEntriesAfter, drawerChangeMinor, emptyFigures, type Figures } from "./shift-figures.ts";

/** The one drawer of this till. Its account is `cash:main`. */
export const mainDrawer = "main";

/** What opening and closing need besides the ledger. */
export type ShiftParts = {
  ledger: Ledger;
  newId(): string;
  currency: Currency;
  /** Nobody at a kiosk. */
  person?: string | undefined;
};

/** The shift that is open, or a new one that begins with the money that lies in the drawer. */
export function ensureShift(parts: ShiftParts, floatMinor: number): OpenShift {
  const open = parts.ledger.openShift();
  return open ?? openShift(parts, floatMinor);
}

/**
 * Closes the open shift with the counted cash and opens the next one with what was counted. The difference between what
 * should be there and what is there is booked as it is, without a tolerance. The cut is by entry number in one commit, so
 * that it never waits for anything unsent.
 */
export function closeShift(parts: ShiftParts, countedCashMinor: number): EntryBody<"shift.closed"> {
  const { ledger, newId, currency, person } = parts;
  const shift = ledger.openShift();
  if (shift === undefined) throw new TillError("sale.not-open");
  const figures = sumShift(ledger, shift);
  const { sales, salesMinor, refunds, refundsMinor, walletMinor, commissionMinor } = figures;
  const cashMinor = drawerChangeMinor(figures);
  const expectedCashMinor = addMinor(shift.floatMinor, cashMinor);
  const differenceMinor = countedCashMinor - expectedCashMinor;
  const body = {
    shift: shift.shift,
    drawer: shift.drawer,
    currency,
    fromSeq: shift.openedSeq,
    sales,
    salesMinor,
    refunds,
    refundsMinor,
    cashMinor,
    walletMinor,
    // A payment of an earlier shift that was taken back in this one can leave less than nothing.
    commissionMinor: Math.max(0, commissionMinor),
    expectedCashMinor,
    countedCashMinor,
    differenceMinor,
    postings: closingPostings(shift.drawer, currency, differenceMinor, countedCashMinor),
  };
  // One commit closes and opens: a till that stops in between must not come back without a shift or with another float.
  ledger.append([
    { id: newId(), type: "shift.closed", body, ...by(person), shift: shift.shift },
    shiftOpened(parts, countedCashMinor),
  ]);
  return body;
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

/** What the entries of a shift so far come to. A till has one shift at a time, so that all since its opening are its own. */
function sumShift(ledger: Ledger, shift: OpenShift): Figures {
  const figures = emptyFigures();
  for (const entry of countedEntriesAfter(ledger, shift.openedSeq)) addEntry(figures, entry);
  return figures;
}
