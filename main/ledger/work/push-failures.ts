import type { LedgerDatabase } from "../database.ts";
import type { Transactions } from "../transactions.ts";

/** How often an entry was sent in vain, and what came back last. */
export interface PushFailure {
  seq: number;
  attempts: number;
  code: string;
  at: string;
}

/** What the sync log says about tries. If it is lost, the log no longer knows of the vain ones. */
export interface PushFailureStore {
  failure(seq: number): PushFailure | undefined;
  /** Counts one vain try for each entry from `fromSeq` to `toSeq`, both included. */
  record(fromSeq: number, toSeq: number, code: string, at: string): void;
}

/** The store of vain tries. */
export function createPushFailureStore(database: LedgerDatabase, transactions: Transactions): PushFailureStore {
  const bySeq = database.prepare<[number], PushFailure>(
    "SELECT seq, attempts, code, at FROM push_failures WHERE seq = ?",
  );
  const record = database.prepare(
    `INSERT INTO push_failures (seq, attempts, code, at) SELECT seq, 1, ?, ? FROM journal WHERE seq BETWEEN ? AND ?
     ON CONFLICT DO UPDATE SET attempts = attempts + 1, code = excluded.code, at = excluded.at`,
  );
  return {
    failure: (seq) => bySeq.get(seq),
    record: (fromSeq, toSeq, code, at) => void transactions.write(() => record.run(code, at, fromSeq, toSeq)),
  };
}
