import { everyEntry } from "./every-entry.ts";
import type { JournalReads } from "./journal-reads.ts";

/**
 * The journal as JSON lines, oldest first: `{seq, text, signature, keyId, hash}` each, ended by a line feed. Lines are
 * read in small batches as they are asked for, so that selling goes on meanwhile and a year of sales needs no memory.
 */
export function* exportLines(reads: JournalReads): Generator<string, void, undefined> {
  for (const { seq, text, signature, keyId, hash } of everyEntry(reads)) {
    yield `${JSON.stringify({ seq, text, signature, keyId, hash })}\n`;
  }
}
