import type { EntryBody } from "../../sync/protocol/entry-types.ts";
import type { Posting } from "../../sync/protocol/entry.ts";
import { addMinor, type Currency } from "../../sync/protocol/money.ts";
import { TillError } from "../contract/errors.ts";
import { readKnownEntry, type NewEntry } from "../ledger/entries.ts";
import type { Ledger } from "../ledger/open.ts";
import type { OpenShift } from "../ledger/till-reads.ts";

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
  const sums = sumShift(ledger, shift);
  const expectedCashMinor = addMinor(shift.floatMinor, sums.cashMinor);
  const differenceMinor = countedCashMinor - expectedCashMinor;
  const body = {
    shift: shift.shift,
    drawer: shift.drawer,
    currency,
    fromSeq: shift.openedSeq,
    ...sums,
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

/** What the sales and refunds of a shift come to. `cashMinor` is what they left in the drawer, or took out of it. */
type ShiftSums = {
  sales: number;
  salesMinor: number;
  refunds: number;
  refundsMinor: number;
  cashMinor: number;
  walletMinor: number;
};

/** Adds up what was settled in a shift so far, from the entries themselves. */
function sumShift(ledger: Ledger, shift: OpenShift): ShiftSums {
  const sums: ShiftSums = { sales: 0, salesMinor: 0, refunds: 0, refundsMinor: 0, cashMinor: 0, walletMinor: 0 };
  let after = shift.openedSeq;
  for (;;) {
    const settled = ledger.salesAfter(after, 500);
    for (const summary of settled) {
      const entry = readKnownEntry(ledger.entry(summary.seq)?.text ?? "");
      if (entry?.shift !== shift.shift) continue;
      if (entry.type === "sale.settled") addSale(sums, entry.body);
      else if (entry.type === "refund.settled") addRefund(sums, entry.body);
    }
    const last = settled.at(-1);
    if (last === undefined) return sums;
    after = last.seq;
  }
}

function addSale(sums: ShiftSums, sale: EntryBody<"sale.settled">): void {
  sums.sales += 1;
  sums.salesMinor = addMinor(sums.salesMinor, sale.totalMinor);
  for (const tender of sale.tenders) {
    if (tender.kind === "wallet") sums.walletMinor = addMinor(sums.walletMinor, tender.amountMinor);
    else sums.cashMinor = addMinor(sums.cashMinor, tender.tenderedMinor, -tender.changeMinor);
  }
}

function addRefund(sums: ShiftSums, refund: EntryBody<"refund.settled">): void {
  sums.refunds += 1;
  sums.refundsMinor = addMinor(sums.refundsMinor, refund.totalMinor);
  sums.cashMinor = addMinor(sums.cashMinor, -refund.paidOutMinor);
}
