import type { LedgerDatabase } from "../database.ts";

/** One step from the version before it. It may change projections and working state, never the journal. */
export interface Migration {
  /** What `user_version` is afterwards; one more than before. */
  version: number;
  /** The file's name, for messages and for the copy that is kept from before it. */
  name: string;
  sql: string;
  /** Gives the statements the functions that they use besides SQLite's own, before the transaction begins. */
  prepare?(database: LedgerDatabase): void;
}
