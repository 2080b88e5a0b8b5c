import { setImmediate } from "node:timers/promises";
import type { Head } from "../../sync/protocol/entry.ts";
import type { RestoringLedger } from "../ledger/restoring.ts";
import type { EntrySource } from "./entry-sources.ts";

/** How many entries came from where. */
export type RestoreCounts = Record<EntrySource["kind"], number>;

/**
 * Puts a journal together again: takes from the first source as far as it goes on, then from the next, and again from the
 * first, until none has an entry that follows. An entry is taken only when it is chained and signed, so that it does not
 * matter who gives it.
 * @param onTaken Hears how many entries have been taken so far.
 */
export async function restoreJournal(
  target: RestoringLedger,
  sources: readonly EntrySource[],
  onTaken: (taken: number) => void,
): Promise<RestoreCounts> {
  const counts: RestoreCounts = { file: 0, platform: 0 };
  for (;;) {
    let taken = 0;
    for (const source of sources) {
      for (;;) {
        const entries = await source.after(target.head().seq);
        const added = entries.length === 0 ? 0 : target.add(entries);
        counts[source.kind] += added;
        taken += added;
        // A source that gives an entry which does not follow would give the same one again.
        if (added === 0) break;
        onTaken(counts.file + counts.platform);
        // A file gives its entries without a pause; windows want to hear how far it has come.
        await setImmediate();
      }
    }
    if (taken === 0) return counts;
  }
}

/** The places that are known from outside and that the journal does not hold, because it ends before them or differs. */
export function unmetPlaces(target: RestoringLedger, places: readonly Head[]): Head[] {
  return places.filter(({ seq, hash }) => target.hashAt(seq) !== hash);
}
