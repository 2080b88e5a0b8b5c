import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createIdSource } from "../../main/ledger/ids.ts";
import { type Ledger, openLedger } from "../../main/ledger/open.ts";
import { databaseOf, noticeDatabases } from "./ledger-database.ts";
import { seededChance } from "./random.ts";
import { openWitness } from "./say.ts";
import { anyAction, backUp, type ActionParts } from "./till-actions.ts";
import { smallReserve } from "./small-reserve.ts";
import { witnessTill } from "./witnessed-till.ts";

/**
 * A till that trades for a while under the recorder and then is gone, mostly without a word. Arguments: the folder that is
 * watched, the seed, how many things happen, when its day begins in Unix milliseconds.
 */
const [, , disk = "", seed = "1", count = "50", startMs = "0"] = process.argv;
const chance = seededChance(Number(seed));
const { say } = openWitness();
const backups = join(disk, "backups");
let nowMs = Number(startMs);
const clock = { now: () => (nowMs += chance.below(900)), zone: "Asia/Shanghai" };
const ids = createIdSource({ now: () => nowMs, random: (bytes) => chance.bytes(bytes) });

noticeDatabases();
const ownDatabase = () => databaseOf(join(disk, "till", "ledger.db"));

function open(): Ledger {
  say({ say: "opening" });
  const ledger = openLedger({
    folder: join(disk, "till"),
    clock,
    ids,
    softwareVersion: "1.0.0",
    disk: smallReserve,
    // A flush every few things that happen, not every half second.
    timers: {
      setTimer: (callback) => setTimeout(callback, 2),
      clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout),
    },
    report(error) {
      throw error;
    },
  });
  const { seq, hash } = ledger.head();
  say({ say: "opened", seq, hash });
  const synchronous = process.env["FAULTS_SYNCHRONOUS"];
  if (synchronous !== undefined) ownDatabase().pragma(`synchronous = ${synchronous}`);
  // Small logs, so that a short day has many checkpoints.
  ownDatabase().pragma(`wal_autocheckpoint = ${chance.pick([40, 120, 400, 4000])}`);
  return ledger;
}

mkdirSync(backups, { recursive: true });
let ledger = open();
const standing: string[] = [];
for (let done = 0; done < Number(count); done += 1) {
  const parts: ActionParts = { till: witnessTill(ledger, say), ids, chance, say, backups, standing };
  if (chance.oneIn(40)) await backUp(parts);
  else if (chance.oneIn(30))
    ownDatabase().pragma(`wal_checkpoint(${chance.pick(["PASSIVE", "FULL", "RESTART", "TRUNCATE"])})`);
  else if (chance.oneIn(60)) nowMs -= chance.below(7_200_000);
  else if (chance.oneIn(50)) {
    ledger.close();
    ledger = open();
  } else await anyAction(chance)(parts);
}
if (chance.oneIn(4)) ledger.close();
process.kill(process.pid, "SIGKILL");
