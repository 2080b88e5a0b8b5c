import type { StoredEntry } from "./entries.ts";
import type { JournalReads } from "./journal-reads.ts";

/** Entries that are read at a time: SQLite does not write while a reading statement is open. */
const batch = { maximumCount: 500, maximumBytes: 4 * 1024 * 1024 };

/**
 * Every entry in order, read in small batches as they are asked for, so that writing goes on between them and a year of
 * sales needs no memory.
 */
export function* everyEntry(reads: JournalReads): Generator<StoredEntry, void, undefined> {
  let after = 0;
  for (;;) {
    const entries = reads.entriesAfter(after, batch);
    yield* entries;
    const last = entries.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}
