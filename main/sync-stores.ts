import type { SyncStatus } from "../sync/engine.ts";
import { emptyHead, type Head, type SignedEntry } from "../sync/protocol/entry.ts";
import type { AnswerStore, ChangeStore } from "../sync/pull.ts";
import type { PushStore, StoredMark } from "../sync/push.ts";
import type { Catalog, RefusedChange } from "./catalog/catalog.ts";
import type { JournalReads } from "./ledger/journal-reads.ts";
import { olderLedgerFiles } from "./ledger/older-ledgers.ts";
import type { Ledger } from "./ledger/open.ts";
import { openLedgerCopy, type LedgerCopy } from "./ledger/read-copy.ts";
import { answerCursorKey } from "./ledger/work/platform-answers.ts";

/** The journal as push sees it: what stands after the platform's mark, and where the mark is kept. */
export function pushStore(ledger: Ledger, clock: { now(): number; format(timeMs: number): string }): PushStore {
  const ledgerId = ledger.identity.ledger;
  return {
    ledger: ledgerId,
    head: () => ledger.head(),
    mark: () => markOf(ledger, ledgerId),
    hashAt: (seq) => ledger.entry(seq)?.hash ?? null,
    entriesAfter: (seq, limits) => signedAfter(ledger, seq, limits),
    storeMark({ seq, hash, epoch }) {
      const at = clock.format(clock.now());
      ledger.write(() => {
        ledger.arrivals.moved(ledgerId, ledger.platformMarks.read(ledgerId)?.acknowledgedSeq ?? 0, seq, at);
        ledger.platformMarks.save({ ledger: ledgerId, acknowledgedSeq: seq, hash, epoch, at });
      });
    },
    noteVainTry: (fromSeq, toSeq, code) => ledger.pushFailures.record(fromSeq, toSeq, code, clock.format(clock.now())),
  };
}

/**
 * The ledgers that this one went on from, as far as they have entries that the platform does not. Their files are read only;
 * where the platform stands is kept in the ledger of today. Whoever calls this closes them.
 */
export function olderPushStores(
  ledger: Ledger,
  folder: string,
  clock: { now(): number; format(timeMs: number): string },
): { stores: PushStore[]; close(): void } {
  const copies: LedgerCopy[] = [];
  const stores: PushStore[] = [];
  for (const file of olderLedgerFiles(folder)) {
    const copy = openLedgerCopy(file);
    const last = copy.last();
    const acknowledgedSeq =
      last === undefined ? 0 : (ledger.platformMarks.read(ledgerOf(last.text))?.acknowledgedSeq ?? 0);
    if (last === undefined || acknowledgedSeq >= last.seq) copy.close();
    else {
      copies.push(copy);
      stores.push(olderPushStore(ledger, copy, ledgerOf(last.text), { seq: last.seq, hash: last.hash }, clock));
    }
  }
  return { stores, close: () => copies.forEach((copy) => copy.close()) };
}

function ledgerOf(text: string): string {
  return (JSON.parse(text) as { ledger: string }).ledger;
}

function olderPushStore(
  ledger: Ledger,
  copy: LedgerCopy,
  ledgerId: string,
  head: Head,
  clock: { now(): number; format(timeMs: number): string },
): PushStore {
  return {
    ledger: ledgerId,
    head: () => head,
    mark: () => markOf(ledger, ledgerId),
    hashAt: (seq) => copy.entry(seq)?.hash ?? null,
    entriesAfter: (seq, limits) => signedAfter(copy, seq, limits),
    storeMark({ seq, hash, epoch }) {
      const at = clock.format(clock.now());
      ledger.platformMarks.save({ ledger: ledgerId, acknowledgedSeq: seq, hash, epoch, at });
    },
    // Vain tries are counted by the numbers of the ledger of today.
    noteVainTry: () => {},
  };
}

function markOf(ledger: Ledger, ledgerId: string): StoredMark {
  const mark = ledger.platformMarks.read(ledgerId);
  return mark === undefined
    ? { ...emptyHead, epoch: 0 }
    : { seq: mark.acknowledgedSeq, hash: mark.hash, epoch: mark.epoch };
}

function signedAfter(reads: JournalReads, seq: number, limits: { count: number; bytes: number }): SignedEntry[] {
  return reads
    .entriesAfter(seq, { maximumCount: limits.count, maximumBytes: limits.bytes })
    .map(({ text, signature, keyId }) => ({ text, signature, keyId }));
}

/** The catalogue as pull sees it. `onRefused` hears of changes that were not taken in. */
export function changeStore(catalog: Catalog, onRefused: (refused: readonly RefusedChange[]) => void): ChangeStore {
  return {
    position() {
      const { cursor, epoch, damaged } = catalog.status();
      return damaged ? { cursor: 0, epoch: 0 } : { cursor, epoch };
    },
    apply(changes, cursor, epoch) {
      // A row that is not what its checksum says is never sold by: the catalogue is thrown away and pulled again, but
      // not before its first page is here. Off line the other rows go on being sold.
      if (catalog.status().damaged) catalog.reset();
      const refused = catalog.apply(changes, cursor, epoch);
      if (refused.length > 0) onRefused(refused);
    },
    reset: () => catalog.reset(),
    missingPictures: () => catalog.missingPictures(),
    storePicture: (hash, picture) => catalog.storePicture(hash, picture),
  };
}

/** The platform's answers as pull sees them, kept with their cursor in one transaction. */
export function answerStore(ledger: Ledger): AnswerStore {
  return {
    answerCursor: () => Number(ledger.settings.read(answerCursorKey) ?? 0),
    storeAnswers(answers, cursor) {
      ledger.write(() => {
        for (const answer of answers) ledger.platformAnswers.save(answer);
        ledger.settings.save(answerCursorKey, String(cursor));
      });
    },
    startOver() {
      ledger.write(() => {
        ledger.platformAnswers.forgetAll();
        ledger.settings.save(answerCursorKey, "0");
      });
    },
  };
}

/**
 * Notes when the platform was lost and when it was back. What was not acknowledged when it was lost counts as kept here:
 * the first entry that did not get through, too.
 */
export function noteOutage(
  ledger: Ledger,
  status: SyncStatus,
  clock: { now(): number; format(timeMs: number): string },
): void {
  if (status.state === "online") {
    ledger.outages.end(clock.format(status.lastContactAt ?? clock.now()), ledger.head().seq);
  } else if (status.offlineSince !== undefined) {
    const acknowledgedSeq = ledger.platformMarks.read(ledger.identity.ledger)?.acknowledgedSeq ?? 0;
    ledger.outages.begin(clock.format(status.offlineSince), acknowledgedSeq);
  }
}
