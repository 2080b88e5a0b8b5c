import { rmSync } from "node:fs";
import { seededChance, type SeededChance } from "../../main/demo/seeded.ts";
import type { CampaignOptions, CampaignResult } from "./campaign.ts";
import { byteFlips, fieldFlips, type Flip } from "./damage/flips.ts";
import { knownIn, readTill } from "./damage/reading.ts";
import { judgeCatalog, readCatalog } from "./damage/catalog-verdict.ts";
import { makeCatalogFiles, makeFolder, makeTillFiles, writeFolder, type FolderFiles } from "./damage/till-files.ts";
import { judgeTill, type Verdict } from "./damage/verdict.ts";

/** How often a file is picked, by how its name begins; the small ones cannot hold much that is new. */
const weights = { "ledger.db": 12, "ledger.db-wal": 24 };

/** What is damaged, and how one sees what became of it. */
type Subject = {
  name: string;
  files: FolderFiles;
  fields: Flip[];
  nextByte(): Flip;
  judge(folder: string): Promise<Verdict>;
};

/**
 * Changes every stored field of a till's folder once, as far as there are runs for it (the others in the order that the
 * seed gives), and then bytes at random places of its files, one at a time in a fresh copy. Each change has to be refused
 * by the opening, told in the journal, named by the verifier, or be harmless: everything reads as before.
 */
export async function campaignFlip({ runs, seed }: CampaignOptions): Promise<CampaignResult> {
  const chance = seededChance(seed);
  const folder = makeFolder();
  const tally = new Tally();
  try {
    const subjects = [
      await tillSubject("closed", seed, 0, chance, folder),
      await tillSubject("killed", seed, 2, chance, folder),
      catalogSubject(chance, folder),
    ];
    const fields = shuffled(
      subjects.flatMap((subject) => subject.fields.map((flip) => ({ subject, flip }))),
      chance,
    );
    const isLong = runs >= 2 * fields.length;
    // A flip that changes nothing, as one that the database itself refuses, is none.
    for (let flips = 0; tally.runs < runs; flips += 1) {
      // Half of a short campaign goes into bytes.
      const field = isLong || flips % 2 === 0 ? fields.pop() : undefined;
      const subject = field?.subject ?? chance.pick(subjects);
      const flip = field?.flip ?? subject.nextByte();
      writeFolder(folder, subject.files);
      if (!flip.apply(folder)) continue;
      tally.count(subject.name, flip, await subject.judge(folder));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.stderr.write(`${tally.summary()}\n`);
  return tally.result(seed);
}

async function tillSubject(
  name: string,
  seed: number,
  walDays: number,
  chance: SeededChance,
  folder: string,
): Promise<Subject> {
  const files = await makeTillFiles(seed, walDays);
  writeFolder(folder, files);
  const known = knownIn(folder);
  writeFolder(folder, files);
  const baseline = { known, reading: readTill(folder, known) };
  return {
    name,
    files,
    // The log is merged by whoever changes a field in it, so that the fields are those of a closed till.
    fields: walDays === 0 ? fieldFlips(files, "ledger.db", chance) : [],
    nextByte: byteFlips(files, weights, chance),
    judge: (damaged) => judgeTill(damaged, baseline),
  };
}

function catalogSubject(chance: SeededChance, folder: string): Subject {
  const files = makeCatalogFiles();
  writeFolder(folder, files);
  const before = readCatalog(folder);
  return {
    name: "catalogue",
    files,
    fields: fieldFlips(files, "catalog.db", chance),
    nextByte: byteFlips(files, weights, chance),
    judge: (damaged) => Promise.resolve(judgeCatalog(damaged, before)),
  };
}

function shuffled<Value>(values: Value[], chance: SeededChance): Value[] {
  const keyed = values.map((value) => ({ value, key: chance.below(1 << 30) }));
  return keyed.toSorted((left, right) => left.key - right.key).map(({ value }) => value);
}

/** What came of all flips, by kind, and the bad ones by place. */
class Tally {
  readonly #kinds = new Map<Verdict["kind"], number>();
  readonly #bad = new Map<string, { count: number; first: string }>();
  #runs = 0;

  get runs(): number {
    return this.#runs;
  }

  count(subject: string, { place, exactly }: Flip, { kind, detail }: Verdict): void {
    this.#runs += 1;
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
    if (kind !== "unseen" && kind !== "crash") return;
    const name = `${kind}: ${place}`;
    const before = this.#bad.get(name) ?? { count: 0, first: `${subject}, ${exactly}: ${detail}` };
    this.#bad.set(name, { ...before, count: before.count + 1 });
  }

  summary(): string {
    return [...this.#kinds].map(([kind, count]) => `${count} ${kind}`).join(", ");
  }

  result(seed: number): CampaignResult {
    const places = [...this.#bad].toSorted(([left], [right]) => (left < right ? -1 : 1));
    return {
      name: "flip",
      seed,
      runs: this.#runs,
      lost: 0,
      doubled: 0,
      unseen: this.#kinds.get("unseen") ?? 0,
      crashes: this.#kinds.get("crash") ?? 0,
      complaints: places.map(([name, { count, first }]) => `${count} times ${name}; first ${first}`),
    };
  }
}
