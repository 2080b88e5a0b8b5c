import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { TillError } from "../../main/contract/errors.ts";
import { createIdSource } from "../../main/ledger/ids.ts";
import { type Ledger, openLedger } from "../../main/ledger/open.ts";
import { verifyLedger } from "../../main/ledger/verify/verify.ts";
import { cashSale } from "../main/ledger/sales.ts";
import type { Chance } from "./random.ts";
import { smallReserve } from "./small-reserve.ts";
import { readKept, type Transaction, type Witness } from "./witness.ts";

/** What a restart showed. All but `refused` has to be zero or empty. */
export interface Findings {
  /** Called stored and not there. */
  lost: number;
  /** There twice. */
  doubled: number;
  /** Lost, and the till opened without a word of it. */
  unseen: number;
  /** In words, with the reason for each of the above. */
  complaints: string[];
  /** The code that the opening was refused with. */
  refused?: string;
}

/** Later than what most tests' tills have written. */
const laterMs = Date.UTC(2030, 0, 1);

/** What openings and clocks write of themselves: no transaction announces them. */
const ownTypes: ReadonlySet<string> = new Set(["ledger.opened", "clock.jumped", "software.updated", "incident"]);

/**
 * Restarts a till on what a fault has left and holds it against the witness: it opens, everything that was called stored is
 * there once, what was in doubt is there whole or not at all, selling goes on with the next receipt, the ledger
 * verifies and its projections are those that a rebuild makes. The witness learns what the ledger then holds.
 */
export async function checkLedger(
  folder: string,
  witness: Witness,
  chance: Chance,
  { startMs = laterMs, rebuilds = true }: { startMs?: number; rebuilds?: boolean } = {},
): Promise<Findings> {
  const findings: Findings = { lost: 0, doubled: 0, unseen: 0, complaints: [] };
  let ledger: Ledger;
  try {
    ledger = openAgain(folder, chance, startMs);
  } catch (error) {
    // Whatever it is: a shop whose till does not come back is a complaint, and what it cannot show is lost to it.
    const detail = error instanceof TillError ? `${error.code} ${JSON.stringify(error.params)}` : String(error);
    findings.complaints.push(`The ledger does not open: ${detail}`);
    findings.lost = witness.entries.size;
    return { ...findings, refused: error instanceof TillError ? error.code : "unknown" };
  }
  try {
    checkStored(ledger, witness, findings);
    checkDoubtful(ledger, witness, findings);
    checkOnce(ledger, findings);
    sellOn(ledger, chance, findings);
    const keeps = [...witness.kept, ...witness.doubtful.flatMap((transaction) => transaction.keeps)];
    witness.learn(
      allEntries(ledger),
      keeps.map(([name]) => [name, readKept(ledger, name)]),
    );
  } finally {
    ledger.close();
  }
  await checkVerified(folder, findings);
  if (rebuilds) checkRebuilt(folder, () => openAgain(folder, chance, startMs), findings);
  return findings;
}

/** Opens the ledger as the till's next start does, by a clock that is later than everything the till before has written. */
export function openAgain(folder: string, chance: Chance, startMs = laterMs): Ledger {
  let nowMs = startMs;
  return openLedger({
    folder,
    clock: { now: () => (nowMs += 1000), zone: "Asia/Shanghai" },
    ids: createIdSource({ now: () => nowMs, random: (count) => chance.bytes(count) }),
    softwareVersion: "1.0.0",
    disk: smallReserve,
    timers: { setTimer: () => ({}), clearTimer: () => {} },
    report(error) {
      throw error;
    },
  });
}

function* allEntries(ledger: Ledger) {
  for (let seq = 1; seq <= ledger.head().seq; seq += 1) {
    const entry = ledger.entry(seq);
    if (entry !== undefined) yield entry;
  }
}

function checkStored(ledger: Ledger, witness: Witness, findings: Findings): void {
  for (const [seq, hash] of witness.entries) {
    if (ledger.entry(seq)?.hash === hash) continue;
    findings.lost += 1;
    findings.unseen += 1;
    findings.complaints.push(`Entry ${seq} was called stored and is not there`);
  }
  const inDoubt = new Set(witness.doubtful.flatMap(({ keeps }) => keeps.map(([name]) => name)));
  for (const [name, value] of witness.kept) {
    const found = readKept(ledger, name);
    if (inDoubt.has(name) || found === value || isToldDoubt(ledger, witness, value, found)) continue;
    findings.lost += 1;
    findings.unseen += 1;
    findings.complaints.push(`"${name}" was called kept and is not there as it was`);
  }
}

/**
 * Whether a start has told that the end of the log could not be read, and holds back paper for that reason. After a torn
 * write nobody can know whether it was one of a change that had been confirmed, so no job that waits is printed by itself.
 */
function isToldDoubt(ledger: Ledger, { entries }: Witness, kept: string | null, found: string | null): boolean {
  if (kept !== "waiting" || found !== "sending") return false;
  const last = Math.max(0, ...entries.keys());
  return ledger.incidents(10).some(({ code, seq }) => code === "log.cut" && seq > last);
}

function checkDoubtful(ledger: Ledger, witness: Witness, findings: Findings): void {
  const { entries, kept, doubtful } = witness;
  const ids = new Set(doubtful.flatMap((transaction) => transaction.ids));
  for (let seq = Math.max(0, ...entries.keys()) + 1; seq <= ledger.head().seq; seq += 1) {
    const entry = ledger.entry(seq);
    if (entry !== undefined && (ids.has(entry.id) || ownTypes.has(entry.type))) continue;
    findings.complaints.push(`Entry ${seq} (${entry?.type}) is there and nobody has announced it`);
  }
  const names = doubtful.flatMap(({ keeps }) => keeps.map(([name]) => name));
  const found = new Map(names.map((name) => [name, readKept(ledger, name)]));
  const before = new Map(names.map((name) => [name, kept.get(name) ?? null]));
  const isThere = (id: string): boolean => ledger.entryById(id) !== undefined;
  const asKept = new Map(
    [...found].map(([name, value]) => {
      const keptAs = before.get(name) ?? null;
      return [name, isToldDoubt(ledger, witness, keptAs, value) ? keptAs : value];
    }),
  );
  if (!wholeOrNot(doubtful, before, found, isThere) && !wholeOrNot(doubtful, before, asKept, isThere)) {
    findings.complaints.push(`A transaction is there by half: ${JSON.stringify(doubtful).slice(0, 300)}`);
  }
}

/** Whether what was found is what some of the transactions, each whole or not at all, make of what was there before. */
function wholeOrNot(
  [first, ...rest]: readonly Transaction[],
  before: ReadonlyMap<string, string | null>,
  found: ReadonlyMap<string, string | null>,
  isThere: (id: string) => boolean,
): boolean {
  if (first === undefined) return [...found].every(([name, value]) => before.get(name) === value);
  const there = first.ids.filter(isThere).length;
  const after = new Map([...before, ...first.keeps]);
  // Without entries of its own nothing says directly whether it was stored.
  const stored = there === first.ids.length && wholeOrNot(rest, after, found, isThere);
  return stored || (there === 0 && wholeOrNot(rest, before, found, isThere));
}

function checkOnce(ledger: Ledger, findings: Findings): void {
  const seen = new Set<string>();
  for (const { id, type, text } of allEntries(ledger)) {
    const { body } = JSON.parse(text) as { body: { receiptNumber?: number } };
    const names = type.endsWith(".settled") ? [id, `receipt ${body.receiptNumber}`] : [id];
    for (const name of names) {
      if (seen.has(name)) {
        findings.doubled += 1;
        findings.complaints.push(`${name} is there twice`);
      }
      seen.add(name);
    }
  }
}

function sellOn(ledger: Ledger, chance: Chance, findings: Findings): void {
  const ids = createIdSource({ now: () => laterMs, random: (count) => chance.bytes(count) });
  const last = ledger.recentSales(1)[0]?.receiptNumber ?? 0;
  const sale = cashSale(ledger, ids);
  ledger.append([sale]);
  if (sale.body.receiptNumber !== last + 1)
    findings.complaints.push(`Receipt ${sale.body.receiptNumber} follows ${last}`);
}

async function checkVerified(folder: string, findings: Findings): Promise<void> {
  const { firstBroken, ok } = await verifyLedger({ folder });
  if (!ok) findings.complaints.push(`The ledger does not verify: ${JSON.stringify(firstBroken)}`);
}

const projections = ["postings", "balances", "sales", "payments", "shifts", "prints", "enrolments", "business_days"];

function checkRebuilt(folder: string, open: () => Ledger, findings: Findings): void {
  const before = readProjections(folder);
  const ledger = open();
  try {
    ledger.rebuild();
  } finally {
    ledger.close();
  }
  const after = readProjections(folder);
  for (const [index, table] of projections.entries()) {
    if (before[index] !== after[index]) findings.complaints.push(`A rebuild makes other ${table}`);
  }
}

function readProjections(folder: string): string[] {
  const database = new Database(join(folder, "ledger.db"), { readonly: true });
  try {
    return projections.map((table) => JSON.stringify(database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()));
  } finally {
    database.close();
  }
}

/**
 * Holds the backups in a folder against the witness: one that was called made is there, and whatever has the name of a
 * backup is a whole ledger.
 */
export async function checkCopies(backups: string, witness: Witness): Promise<Findings> {
  const findings: Findings = { lost: 0, doubled: 0, unseen: 0, complaints: [] };
  const names = existsSync(backups) ? readdirSync(backups).filter((name) => /^backup-\d+\.db$/.test(name)) : [];
  for (const [file, seq] of witness.copies) {
    const name = names.find((other) => file.endsWith(`/${other}`));
    if (name === undefined) findings.complaints.push(`The backup ${file} was called made and is not there`);
    else if ((await entriesIn(join(backups, name))) < seq)
      findings.complaints.push(`The backup ${name} is older than it was called`);
  }
  for (const name of names) {
    if ((await entriesIn(join(backups, name))) === 0)
      findings.complaints.push(`${name} has the name of a backup and is none`);
  }
  return findings;
}

async function entriesIn(file: string): Promise<number> {
  try {
    const { ok, entries } = await verifyLedger({ database: file });
    return ok ? entries : 0;
  } catch (error) {
    if (error instanceof TillError) return 0;
    throw error;
  }
}
