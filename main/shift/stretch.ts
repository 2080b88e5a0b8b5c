import { isKnownEntryType } from "../../sync/protocol/entry-types.ts";
import { readEntry, type KnownEntry, type StoredEntry } from "../ledger/entries.ts";
import type { JournalReads } from "../ledger/journal-reads.ts";

/**
 * An entry that no figure holds, because this version cannot read it: another version wrote it, its text was damaged, or it
 * holds an amount that no till can have made. It never keeps a report from being read nor a shift from being closed.
 */
export type UnreadEntry = { type: "unread"; seq: number; /** Where its frame could be read. */ businessDay?: string };

/** An entry that a figure may come from, or one that could not be read and is counted for that. */
export type CountedEntry = KnownEntry | UnreadEntry;

/** Types that change a figure; others that this version knows are passed over unread. */
const countedTypes: ReadonlySet<string> = new Set([
  "sale.settled",
  "refund.settled",
  "sale.abandoned",
  "price.overridden",
  "approval.granted",
  "drawer.opened",
  "payment.paid",
  "payment.reversed",
]);

/** Far beyond the largest basket, and so small that the sums of any shift stay whole numbers. */
const largestAmountMinor = 2 ** 40;

/** Entries that are read at a time: few enough for a scan not to wait behind them. */
const batch = { maximumCount: 250, maximumBytes: 2 * 1024 * 1024 };

/** Where entries are read from. */
export type StretchReads = Pick<JournalReads, "entriesAfter">;

/** A part of a stretch: what counts of it, and the entry up to which it was read; `undefined` at the end of the stretch. */
type StretchPart = { entries: CountedEntry[]; upToSeq: number } | undefined;

/** The next entries of a stretch that ends with `lastSeq`. Training is left out. */
export function nextPart(reads: StretchReads, afterSeq: number, lastSeq: number): StretchPart {
  if (afterSeq >= lastSeq) return undefined;
  const stored = reads.entriesAfter(afterSeq, batch).filter(({ seq }) => seq <= lastSeq);
  const upToSeq = stored.at(-1)?.seq;
  if (upToSeq === undefined) return undefined;
  return { entries: stored.map(countedEntry).filter((entry) => entry !== undefined), upToSeq };
}

/** Every entry of a stretch that a figure may come from, in order, read in small parts. Training is left out. */
export function* countedEntries(
  reads: StretchReads,
  afterSeq: number,
  lastSeq: number,
): Generator<CountedEntry, void, undefined> {
  for (let part = nextPart(reads, afterSeq, lastSeq); part !== undefined;) {
    yield* part.entries;
    part = nextPart(reads, part.upToSeq, lastSeq);
  }
}

function countedEntry({ seq, type, text }: StoredEntry): CountedEntry | undefined {
  if (isKnownEntryType(type) && !countedTypes.has(type)) return undefined;
  const reading = readEntry(text);
  const fields = reading.state === "known" ? reading.entry : reading.fields;
  if (fields?.training === true) return undefined;
  if (reading.state === "known" && hasOnlyLikelyAmounts(reading.entry.body)) return reading.entry;
  return { type: "unread", seq, ...(fields === undefined ? {} : { businessDay: fields.businessDay }) };
}

/** Whether every number of a body is one that a till can have made. */
function hasOnlyLikelyAmounts(part: unknown): boolean {
  if (typeof part === "number") return Math.abs(part) <= largestAmountMinor;
  if (typeof part !== "object" || part === null) return true;
  return Object.values(part).every(hasOnlyLikelyAmounts);
}
