import { cpSync, mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkCopies, checkLedger, type Findings } from "./check-ledger.ts";
import { createDisk, type Outcome } from "./disk.ts";
import { type Chance, seededChance } from "./random.ts";
import { type DiskEvent, readRecord } from "./record.ts";
import { makeRecordedPlace, type RecordedPlace } from "./recorder.ts";
import { createWitness, type Witness } from "./witness.ts";

/** How power is cut. */
export interface PowerCutOptions {
  cuts: number;
  seed: number;
  /** What the till's program sets `synchronous` to after opening; only to show that losses are found. */
  synchronous?: "NORMAL";
  /** Hears now and then how many cuts are done. */
  onProgress?(done: number): void;
}

/** What the cuts came to. All but `cuts` has to be zero or empty. */
export interface PowerCutResult extends Findings {
  cuts: number;
  /** Programs that ended by themselves. */
  crashes: number;
}

const firstDayMs = Date.UTC(2026, 10, 20);
const dayMs = 86_400_000;

/** Cuts that are made in one day of trading. */
const cutsPerDay = 5;

/** After so many entries another till begins, so that the checks stay short. */
const entriesPerTill = 600;

/**
 * Lets a till trade under the recorder, cuts the power at moments of its day, and restarts on what each cut has left. The
 * day after goes on from one of those disks, so that a till lives through many cuts.
 */
export async function cutPower(options: PowerCutOptions): Promise<PowerCutResult> {
  const shop: Shop = {
    options,
    chance: seededChance(options.seed),
    place: makeRecordedPlace(),
    left: mkdtempSync(join(tmpdir(), "suanpan-cut-")),
    witness: createWitness(),
    result: { cuts: 0, lost: 0, doubled: 0, unseen: 0, crashes: 0, complaints: [] },
  };
  try {
    for (let day = 0; shop.result.cuts < options.cuts; day += 1) {
      await liveOneDay(shop, day);
      options.onProgress?.(shop.result.cuts);
    }
    return shop.result;
  } finally {
    shop.place.remove();
    rmSync(shop.left, { recursive: true, force: true });
  }
}

/** Where days are lived: what the till of the day has said so far, and what was found. */
interface Shop {
  options: PowerCutOptions;
  chance: Chance;
  place: RecordedPlace;
  /** A folder for what is left after cuts. */
  left: string;
  witness: Witness;
  result: PowerCutResult;
}

async function liveOneDay(shop: Shop, day: number): Promise<void> {
  const { options, chance, place, result } = shop;
  const seed = options.seed * 100_000 + day;
  const startMs = firstDayMs + day * dayMs;
  const disk = createDisk(place.folder);
  const events = await trade(shop, seed, startMs);
  const cuts = chooseCuts(events, Math.min(cutsPerDay, options.cuts - result.cuts), chance);
  const goingOn = chance.below(cuts.length);
  let next: { folder: string; witness: Witness } | undefined;
  let applied = 0;
  for (const [index, cut] of cuts.entries()) {
    for (const event of events.slice(applied, cut.after)) {
      disk.apply(event);
      if (event.kind === "witness") shop.witness.hear(event.text);
    }
    applied = cut.after;
    const folder = join(shop.left, String(result.cuts));
    const witness = shop.witness.fork();
    disk.leave(folder, cut.outcome, chance);
    const found = await checkCut(folder, witness, chance, startMs + dayMs / 2);
    addFindings(result, found, `seed ${seed}, ${cut.outcome} after event ${cut.after}`);
    result.cuts += 1;
    const canGoOn = index === goingOn && found.refused === undefined && witness.entries.size < entriesPerTill;
    if (canGoOn) next = { folder, witness };
    else rmSync(folder, { recursive: true, force: true });
  }
  shop.witness = next?.witness ?? createWitness();
  startFrom(place, next?.folder);
}

/** Lets the till trade until it is gone; gives what it did. */
async function trade({ options, chance, place, result }: Shop, seed: number, startMs: number): Promise<DiskEvent[]> {
  // Each day is read on its own, however long the campaign is.
  truncateSync(place.record);
  const environment = options.synchronous === undefined ? {} : { FAULTS_SYNCHRONOUS: options.synchronous };
  const happenings = 5 + chance.below(60);
  const end = await place.run(program, [String(seed), String(happenings), String(startMs)], environment);
  if (end.signal !== "SIGKILL") {
    result.crashes += 1;
    result.complaints.push(`seed ${seed}: the till ended by itself: ${end.errors.slice(0, 2000)}`);
  }
  return readRecord(place.record).events;
}

const program = new URL("./selling-till.ts", import.meta.url);

interface Cut {
  after: number;
  outcome: Outcome;
}

/** Moments of a day, in their order: any event, and more often one beside a flush, where most can go wrong. */
function chooseCuts(events: readonly DiskEvent[], count: number, chance: Chance): Cut[] {
  const flushes = events.flatMap((event, index) => (event.kind.startsWith("sync") ? [index] : []));
  const cuts = Array.from({ length: count }, (): Cut => {
    const beside = (flushes[chance.below(flushes.length)] ?? 0) + chance.below(3);
    const anywhere = chance.below(events.length + 1);
    const after = Math.min(chance.oneIn(2) ? beside : anywhere, events.length);
    return { after, outcome: chance.pick(["power-cut", "torn", "torn", "process-ended"]) };
  });
  return cuts.sort((left, right) => left.after - right.after);
}

async function checkCut(folder: string, witness: Witness, chance: Chance, startMs: number): Promise<Findings> {
  const copies = await checkCopies(join(folder, "backups"), witness);
  const till = await checkLedger(join(folder, "till"), witness, chance, { startMs });
  return { ...till, complaints: [...copies.complaints, ...till.complaints] };
}

function addFindings(result: PowerCutResult, found: Findings, where: string): void {
  result.lost += found.lost;
  result.doubled += found.doubled;
  result.unseen += found.unseen;
  result.complaints.push(...found.complaints.map((words) => `${where}: ${words}`));
}

/** The disk of the next day: what a cut has left, or nothing. */
function startFrom(place: RecordedPlace, folder: string | undefined): void {
  rmSync(place.folder, { recursive: true, force: true });
  if (folder === undefined) return place.makeFolder();
  cpSync(folder, place.folder, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
}
