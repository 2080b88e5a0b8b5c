import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { type Fault, faultOf } from "../../contract/errors.ts";
import { checkFollows, type Follows, type OlderEnd } from "./follows.ts";
import { isId } from "./bodies.ts";
import { readingError } from "./ledger-file.ts";
import { holdMarks, type MarkResult, readMarks } from "./marks.ts";
import { type OnProgress, type Pass, passDatabase, passExport, type PassOptions } from "./pass.ts";
import type { Broken } from "./reasons.ts";
import type { Threads } from "./signatures.ts";
import type { PrivateValues } from "./tables/private-values.ts";

/**
 * What to verify: a till's data folder, a copy of its database, or an export. `ledgers` is the folder with the older
 * ledgers of the till, the one in the data folder when that is given.
 */
export type VerifySource =
  | { folder: string; ledgers?: string }
  | { database: string; marks?: string; ledgers?: string }
  | { export: string };

/** What a verification found. */
export interface VerifyResult {
  ok: boolean;
  /** How many entries hold in text, chain and signature, from the first on. */
  entries: number;
  /** The last of them; 0 and 64 zeros when none does. */
  head: { seq: number; hash: string };
  firstBroken: Broken | null;
  marks: MarkResult[];
  /** The ledger's own id, null where not even the first entry holds. */
  ledger: string | null;
  /** All that does not hold, `firstBroken` first; of very many the first ones. */
  findings: Broken[];
  findingCount: number;
  /** The older ledger that this one goes on from. */
  follows: Follows | null;
  /** The older ledgers of the till, the newest first, each with its own result. */
  older: OlderResult[];
  /** Which personal values are still kept and which were removed. Not in an export, which never has any. */
  privateValues?: PrivateValues;
}

/** An older ledger of the till. `result` is null where its file cannot be read at all; `fault` says why then. */
export interface OlderResult {
  file: string;
  /** The ledger that names it as the one it goes on from; null where none does. */
  followedBy: string | null;
  result: VerifyResult | null;
  fault: Fault | null;
}

/**
 * Verifies a journal from its first entry to its last, with code of its own that shares nothing with what wrote it:
 * canonical form, numbers without a gap, ids used once, the chain of hashes, the signature of each entry by the key that
 * the first one names, postings that sum to zero, receipt numbers, payments, refunds, Z reports and running totals; of a
 * database also its pages and what guards the journal, that each table made from the journal says the same row by row, that
 * personal values are what the entries committed to, and the checksums of working state; of a folder also that the journal
 * is not behind its marks, and the older ledgers of the till.
 * @param onProgress Hears how many entries are done, every 5,000, and of how many where that is known.
 * @param threads `own` in a process in which nothing else waits for its threads: that is faster on a busy machine.
 * @throws TillError `folder.in-use` while a till holds the file (verify a copy then), `ledger.damaged` when it is not a
 * ledger at all. Anything else that is wrong with it is a result and not an error.
 */
export async function verifyLedger(
  source: VerifySource,
  onProgress?: OnProgress,
  threads: Threads = "shared",
): Promise<VerifyResult> {
  try {
    const options = { onProgress, threads };
    if ("export" in source) return resultOf(await passExport(source.export, options), [], [], null);
    return await verifyDatabase(source, options);
  } catch (error) {
    throw readingError(error);
  }
}

async function verifyDatabase(
  source: Exclude<VerifySource, { export: string }>,
  options: PassOptions,
): Promise<VerifyResult> {
  const name = "folder" in source ? join(source.folder, "ledger.db") : source.database;
  const marksFolder = "folder" in source ? join(source.folder, "marks") : source.marks;
  const ledgersFolder = source.ledgers ?? ("folder" in source ? join(source.folder, "ledgers") : undefined);
  const marks = marksFolder === undefined ? [] : readMarks(marksFolder);
  const pass = await passDatabase(name, { ...options, hashesAt: marks.map(({ seq }) => seq) });
  const older: OlderResult[] = [];
  const chain = ledgersFolder === undefined ? undefined : { ledgersFolder, ...options, seen: new Set<string>(), older };
  const follows = chain === undefined ? latest(pass) : await follow(pass, chain);
  const all = [follows, ...older.map(({ result }) => result?.follows ?? null)].filter((named) => named !== null);
  const held = holdMarks(marks, pass, all);
  if (!pass.isBrokenOff && held.broken !== undefined) pass.findings.report(held.broken);
  if (chain !== undefined) await verifyOthers(chain);
  return resultOf(pass, held.results, older, follows);
}

/** What is known of the older ledgers while one after the other is read. */
interface Chain {
  ledgersFolder: string;
  threads: Threads;
  /** Ledgers that were read already: two that name each other must not go on for ever. */
  seen: Set<string>;
  older: OlderResult[];
}

function latest(pass: Pass): Follows | null {
  return pass.follows.at(-1)?.[0] ?? null;
}

/** Reads the ledger that another one follows, and those before it, and holds the two against each other. */
async function follow(pass: Pass, chain: Chain): Promise<Follows | null> {
  const [follows, body] = pass.follows.at(-1) ?? [];
  if (follows === undefined || body === undefined) return null;
  const file = join(chain.ledgersFolder, `${follows.ledger}.db`);
  if (chain.seen.has(follows.ledger) || !existsSync(file)) return follows;
  const end = await verifyOlder(file, { followedBy: pass.ledger, hashAt: follows.seq }, chain);
  return checkFollows(follows, body, end, pass.findings.report);
}

/** Reads one older ledger and those before it. Gives where it ends, undefined where it cannot be read at all. */
async function verifyOlder(
  path: string,
  { followedBy, hashAt }: { followedBy: string | null; hashAt: number },
  chain: Chain,
): Promise<OlderEnd | undefined> {
  const file = basename(path);
  chain.seen.add(file.slice(0, -".db".length));
  const place: OlderResult = { file, followedBy, result: null, fault: null };
  chain.older.push(place);
  try {
    const pass = await passDatabase(path, { threads: chain.threads, hashesAt: [hashAt] });
    const follows = await follow(pass, chain);
    place.result = resultOf(pass, [], [], follows);
    return endOf(pass, hashAt);
  } catch (error) {
    place.fault = faultOf(readingError(error));
    return undefined;
  }
}

/** Files of older ledgers that no ledger names. */
async function verifyOthers(chain: Chain): Promise<void> {
  const { ledgersFolder, seen } = chain;
  const files = existsSync(ledgersFolder) ? readdirSync(ledgersFolder).toSorted() : [];
  for (const file of files.filter((name) => name.endsWith(".db") && isId(name.slice(0, -3)))) {
    if (!seen.has(file.slice(0, -3)))
      await verifyOlder(join(ledgersFolder, file), { followedBy: null, hashAt: 0 }, chain);
  }
}

function endOf({ intact, rows, hashes, lastReceipt, totals, ledger }: Pass, hashAt: number): OlderEnd {
  return {
    entries: intact.entries,
    rows,
    ledger,
    hashAtFollowed: hashes.get(hashAt) ?? "",
    receiptNumber: lastReceipt,
    totals,
  };
}

function resultOf(pass: Pass, marks: MarkResult[], older: OlderResult[], follows: Follows | null): VerifyResult {
  const firstBroken = pass.findings.first() ?? null;
  const { count, findings } = pass.findings.all();
  return {
    ok: firstBroken === null,
    ...pass.intact,
    firstBroken,
    marks,
    ledger: pass.ledger,
    findings,
    findingCount: count,
    follows: follows ?? latest(pass),
    older,
    ...(pass.privateValues === undefined ? {} : { privateValues: pass.privateValues }),
  };
}
