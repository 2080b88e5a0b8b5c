import { z } from "zod";
import type { EntryFields } from "../../sync/protocol/entry.ts";
import { perpetualSchema, type Perpetual } from "../../sync/protocol/entry-types.ts";

/**
 * The highest receipt number that was used or given out, 0 before the first, and the code of the newest receipt up to there
 * that arrived.
 */
export type HighestReceipt = { number: number; code: string | null };

/** What the entries of a ledger say of its till; of what it has ever settled null where they do not tell. */
export type LedgerTotals = { receipt: HighestReceipt; perpetual: Perpetual | null };

/** What the marks of the projection hold of it. */
export type TotalsRow = { receipt_number: number; receipt_code: string | null; perpetual: string | null };

/** The totals of a ledger without entries. */
export const noTotals: LedgerTotals = { receipt: { number: 0, code: null }, perpetual: null };

const nothingSettled: Perpetual = { zNumber: 0, sales: 0, salesMinor: 0, refunds: 0, refundsMinor: 0 };

/** More than a printed receipt has room for is no receipt's number, and would leave none for the next one. */
const highestReceiptNumber = 999_999_999_999;

const receiptSchema = z.object({
  receiptNumber: z.int().min(0).max(highestReceiptNumber),
  receiptCode: z.string().max(32).nullable().catch(null),
});
const followsSchema = z.record(z.string(), z.unknown());
const amountSchema = z.looseObject({ totalMinor: z.int().min(0) });
const closingSchema = z.looseObject({ perpetual: perpetualSchema });

/**
 * The totals with the next entry of the ledger. It is read as far as it can be, whatever else is wrong with it: a receipt was
 * printed all the same, and its number must not be used again.
 */
export function addToTotals(totals: LedgerTotals, { type, training, body }: EntryFields): LedgerTotals {
  return {
    receipt: [receiptIn(body), receiptIn(followsIn(body) ?? {})].reduce(higherReceipt, totals.receipt),
    perpetual: training ? totals.perpetual : perpetualAfter(totals.perpetual, type, body),
  };
}

/** What was ever settled, from the text that it is stored as. */
export function readPerpetual(text: string | null): Perpetual | null {
  return text === null ? null : perpetualSchema.parse(JSON.parse(text));
}

/** What was ever settled, as it is stored. */
export function writePerpetual(perpetual: Perpetual | null): string | null {
  return perpetual === null ? null : JSON.stringify(perpetual);
}

/** The higher one of two, the first where they are the same. */
export function higherReceipt(one: HighestReceipt, other: HighestReceipt): HighestReceipt {
  return other.number > one.number ? other : one;
}

/** The totals that the marks of the projection hold. */
export function readTotals(row: TotalsRow): LedgerTotals {
  return { receipt: { number: row.receipt_number, code: row.receipt_code }, perpetual: readPerpetual(row.perpetual) };
}

function receiptIn(body: Record<string, unknown>): HighestReceipt {
  const read = receiptSchema.safeParse(body);
  return read.success ? { number: read.data.receiptNumber, code: read.data.receiptCode } : noTotals.receipt;
}

function followsIn(body: Record<string, unknown>): Record<string, unknown> | undefined {
  const read = followsSchema.safeParse(body["follows"]);
  return read.success ? read.data : undefined;
}

function perpetualAfter(before: Perpetual | null, type: string, body: Record<string, unknown>): Perpetual | null {
  const follows = followsIn(body);
  switch (type) {
    case "ledger.opened":
      return follows === undefined ? nothingSettled : perpetualIn(follows);
    case "till.enrolled":
      return follows === undefined ? before : perpetualIn(follows);
    case "shift.closed":
      return perpetualIn(body) ?? (before && { ...before, zNumber: before.zNumber + 1 });
    case "sale.settled":
      return before && settled(before, "sales", "salesMinor", body);
    case "refund.settled":
      return before && settled(before, "refunds", "refundsMinor", body);
    default:
      return before;
  }
}

function perpetualIn(body: Record<string, unknown>): Perpetual | null {
  const read = closingSchema.safeParse(body);
  return read.success ? read.data.perpetual : null;
}

/** With one more sale or refund. One whose amount cannot be read leaves nothing to add to until the next report. */
function settled(
  before: Perpetual,
  count: "sales" | "refunds",
  amount: "salesMinor" | "refundsMinor",
  body: Record<string, unknown>,
): Perpetual | null {
  const read = amountSchema.safeParse(body);
  if (!read.success) return null;
  const after = { ...before, [count]: before[count] + 1, [amount]: before[amount] + read.data.totalMinor };
  return perpetualSchema.safeParse(after).success ? after : null;
}
