import type { Fault, FaultParameters } from "../contract/errors.ts";

/**
 * What the thread is started with: a folder with a copy of the ledger and of the marks from before it, and the folder with
 * the older ledgers of the till, which nothing writes to any more.
 */
export type CheckOrder = { folder: string; ledgers: string };

/** What the thread says of its check. */
export type CheckMessage =
  | { kind: "progress"; done: number }
  | { kind: "result"; entries: number; broken: { seq: number; reason: string; params: FaultParameters } | null }
  | { kind: "failed"; fault: Fault };
