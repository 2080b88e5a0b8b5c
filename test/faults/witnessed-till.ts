import { createHash } from "node:crypto";
import { TillError } from "../../main/contract/errors.ts";
import type { NewEntry, StoredEntry } from "../../main/ledger/entries.ts";
import type { Ledger } from "../../main/ledger/open.ts";
import type { Say } from "./say.ts";
import type { Kept } from "./witness.ts";

/** A till that announces every transaction, and says of each when it is stored. */
export interface WitnessedTill {
  /** The ledger with an `append` that announces and says. */
  ledger: Ledger;
  append(entries: readonly NewEntry[], keeps?: readonly Kept[]): StoredEntry[];
  /** Changes of working state alone. */
  keep(keeps: readonly Kept[]): void;
}

/** A till over an open ledger. */
export function witnessTill(ledger: Ledger, say: Say): WitnessedTill {
  function announced<Result>(
    ids: string[],
    keeps: readonly Kept[],
    work: () => Result,
    stored: (result: Result) => StoredEntry[],
  ): Result {
    say({ say: "begins", ids, keeps: [...keeps] });
    try {
      const result = work();
      say({ say: "stored", entries: stored(result).map(({ seq, hash }) => ({ seq, hash })) });
      return result;
    } catch (error) {
      say({ say: "refused", code: error instanceof TillError ? error.code : String(error) });
      throw error;
    }
  }
  const append = (entries: readonly NewEntry[], keeps: readonly Kept[] = [], work?: () => void): StoredEntry[] =>
    announced(
      entries.map(({ id }) => id),
      keeps,
      () =>
        ledger.append(entries, () => {
          work?.();
          for (const kept of keeps) saveKept(ledger, kept);
        }),
      (stored) => stored,
    );
  return {
    ledger: { ...ledger, append: (entries, work) => append(entries, [], work) },
    append: (entries, keeps) => append(entries, keeps),
    keep(keeps) {
      const work = () => ledger.write(() => keeps.forEach((kept) => saveKept(ledger, kept)));
      announced([], keeps, work, () => []);
    },
  };
}

/** The same in every entry: what a salt hides is not what these tests are about. */
const salt = new Uint8Array(16);

/** What an entry holds in place of a personal value. */
export function commitmentTo(value: string): string {
  return createHash("sha256").update(salt).update(value, "utf8").digest("hex");
}

const at = "2026-11-20T14:32:09.120+08:00";

/** Puts something kept into the working state, in the transaction that is open. The names are those of `readKept`. */
function saveKept(ledger: Ledger, [name, value]: Kept): void {
  const [kind, key = "", field = ""] = name.split(" ");
  if (kind === "setting") {
    if (value === null) ledger.settings.remove(key);
    else ledger.settings.save(key, value);
  } else if (kind === "basket") {
    if (value === null) ledger.openBasket.clear();
    else ledger.openBasket.save(value);
  } else if (kind === "job") saveJob(ledger, key, value);
  else if (kind === "private") {
    if (value === null) ledger.privateValues.forget(key);
    else ledger.privateValues.add({ entryId: key, name: field, salt, value });
  } else if (kind === "parked") {
    if (value === null) ledger.parkedSales.remove(key);
    else ledger.parkedSales.add({ saleId: key, at, itemCount: 1, totalMinor: 1, goods: [] }, value);
  } else throw new Error(`Nothing is kept under the name ${name}`);
}

function saveJob(ledger: Ledger, jobId: string, state: string | null): void {
  const known = state === "printed" || state === "unknown" || state === "sending" || state === "failed";
  if (known) ledger.printJobs.setState(jobId, state, at);
  else {
    const bytes = Uint8Array.from({ length: 900 }, (_, index) => index % 256);
    ledger.printJobs.add({
      jobId,
      saleId: jobId,
      kind: "receipt",
      bytes,
      state: "waiting",
      createdAt: at,
      updatedAt: at,
    });
  }
}
