import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import Database from "better-sqlite3";
import { readArguments, readText } from "../arguments.ts";
import { TillError } from "../contract/errors.ts";
import { defaultDataFolder } from "../data-folder.ts";
import { copyLedger } from "../ledger/copy.ts";
import { verifyLedger } from "../ledger/verify/verify.ts";
import { askRunningTill } from "../tool.ts";
import { jsonOption, print, type Command } from "./command.ts";

const optionTypes = { ...jsonOption, data: { type: "string" } } as const;

/** `till backup`: a whole copy of the ledger, of a till that runs or not, checked before it counts as one. */
export const backup: Command = {
  usage: "backup [DIR] FILE [--json]",
  does: "writes a whole copy of the ledger to FILE while selling goes on, and checks it",
  async run(typed) {
    const { folder, file, json } = readBackupCommand(typed);
    if (existsSync(file)) throw new TillError("command.invalid", { detail: `${file} is there already` });
    const running = await askRunningTill(folder, "ledger.backup", { file });
    if (running === null) await copyFile(join(folder, "ledger.db"), file);
    const { ok, entries, head, firstBroken } = await verifyLedger({ database: file });
    const words = ok
      ? `${entries} entries up to number ${head.seq} are in ${file}. Keep a copy of keys/ in another safe place.`
      : `${file} was written, but entry ${firstBroken?.seq} in it does not hold (${firstBroken?.reason}), as in the ledger itself.`;
    print(json, { file, ok, entries, head, firstBroken }, [words]);
    return ok ? 0 : 1;
  },
};

function readBackupCommand(typed: readonly string[]): { folder: string; file: string; json: boolean } {
  const { values, words } = readArguments(typed, optionTypes);
  const named = readText(values["data"]);
  const [one, other, ...more] = named === undefined ? words : [named, ...words];
  const [folder, file] = other === undefined ? [defaultDataFolder(), one] : [one, other];
  if (file === undefined || more.length > 0) throw new TillError("command.invalid", { detail: "backup [DIR] FILE" });
  return { folder: resolve(folder ?? defaultDataFolder()), file: resolve(file), json: values["json"] === true };
}

/** A till that was killed has sales in the log beside its file: SQLite's own way to copy takes them in. */
async function copyFile(source: string, file: string): Promise<void> {
  if (!existsSync(source)) throw new TillError("ledger.missing", { folder: source });
  const database = new Database(source, { readonly: true, timeout: 0 });
  try {
    await copyLedger(database, file);
  } finally {
    database.close();
    for (const left of ["-wal", "-shm"]) rmSync(`${file}${left}`, { force: true });
  }
}
