import { isDamage } from "./ledger-file.ts";
import type { Broken } from "./reasons.ts";
import { createSignatureChecks, type SignatureChecks, type Threads } from "./signatures.ts";
import { createWalk, type JournalRow, type WalkedEntry } from "./walk.ts";

/** A journal's rows as they are asked for, some at a time. */
export type Rows = AsyncIterable<JournalRow[]> | Iterable<JournalRow[]>;

/** How far a journal holds in text, chain and signature, and why not further. */
export interface Walked {
  head: { seq: number; hash: string };
  ledger: string | null;
  broken?: Broken;
}

/**
 * Goes through all rows in order. `take` is given each entry that stands in its place, also such whose signature then
 * turns out to be wrong: signatures are checked on other threads meanwhile.
 */
export async function walkRows(rows: Rows, threads: Threads, take: (entry: WalkedEntry) => void): Promise<Walked> {
  const walk = createWalk();
  let signatures: SignatureChecks | undefined;
  let end: WalkedEntry | undefined;
  let broken: Broken | undefined;

  /** Takes one row; gives what has to be waited for, where it is. */
  function step(row: JournalRow): Promise<void> | undefined {
    const entry = walk.next(row);
    if ("reason" in entry) {
      broken = entry;
      return undefined;
    }
    if (entry.publicKey !== undefined) signatures = createSignatureChecks(entry.publicKey, threads);
    if (signatures === undefined) {
      broken = { seq: entry.seq, reason: "opening", params: {} };
      return undefined;
    }
    const room = signatures.add(entry);
    take(entry);
    end = entry;
    return room;
  }

  try {
    for await (const batch of rows) {
      for (const row of batch) {
        const room = step(row);
        if (room !== undefined) await room;
        if (broken !== undefined) break;
      }
      if (broken !== undefined) break;
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    // The file itself breaks off here.
    broken = { seq: (end?.seq ?? 0) + 1, reason: "database-damaged", params: { detail: detailOf(error) } };
  }
  const ledger = end?.ledger ?? null;
  const bad = await signatures?.finish();
  if (bad !== undefined) {
    const head = { seq: bad.seq - 1, hash: bad.previousHash };
    return { head, ledger: head.seq === 0 ? null : ledger, broken: { seq: bad.seq, reason: "signature", params: {} } };
  }
  const head = { seq: end?.seq ?? 0, hash: end?.hash ?? "0".repeat(64) };
  return { head, ledger, ...(broken === undefined ? {} : { broken }) };
}

function detailOf(error: unknown): string {
  return (error as Error).message.slice(0, 200);
}
