import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The folder of the ledgers that a till went on from. Nothing in it is ever removed. */
export function olderLedgersFolder(folder: string): string {
  return join(folder, "ledgers");
}

/** The files of the ledgers that the till of this folder went on from. */
export function olderLedgerFiles(folder: string): string[] {
  const older = olderLedgersFolder(folder);
  if (!existsSync(older)) return [];
  return readdirSync(older)
    .filter((name) => name.endsWith(".db"))
    .map((name) => join(older, name));
}
