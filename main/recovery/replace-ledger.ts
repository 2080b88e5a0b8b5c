import { existsSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { openRestoringLedger } from "../ledger/restoring.ts";
import { setAsideFolder } from "./entry-sources.ts";
import { flushFolder } from "../ledger/flush-folder.ts";
import { keepAs } from "./succession.ts";

/**
 * Puts a restored file in the ledger's place. What lies there is kept in `set-aside/`, log and all, and its working state is
 * taken over as far as it can be read; `isWorkStale` says that the journal knows more than it. Between any two steps there is a whole file from which the restoring can begin again.
 */
export function replaceLedger(folder: string, restored: string, isWorkStale: boolean): void {
  const current = join(folder, "ledger.db");
  const log = `${current}-wal`;
  if (existsSync(current)) {
    const kept = keepAs(current, setAsideFolder(folder), `ledger-${Date.now()}.db`);
    if (existsSync(log)) keepAs(log, setAsideFolder(folder), `${basename(kept)}-wal`);
    const target = openRestoringLedger(restored);
    target.takeWorkingState(kept);
    if (isWorkStale) target.forgetStaleWork();
    target.close();
  }
  // A log that is left here would be taken for the new file's.
  for (const left of [log, `${current}-shm`]) rmSync(left, { force: true });
  renameSync(restored, current);
  flushFolder(folder);
}
