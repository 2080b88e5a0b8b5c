import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIdSource } from "../../main/ledger/ids.ts";
import { checkLedger, openAgain } from "./check-ledger.ts";
import { createDisk, type Disk } from "./disk.ts";
import { type FailingCase, failingSteps } from "./failing-case.ts";
import { type Chance, seededChance } from "./random.ts";
import { type DiskEvent, readRecord } from "./record.ts";
import { makeRecordedPlace, type RecordedPlace } from "./recorder.ts";
import { changeShift, sellForCash } from "./till-actions.ts";
import { createWitness, type Witness, type WitnessLine } from "./witness.ts";
import { witnessTill } from "./witnessed-till.ts";

const program = new URL("./failing-till.ts", import.meta.url);

/** What one till whose disk failed came to. */
export interface FailedCase extends FailingCase {
  /** Calls of the step, failed ones too. */
  flushes: number;
  writes: number;
  /** Calls that failed. */
  failed: number;
  /** What it said to the witness meanwhile. */
  said: WitnessLine[];
  /** What is wrong, in words. */
  complaints: string[];
}

/** How often each step flushes and writes, found by letting nothing fail. */
export async function countCalls(): Promise<{ step: FailingCase["step"]; flushes: number; writes: number }[]> {
  const cases = failingSteps.map((step): FailingCase => {
    return { name: step, step, call: "sync", number: 0, how: "once", closes: false };
  });
  return inPlace(cases, seededChance(1), async ({ place }) => {
    const events = await runProgram(place, [JSON.stringify(cases)], []);
    return cases.map((each) => describeCase(each, events.get(each.name) ?? []));
  });
}

/**
 * Lets a call of each case fail, cuts the power, and restarts on what is left; and starts the same till again without a
 * power cut, lets it sell, and cuts the power then, when the kernel still showed pages that were on no disk.
 */
export async function failCalls(cases: readonly FailingCase[], seed = 1): Promise<FailedCase[]> {
  const chance = seededChance(seed);
  return inPlace(cases, chance, async ({ place, scratch, known }) => {
    const disks = [createDisk(place.folder), createDisk(place.folder, { failedFlushKeeps: chance })];
    const failing = await runProgram(place, [JSON.stringify(cases)], disks);
    const results = cases.map((each) => describeCase(each, failing.get(each.name) ?? []));
    const witnesses = cases.map(({ step }) => (step === "first-start" ? createWitness() : known.fork()));
    const checkAll = async (events: ReadonlyMap<string, readonly DiskEvent[]>, when: string) => {
      for (const [index, result] of results.entries()) {
        const witness = witnesses[index] ?? createWitness();
        hearAll(witness, events.get(result.name) ?? []);
        const disk = disks[index % disks.length];
        const found = await checkLeft(disk, place, scratch, result.name, witness, chance);
        result.complaints.push(...found.map((words) => `${when}: ${words}`));
      }
    };
    await checkAll(failing, "after a power cut");
    const restarted = await runProgram(place, [JSON.stringify(cases), "restart"], disks);
    for (const result of results) {
      const refused = linesOf(restarted.get(result.name) ?? []).find((line) => line.say === "refused");
      if (refused !== undefined) result.complaints.push(`the restart was refused: ${refused.code}`);
    }
    await checkAll(restarted, "after a restart and a power cut");
    return results;
  });
}

interface PreparedPlace {
  place: RecordedPlace;
  /** A folder for what is left of a till. */
  scratch: string;
  /** What each till has stored already. */
  known: Witness;
}

/** Does something where every case has a till in its folder, and removes it all. */
async function inPlace<Result>(
  cases: readonly FailingCase[],
  chance: Chance,
  work: (prepared: PreparedPlace) => Promise<Result>,
): Promise<Result> {
  const place = makeRecordedPlace();
  const scratch = mkdtempSync(join(tmpdir(), "suanpan-flush-"));
  try {
    const known = prepareTills(scratch, chance);
    for (const { name, step } of cases) {
      const prepared = join(scratch, step === "start-after-kill" ? "killed" : "closed");
      if (step !== "first-start") cpSync(prepared, join(place.folder, name), { recursive: true });
    }
    return await work({ place, scratch, known });
  } finally {
    place.remove();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A till that was closed, and the same one as a kill leaves it, its newest entries in the log. */
function prepareTills(scratch: string, chance: Chance): Witness {
  const ids = createIdSource({ now: () => Date.UTC(2026, 0, 1), random: (count) => chance.bytes(count) });
  const ledger = openAgain(join(scratch, "closed"), chance, Date.UTC(2026, 0, 1));
  const till = witnessTill(ledger, () => {});
  const parts = { till, ids, chance, say: () => {}, backups: scratch, standing: [] };
  changeShift(parts);
  for (let count = 0; count < 6; count += 1) sellForCash(parts);
  cpSync(join(scratch, "closed"), join(scratch, "killed"), { recursive: true });
  const { seq, hash } = ledger.head();
  ledger.close();
  const witness = createWitness();
  witness.learn([{ seq, hash }], []);
  return witness;
}

/** Runs the program over all cases; the events of each by its name. The disks see all of them. */
async function runProgram(
  place: RecordedPlace,
  typed: string[],
  disks: readonly Disk[],
): Promise<Map<string, DiskEvent[]>> {
  const from = readRecord(place.record).end;
  const end = await place.run(program, typed);
  if (end.signal !== "SIGKILL") throw new Error(`The program ended by itself: ${end.errors}`);
  const byCase = new Map<string, DiskEvent[]>();
  let own: DiskEvent[] = [];
  for (const event of readRecord(place.record, from).events) {
    for (const disk of disks) disk.apply(event);
    const [line] = linesOf([event]);
    if (line?.say === "case") byCase.set(line.name, (own = []));
    own.push(event);
  }
  return byCase;
}

function describeCase(each: FailingCase, events: readonly DiskEvent[]): FailedCase {
  const done = events.findIndex((event) => linesOf([event])[0]?.say === "done");
  const armed = events.findIndex((event) => event.kind === "witness" && event.text.startsWith("!fail "));
  const count = (kind: DiskEvent["kind"]) => events.slice(armed, done).filter((event) => event.kind === kind).length;
  const failed = events.filter((event) => "error" in event && event.error !== undefined).length;
  const said = linesOf(events);
  return { ...each, flushes: count("sync-end"), writes: count("write"), failed, said, complaints: complaintsOf(said) };
}

/** Refusals are words of the till, and after a failed flush nothing more is called stored. */
function complaintsOf(said: readonly WitnessLine[]): string[] {
  const complaints: string[] = [];
  let refusedBefore = false;
  for (const line of said) {
    if (line.say === "refused" && !/^[a-z]+\.[a-z-]+$/.test(line.code))
      complaints.push(`no words of the till: ${line.code}`);
    if (line.say === "refused") refusedBefore ||= line.code === "ledger.flush-failed";
    if (line.say === "stored" && refusedBefore) complaints.push("after a failed flush something was called stored");
  }
  return complaints;
}

function linesOf(events: readonly DiskEvent[]): WitnessLine[] {
  const texts = events.flatMap((event) => (event.kind === "witness" && event.text.startsWith("{") ? [event.text] : []));
  return texts.map((text) => JSON.parse(text) as WitnessLine);
}

function hearAll(witness: Witness, events: readonly DiskEvent[]): void {
  for (const event of events) if (event.kind === "witness") witness.hear(event.text);
}

async function checkLeft(
  disk: Disk | undefined,
  place: RecordedPlace,
  scratch: string,
  name: string,
  witness: Witness,
  chance: Chance,
): Promise<string[]> {
  const folder = join(scratch, "left", name);
  try {
    disk?.leave(folder, "power-cut", chance, join(place.folder, name));
    return (await checkLedger(folder, witness.fork(), chance, { rebuilds: false })).complaints;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
