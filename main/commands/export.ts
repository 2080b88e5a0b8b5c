import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { TillError } from "../contract/errors.ts";
import { exportLines } from "../ledger/export.ts";
import { openLedgerCopy } from "../ledger/read-copy.ts";
import { withLedgerFile } from "../tool.ts";
import { readFolderCommand, type Command } from "./command.ts";

/** `till export`: the journal as JSON lines on standard output, as it lies there, byte for byte. */
export const exportJournal: Command = {
  usage: "export [DIR]",
  does: "writes the journal to standard output, one JSON object a line",
  async run(typed) {
    const { folder } = readFolderCommand(typed);
    return withLedgerFile(folder, async ({ file }) => {
      const ledger = openLedgerCopy(file);
      try {
        await pipeline(Readable.from(exportLines(ledger)), process.stdout, { end: false });
        return 0;
      } catch (error) {
        // Whoever read the output has read enough, `head` for example.
        if ((error as NodeJS.ErrnoException).code === "EPIPE") return 0;
        if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw new TillError("ledger.disk-full", {}, error);
        throw error;
      } finally {
        ledger.close();
      }
    });
  },
};
