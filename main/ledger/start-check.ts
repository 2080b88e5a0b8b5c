import { existsSync, statSync } from "node:fs";
import type { Head } from "../../sync/protocol/entry.ts";
import { TillError } from "../contract/errors.ts";
import { createChainWalk, type ChainWalk } from "./chain-walk.ts";
import type { LedgerDatabase, PageCheck } from "./database.ts";
import type { SettingStore } from "./work/settings.ts";

/** What was checked before the till began to sell. */
export interface StartCheck {
  /** Whether every page of the file was read, or what costs the same at any size. */
  pages: PageCheck;
  /** The chain was walked from the entry after this one to the end. */
  walkedAfterSeq: number;
  /** The run before had ended because the disk failed. */
  afterFailedFlush: boolean;
}

/**
 * A file up to this size is read whole at every opening (some 20 ms). Of a larger one only what costs the same at any
 * size is checked before selling begins, and the rest in the background.
 */
const wholeCheckBytes = 32 * 1024 * 1024;

/** Entries that are walked before selling begins (some 50 ms): more than a busy day leaves behind. */
const walkedAtStart = 5000;

const verifiedKey = "verified.head";

/** How much of a ledger's file is to be read when it is opened. */
export function pageCheckOf(file: string, afterFailedFlush: boolean, limitBytes = wholeCheckBytes): PageCheck {
  if (afterFailedFlush || !existsSync(file)) return "whole";
  return statSync(file).size <= limitBytes ? "whole" : "bounded";
}

/** How far the chain on disk has been read back and found to hold; it goes on while the till runs. */
export interface VerifiedHead {
  head(): Head;
  /** Walks on by at most `limit` entries; true when there is nothing left to walk. */
  walkOn(limit: number): boolean;
}

/**
 * Walks the chain from the last verified head to the end, the last 5,000 entries at most, or after a failed flush all of
 * them; and notes how far it holds.
 * @throws TillError `ledger.damaged` when an entry does not hold, or the entry that was verified is another one now.
 */
export function walkAtStart(
  database: LedgerDatabase,
  settings: SettingStore,
  { ledger, headSeq }: { ledger: string; headSeq: number },
  all: boolean,
): { verified: VerifiedHead; walkedAfterSeq: number } {
  assertNotBroken(settings, ledger);
  assertNotBehindTables(database, headSeq);
  const walk = createChainWalk(database);
  const known = readVerified(settings, walk, ledger, headSeq);
  const from = all ? walk.placeAt(0) : laterOf(known, walk.placeAt(Math.max(0, headSeq - walkedAtStart)));
  const end = walk.walk(from, headSeq - from.seq);
  if (end.seq !== headSeq) throw new TillError("ledger.damaged", { seq: end.seq + 1, detail: "sequence" });
  // What lies between the verified head and the stretch that was walked now is walked later, from where it ended.
  let verified = from.seq <= known.seq || all ? end : known;
  const keep = (head: Head) => {
    verified = head;
    settings.save(verifiedKey, `${ledger} ${head.seq} ${head.hash}`);
  };
  if (verified.seq !== known.seq) unlessDiskIsFull(() => keep(verified));
  return {
    walkedAfterSeq: from.seq,
    verified: {
      head: () => verified,
      walkOn(limit) {
        const next = walk.walk(verified, limit);
        const isDone = next.seq < verified.seq + limit;
        if (next.seq !== verified.seq) keep(next);
        return isDone;
      },
    },
  };
}

/**
 * What is made from an entry is stored with it, so a table that goes on behind the journal's end shows that the end was taken
 * away. The next entries could not be stored either: their places in those tables are taken.
 */
function assertNotBehindTables(database: LedgerDatabase, headSeq: number): void {
  const last = database
    .prepare<[], number | null>(
      `SELECT max(seq) FROM (SELECT max(seq) AS seq FROM postings UNION ALL SELECT max(seq) FROM sales
       UNION ALL SELECT max(seq) FROM incidents)`,
    )
    .pluck()
    .get();
  if ((last ?? 0) > headSeq) throw new TillError("ledger.damaged", { seq: headSeq + 1, detail: "sequence" });
}

function readVerified(settings: SettingStore, walk: ChainWalk, ledger: string, headSeq: number): Head {
  const [of, seqText = "", hash = ""] = settings.read(verifiedKey)?.split(" ") ?? [];
  const seq = Number(seqText);
  // Settings go on in the ledger that follows another; what was verified of the other one says nothing here.
  if (of !== ledger) return walk.placeAt(0);
  if (!/^\d{1,15}$/.test(seqText) || !/^[0-9a-f]{64}$/.test(hash)) return walk.placeAt(0);
  // A ledger that ends before it is told by the marks; it is walked from the beginning.
  if (seq > headSeq) return walk.placeAt(0);
  const stored = walk.placeAt(seq);
  if (stored.hash !== hash) throw new TillError("ledger.damaged", { seq, detail: "verified-head" });
  return stored;
}

const brokenKey = "ledger.broken";

/** What is wrong with a journal that can be put together again from the entries that hold and the platform's. */
const mendable: ReadonlySet<string> = new Set([
  "unreadable",
  "not-canonical",
  "sequence",
  "other-ledger",
  "columns-differ",
  "id-repeated",
  "previous-hash",
  "stored-hash",
  "unknown-key",
  "signature",
  "database-damaged",
  "schema-differs",
]);

/** Has the next opening refuse a journal in which a check found something that a recovery can mend. */
export function noteBroken(settings: SettingStore, ledger: string, seq: number, reason: string): void {
  if (mendable.has(reason)) settings.save(brokenKey, `${ledger} ${seq} ${reason}`);
}

function assertNotBroken(settings: SettingStore, ledger: string): void {
  const [of, seq, reason] = settings.read(brokenKey)?.split(" ") ?? [];
  if (of === ledger) throw new TillError("ledger.damaged", { seq: Number(seq), detail: reason ?? "" });
}

/** A ledger on a full disk is opened all the same, to be read. */
export function unlessDiskIsFull(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof TillError && error.code === "ledger.disk-full")) throw error;
  }
}

function laterOf(one: Head, other: Head): Head {
  return one.seq >= other.seq ? one : other;
}
