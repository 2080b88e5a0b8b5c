import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { SyncError } from "../../sync/errors.ts";
import type { Follows, SuccessionReason } from "../../sync/protocol/entry-types.ts";
import type { Head } from "../../sync/protocol/entry.ts";
import { TillError } from "../contract/errors.ts";
import { prepareFolder } from "../ledger/folder.ts";
import type { IdSource } from "../ledger/ids.ts";
import { readMarks, type Mark } from "../ledger/marks.ts";
import { openRestoringLedger, type RestoringLedger } from "../ledger/restoring.ts";
import { mainDrawer } from "../shift/shift.ts";
import { readEnrolmentFile, type EnrolmentFile } from "./enrolment-file.ts";
import { ledgerFiles, openFileSource, platformSource, type EntrySource } from "./entry-sources.ts";
import type { PlatformRecords } from "./platform-records.ts";
import { replaceLedger } from "./replace-ledger.ts";
import { restoreJournal, unmetPlaces, type RestoreCounts } from "./restore.ts";
import { openSuccessor, type OldLedger } from "./succession.ts";

/** What a recovery works with. */
export type RecoverParts = {
  folder: string;
  platformUrl: string;
  /** Why the ledger could not be opened. */
  fault: TillError;
  /** The line to the platform; null where there is none. */
  records: PlatformRecords | null;
  /** The manager who lets the shop open in a new ledger although the platform cannot be asked. */
  approvedBy?: string;
  /** A backup from elsewhere, as one more place where entries may stand. */
  backup?: string;
  clock: { now(): number; zone: string };
  ids: IdSource;
  softwareVersion: string;
  /** Hears how many entries have been read so far. */
  onTaken?(taken: number): void;
};

/** What became of it. */
export type Recovered =
  | { kind: "restored"; counts: RestoreCounts; head: Head }
  | { kind: "succeeded"; counts: RestoreCounts; follows: Follows };

/** Errors of an opening that a recovery may mend. */
export function isRecoverable(error: unknown): error is TillError {
  return (
    error instanceof TillError &&
    (error.code === "ledger.behind-mark" || error.code === "ledger.damaged" || error.code === "ledger.key-missing")
  );
}

/**
 * Puts a till's ledger in order: brings back what is missing from the files of this disk, a backup and the platform, and
 * where something is missing for good, or the key is, begins a new ledger that says so. Nothing is removed: a file that was
 * replaced is kept. It may be broken off anywhere and tried again.
 * @throws TillError `ledger.behind-mark` with what is missing, where that is needed which is not there: the platform, or a
 * manager's word; `ledger.not-recoverable` when nothing says which ledger it was; SyncError when the line breaks meanwhile.
 */
export async function recoverLedger(parts: RecoverParts): Promise<Recovered> {
  const paths = prepareFolder(parts.folder);
  const enrolment = readEnrolmentFile(parts.folder);
  const mark = readMarks(paths.marks);
  const ledger = mark?.ledger ?? enrolment?.ledger ?? ledgerOfFile(paths.database);
  if (ledger === undefined) throw new TillError("ledger.not-recoverable", {}, parts.fault);
  const platform = await placeAtPlatform(parts.records, ledger);
  const places = [...(mark?.ledger === ledger ? [mark] : []), ...(platform === null ? [] : [platform.mark])];
  const found = await bringBack({ ...parts, records: platform === null ? null : parts.records }, ledger, places);
  try {
    const isComplete = found.unmet.length === 0;
    if (isComplete && parts.fault.code !== "ledger.key-missing") {
      found.target.note({ code: "ledger.restored", detail: wordsOf(parts.fault, found.counts) });
      putInPlace(parts.folder, found);
      return { kind: "restored", counts: found.counts, head: found.target.head() };
    }
    const mayGoOn = platform !== null || parts.approvedBy !== undefined;
    if (!mayGoOn) throw isComplete ? parts.fault : behind(parts.fault, found.target, mark);
    const known = enrolment ?? enrolmentOf(found.target, ledger, parts.platformUrl);
    const old = { ...oldLedgerOf(found.target, ledger, mark, places), reason: reasonOf(parts.fault) };
    putInPlace(parts.folder, found);
    return await succeed(parts, known, old, platform !== null, found.counts);
  } finally {
    found.target.close();
  }
}

function putInPlace(folder: string, { target, file, isFresh, counts }: Found): void {
  const isWorkStale = counts.platform > 0;
  if (isWorkStale && !isFresh) target.forgetStaleWork();
  target.close();
  if (isFresh) replaceLedger(folder, file, isWorkStale);
}

function enrolmentOf(target: RestoringLedger, ledger: string, platformUrl: string): EnrolmentFile | undefined {
  const enrolment = target.reads.lastEnrolment();
  return enrolment === undefined ? undefined : { ...enrolment, ledger, platformUrl };
}

async function succeed(
  parts: RecoverParts,
  enrolment: EnrolmentFile | undefined,
  old: OldLedger,
  isReachable: boolean,
  counts: RestoreCounts,
): Promise<Recovered> {
  // A till that was never enrolled has sold nothing that anybody could miss.
  if (enrolment === undefined) throw new TillError("ledger.not-recoverable", {}, parts.fault);
  const approval =
    isReachable && parts.records !== null
      ? ({ by: "platform", records: parts.records } as const)
      : ({ by: "manager", person: parts.approvedBy ?? "" } as const);
  if (approval.by === "manager" && approval.person === "") throw parts.fault;
  const follows = await openSuccessor({ ...parts, enrolment }, old, approval);
  return { kind: "succeeded", counts, follows };
}

type Found = { target: RestoringLedger; file: string; isFresh: boolean; counts: RestoreCounts; unmet: Head[] };

/**
 * First with what is here; and where that disagrees with a place that is known from outside, with the platform's entries
 * first: then somebody has changed what is here.
 */
async function bringBack(parts: RecoverParts, ledger: string, places: readonly Head[]): Promise<Found> {
  const local = await bringBackFrom(parts, ledger, places, "files-first");
  const isChanged = local.unmet.some(({ seq }) => seq <= local.target.head().seq);
  if (!isChanged || parts.records === null) return local;
  local.target.close();
  return await bringBackFrom(parts, ledger, places, "platform-first");
}

async function bringBackFrom(
  parts: RecoverParts,
  ledger: string,
  places: readonly Head[],
  order: "files-first" | "platform-first",
): Promise<Found> {
  const { folder, records, fault, backup } = parts;
  const inPlace = order === "files-first" && fault.code !== "ledger.damaged" ? openInPlace(folder, ledger) : null;
  const file = join(folder, inPlace === null ? "ledger.db.restored" : "ledger.db");
  if (inPlace === null) for (const end of ["", "-wal"]) rmSync(`${file}${end}`, { force: true });
  const target = inPlace ?? openRestoringLedger(file, ledger);
  const files = ledgerFiles(folder, backup)
    .filter((name) => name !== file)
    .map(openFileSource)
    .filter((source) => source !== null);
  const remote = records === null ? [] : [platformSource(records, ledger)];
  const sources: EntrySource[] = order === "files-first" ? [...files, ...remote] : [...remote, ...files];
  try {
    const counts = await restoreJournal(target, sources, (taken) => parts.onTaken?.(taken));
    return { target, file, isFresh: inPlace === null, counts, unmet: unmetPlaces(target, places) };
  } catch (error) {
    target.close();
    throw error;
  } finally {
    for (const source of files) source.close();
  }
}

/** The file as it is, where it is whole and of this ledger: then only its end is added to. */
function openInPlace(folder: string, ledger: string): RestoringLedger | null {
  const file = join(folder, "ledger.db");
  if (!existsSync(file)) return null;
  try {
    const target = openRestoringLedger(file, ledger);
    const identity = target.identity();
    if (identity === undefined || identity.ledger === ledger) return target;
    target.close();
    return null;
  } catch (error) {
    if (error instanceof TillError && error.code === "ledger.damaged") return null;
    throw error;
  }
}

function ledgerOfFile(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const target = openRestoringLedger(file);
    try {
      return target.identity()?.ledger;
    } finally {
      target.close();
    }
  } catch (error) {
    if (error instanceof TillError && error.code === "ledger.damaged") return undefined;
    throw error;
  }
}

/** What the platform holds; null where it cannot be asked. A ledger that it has never heard of has nothing there. */
async function placeAtPlatform(records: PlatformRecords | null, ledger: string): Promise<{ mark: Head } | null> {
  if (records === null) return null;
  try {
    return await records.mark(ledger);
  } catch (error) {
    if (error instanceof SyncError) return null;
    throw error;
  }
}

function oldLedgerOf(target: RestoringLedger, ledger: string, mark: Mark | undefined, places: readonly Head[]) {
  const head = target.head();
  const lastKnown = places.reduce<Head>((best, place) => (place.seq > best.seq ? place : best), head);
  const [sale] = target.reads.recentSales(1);
  const own = { receiptNumber: sale?.receiptNumber ?? 0, receiptCode: sale?.receiptCode ?? "" };
  const marked = mark !== undefined && mark.ledger === ledger ? mark : { receiptNumber: 0, receiptCode: "" };
  const { receiptNumber, receiptCode } = marked.receiptNumber > own.receiptNumber ? marked : own;
  const drawer = target.reads.balances().find(({ account }) => account === `cash:${mainDrawer}`);
  return {
    ledger,
    reason: "entries-missing" as SuccessionReason,
    head,
    lastKnown: { seq: lastKnown.seq, hash: lastKnown.hash },
    receiptNumber,
    receiptCode,
    openPayments: target.reads.openPayments(),
    drawerMinor: drawer?.amountMinor ?? 0,
  };
}

function reasonOf({ code }: TillError): SuccessionReason {
  if (code === "ledger.key-missing") return "key-missing";
  return code === "ledger.damaged" ? "damaged" : "entries-missing";
}

/** The same fault, with what is still missing now. */
function behind(fault: TillError, target: RestoringLedger, mark: Mark | undefined): TillError {
  if (mark === undefined) return fault;
  const [sale] = target.reads.recentSales(1);
  return new TillError(
    "ledger.behind-mark",
    {
      missing: Math.max(0, mark.receiptNumber - (sale?.receiptNumber ?? 0)),
      entries: Math.max(0, mark.seq - target.head().seq),
      receipt: mark.receiptCode,
    },
    fault,
  );
}

function wordsOf({ code, params }: TillError, { file, platform }: RestoreCounts): string {
  const detail = params["detail"] === undefined ? "" : ` (${params["detail"]})`;
  return `${code}${detail}: ${file} entries from this disk, ${platform} from the platform`.slice(0, 500);
}
