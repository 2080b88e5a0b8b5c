import type { Plan } from "./wire.ts";

/** What the process that tills are forked from is told. */
export type ToNursery =
  /** Starts a till that connects to `path`; `inside` runs it in the process itself. */
  | { id: number; path: string; plan: Plan; inside: boolean }
  /** Kills the till with this process number, which has not been told to be dead yet. */
  | { kill: number };

/** What it tells. `signal` is 0 or the number of what killed the till, `code` -1 or what it ended with. */
export type FromNursery = { started: number; process: number } | { died: number; signal: number; code: number };
