import { z } from "zod";
import { type Perpetual, perpetualSchema } from "../../sync/protocol/entry-types.ts";
import { addMinor } from "../../sync/protocol/money.ts";
import { readEntry } from "../ledger/entries.ts";
import type { JournalReads } from "../ledger/journal-reads.ts";
import type { SettledSums, ShiftReads } from "../ledger/shift-reads.ts";
import { addEntry, emptyFigures, type Figures } from "./shift-figures.ts";
import { countedEntries } from "./stretch.ts";

/** What the perpetual totals are read from: an open ledger, or the file of one. */
export type PerpetualReads = Pick<JournalReads, "entry" | "last" | "entriesAfter"> &
  Pick<ShiftReads, "closedShifts" | "enrolmentSeqs" | "settledBetween">;

/** The totals as they stood behind an entry. */
export type ToldPerpetual = { seq: number; perpetual: Perpetual };

const nothingYet: Perpetual = { zNumber: 0, sales: 0, salesMinor: 0, refunds: 0, refundsMinor: 0 };

/** Only what is looked for: the rest of the body may be a newer version's. */
const closedSchema = z.object({ perpetual: perpetualSchema });
const followsSchema = z.object({ follows: closedSchema });

/** Closed shifts that are looked at in one go. */
const shiftsAtOnce = 100;

/**
 * What the till had settled up to the newest place in this ledger that tells it, over all its ledgers: its last Z report, or
 * where it has none yet the entry with which it took the place of an older ledger or till. What came after is the open
 * shift's. A till that closed its shifts under a version without these totals has them added up once, from its sales.
 */
export function toldPerpetual(reads: PerpetualReads): ToldPerpetual {
  const start = startOf(reads);
  let untold = 0;
  let newestSeq = start.seq;
  for (const closedSeq of closingsAfter(reads, start.seq)) {
    newestSeq = Math.max(newestSeq, closedSeq);
    const told = read(reads, closedSeq, closedSchema)?.perpetual;
    if (told !== undefined) return goOn(reads, { seq: closedSeq, perpetual: told }, newestSeq, untold);
    untold += 1;
  }
  return goOn(reads, start, newestSeq, untold);
}

/** What the till has settled by now, over all its ledgers, as far as this version can read it. */
export function perpetualNow(reads: PerpetualReads): Perpetual {
  const { seq, perpetual } = toldPerpetual(reads);
  const figures = emptyFigures();
  for (const entry of countedEntries(reads, seq, reads.last()?.seq ?? 0)) addEntry(figures, entry);
  return addSettled(perpetual, figures);
}

/** The totals with more that was settled. */
export function addSettled(before: Perpetual, more: Pick<Figures, keyof SettledSums>): Perpetual {
  return {
    zNumber: before.zNumber,
    sales: before.sales + more.sales,
    salesMinor: addMinor(before.salesMinor, more.salesMinor),
    refunds: before.refunds + more.refunds,
    refundsMinor: addMinor(before.refundsMinor, more.refundsMinor),
  };
}

/** The totals behind the newest closed shift, where reports after the told one do not tell them. */
function goOn(reads: PerpetualReads, told: ToldPerpetual, newestSeq: number, untold: number): ToldPerpetual {
  if (untold === 0) return told;
  const perpetual = addSettled(told.perpetual, reads.settledBetween(told.seq, newestSeq));
  return { seq: newestSeq, perpetual: { ...perpetual, zNumber: perpetual.zNumber + untold } };
}

/** Where this ledger's own counting begins. */
function startOf(reads: PerpetualReads): ToldPerpetual {
  for (const seq of [...reads.enrolmentSeqs(), 1]) {
    const told = read(reads, seq, followsSchema)?.follows.perpetual;
    if (told !== undefined) return { seq, perpetual: told };
  }
  return { seq: 0, perpetual: nothingYet };
}

/** The entries that closed a shift after an entry, the newest first. */
function* closingsAfter(reads: PerpetualReads, afterSeq: number): Generator<number, void, undefined> {
  let beforeSeq: number | undefined;
  for (;;) {
    const shifts = reads.closedShifts(shiftsAtOnce, beforeSeq);
    for (const { closedSeq } of shifts) {
      if (closedSeq <= afterSeq) return;
      yield closedSeq;
    }
    beforeSeq = shifts.at(-1)?.closedSeq;
    if (beforeSeq === undefined) return;
  }
}

function read<T>(reads: PerpetualReads, seq: number, schema: z.ZodType<T>): T | undefined {
  const text = reads.entry(seq)?.text;
  if (text === undefined) return undefined;
  const reading = readEntry(text);
  const fields = reading.state === "known" ? reading.entry : reading.fields;
  return schema.safeParse(fields?.body).data;
}
