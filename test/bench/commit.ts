import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIdSource } from "../../main/ledger/ids.ts";
import { openLedger } from "../../main/ledger/open.ts";
import { median, rounded } from "./figures.ts";
import { openRawFlush } from "./raw-flush.ts";
import { createSelling, type Selling } from "./selling.ts";

const roundCount = 11;

/** Small blocks, so that a slow tenth of a second of the machine hits all three alike. */
const blocksPerRound = 12;
const operationsPerBlock = 25;

/** So many sales that the write-ahead log has been written round twice, the tables are deep and the code is warm. */
const warmUpBlocks = 40;

/** What a durable sale costs in flushes of the same disk. */
export interface CommitResult {
  name: "commit";
  /** The median over the rounds of the time of `sale.settled` in one `append` / the time of a flush. */
  flushTimes: number;
  /** The same of all that a till commits for a cash sale: the entries of sale and drawer, the receipt's print job, the next basket. */
  wholeSaleFlushTimes: number;
  rounds: number;
  saleMicros: number;
  wholeSaleMicros: number;
  flushMicros: number;
  /** What making that receipt takes before, in the same transaction; it is no part of the figures above. */
  receiptMicros: number;
  /** What the ledger's file grows by for a `sale.settled` of three lines. */
  bytesPerSale: number;
}

/** Microseconds of one operation of each kind. */
type Round = { flushMicros: number; saleMicros: number; wholeSaleMicros: number; receiptMicros: number };

/**
 * Measures what a durable, signed sale of three lines costs (journal, postings, balances, sale row and mark; nothing left
 * out) against the least that any durable write costs on the same disk: overwriting 4 KiB in place and fdatasync. All
 * take turns within one run, so that a slow minute of the machine hits both. Means within a round hold everything that
 * happens once in many sales, copying the log back into the database included.
 * @param folder Where to measure; a temporary folder when left out. It has to be on the disk that is meant.
 */
export async function benchCommit(folder = tmpdir()): Promise<CommitResult> {
  const place = mkdtempSync(join(folder, "suanpan-bench-commit-"));
  const ids = createIdSource({ now: () => Date.now(), random: (count) => randomBytes(count) });
  const clock = { now: () => Date.now(), zone: "Asia/Shanghai" };
  const ledger = openLedger({ folder: join(place, "till"), clock, ids, softwareVersion: "bench" });
  const overwrite = openRawFlush(join(place, "blocks"));
  try {
    const selling = createSelling(ledger, ids);
    await measureRound(overwrite.once, selling, warmUpBlocks);
    const rounds: Round[] = [];
    for (let round = 0; round < roundCount; round += 1) {
      rounds.push(await measureRound(overwrite.once, selling, blocksPerRound));
    }
    const middle = (of: (round: Round) => number) => rounded(median(rounds.map(of)));
    return {
      name: "commit",
      flushTimes: middle(({ saleMicros, flushMicros }) => saleMicros / flushMicros),
      wholeSaleFlushTimes: middle(({ wholeSaleMicros, flushMicros }) => wholeSaleMicros / flushMicros),
      rounds: roundCount,
      saleMicros: middle(({ saleMicros }) => saleMicros),
      wholeSaleMicros: middle(({ wholeSaleMicros }) => wholeSaleMicros),
      flushMicros: middle(({ flushMicros }) => flushMicros),
      receiptMicros: middle(({ receiptMicros }) => receiptMicros),
      bytesPerSale: await measureGrowth(join(place, "growth")),
    };
  } finally {
    overwrite.close();
    ledger.close();
    rmSync(place, { recursive: true, force: true });
  }
}

async function measureRound(overwriteOnce: () => void, selling: Selling, blocks: number): Promise<Round> {
  const round: Round = { flushMicros: 0, saleMicros: 0, wholeSaleMicros: 0, receiptMicros: 0 };
  for (let block = 0; block < blocks; block += 1) {
    const all = Array.from({ length: operationsPerBlock }, () => overwriteOnce);
    round.flushMicros += measure(all) / blocks;
    round.saleMicros += measure(selling.sales(operationsPerBlock)) / blocks;
    round.wholeSaleMicros += measure(selling.wholeSales(operationsPerBlock)) / blocks;
    round.receiptMicros += measure(selling.receipts(1)) / blocks;
    // Lets the marks flush, as they do between two shoppers.
    await new Promise(setImmediate);
  }
  return round;
}

/** The mean time of an operation, in microseconds. */
function measure(operations: readonly (() => void)[]): number {
  const startMs = performance.now();
  for (const operation of operations) operation();
  return ((performance.now() - startMs) * 1000) / operations.length;
}

/** A ledger of its own: a closed one has no log beside it any more. */
async function measureGrowth(folder: string): Promise<number> {
  const ids = createIdSource({ now: () => Date.now(), random: (count) => randomBytes(count) });
  const clock = { now: () => Date.now(), zone: "Asia/Shanghai" };
  const sizeAfter = (count: number): number => {
    const ledger = openLedger({ folder, clock, ids, softwareVersion: "bench" });
    for (const sell of createSelling(ledger, ids).sales(count)) sell();
    ledger.close();
    return statSync(join(folder, "ledger.db")).size;
  };
  const counted = 1000;
  const before = sizeAfter(counted);
  return Math.round((sizeAfter(counted) - before) / counted);
}
