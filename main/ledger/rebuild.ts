import type { LedgerDatabase } from "./database.ts";
import { readKnownEntry } from "./entries.ts";
import { createJournalReads } from "./journal-reads.ts";
import type { Projections } from "./projections.ts";
import type { Transactions } from "./transactions.ts";

/** How many entries are read before they are taken in: SQLite does not write while a reading statement is open. */
const batch = { maximumCount: 500, maximumBytes: 4 * 1024 * 1024 };

/**
 * Makes every projection again from the journal, in one transaction: either all of it or the old state.
 * @returns How many entries were read.
 */
export function rebuildProjections(parts: {
  database: LedgerDatabase;
  transactions: Transactions;
  projections: Projections;
}): number {
  const reads = createJournalReads(parts.database);
  return parts.transactions.write(() => {
    parts.projections.clear();
    let entries = 0;
    let seq = 0;
    for (;;) {
      const next = reads.entriesAfter(seq, batch);
      const end = next.at(-1);
      if (end === undefined) return entries;
      for (const { text } of next) {
        const entry = readKnownEntry(text);
        if (entry !== undefined) parts.projections.apply(entry);
      }
      entries += next.length;
      seq = end.seq;
    }
  });
}
