import { SyncError, type SyncErrorCode } from "./errors.ts";
import type { PushResponse } from "./protocol/api.ts";
import { emptyHead, type Head, type SignedEntry } from "./protocol/entry.ts";

/** How far the platform has confirmed this ledger, as the till has it stored. */
export type StoredMark = Head & { epoch: number };

/** What push needs of a ledger. The till gives it over SQLite, a simulation over memory. */
export type PushStore = {
  readonly ledger: string;
  head(): Head;
  mark(): StoredMark;
  /** The hash of the entry at this place, or null where the ledger has none. Seq 0 is 64 zeros. */
  hashAt(seq: number): string | null;
  /** Entries after a place, in order, at least one where there is one, within the limits otherwise. */
  entriesAfter(seq: number, limits: { count: number; bytes: number }): SignedEntry[];
  /** Stores where the platform stands. It is the only thing that ever makes an entry "confirmed". */
  storeMark(mark: StoredMark): void;
  /** Notes that a try to send these entries, both ends included, came to nothing. It decides nothing. */
  noteVainTry(fromSeq: number, toSeq: number, code: SyncErrorCode): void;
};

/** A stretch of entries, both ends included. */
export type Stretch = { fromSeq: number; toSeq: number };

/** Sends entries of a ledger; rejects with a SyncError. */
export type SendEntries = (ledger: string, entries: SignedEntry[]) => Promise<PushResponse>;

/** A batch is at most this large; a gap or a slow line makes it smaller. */
const batchLimits = { count: 100, bytes: 256 * 1024 };

/** How a ledger stands after one batch. */
export type PushStep = "nothing-to-send" | "more-to-send";

/**
 * Sends the entries after the stored mark, one batch, and stores the mark that comes back. It never skips an entry and
 * never sends one before its predecessors. A platform that stands lower than the stored mark (restored from a backup)
 * is believed, and gets the missing entries again; one that holds another hash is a fork and stops the push.
 * @throws SyncError `ledger.fork` as described, or whatever the request failed with.
 */
export async function pushBatch(
  store: PushStore,
  send: SendEntries,
  options: { again: boolean; onUnderWay?(stretch: Stretch): void },
): Promise<PushStep> {
  const mark = store.mark();
  // After a change of epoch the newest confirmed entry is sent once more: the answer shows where the platform stands.
  const from = options.again && mark.seq > 0 ? mark.seq - 1 : mark.seq;
  const entries = store.entriesAfter(from, batchLimits);
  if (entries.length === 0) return "nothing-to-send";
  try {
    options.onUnderWay?.({ fromSeq: from + 1, toSeq: from + entries.length });
    const answer = await send(store.ledger, entries);
    // A platform that takes entries and stores none of them would be sent the same ones without end.
    if (answer.mark.seq === from) throw new SyncError("platform.bad-answer", `The mark stays at ${from}`);
    takeMark(store, answer.mark, answer.epoch);
  } catch (error) {
    if (!(error instanceof SyncError) || error.code !== "ledger.gap" || error.mark === undefined) throw error;
    takeMark(store, error.mark, mark.epoch);
    // A platform that answers with a gap where we stand already would be asked for ever; say so instead.
    if (store.mark().seq === from) throw error;
  }
  return store.mark().seq < store.head().seq ? "more-to-send" : "nothing-to-send";
}

/**
 * Notes a vain try: of the batch that was under way, or of the next one where the line was dead before its turn came.
 * Those behind them have not been tried.
 */
export function noteVainTry(store: PushStore, underWay: Stretch | null, code: SyncErrorCode): void {
  const stretch = underWay ?? nextStretch(store);
  if (stretch !== null) store.noteVainTry(stretch.fromSeq, stretch.toSeq, code);
}

function nextStretch(store: PushStore): Stretch | null {
  const { seq } = store.mark();
  const waiting = store.entriesAfter(seq, batchLimits).length;
  return waiting === 0 ? null : { fromSeq: seq + 1, toSeq: seq + waiting };
}

function takeMark(store: PushStore, mark: Head, epoch: number): void {
  const known = mark.seq === 0 ? emptyHead.hash : store.hashAt(mark.seq);
  if (known !== mark.hash)
    throw new SyncError("ledger.fork", `The platform holds another entry at ${mark.seq}`, { mark });
  store.storeMark({ ...mark, epoch });
}
