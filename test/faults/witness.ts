import type { Ledger } from "../../main/ledger/open.ts";

/** Something in the working state by its name, and what it holds; null where it is gone. */
export type Kept = readonly [name: string, value: string | null];

/** What a till says outside its folder. */
export type WitnessLine =
  | { say: "opening" }
  | { say: "opened"; seq: number; hash: string }
  /** One transaction begins: these entries with this working state, all or nothing. */
  | { say: "begins"; ids: string[]; keeps: Kept[] }
  | { say: "stored"; entries: { seq: number; hash: string }[] }
  /** The last transaction, or whatever else was tried, failed with this code; what it was to store is in doubt. */
  | { say: "refused"; code: string }
  | { say: "copied"; file: string; seq: number }
  /** A till of several in one program begins; it has done the step that is looked at; it reports what it goes on after. */
  | { say: "case"; name: string }
  | { say: "done" }
  | { say: "reported"; detail: string };

/** Entries and working state that are stored together or not at all. */
export interface Transaction {
  ids: readonly string[];
  keeps: readonly Kept[];
}

/** Everything that a till has called stored, over all its restarts. */
export interface Witness {
  /** Entries by their numbers, with their hashes. */
  readonly entries: ReadonlyMap<number, string>;
  readonly kept: ReadonlyMap<string, string | null>;
  /** The transactions of which nobody heard that they are stored, oldest first. */
  readonly doubtful: readonly Transaction[];
  /** The copies that were called made, by file, with the last entry that was there when they were begun. */
  readonly copies: ReadonlyMap<string, number>;
  hear(text: string): void;
  /** After a restart the ledger says what became of what was in doubt; `entries` are all that it holds. */
  learn(entries: Iterable<{ seq: number; hash: string }>, keeps: readonly Kept[]): void;
  /** The same knowledge, going on alone. */
  fork(): Witness;
}

/** A witness that has heard nothing, or what another has heard. */
export function createWitness(known?: Witness): Witness {
  const entries = new Map(known?.entries);
  const kept = new Map(known?.kept);
  const copies = new Map(known?.copies);
  let doubtful: Transaction[] = [...(known?.doubtful ?? [])];

  function hearLine(line: WitnessLine): void {
    switch (line.say) {
      case "opened":
        entries.set(line.seq, line.hash);
        return;
      case "begins":
        doubtful.push({ ids: line.ids, keeps: line.keeps });
        return;
      case "stored":
        for (const { seq, hash } of line.entries) entries.set(seq, hash);
        for (const [name, value] of doubtful.pop()?.keeps ?? []) kept.set(name, value);
        return;
      case "copied":
        copies.set(line.file, line.seq);
        return;
      case "opening":
      case "refused":
      case "case":
      case "done":
      case "reported":
    }
  }

  const witness: Witness = {
    entries,
    kept,
    copies,
    get doubtful() {
      return doubtful;
    },
    hear(text) {
      // An order to the recorder is no word of the till.
      if (!text.startsWith("!")) hearLine(JSON.parse(text) as WitnessLine);
    },
    learn(found, keeps) {
      for (const { seq, hash } of found) entries.set(seq, hash);
      for (const [name, value] of keeps) kept.set(name, value);
      doubtful = [];
    },
    fork: () => createWitness(witness),
  };
  return witness;
}

/** What a ledger holds under the name of something kept. */
export function readKept(ledger: Ledger, name: string): string | null {
  const [kind, key = "", field = ""] = name.split(" ");
  if (kind === "setting") return ledger.settings.read(key) ?? null;
  if (kind === "basket") return ledger.openBasket.read() ?? null;
  if (kind === "job") return ledger.printJobs.job(key)?.state ?? null;
  if (kind === "private") return ledger.privateValues.read(key, field) ?? null;
  if (kind === "parked") return ledger.parkedSales.basket(key) ?? null;
  throw new Error(`Nothing is kept under the name ${name}`);
}
