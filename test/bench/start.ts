import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startDemoShop } from "../../main/demo/shop.ts";
import { median, rounded } from "./figures.ts";

const run = promisify(execFile);
/** The supervisor takes more ends within a minute for a fault; each of these is one that was asked for. */
const roundCount = 5;

/** How long a till takes from its process's start to ready to sell, in starts of an empty Node process. */
export interface StartResult {
  name: "start";
  ratio: number;
  rounds: number;
  readyMs: number;
  emptyProcessMs: number;
}

/**
 * Measures the till's cold start on a ledger that has sold before, against the least that any program on the same
 * runtime needs: a Node process that does nothing. Both take turns in one run.
 */
export async function benchStart(): Promise<StartResult> {
  const folder = mkdtempSync(join(tmpdir(), "suanpan-bench-start-"));
  const shop = await startDemoShop({
    folder,
    ports: { till: 0, counter: 0, platform: 0 },
    discard: true,
    onWords: () => {},
  });
  const rounds: { readyMs: number; emptyProcessMs: number }[] = [];
  try {
    for (let round = 0; round < roundCount; round += 1) {
      const emptyProcessMs = await timeMs(() => run(process.execPath, ["-e", "0"]));
      const readyMs = await timeMs(() => shop.till.crash());
      rounds.push({ readyMs, emptyProcessMs });
    }
  } finally {
    await shop.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    name: "start",
    ratio: rounded(median(rounds.map(({ readyMs, emptyProcessMs }) => readyMs / emptyProcessMs))),
    rounds: roundCount,
    readyMs: rounded(median(rounds.map(({ readyMs }) => readyMs))),
    emptyProcessMs: rounded(median(rounds.map(({ emptyProcessMs }) => emptyProcessMs))),
  };
}

async function timeMs(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}
