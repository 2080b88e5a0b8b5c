import { createPublicKey, hash as hashOf, randomBytes, verify } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { entrySigningBytes } from "../../sync/protocol/entry.ts";
import { createIdSource } from "../../main/ledger/ids.ts";
import { openLedger } from "../../main/ledger/open.ts";
import { verifyLedger } from "../../main/ledger/verify/verify.ts";
import { median, rounded } from "./figures.ts";
import { manySales } from "./sales.ts";

const roundCount = 7;
const entryCount = 20_000;

/** What a full verification costs. */
export interface VerifyBenchResult {
  name: "verify";
  /** The median over the rounds of verify time / time of the bare minimum. */
  ratio: number;
  /** The same of the time that processors were at work for it: it hardly changes while others use the machine. */
  workRatio: number;
  rounds: number;
  entries: number;
  entriesPerSecond: number;
  bareEntriesPerSecond: number;
  /** How much more memory the process held at its height while it verified than before, in bytes. */
  memoryBytes: number;
}

/**
 * Measures the full verification of a ledger's file (pages, canonical texts, chain, signatures, rules, every table row by
 * row) against the least that any verification has to do: SHA-256 and Ed25519 over the same texts, already in memory, on the
 * same threads. Both take turns within one run.
 * @param count How many entries the ledger has at least.
 */
export async function benchVerify(count = entryCount): Promise<VerifyBenchResult> {
  const place = mkdtempSync(join(tmpdir(), "suanpan-bench-verify-"));
  try {
    const folder = join(place, "till");
    const journal = makeLedger(folder, count);
    const source = { database: join(folder, "ledger.db") };
    await verifyLedger(source, undefined, "own");
    await verifyBare(journal);
    const rounds: { verified: Cost; bare: Cost }[] = [];
    let memoryBytes = 0;
    for (let round = 0; round < roundCount; round += 1) {
      const bare = await measured(() => verifyBare(journal));
      const before = process.memoryUsage().rss;
      let height = before;
      const verified = await measured(async () => {
        const look = () => void (height = Math.max(height, process.memoryUsage().rss));
        const { ok } = await verifyLedger(source, look, "own");
        if (!ok) throw new Error("The ledger that was made does not verify");
      });
      memoryBytes = Math.max(memoryBytes, height - before);
      rounds.push({ verified, bare });
    }
    const perSecond = (times: number[]) => Math.round((journal.entries.length * 1000) / median(times));
    return {
      name: "verify",
      ratio: rounded(median(rounds.map(({ verified, bare }) => verified.ms / bare.ms))),
      workRatio: rounded(median(rounds.map(({ verified, bare }) => verified.workMs / bare.workMs))),
      rounds: roundCount,
      entries: journal.entries.length,
      entriesPerSecond: perSecond(rounds.map(({ verified }) => verified.ms)),
      bareEntriesPerSecond: perSecond(rounds.map(({ bare }) => bare.ms)),
      memoryBytes,
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** How long something took, and how long processors were at work for it. */
interface Cost {
  ms: number;
  workMs: number;
}

async function measured(work: () => Promise<void>): Promise<Cost> {
  const before = process.cpuUsage();
  const startMs = performance.now();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - startMs, workMs: (user + system) / 1000 };
}

interface Journal {
  publicKey: string;
  entries: { text: string; signature: Buffer }[];
}

/** A ledger as a shop's day makes it: cash and wallet, paper and drawer, and a shift's end now and then. */
function makeLedger(folder: string, count: number): Journal {
  const ids = createIdSource({ now: () => Date.now(), random: (bytes) => randomBytes(bytes) });
  const clock = { now: () => Date.now(), zone: "Asia/Shanghai" };
  const ledger = openLedger({ folder, clock, ids, softwareVersion: "bench" });
  try {
    while (ledger.head().seq < count) ledger.append(manySales(ledger.nextReceiptNumber(), ids));
    const entries: Journal["entries"] = [];
    for (const line of ledger.exportLines()) {
      const { text, signature } = JSON.parse(line) as { text: string; signature: string };
      entries.push({ text, signature: Buffer.from(signature, "hex") });
    }
    return { publicKey: ledger.identity.publicKey, entries };
  } finally {
    ledger.close();
  }
}

/** As many checks under way as keep the threads busy. */
const underWayAtMost = 4096;

async function verifyBare({ publicKey, entries }: Journal): Promise<void> {
  const x = Buffer.from(publicKey, "hex").toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  let underWay = 0;
  let wake: (() => void) | undefined;
  const until = (limit: number) =>
    new Promise<void>((resolve) => {
      wake = () => {
        if (underWay <= limit) resolve();
      };
      wake();
    });
  for (const { text, signature } of entries) {
    underWay += 1;
    verify(null, entrySigningBytes(hashOf("sha256", text, "buffer")), key, signature, (error, good) => {
      if (error !== null || !good) throw error ?? new Error("A signature does not hold");
      underWay -= 1;
      wake?.();
    });
    if (underWay >= underWayAtMost) await until(underWayAtMost / 2);
  }
  await until(0);
}
