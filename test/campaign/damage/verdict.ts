import { TillError } from "../../../main/contract/errors.ts";
import { verifyLedger } from "../../../main/ledger/verify/verify.ts";
import { readTill, type Known, type Reading } from "./reading.ts";

/**
 * What became of damage. `refused`: the ledger does not open, or a read says in words that it is damaged; `told`: an entry
 * says so; `verified`: the verifier names it; `harmless`: everything reads as before. `unseen` and `crash` must not be.
 */
export type Verdict = {
  kind: "refused" | "told" | "verified" | "harmless" | "unseen" | "crash";
  /** What said so, or what reads otherwise. */
  detail: string;
};

/** A ledger's folder, whole, as everything that is damaged is held against it. */
export type Baseline = { known: Known; reading: Reading };

/** Opens, reads and verifies what lies in the folder now. */
export async function judgeTill(folder: string, { known, reading: before }: Baseline): Promise<Verdict> {
  const read = attempt(() => readTill(folder, known));
  if ("verdict" in read) return read.verdict;
  const { facts, work, told } = read.value;
  const wrong = readOtherwise(before, read.value);
  if (told.length > 0 && wrong === undefined) return { kind: "told", detail: told.join(" ") };
  const named = await verified(folder);
  if (named !== undefined) return named;
  if (told.length > 0) return { kind: "unseen", detail: `${told.join(" ")}, but ${wrong} reads otherwise` };
  const differing = differences(before.facts, facts).concat(differences(before.work, work));
  return differing.length === 0
    ? { kind: "harmless", detail: "" }
    : { kind: "unseen", detail: `${differing.length} read otherwise: ${differing.slice(0, 3).join(", ")}` };
}

function attempt<Value>(work: () => Value): { value: Value } | { verdict: Verdict } {
  try {
    return { value: work() };
  } catch (error) {
    return { verdict: ofError(error) };
  }
}

/** A refusal in words is what should be; anything else that is thrown is a crash. */
export function ofError(error: unknown): Verdict {
  if (error instanceof TillError) {
    const detail = [error.code, error.params["detail"] ?? ""].join(" ").trim();
    return { kind: "refused", detail };
  }
  const { name, message } = error as Error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return { kind: "crash", detail: `${name} ${code} ${message}`.slice(0, 200) };
}

async function verified(folder: string): Promise<Verdict | undefined> {
  try {
    const { ok, firstBroken } = await verifyLedger({ folder });
    return ok ? undefined : { kind: "verified", detail: firstBroken?.reason ?? "" };
  } catch (error) {
    return ofError(error);
  }
}

/** Names of what is not the same in both. */
export function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name));
}

/**
 * What a till that told of a damaged row reads otherwise all the same: working state may be lost then, but never be another,
 * and the journal and what is made of it are as they were. What is counted from the lost is not looked at.
 */
function readOtherwise(before: Reading, after: Reading): string | undefined {
  const [fact] = differences(before.facts, after.facts);
  // Where changes at the end of the log were lost, working state is as it was before them.
  if (after.told.some((words) => words.includes("log.cut"))) return fact;
  const work = [...after.work].find(([name, value]) => !name.startsWith("derived") && before.work.get(name) !== value);
  return fact ?? work?.[0];
}
