import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { TillError } from "../contract/errors.ts";
import { createIdSource } from "../ledger/ids.ts";
import { openLedger } from "../ledger/open.ts";
import { softwareVersion } from "../version.ts";
import { print, readFolderCommand, type Command } from "./command.ts";

/** `till rebuild`: makes the projections again from the journal. The till must not be running. */
export const rebuild: Command = {
  usage: "rebuild [DIR] [--json]",
  does: "makes balances and lists again from the journal, for a till that is not running",
  run(typed) {
    const { folder, json } = readFolderCommand(typed);
    if (!existsSync(join(folder, "ledger.db"))) throw new TillError("ledger.missing", { folder });
    const ledger = openLedger({
      folder,
      clock: { now: Date.now, zone: Intl.DateTimeFormat().resolvedOptions().timeZone },
      ids: createIdSource({ now: Date.now, random: (count) => randomBytes(count) }),
      softwareVersion,
    });
    try {
      const entries = ledger.rebuild();
      print(json, { entries }, [`Made again from ${entries} entries.`]);
    } finally {
      ledger.close();
    }
    return Promise.resolve(0);
  },
};
