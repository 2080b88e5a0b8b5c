import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "../arguments.ts";
import { TillError } from "../contract/errors.ts";
import { defaultDataFolder } from "../data-folder.ts";
import { createIdSource } from "../ledger/ids.ts";
import { openLedger } from "../ledger/open.ts";
import { softwareVersion } from "../version.ts";
import { jsonOption, print, type Command } from "./command.ts";

/** `till rebuild`: makes the projections again from the journal. The till must not be running. */
export const rebuild: Command = {
  usage: "rebuild [DIR] [--json]",
  does: "makes balances and lists again from the journal, for a till that is not running",
  run(typed) {
    const { values, words } = readArguments(typed, jsonOption);
    const folder = words[0] ?? defaultDataFolder();
    if (!existsSync(join(folder, "ledger.db"))) throw new TillError("ledger.missing", { folder });
    const ledger = openLedger({
      folder,
      clock: { now: Date.now, zone: Intl.DateTimeFormat().resolvedOptions().timeZone },
      ids: createIdSource({ now: Date.now, random: (count) => randomBytes(count) }),
      softwareVersion,
    });
    try {
      const entries = ledger.rebuild();
      print(values["json"] === true, { entries }, [`Made again from ${entries} entries.`]);
    } finally {
      ledger.close();
    }
    return Promise.resolve(0);
  },
};
