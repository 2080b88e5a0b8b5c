import { closeSync, existsSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

function markerOf(marksFolder: string): string {
  return join(marksFolder, "flush-failed");
}

/**
 * Notes beside the marks that the disk did not confirm a write, so that the next opening checks everything and tells the
 * manager. A disk that takes not even this is asked no further: the next opening makes everything durable in any case.
 */
export function noteFailedFlush(marksFolder: string, detail: string): void {
  try {
    const file = openSync(markerOf(marksFolder), "w", 0o600);
    try {
      writeSync(file, detail);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch {
    // The failure itself has been thrown to whoever wrote; there is no disk left to note it on.
  }
}

/** Whether the run before ended because the disk failed. */
export function hasFailedFlush(marksFolder: string): boolean {
  return existsSync(markerOf(marksFolder));
}

/** Forgets it, once the journal itself tells of it. */
export function forgetFailedFlush(marksFolder: string): void {
  rmSync(markerOf(marksFolder), { force: true });
}
