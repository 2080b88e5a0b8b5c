import { mkdirSync, rmSync } from "node:fs";
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

/** Removes what tools that were killed have left: at a till's start nobody can be reading a copy of its own making. */
export function removeLeftCopies(folder: string): void {
  rmSync(copiesIn(folder), { recursive: true, force: true });
}
