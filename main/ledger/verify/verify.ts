import { existsSync } from "node:fs";
import { join } from "node:path";
import { type FoundMark, readMarks } from "./marks.ts";
import { createProjectionCheck } from "./projection-check.ts";
import { createSignatureChecks, type SignatureChecks } from "./signatures.ts";
import { type JournalSource, openDatabaseSource, openExportSource, readingError } from "./sources.ts";
import { type Broken, createWalk, type WalkedEntry } from "./walk.ts";

/** What to verify: a till's data folder, a copy of its database, or an export. */
export type VerifySource = { folder: string } | { database: string; marks?: string } | { export: string };

/** How a mark stands to the journal. */
export interface MarkResult {
  ledger: string;
  seq: number;
  hash: string;
  state: "agrees" | "ahead" | "differs";
}

/** What a verification found. */
export interface VerifyResult {
  ok: boolean;
  /** How many entries hold, from the first on. */
  entries: number;
  /** The last of them; 0 and 64 zeros when none does. */
  head: { seq: number; hash: string };
  firstBroken: Broken | null;
  marks: MarkResult[];
}

const progressEvery = 5000;

/**
 * Verifies a journal from its first entry to its last, with code of its own that shares nothing with what wrote it:
 * canonical form, numbers without a gap, ids used once, the chain of hashes, the signature of each entry by the key that
 * the first one names, postings that sum to zero, receipt numbers that follow each other; of a database also that the
 * projections say the same; of a folder also that the journal is not behind its marks.
 * @param onProgress Hears how many entries are done, every 5,000.
 * @throws TillError `folder.in-use` while a till holds the file (verify a copy then), `ledger.damaged` when it is not a
 * ledger at all. Anything that can be said about one entry is a result and not an error.
 */
export async function verifyLedger(
  source: VerifySource,
  onProgress?: (entries: number) => void,
): Promise<VerifyResult> {
  const journal = await openSource(source);
  const marks = marksOf(source);
  try {
    const found = await walkJournal(journal, marks, onProgress);
    const firstBroken = found.broken ?? markBroken(found.marks, marks);
    return { ok: firstBroken === undefined, ...found.intact, firstBroken: firstBroken ?? null, marks: found.marks };
  } catch (error) {
    throw readingError(error);
  } finally {
    journal.close();
  }
}

async function openSource(source: VerifySource): Promise<JournalSource> {
  if ("export" in source) return openExportSource(source.export);
  return openDatabaseSource("folder" in source ? join(source.folder, "ledger.db") : source.database);
}

function marksOf(source: VerifySource): FoundMark[] {
  const folder = "folder" in source ? join(source.folder, "marks") : "marks" in source ? source.marks : undefined;
  return folder !== undefined && existsSync(folder) ? readMarks(folder) : [];
}

interface Found {
  intact: { entries: number; head: { seq: number; hash: string } };
  broken?: Broken;
  marks: MarkResult[];
}

async function walkJournal(
  journal: JournalSource,
  marks: readonly FoundMark[],
  onProgress?: (entries: number) => void,
): Promise<Found> {
  const walk = createWalk();
  const check = journal.projections === undefined ? undefined : createProjectionCheck(journal.projections);
  const hashes = new Map<number, string>(marks.map(({ seq }) => [seq, ""]));
  let signatures: SignatureChecks | undefined;
  let end: WalkedEntry | undefined;
  let broken: Broken | undefined;
  let projectionBroken: Broken | undefined;
  for await (const row of journal.rows()) {
    const entry = walk.next(row);
    if ("reason" in entry) {
      broken = entry;
      break;
    }
    if (entry.publicKey !== undefined) signatures = createSignatureChecks(entry.publicKey);
    await signatures?.add(entry.seq, entry.previousHash, entry.hash, entry.signature);
    projectionBroken ??= check?.next(entry);
    if (hashes.has(entry.seq)) hashes.set(entry.seq, entry.hash.toString("hex"));
    end = entry;
    if (entry.seq % progressEvery === 0) onProgress?.(entry.seq);
  }
  const badSignature = await signatures?.finish();
  const results = marks.map((mark) => markResult(mark, hashes.get(mark.seq) ?? ""));
  if (badSignature !== undefined) {
    const { seq, previousHash } = badSignature;
    const intact = { entries: seq - 1, head: { seq: seq - 1, hash: previousHash } };
    return { intact, broken: { seq, reason: "signature", params: {} }, marks: results };
  }
  const head = { seq: end?.seq ?? 0, hash: end?.hash.toString("hex") ?? "0".repeat(64) };
  const first = broken ?? projectionBroken ?? check?.finish(head.seq);
  return { intact: { entries: head.seq, head }, ...(first === undefined ? {} : { broken: first }), marks: results };
}

function markResult({ ledger, seq, hash }: FoundMark, found: string): MarkResult {
  if (found === "") return { ledger, seq, hash, state: seq === 0 ? "agrees" : "ahead" };
  return { ledger, seq, hash, state: found === hash ? "agrees" : "differs" };
}

function markBroken(results: readonly MarkResult[], marks: readonly FoundMark[]): Broken | undefined {
  const index = results.findIndex(({ state }) => state !== "agrees");
  const mark = marks[index];
  if (mark === undefined) return undefined;
  const reason = results[index]?.state === "ahead" ? "behind-mark" : "mark-differs";
  return { seq: mark.seq, reason, params: { receipt: mark.receiptCode } };
}
