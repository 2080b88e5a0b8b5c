import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startChild } from "../../main/child.ts";
import { startDemoShop } from "../../main/demo/shop.ts";
import { tillEntry, type TillReady } from "../../main/demo/till-start.ts";
import { createIdSource } from "../../main/ledger/ids.ts";
import { openLedger } from "../../main/ledger/open.ts";
import { median, rounded } from "./figures.ts";
import { manySales } from "./sales.ts";

const run = promisify(execFile);
const roundCount = 7;
const entryCount = 100_000;

/** Nothing listens there: a till that starts without its platform is refused at once, and sells. */
const noPlatform = "http://127.0.0.1:9";

/** How long a till takes from its process's start to ready to sell, in starts of an empty Node process. */
export interface StartResult {
  name: "start";
  /** Of a till whose ledger is new. */
  ratio: number;
  /** How much longer a till takes whose ledger has `entries` entries: the median of the rounds' quotients. */
  longRatio: number;
  entries: number;
  rounds: number;
  readyMs: number;
  longReadyMs: number;
  emptyProcessMs: number;
}

type Round = { readyMs: number; longReadyMs: number; emptyProcessMs: number };

/**
 * Measures the till's cold start, on a new ledger and on a long one that nobody has read back yet, against the least that
 * any program on the same runtime needs: a Node process that does nothing. All three take turns in one run, and each till
 * is killed as soon as it is ready, so that every start meets a log that has to be taken in.
 * @param count How many entries the long ledger has at least.
 */
export async function benchStart(count = entryCount): Promise<StartResult> {
  const place = mkdtempSync(join(tmpdir(), "suanpan-bench-start-"));
  try {
    const fresh = join(place, "fresh");
    await enrolTill(fresh);
    const long = join(place, "long");
    cpSync(fresh, long, { recursive: true });
    const entries = lengthen(long, count);
    const rounds: Round[] = [];
    // The first round fills the caches of the system, for all three alike.
    for (let round = 0; round <= roundCount; round += 1) {
      const emptyProcessMs = await timeMs(() => run(process.execPath, ["-e", "0"]));
      rounds.push({ emptyProcessMs, readyMs: await readyMs(fresh), longReadyMs: await readyMs(long) });
    }
    return resultOf(rounds.slice(1), entries);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function resultOf(rounds: Round[], entries: number): StartResult {
  const middle = (of: (round: Round) => number) => rounded(median(rounds.map(of)));
  return {
    name: "start",
    ratio: middle((round) => round.readyMs / round.emptyProcessMs),
    longRatio: middle((round) => round.longReadyMs / round.readyMs),
    entries,
    rounds: rounds.length,
    readyMs: middle((round) => round.readyMs),
    longReadyMs: middle((round) => round.longReadyMs),
    emptyProcessMs: middle((round) => round.emptyProcessMs),
  };
}

/** The data folder of a till of the demo shop that has its goods and has sold nothing. */
async function enrolTill(folder: string): Promise<void> {
  const shopFolder = mkdtempSync(join(tmpdir(), "suanpan-bench-shop-"));
  try {
    const ports = { till: 0, counter: 0, platform: 0 };
    const shop = await startDemoShop({ folder: shopFolder, ports, discard: true, onWords: () => {} });
    await shop.stop();
    cpSync(shopFolder, folder, { recursive: true, filter: (file) => !/\/(?:platform|counter)$|\.sock$/.test(file) });
  } finally {
    rmSync(shopFolder, { recursive: true, force: true });
  }
}

function lengthen(folder: string, count: number): number {
  const ids = createIdSource({ now: () => Date.now(), random: (bytes) => randomBytes(bytes) });
  const clock = { now: () => Date.now(), zone: "Asia/Shanghai" };
  const ledger = openLedger({ folder, clock, ids, softwareVersion: "bench" });
  try {
    while (ledger.head().seq < count) ledger.append(manySales(ledger.nextReceiptNumber(), ids));
    return ledger.head().seq;
  } finally {
    ledger.close();
  }
}

async function readyMs(folder: string): Promise<number> {
  const before = performance.now();
  const till = await startChild<TillReady>(tillEntry, ["--data", folder, "--port", "0", "--platform", noPlatform]);
  const ms = performance.now() - before;
  await till.kill();
  return ms;
}

async function timeMs(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}
