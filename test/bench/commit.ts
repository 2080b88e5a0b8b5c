import { randomBytes } from "node:crypto";
import { closeSync, fdatasyncSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NewEntry } from "../../main/ledger/entries.ts";
import { createIdSource, type IdSource } from "../../main/ledger/ids.ts";
import { type Ledger, openLedger } from "../../main/ledger/open.ts";
import { median, rounded } from "./figures.ts";

const roundCount = 11;
const operationsPerRound = 300;
const blockBytes = 4096;
const blockCount = 256;

/** What a durable sale costs in flushes of the same disk. */
export interface CommitResult {
  name: "commit";
  /** The median over the rounds of sale time / flush time. */
  flushTimes: number;
  rounds: number;
  saleMicros: number;
  flushMicros: number;
}

/**
 * Measures what a durable, signed sale of three lines costs (journal, postings, balances, sale row and mark; nothing left
 * out) against the least that any durable write costs on the same disk: overwriting 4 KiB in place and fdatasync. Both
 * take turns within one run, so that a slow minute of the machine hits both.
 * @param folder Where to measure; a temporary folder when left out. It has to be on the disk that is meant.
 */
export async function benchCommit(folder = tmpdir()): Promise<CommitResult> {
  const place = mkdtempSync(join(folder, "suanpan-bench-commit-"));
  const ids = createIdSource({ now: () => Date.now(), random: (count) => randomBytes(count) });
  const clock = { now: () => Date.now(), zone: "Asia/Shanghai" };
  const ledger = openLedger({ folder: join(place, "till"), clock, ids, softwareVersion: "bench" });
  const blocks = openBlocks(join(place, "blocks"));
  try {
    // A till has sold before: the write-ahead log has reached its size and the code is warm.
    measureSales(1500, ledger, ids);
    const rounds: { saleMicros: number; flushMicros: number }[] = [];
    for (let round = 0; round < roundCount; round += 1) {
      const flushMicros = measure(operationsPerRound, (index) => overwriteOnce(blocks, index));
      const saleMicros = measureSales(operationsPerRound, ledger, ids);
      rounds.push({ saleMicros, flushMicros });
      // Lets the marks flush, as they do between two shoppers.
      await new Promise(setImmediate);
    }
    return {
      name: "commit",
      flushTimes: rounded(median(rounds.map(({ saleMicros, flushMicros }) => saleMicros / flushMicros))),
      rounds: roundCount,
      saleMicros: rounded(median(rounds.map(({ saleMicros }) => saleMicros))),
      flushMicros: rounded(median(rounds.map(({ flushMicros }) => flushMicros))),
    };
  } finally {
    closeSync(blocks);
    ledger.close();
    rmSync(place, { recursive: true, force: true });
  }
}

function measure(count: number, operation: (index: number) => void): number {
  const startMs = performance.now();
  for (let index = 0; index < count; index += 1) operation(index);
  return ((performance.now() - startMs) * 1000) / count;
}

function openBlocks(file: string): number {
  const handle = openSync(file, "w");
  const block = Buffer.alloc(blockBytes, 1);
  for (let index = 0; index < blockCount; index += 1) writeSync(handle, block, 0, blockBytes, index * blockBytes);
  fsyncSync(handle);
  return handle;
}

const block = Buffer.alloc(blockBytes, 2);

function overwriteOnce(handle: number, index: number): void {
  writeSync(handle, block, 0, blockBytes, (index % blockCount) * blockBytes);
  fdatasyncSync(handle);
}

/** The sales are put together before the time is taken: a shopper's basket has been filled when it is paid. */
function measureSales(count: number, ledger: Ledger, ids: IdSource): number {
  const first = ledger.nextReceiptNumber();
  const sales = Array.from({ length: count }, (_, index) => saleOf(first + index, ids));
  return measure(count, (index) => ledger.append(sales.slice(index, index + 1)));
}

function saleOf(receiptNumber: number, ids: IdSource): NewEntry {
  const lines = Array.from({ length: 3 }, (_, index) => ({
    lineId: ids.uuid(),
    itemId: `item-${index}`,
    gtin14: "06901234567892",
    name: { en: "Jasmine tea 500 ml", "zh-CN": "茉莉花茶 500 毫升" },
    unit: "each" as const,
    quantity: 2,
    unitPriceMinor: 550,
    totalMinor: 1100,
    taxClass: "standard",
    scanHex: "36393031323334353637383932",
  }));
  return {
    id: ids.uuid(),
    type: "sale.settled",
    body: {
      saleId: ids.uuid(),
      receiptNumber,
      receiptCode: `1-${receiptNumber}`,
      currency: "CNY",
      priceIncludesTax: true,
      catalogCursor: 12,
      lines,
      taxes: [{ taxClass: "standard", ratePartsPerMillion: 130_000, grossMinor: 3300, taxMinor: 380 }],
      totalMinor: 3300,
      tenders: [{ kind: "cash", amountMinor: 3300, roundingMinor: 0, tenderedMinor: 5000, changeMinor: 1700 }],
      postings: [
        { account: "cash:1", amountMinor: 3300, currency: "CNY" },
        { account: "sales:standard", amountMinor: -2920, currency: "CNY" },
        { account: "tax:130000", amountMinor: -380, currency: "CNY" },
      ],
    },
  };
}
