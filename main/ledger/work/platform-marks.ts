import type { LedgerDatabase } from "../database.ts";
import type { Transactions } from "../transactions.ts";

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
  read(ledger: string): PlatformMark | undefined;
  /** Puts the mark where the platform says it is, back as well as forward: a restored platform stands lower. */
  save(mark: PlatformMark): void;
}

/** The store of the platform's marks. */
export function createPlatformMarkStore(database: LedgerDatabase, transactions: Transactions): PlatformMarkStore {
  const read = database.prepare<[string], PlatformMark>(
    "SELECT ledger, acknowledged_seq AS acknowledgedSeq, hash, epoch, at FROM platform_marks WHERE ledger = ?",
  );
  const save = database.prepare(
    `INSERT INTO platform_marks (ledger, acknowledged_seq, hash, epoch, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET acknowledged_seq = excluded.acknowledged_seq, hash = excluded.hash,
     epoch = excluded.epoch, at = excluded.at`,
  );
  return {
    read: (ledger) => read.get(ledger),
    save({ ledger, acknowledgedSeq, hash, epoch, at }) {
      transactions.write(() => save.run(ledger, acknowledgedSeq, hash, epoch, at));
    },
  };
}
