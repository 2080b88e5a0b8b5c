import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { TillError } from "../contract/errors.ts";

/** Where the parts of a till's data folder lie. */
export interface LedgerFolder {
  database: string;
  marks: string;
  keys: string;
}

/**
 * Makes the data folder and what belongs in it, for the owner alone.
 * @throws TillError `folder.not-writable`.
 */
export function prepareFolder(folder: string): LedgerFolder {
  const parts = { database: join(folder, "ledger.db"), marks: join(folder, "marks"), keys: join(folder, "keys") };
  try {
    for (const path of [folder, parts.marks, parts.keys]) {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      chmodSync(path, 0o700);
    }
  } catch (cause) {
    throw new TillError("folder.not-writable", { folder }, cause);
  }
  return parts;
}
