import { hash as hashOf } from "node:crypto";
import { noPreviousHash } from "../../sync/protocol/entry.ts";
import type { Follows } from "../../sync/protocol/entry-types.ts";
import { TillError } from "../contract/errors.ts";
import type { LedgerDatabase } from "./database.ts";
import { readKnownEntry } from "./entries.ts";
import type { Identity } from "./identity.ts";
import type { Tail } from "./journal.ts";
import { createJournalReads } from "./journal-reads.ts";
import type { Mark } from "./marks.ts";
import { createSaleReads } from "./sale-reads.ts";
import { parseTimeMs } from "./time.ts";

/** The end of a journal without entries. */
export const emptyTail: Tail = { seq: 0, hash: noPreviousHash, timeMs: 0, receiptNumber: 0, receiptCode: "" };

/**
 * The end of the journal on disk. The receipts of a ledger that follows another go on behind those of the other.
 * @throws TillError `ledger.damaged` when the last entry's hash is not that of its text.
 */
export function readTail(database: LedgerDatabase, identity?: Pick<Identity, "follows">): Tail {
  const last = createJournalReads(database).last();
  if (last === undefined) return emptyTail;
  if (hashOf("sha256", last.text, "hex") !== last.hash) {
    throw new TillError("ledger.damaged", { seq: last.seq, detail: "stored-hash" });
  }
  const [sale] = createSaleReads(database).recentSales(1);
  const receipt = newestReceipt([sale, identity?.follows, replacedTill(database)]);
  return {
    seq: last.seq,
    hash: last.hash,
    timeMs: parseTimeMs((JSON.parse(last.text) as { time: string }).time),
    ...receipt,
  };
}

type Receipt = Pick<Tail, "receiptNumber" | "receiptCode">;

function newestReceipt(
  known: readonly ({ receiptNumber?: number | undefined; receiptCode?: string | undefined } | undefined)[],
) {
  return known.reduce<Receipt>(
    (best, { receiptNumber = 0, receiptCode = "" } = {}) =>
      receiptNumber > best.receiptNumber ? { receiptNumber, receiptCode } : best,
    { receiptNumber: 0, receiptCode: "" },
  );
}

/** What the newest enrolment says of the till in whose place this one stands. */
function replacedTill(database: LedgerDatabase): Follows | undefined {
  const seq = database.prepare<[], number>("SELECT max(seq) FROM enrolments").pluck().get();
  const stored = typeof seq === "number" ? createJournalReads(database).entry(seq) : undefined;
  const entry = stored === undefined ? undefined : readKnownEntry(stored.text);
  return entry?.type === "till.enrolled" ? entry.body.follows : undefined;
}

/**
 * Holds the journal against the newest mark that stands outside its file. The mark of a ledger that this one follows, and
 * whose end it names, has had its say: it is what the new one was opened for.
 * @throws TillError `ledger.behind-mark` when the journal ends before the mark, or the mark is another ledger's, with
 * `missing` (sales), `entries` (missing entries) and `receipt` (the newest one there was).
 * @throws TillError `ledger.damaged` when the entry at the mark is not the one that was marked.
 */
export function checkMark(
  database: LedgerDatabase,
  identity: Pick<Identity, "ledger" | "follows"> | undefined,
  tail: Tail,
  mark: Mark | undefined,
): void {
  if (mark === undefined) return;
  const follows = identity?.follows;
  if (follows?.ledger === mark.ledger && mark.seq <= follows.seq) return;
  const known = mark.ledger === identity?.ledger ? tail : emptyTail;
  if (mark.seq > known.seq) {
    throw new TillError("ledger.behind-mark", {
      missing: Math.max(0, mark.receiptNumber - known.receiptNumber),
      entries: mark.seq - known.seq,
      receipt: mark.receiptCode,
    });
  }
  if (createJournalReads(database).entry(mark.seq)?.hash !== mark.hash) {
    throw new TillError("ledger.damaged", { seq: mark.seq, detail: "mark" });
  }
}
