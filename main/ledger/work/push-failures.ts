import type { LedgerDatabase } from "../database.ts";
import type { Transactions } from "../transactions.ts";
import { setColumns, wholeRow } from "./row-checksum.ts";

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

const whole = wholeRow("push_failures");
const oneMore = setColumns("push_failures", {
  attempts: `iif(${whole}, push_failures.attempts + 1, 1)`,
  code: "excluded.code",
  at: "excluded.at",
});

/** The store of vain tries. */
export function createPushFailureStore(database: LedgerDatabase, transactions: Transactions): PushFailureStore {
  const bySeq = database.prepare<[number], PushFailure>(
    `SELECT seq, attempts, code, at FROM push_failures WHERE seq = ? AND ${whole}`,
  );
  const record = database.prepare(
    `INSERT INTO push_failures (seq, attempts, code, at, checksum)
     SELECT seq, 1, @code, @at, row_checksum('push_failures', seq, 1, @code, @at)
     FROM journal WHERE seq BETWEEN @fromSeq AND @toSeq
     ON CONFLICT DO UPDATE SET ${oneMore}`,
  );
  return {
    failure: (seq) => bySeq.get(seq),
    record: (fromSeq, toSeq, code, at) => void transactions.write(() => record.run({ code, at, fromSeq, toSeq })),
  };
}
