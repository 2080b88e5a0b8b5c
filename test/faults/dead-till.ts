import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TillError } from "../../main/contract/errors.ts";
import { createIdSource } from "../../main/ledger/ids.ts";
import type { Ledger } from "../../main/ledger/open.ts";
import { cashSale } from "../main/ledger/sales.ts";
import { temporaryFolder } from "../main/ledger/support.ts";
import { openAgain } from "./check-ledger.ts";
import { seededChance } from "./random.ts";

/** The data folder of a till that was killed, and what it had called stored. */
export interface DeadTill {
  folder: string;
  stored: ReadonlyMap<number, string>;
  /** Its write-ahead log. */
  log: Buffer;
}

const startMs = Date.UTC(2026, 0, 1);

/** Sells so often; gives what is stored. */
export function sell(ledger: Ledger, sales: number, seed: number): [number, string][] {
  const chance = seededChance(seed);
  const ids = createIdSource({ now: () => startMs, random: (count) => chance.bytes(count) });
  return Array.from({ length: sales }, () => ledger.append([cashSale(ledger, ids)]))
    .flat()
    .map(({ seq, hash }) => [seq, hash]);
}

/** A till that was killed with all it ever did in its log, or, `after` a clean start, only its last five sales. */
export function killedTill(after: "first-start" | "clean-start"): DeadTill {
  const live = join(temporaryFolder(), "till");
  const folder = join(temporaryFolder(), "till");
  let ledger = openAgain(live, seededChance(1), startMs);
  try {
    const stored = sell(ledger, 3, 1);
    if (after === "clean-start") {
      ledger.close();
      ledger = openAgain(live, seededChance(2), startMs);
    }
    stored.push(...sell(ledger, 5, 2));
    cpSync(live, folder, { recursive: true });
    return { folder, stored: new Map(stored), log: readFileSync(join(folder, "ledger.db-wal")) };
  } finally {
    ledger.close();
  }
}

/** A copy of the folder of a dead till, in which something is then done to its files. */
export function damagedCopy({ folder }: DeadTill, damage: (copy: string) => void): string {
  const copy = join(temporaryFolder(), "till");
  cpSync(folder, copy, { recursive: true });
  damage(copy);
  return copy;
}

/**
 * What the next start makes of it: `whole` when everything that was called stored is there, `silent` when something is missing
 * and the till opened all the same, else the code of its refusal.
 */
export function nextStart(folder: string, { stored }: DeadTill): string {
  let ledger: Ledger;
  try {
    ledger = openAgain(folder, seededChance(3));
  } catch (error) {
    return error instanceof TillError ? error.code : String(error);
  }
  try {
    return [...stored].every(([seq, hash]) => ledger.entry(seq)?.hash === hash) ? "whole" : "silent";
  } finally {
    ledger.close();
  }
}

/** The logs that refused openings have kept. */
export function keptLogs(folder: string): Buffer[] {
  const aside = join(folder, "set-aside");
  if (!existsSync(aside)) return [];
  return readdirSync(aside).map((name) => readFileSync(join(aside, name)));
}
