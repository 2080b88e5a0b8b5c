import { hash as hashOf } from "node:crypto";
import { noPreviousHash, type Head } from "../../sync/protocol/entry.ts";
import { TillError } from "../contract/errors.ts";
import type { LedgerDatabase } from "./database.ts";

interface Row {
  seq: number;
  text: string;
  hash: Buffer;
  previous: string | null;
}

/** Walks the chain of the journal as it lies on disk. */
export interface ChainWalk {
  /**
   * Holds at most `limit` entries after `from` against their hashes and each other, and gives the last one that holds.
   * @throws TillError `ledger.damaged` with the first entry that does not.
   */
  walk(from: Head, limit: number): Head;
  /** A place to walk on from, with the hash that is stored there as it is. */
  placeAt(seq: number): Head;
}

/** A chain walk over an open database. Signatures are left to the full check: they cost ten times as much. */
export function createChainWalk(database: LedgerDatabase): ChainWalk {
  const after = database.prepare<[number, number], Row>(
    "SELECT seq, text, hash, text ->> '$.previous' AS previous FROM journal WHERE seq > ? ORDER BY seq LIMIT ?",
  );
  const hashAt = database.prepare<[number], Buffer>("SELECT hash FROM journal WHERE seq = ?").pluck();
  return {
    walk(from, limit) {
      let at = from;
      for (const { seq, text, hash, previous } of readRows(() => after.all(from.seq, limit))) {
        const own = hashOf("sha256", text, "hex");
        if (seq !== at.seq + 1) throw new TillError("ledger.damaged", { seq: at.seq + 1, detail: "sequence" });
        if (own !== hash.toString("hex")) throw new TillError("ledger.damaged", { seq, detail: "stored-hash" });
        if (previous !== at.hash) throw new TillError("ledger.damaged", { seq, detail: "previous-hash" });
        at = { seq, hash: own };
      }
      return at;
    },
    placeAt: (seq) => ({ seq, hash: hashAt.get(seq)?.toString("hex") ?? noPreviousHash }),
  };
}

/** A text that is no JSON any more makes SQLite itself stumble: that is damage as well. */
function readRows(read: () => Row[]): Row[] {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!/^SQLITE_(?:ERROR|CORRUPT)/.test(code)) throw error;
    throw new TillError("ledger.damaged", { detail: "unreadable" }, error);
  }
}
