import { randomBytes } from "node:crypto";
import { writeSync } from "node:fs";
import { createIdSource } from "../../../main/ledger/ids.ts";
import { openLedger } from "../../../main/ledger/open.ts";
import { cashSale } from "./sales.ts";

/**
 * A till that sells without end and says of each sale that is stored: its number, hash and receipt. Run with the data
 * folder as its argument; it ends when it is killed.
 */
const folder = process.argv[2] ?? "";
const ids = createIdSource({ now: () => Date.now(), random: (count) => randomBytes(count) });
const clock = { now: () => Date.now(), zone: "Asia/Shanghai" };
const ledger = openLedger({ folder, clock, ids, softwareVersion: "1.0.0" });
writeSync(1, `opened ${ledger.head().seq} ${ledger.head().hash}\n`);
for (;;) {
  for (const { seq, hash } of ledger.append([cashSale(ledger, ids)])) writeSync(1, `sold ${seq} ${hash}\n`);
}
