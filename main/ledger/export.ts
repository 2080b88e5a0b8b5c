import type { JournalReads } from "./journal-reads.ts";

const batch = { maximumCount: 200, maximumBytes: 1024 * 1024 };

/**
 * The journal as JSON lines, oldest first: `{seq, text, signature, keyId, hash}` each, ended by a line feed. Lines are
 * read in small batches as they are asked for, so that selling goes on meanwhile and a year of sales needs no memory.
 */
export function* exportLines(reads: JournalReads): Generator<string, void, undefined> {
  let after = 0;
  for (;;) {
    const entries = reads.entriesAfter(after, batch);
    const end = entries.at(-1);
    if (end === undefined) return;
    for (const { seq, text, signature, keyId, hash } of entries) {
      yield `${JSON.stringify({ seq, text, signature, keyId, hash })}\n`;
    }
    after = end.seq;
  }
}
