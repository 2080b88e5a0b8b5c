import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Ledger } from "./open.ts";

function copiesIn(folder: string): string {
  return join(folder, "copies");
}

/**
 * Makes a copy of the running ledger for a tool, which removes it when it has read it. Copies lie in a folder of their own.
 * @throws TillError `ledger.disk-full` or `folder.not-writable`; the ledger is untouched.
 */
export async function copyForTool(ledger: Ledger, folder: string): Promise<{ file: string }> {
  mkdirSync(copiesIn(folder), { recursive: true, mode: 0o700 });
  const file = join(copiesIn(folder), `ledger-${ledger.head().seq}-${Date.now()}.db`);
  await ledger.copyTo(file);
  return { file };
}

/**
 * Makes a folder with a copy of the running ledger and of its marks, which is checked like a data folder of its own. The
 * marks are copied first: one of a sale that came after the copy would say that its end is missing. `onProgress` is
 * called now and then; what it throws ends the copying.
 * @throws TillError `ledger.disk-full` or `folder.not-writable`; the ledger is untouched, and nothing is left.
 */
export async function copyForCheck(ledger: Ledger, folder: string, onProgress: () => void): Promise<string> {
  const copy = join(copiesIn(folder), `check-${ledger.head().seq}-${Date.now()}`);
  try {
    mkdirSync(copy, { recursive: true, mode: 0o700 });
    cpSync(join(folder, "marks"), join(copy, "marks"), { recursive: true });
    await ledger.copyTo(join(copy, "ledger.db"), onProgress);
    return copy;
  } catch (error) {
    removeCopy(copy);
    throw error;
  }
}

/** Removes a folder that `copyForCheck` has made. */
export function removeCopy(copy: string): void {
  rmSync(copy, { recursive: true, force: true });
}

/** Removes what tools that were killed have left: at a till's start nobody can be reading a copy of its own making. */
export function removeLeftCopies(folder: string): void {
  rmSync(copiesIn(folder), { recursive: true, force: true });
}
