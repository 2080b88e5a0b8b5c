import type { LedgerDatabase } from "../database.ts";
import type { Transactions } from "../transactions.ts";
import { insertInto, setColumns, wholeRow } from "./row-checksum.ts";

/** How far a print job has come. Only `waiting` may be sent without asking a person. */
export type PrintJobState = "waiting" | "sending" | "printed" | "probably" | "unknown" | "failed";

/** Bytes for the printer. They are stored before the first of them leaves. */
export interface PrintJob {
  jobId: string;
  saleId: string;
  kind: "receipt" | "copy";
  bytes: Uint8Array;
  state: PrintJobState;
  /** Why it failed or is unknown. */
  code?: string;
  createdAt: string;
  updatedAt: string;
}

/** The print jobs. If they are lost, receipts that did not come out are offered as reprints. */
export interface PrintJobStore {
  /** Stores a new job. Its id must be new. */
  add(job: PrintJob): void;
  setState(jobId: string, state: PrintJobState, at: string, code?: string): void;
  /**
   * Takes every job that waits for one that was being sent. After changes of the run before were lost nobody knows whether
   * it was, and a person decides about another copy.
   */
  doubtWaiting(): void;
  job(jobId: string): PrintJob | undefined;
  /** Jobs in a state, oldest first, at most `limit`. */
  jobsIn(state: PrintJobState, limit: number): PrintJob[];
  /**
   * Forgets jobs that came to their end before a time, those in doubt too: after days nobody looks for that paper any more,
   * and its bytes hold what the sale's note said. Gives how many.
   */
  forgetBefore(at: string): number;
}

interface PrintJobRow {
  job_id: string;
  sale_id: string;
  kind: PrintJob["kind"];
  bytes: Buffer;
  state: PrintJobState;
  code: string | null;
  created_at: string;
  updated_at: string;
}

const whole = wholeRow("print_jobs");
const newState = setColumns("print_jobs", { state: "@state", code: "@code", updated_at: "@at" });

/** The store of print jobs. */
export function createPrintJobStore(database: LedgerDatabase, transactions: Transactions): PrintJobStore {
  const add = database.prepare(insertInto("print_jobs"));
  const setState = database.prepare(`UPDATE print_jobs SET ${newState} WHERE job_id = @jobId AND ${whole}`);
  const inDoubt = setColumns("print_jobs", { state: "'sending'" });
  const doubtWaiting = database.prepare(`UPDATE print_jobs SET ${inDoubt} WHERE state = 'waiting' AND ${whole}`);
  const byId = database.prepare<[string], PrintJobRow>(`SELECT * FROM print_jobs WHERE job_id = ? AND ${whole}`);
  const byState = database.prepare<[string, number], PrintJobRow>(
    `SELECT * FROM print_jobs WHERE state = ? AND ${whole} ORDER BY job_id LIMIT ?`,
  );
  const forget = database.prepare<[string]>(
    "DELETE FROM print_jobs WHERE state NOT IN ('waiting', 'sending') AND updated_at < ?",
  );
  return {
    add({ jobId, saleId, kind, bytes, state, code, createdAt, updatedAt }) {
      const own = { job_id: jobId, sale_id: saleId, kind, bytes: Buffer.from(bytes), state, code: code ?? null };
      transactions.write(() => add.run({ ...own, created_at: createdAt, updated_at: updatedAt }));
    },
    setState(jobId, state, at, code) {
      transactions.write(() => setState.run({ jobId, state, code: code ?? null, at }));
    },
    doubtWaiting: () => void transactions.write(() => doubtWaiting.run()),
    job: (jobId) => byId.all(jobId).map(toPrintJob)[0],
    jobsIn: (state, limit) => byState.all(state, limit).map(toPrintJob),
    forgetBefore: (at) => transactions.write(() => forget.run(at).changes),
  };
}

function toPrintJob(row: PrintJobRow): PrintJob {
  return {
    jobId: row.job_id,
    saleId: row.sale_id,
    kind: row.kind,
    bytes: new Uint8Array(row.bytes),
    state: row.state,
    ...(row.code === null ? {} : { code: row.code }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
