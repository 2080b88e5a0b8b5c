import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TillError } from "../../main/contract/errors.ts";
import { createIdSource } from "../../main/ledger/ids.ts";
import { type Ledger, openLedger } from "../../main/ledger/open.ts";
import { verifyLedger } from "../../main/ledger/verify/verify.ts";
import { cashSale } from "../main/ledger/sales.ts";
import { seededChance } from "./random.ts";

/**
 * A till on a disk of 3 MB, which is the folder of its first argument. It sells until the disk is full, reads, is closed,
 * verified on another one, opened again, and sells on once there is room; then its disk becomes read-only. Prints what happened as JSON.
 */
const [, , disk = ""] = process.argv;
const chance = seededChance(3);
let nowMs = Date.UTC(2026, 10, 20);
const clock = { now: () => (nowMs += 1000), zone: "Asia/Shanghai" };
const ids = createIdSource({ now: () => nowMs, random: (count) => chance.bytes(count) });
const folder = join(disk, "till");
const filler = join(disk, "filler");
const reserve = join(folder, "reserve");
const reported: string[] = [];

function open(): Ledger {
  return openLedger({
    folder,
    clock,
    ids,
    softwareVersion: "1.0.0",
    disk: { reserveBytes: 256 * 1024, lowBytes: 1024 * 1024, stopBytes: 320 * 1024 },
    timers: { setTimer: () => ({}), clearTimer: () => {} },
    report: (error) => void reported.push(String(error)),
  });
}

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof TillError ? error.code : String(error);
  }
}

const stored = new Map<number, string>();
const states: string[] = [];

function sellUntilRefused(ledger: Ledger): string | undefined {
  for (let count = 0; count < 10_000; count += 1) {
    const { state } = ledger.disk();
    if (states.at(-1) !== state) states.push(state);
    const code = codeOf(() => {
      for (const { seq, hash } of ledger.append([cashSale(ledger, ids)])) stored.set(seq, hash);
    });
    if (code !== undefined) return code;
  }
  return undefined;
}

/** Entries that were called stored and are not there. */
const missing = (ledger: Ledger): number =>
  [...stored].filter(([seq, hash]) => ledger.entry(seq)?.hash !== hash).length;

/** Verifies a copy on another disk: reading a log takes SQLite a little room of its own beside it. */
async function verifyElsewhere(): Promise<unknown> {
  const elsewhere = mkdtempSync(join(tmpdir(), "suanpan-copy-"));
  try {
    cpSync(folder, elsewhere, { recursive: true });
    const { ok, entries, firstBroken } = await verifyLedger({ folder: elsewhere });
    return { ok, entries, firstBroken };
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
}

writeFileSync(filler, Buffer.alloc(1024 * 1024));
const first = open();
const hadReserve = existsSync(reserve);
const refusedFirst = sellUntilRefused(first);
const reserveUsed = !existsSync(reserve);
const full = {
  refused: refusedFirst,
  refusedAgain: codeOf(() => first.append([cashSale(first, ids)])),
  sold: stored.size,
  head: first.head().seq,
  receiptsFollow: first.nextReceiptNumber() === stored.size + 1,
  missing: missing(first),
  read: first.recentSales(5).length,
  backup: await first.copyTo(join(folder, "copy.db")).then(
    () => "made",
    (error: unknown) => (error instanceof TillError ? error.code : String(error)),
  ),
  leftOver: readdirSync(folder).filter((name) => name.startsWith("copy.db")),
};
first.close();
const verifiedFull = await verifyElsewhere();
let ledger = open();
const openedFull = {
  head: ledger.head().seq,
  missing: missing(ledger),
  refused: sellUntilRefused(ledger),
};
rmSync(filler);
const soldOn = codeOf(() => {
  for (let count = 0; count < 20; count += 1) {
    for (const { seq, hash } of ledger.append([cashSale(ledger, ids)])) stored.set(seq, hash);
  }
});
const roomAgain = {
  refused: soldOn,
  disk: ledger.disk().state,
  reserveAgain: existsSync(reserve),
  missing: missing(ledger),
};
ledger.close();
const { ok, entries, firstBroken } = await verifyLedger({ folder });
const verifiedAfter = { ok, entries, firstBroken };

execFileSync("mount", ["-o", "remount,ro", disk]);
const readOnly = codeOf(() => open().close());
execFileSync("mount", ["-o", "remount,rw", disk]);
ledger = open();
const writable = {
  head: ledger.head().seq,
  missing: missing(ledger),
  refused: codeOf(() => ledger.append([cashSale(ledger, ids)])),
};
ledger.close();

const result = {
  hadReserve,
  reserveUsed,
  states,
  full,
  verifiedFull,
  openedFull,
  roomAgain,
  verifiedAfter,
  readOnly,
  writable,
  reported,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
