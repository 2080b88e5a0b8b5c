import type { Fault } from "../contract/errors.ts";

/** What the thread is started with: a folder with a copy of the ledger and of the marks from before it. */
export type CheckOrder = { folder: string };

/** What the thread says of its check. */
export type CheckMessage =
  | { kind: "progress"; done: number }
  | { kind: "result"; entries: number; broken: { seq: number; reason: string } | null }
  | { kind: "failed"; fault: Fault };
