import { randomBytes } from "node:crypto";
import { TillError } from "../../main/contract/errors.ts";
import { createIdSource } from "../../main/ledger/ids.ts";
import { openLedger } from "../../main/ledger/open.ts";
import { smallReserve } from "./small-reserve.ts";

/** Opens and closes the ledger in each folder of its arguments; prints "opened", or the code of the refusal, of each as JSON. */
const ids = createIdSource({ now: () => Date.now(), random: (count) => randomBytes(count) });
const clock = { now: () => Date.now(), zone: "Asia/Shanghai" };

function tryToOpen(folder: string): string {
  try {
    openLedger({ folder, clock, ids, softwareVersion: "1.0.0", disk: smallReserve }).close();
    return "opened";
  } catch (error) {
    return error instanceof TillError ? error.code : String(error);
  }
}

process.stdout.write(JSON.stringify(process.argv.slice(2).map(tryToOpen)));
