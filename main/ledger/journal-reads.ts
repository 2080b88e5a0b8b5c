import type { LedgerDatabase } from "./database.ts";
import type { StoredEntry } from "./entries.ts";

/** The journal's reading side. */
export interface JournalReads {
  entry(seq: number): StoredEntry | undefined;
  entryById(id: string): StoredEntry | undefined;
  /** The entry with the highest number. */
  last(): StoredEntry | undefined;
  /**
   * Entries after a number, in order, as many as fit: at most `maximumCount`, and no more than `maximumBytes` of UTF-8
   * text unless the first alone is longer.
   */
  entriesAfter(seq: number, limits: { maximumCount: number; maximumBytes: number }): StoredEntry[];
}

interface Row {
  seq: number;
  id: string;
  type: string;
  text: string;
  hash: Buffer;
  signature: Buffer;
  key_id: string;
}

const columns = "seq, id, type, text, hash, signature, key_id";

/** Reads of an open database. */
export function createJournalReads(database: LedgerDatabase): JournalReads {
  const bySeq = database.prepare<[number], Row>(`SELECT ${columns} FROM journal WHERE seq = ?`);
  const byId = database.prepare<[string], Row>(`SELECT ${columns} FROM journal WHERE id = ?`);
  const last = database.prepare<[], Row>(`SELECT ${columns} FROM journal ORDER BY seq DESC LIMIT 1`);
  const after = database.prepare<[number, number], Row>(
    `SELECT ${columns} FROM journal WHERE seq > ? ORDER BY seq LIMIT ?`,
  );
  return {
    entry: (seq) => storedEntry(bySeq.get(seq)),
    entryById: (id) => storedEntry(byId.get(id)),
    last: () => storedEntry(last.get()),
    entriesAfter(seq, { maximumCount, maximumBytes }) {
      const entries: StoredEntry[] = [];
      let bytes = 0;
      for (const row of after.iterate(seq, maximumCount)) {
        bytes += Buffer.byteLength(row.text);
        if (bytes > maximumBytes && entries.length > 0) break;
        entries.push(toStoredEntry(row));
      }
      return entries;
    },
  };
}

function storedEntry(row: Row | undefined): StoredEntry | undefined {
  return row === undefined ? undefined : toStoredEntry(row);
}

function toStoredEntry({ seq, id, type, text, hash, signature, key_id: keyId }: Row): StoredEntry {
  return { seq, id, type, text, hash: hash.toString("hex"), signature: signature.toString("hex"), keyId };
}
