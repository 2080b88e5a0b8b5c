import type { LedgerDatabase } from "../database.ts";
import type { Transactions } from "../transactions.ts";
import { insertInto, wholeRow } from "./row-checksum.ts";

/** When entries arrived at the platform. If it is lost, the sync log no longer knows; what has arrived says the mark. */
export interface ArrivalStore {
  /** When this entry was first known to be there; `undefined` where nobody knows. */
  arrivedAt(ledger: string, seq: number): string | undefined;
  /**
   * Notes that the platform's mark stands at `toSeq` now and stood at `fromSeq` before. Where it went back (a platform
   * restored from a backup), what lies after it has not arrived any more.
   */
  moved(ledger: string, fromSeq: number, toSeq: number, at: string): void;
}

interface Row {
  from_seq: number;
  up_to_seq: number;
  at: string;
}

const whole = wholeRow("arrivals");

/** The store of arrivals. */
export function createArrivalStore(database: LedgerDatabase, transactions: Transactions): ArrivalStore {
  const covering = database.prepare<[string, number], Row>(
    `SELECT from_seq, up_to_seq, at FROM arrivals
     WHERE ledger = ? AND up_to_seq >= ? AND ${whole} ORDER BY up_to_seq LIMIT 1`,
  );
  const before = database.prepare<[string, number], Row>(
    `SELECT from_seq, up_to_seq, at FROM arrivals
     WHERE ledger = ? AND up_to_seq < ? AND ${whole} ORDER BY up_to_seq DESC LIMIT 1`,
  );
  const insert = database.prepare(insertInto("arrivals", "OR REPLACE"));
  const removeAfter = database.prepare("DELETE FROM arrivals WHERE ledger = ? AND up_to_seq > ?");
  return {
    arrivedAt(ledger, seq) {
      const row = covering.get(ledger, seq);
      return row !== undefined && row.from_seq <= seq ? row.at : undefined;
    },
    moved(ledger, fromSeq, toSeq, at) {
      if (toSeq === fromSeq) return;
      transactions.write(() => {
        const known = covering.get(ledger, toSeq);
        removeAfter.run(ledger, toSeq);
        // When the mark was lost, it moves from nowhere, and the platform tells again what is known to have arrived.
        if (known?.up_to_seq === toSeq) return;
        const place = { ledger, up_to_seq: toSeq };
        // The part of a stretch that is still there arrived when the whole of it did.
        if (known !== undefined && known.from_seq <= toSeq)
          insert.run({ ...place, from_seq: known.from_seq, at: known.at });
        else if (toSeq > fromSeq) {
          const knownUpTo = before.get(ledger, toSeq)?.up_to_seq ?? 0;
          insert.run({ ...place, from_seq: Math.max(fromSeq, knownUpTo) + 1, at });
        }
      });
    },
  };
}
