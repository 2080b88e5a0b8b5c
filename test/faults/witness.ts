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
  | { say: "refused"; code: string }
  | { say: "copied"; file: string; seq: number };

/** Everything that a till has called stored, over all its restarts. */
export interface Witness {
  /** Entries by their numbers, with their hashes. */
  readonly entries: ReadonlyMap<number, string>;
  readonly kept: ReadonlyMap<string, string | null>;
  /** The transaction of which nobody heard the end. */
  readonly open: { ids: readonly string[]; keeps: readonly Kept[] } | undefined;
  /** The copies that were called made, by file, with the last entry that was there when they were begun. */
  readonly copies: ReadonlyMap<string, number>;
  hear(text: string): void;
  /** After a restart the ledger says what became of the open transaction; `entries` are all that it holds. */
  learn(entries: Iterable<{ seq: number; hash: string }>, keeps: readonly Kept[]): void;
  /** The same knowledge, going on alone. */
  fork(): Witness;
}

/** A witness that has heard nothing, or what another has heard. */
export function createWitness(known?: Witness): Witness {
  const entries = new Map(known?.entries);
  const kept = new Map(known?.kept);
  const copies = new Map(known?.copies);
  let open = known?.open;

  function hearLine(line: WitnessLine): void {
    switch (line.say) {
      case "opening":
        open = { ids: [], keeps: [] };
        return;
      case "opened":
        entries.set(line.seq, line.hash);
        open = undefined;
        return;
      case "begins":
        open = line;
        return;
      case "stored":
        for (const { seq, hash } of line.entries) entries.set(seq, hash);
        for (const [name, value] of open?.keeps ?? []) kept.set(name, value);
        open = undefined;
        return;
      case "copied":
        copies.set(line.file, line.seq);
        return;
      case "refused":
    }
  }

  const witness: Witness = {
    entries,
    kept,
    copies,
    get open() {
      return open;
    },
    hear(text) {
      // An order to the recorder is no word of the till.
      if (!text.startsWith("!")) hearLine(JSON.parse(text) as WitnessLine);
    },
    learn(found, keeps) {
      for (const { seq, hash } of found) entries.set(seq, hash);
      for (const [name, value] of keeps) kept.set(name, value);
      open = undefined;
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
