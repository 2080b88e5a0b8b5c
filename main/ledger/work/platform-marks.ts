import type { LedgerDatabase } from "../database.ts";
import type { Transactions } from "../transactions.ts";
import { insertInto, wholeRow } from "./row-checksum.ts";

/** Up to where the platform has said that it stores this ledger without a gap. */
export interface PlatformMark {
  ledger: string;
  acknowledgedSeq: number;
  hash: string;
  /** Rises when the platform was restored from a backup. */
  epoch: number;
  at: string;
}

/** The platform's marks. If they are lost, the platform is asked again. */
export interface PlatformMarkStore {
  /** The mark, undefined where there is none whose hash is that of our own entry at its place. */
  read(ledger: string): PlatformMark | undefined;
  /** Puts the mark where the platform says it is, back as well as forward: a restored platform stands lower. */
  save(mark: PlatformMark): void;
}

/** The store of the platform's marks. */
export function createPlatformMarkStore(database: LedgerDatabase, transactions: Transactions): PlatformMarkStore {
  const read = database.prepare<[string], PlatformMark>(
    `SELECT ledger, acknowledged_seq AS acknowledgedSeq, hash, epoch, at FROM platform_marks
     WHERE ledger = ? AND ${wholeRow("platform_marks")}`,
  );
  const save = database.prepare(insertInto("platform_marks", "OR REPLACE"));
  return {
    read: (ledger) => read.get(ledger),
    save({ ledger, acknowledgedSeq, hash, epoch, at }) {
      transactions.write(() => save.run({ ledger, acknowledged_seq: acknowledgedSeq, hash, epoch, at }));
    },
  };
}
