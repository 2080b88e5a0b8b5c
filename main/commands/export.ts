import { once } from "node:events";
import { readArguments } from "../arguments.ts";
import { defaultDataFolder } from "../data-folder.ts";
import { exportLines } from "../ledger/export.ts";
import { openLedgerCopy } from "../ledger/read-copy.ts";
import { withLedgerFile } from "../tool.ts";
import type { Command } from "./command.ts";

/** `till export`: the journal as JSON lines on standard output, as it lies there, byte for byte. */
export const exportJournal: Command = {
  usage: "export [DIR]",
  does: "writes the journal to standard output, one JSON object a line",
  async run(typed) {
    const { words } = readArguments(typed, {});
    const folder = words[0] ?? defaultDataFolder();
    return withLedgerFile(folder, async ({ file }) => {
      const ledger = openLedgerCopy(file);
      try {
        for (const line of exportLines(ledger)) if (!process.stdout.write(line)) await once(process.stdout, "drain");
        return 0;
      } finally {
        ledger.close();
      }
    });
  },
};
