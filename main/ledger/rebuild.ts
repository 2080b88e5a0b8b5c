import type { LedgerDatabase } from "./database.ts";
import { readEntry } from "./entries.ts";
import { everyEntry } from "./every-entry.ts";
import { createJournalReads } from "./journal-reads.ts";
import type { Projections } from "./projections.ts";
import type { Transactions } from "./transactions.ts";

/**
 * Makes every projection again from the journal, in one transaction: either all of it or the old state. Of entries that
 * this version cannot read as a whole the projections hold what can be read.
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
    for (const { text } of everyEntry(reads)) {
      const reading = readEntry(text);
      if (reading.state === "known") parts.projections.apply(reading.entry, { origin: "stored" });
      else if (reading.fields !== undefined) parts.projections.applyUnread(reading.fields);
      entries += 1;
    }
    return entries;
  });
}
