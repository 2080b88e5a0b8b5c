import { constants } from "node:os";
import { join } from "node:path";
import { TillError } from "../../main/contract/errors.ts";
import { createIdSource } from "../../main/ledger/ids.ts";
import { type Ledger, openLedger } from "../../main/ledger/open.ts";
import type { FailingCase } from "./failing-case.ts";
import { databaseOf, noticeDatabases } from "./ledger-database.ts";
import { seededChance } from "./random.ts";
import { openWitness } from "./say.ts";
import { smallReserve } from "./small-reserve.ts";
import { type ActionParts, backUp, changeShift, giveBack, sellForCash, sellForWallet } from "./till-actions.ts";
import { witnessTill } from "./witnessed-till.ts";

/**
 * Tills whose disk fails, one after the other in one program; arguments: the folder that is watched, the cases as JSON. With
 * `restart` as a third argument each is only opened again, and sells once.
 */
const [, , disk = "", cases = "[]", mode = ""] = process.argv;
const { say, order } = openWitness();
const chance = seededChance(cases.length);
let nowMs = Date.UTC(2027, mode === "restart" ? 1 : 0, 1);
const clock = { now: () => (nowMs += 1000), zone: "Asia/Shanghai" };
const ids = createIdSource({ now: () => nowMs, random: (count) => chance.bytes(count) });
noticeDatabases();

function open(folder: string): Ledger {
  say({ say: "opening" });
  const ledger = openLedger({
    folder,
    clock,
    ids,
    softwareVersion: "1.0.0",
    disk: smallReserve,
    // Only `close` flushes the marks, so that every run has the same flushes.
    timers: { setTimer: () => ({}), clearTimer: () => {} },
    report: (error) => say({ say: "reported", detail: String(error) }),
  });
  const { seq, hash } = ledger.head();
  say({ say: "opened", seq, hash });
  return ledger;
}

function partsOf(ledger: Ledger, name: string): ActionParts {
  return { till: witnessTill(ledger, say), ids, chance, say, backups: join(disk, name), standing: [] };
}

/** Says how it failed and goes on: the till would end here, and what it still does must not harm. */
async function attempt(work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    say({ say: "refused", code: error instanceof TillError ? error.code : String(error) });
  }
}

const stepWork: Partial<Record<FailingCase["step"], (parts: ActionParts) => void | Promise<void>>> = {
  sale: sellForCash,
  "wallet-sale": sellForWallet,
  refund: giveBack,
  shift: changeShift,
  checkpoint: sellForCash,
  setting: ({ till }) => till.keep([["setting name", "new"]]),
  backup: backUp,
};

async function runCase({ name, step, call, number, how, error = "EIO", closes }: FailingCase): Promise<void> {
  const folder = join(disk, name);
  const fail = () => order(`fail ${call} ${number === 0 ? 1_000_000 : number} ${how} ${constants.errno[error]} *`);
  let ledger: Ledger | undefined;
  say({ say: "case", name });
  if (step === "first-start" || step.startsWith("start")) {
    fail();
    await attempt(() => void (ledger = open(folder)));
  } else {
    const running = (ledger = open(folder));
    // The log is full: the next sale also copies it into the database.
    if (step === "checkpoint") databaseOf(join(folder, "ledger.db")).pragma("wal_autocheckpoint = 1");
    fail();
    await attempt(() => (stepWork[step] ?? (() => running.close()))(partsOf(running, name)));
  }
  say({ say: "done" });
  if (ledger === undefined || step === "close") return order("fail off");
  const parts = partsOf(ledger, name);
  await attempt(() => sellForCash(parts));
  order("fail off");
  await attempt(() => parts.till.keep([["setting name", "later"]]));
  await attempt(() => changeShift(parts));
  if (closes) await attempt(() => parts.till.ledger.close());
}

for (const each of JSON.parse(cases) as FailingCase[]) {
  if (mode !== "restart") await runCase(each);
  else {
    say({ say: "case", name: each.name });
    await attempt(() => sellForCash(partsOf(open(join(disk, each.name)), each.name)));
  }
}
process.kill(process.pid, "SIGKILL");
