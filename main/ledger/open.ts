import type { Head } from "../../sync/protocol/entry.ts";
import type { Follows } from "../../sync/protocol/entry-types.ts";
import type { TillError } from "../contract/errors.ts";
import { type ArrivalReads, createArrivalReads } from "./arrival-reads.ts";
import { copyLedger } from "./copy.ts";
import { type LedgerDatabase, openDatabase, openingError, type PageCheck } from "./database.ts";
import { damageInWords } from "./damaged-reads.ts";
import type { NewEntry, StoredEntry } from "./entries.ts";
import { exportLines } from "./export.ts";
import { holdFoundLog } from "./found-log.ts";
import { forgetFailedFlush, hasFailedFlush, noteFailedFlush } from "./flush-marker.ts";
import { type LedgerFolder, prepareFolder } from "./folder.ts";
import { type Identity, readIdentity } from "./identity.ts";
import type { IdSource } from "./ids.ts";
import { createJournal, type Journal, type Tail } from "./journal.ts";
import { createJournalReads, type JournalReads } from "./journal-reads.ts";
import { createSigningKey, loadSigningKey, type SigningKey } from "./keys.ts";
import { isLogCut } from "./log-check.ts";
import { type Marks, openMarks, type TimerSource } from "./marks.ts";
import { migrate } from "./migrations/index.ts";
import { createPaymentReads, type PaymentReads } from "./payment-reads.ts";
import { createProjections } from "./projections.ts";
import { rebuildProjections } from "./rebuild.ts";
import { type DiskLimits, type DiskRoom, openReserve, type Reserve } from "./reserve.ts";
import { createSaleReads, type SaleReads } from "./sale-reads.ts";
import { checkSchema } from "./schema-check.ts";
import { pageCheckOf, type StartCheck, unlessDiskIsFull, walkAtStart } from "./start-check.ts";
import { recoveryNoteKey, type RecoveryNote } from "./restoring.ts";
import { createShiftReads, type ShiftReads } from "./shift-reads.ts";
import { checkMark, emptyTail, readTail } from "./tail.ts";
import { createTillReads, type TillReads } from "./till-reads.ts";
import { zoneTime } from "./time.ts";
import { createTransactions, type DiskTrouble, type Transactions } from "./transactions.ts";
import { createDamagedRows } from "./work/damaged-rows.ts";
import { createWorkStores, type WorkStores } from "./work/stores.ts";

/** What a ledger is opened with. */
export interface LedgerOptions {
  /** The till's data folder; made on first use. */
  folder: string;
  /** `now` gives Unix milliseconds, `zone` is the store's IANA zone. */
  clock: { now(): number; zone: string };
  ids: IdSource;
  softwareVersion: string;
  /** When the business day begins, in minutes after midnight, asked at each entry; midnight when left out. */
  dayStartMinutes?: () => number;
  /** Timers for the flush of the marks; the process's own when left out. */
  timers?: TimerSource;
  /** Hears of a mark that could not be flushed. A process warning when left out. */
  report?(error: Error): void;
  /**
   * Hears that the disk failed under this ledger: it writes nothing any more, and has to be opened again to know what is
   * stored.
   */
  failed?(error: TillError): void;
  /** How much room the till wants on its disk; 8 MiB are kept back when left out. */
  disk?: DiskLimits;
  /** Which ledger an empty folder begins with, where it goes on from another one; its key lies in `keys/` already. */
  begin?: { ledger: string; keyId: string; follows: Follows };
  /** Up to which size the file is read whole at the opening, in bytes. */
  wholeCheckBytes?: number;
}

/**
 * The till's own ledger, held by this process alone: what was sold and paid, and what may be forgotten at a known cost.
 * Stores of working state write at once, each in a transaction of its own, or as part of the `append` or `write` around
 * them.
 */
export interface Ledger extends JournalReads, SaleReads, PaymentReads, TillReads, ShiftReads, ArrivalReads, WorkStores {
  identity: Identity;
  head(): Head;
  /** The number of the next receipt: they follow each other and are never used twice. */
  nextReceiptNumber(): number;
  /** The journal's one door; see `createJournal`. */
  append(entries: readonly NewEntry[], work?: () => void): StoredEntry[];
  /** Several changes of working state as one; see `Transactions`. */
  write: Transactions["write"];
  /** Reads all working state, a page at each step; what of it is damaged is told with the next entries. */
  checkRows(): Iterable<undefined>;
  /** What was checked before this opening. */
  startCheck: StartCheck;
  /** How far the chain was read back from disk and holds. */
  verifiedHead(): Head;
  /** Reads the chain on by at most `limit` entries; true when all of it is read. @throws TillError `ledger.damaged`. */
  verifyOn(limit: number): boolean;
  /** How the disk stands that the ledger lies on. */
  disk(): DiskRoom;
  /** Makes the projections again from the journal; gives the number of entries read. */
  rebuild(): number;
  /** The journal as JSON lines. */
  exportLines(): Iterable<string>;
  /** A consistent copy while selling goes on; see `copyLedger`. */
  copyTo(file: string, onProgress?: (donePages: number, totalPages: number) => void): Promise<void>;
  /** Flushes the marks and lets go of the folder. */
  close(): void;
}

/**
 * Opens the ledger in a data folder, or begins one there. What it returns has passed the checks of `start-check.ts`, has
 * the tables and triggers it should have, is signed by a key that is at hand, and is not behind the marks. The time this
 * takes does not grow with the ledger, except after a failed flush, when all of it is read.
 * @throws TillError `folder.not-writable`, `folder.in-use`, `ledger.newer-version`, `ledger.migration-failed`,
 * `ledger.damaged`, `ledger.key-missing`, `ledger.behind-mark`, `ledger.flush-failed`. A refused opening leaves journal, keys
 * and marks as they are, and the log that it found in `set-aside/`.
 */
export function openLedger(options: LedgerOptions): Ledger {
  const folder = prepareFolder(options.folder);
  const foundLog = holdFoundLog(folder.database);
  try {
    const ledger = openIn(folder, options);
    foundLog.forget();
    return ledger;
  } catch (error) {
    const { code } = error as TillError;
    if (code === "ledger.behind-mark" || code === "ledger.damaged") foundLog.keep();
    if (code === "folder.in-use") foundLog.forget();
    throw error;
  }
}

function openIn(folder: LedgerFolder, options: LedgerOptions): Ledger {
  const afterFailedFlush = hasFailedFlush(folder.marks);
  const pages = pageCheckOf(folder.database, afterFailedFlush, options.wholeCheckBytes);
  const isCut = isLogCut(folder.database);
  const database = openDatabase(folder.database, pages);
  let marks: Marks | undefined;
  try {
    migrate(database, folder.database);
    checkSchema(database);
    marks = openMarks(folder.marks, {
      timers: options.timers ?? processTimers,
      report: options.report ?? ((error) => process.emitWarning(error)),
    });
    const reserve = openReserve(options.folder, options.disk);
    return assemble({ options, folder, database, marks, reserve, pages, afterFailedFlush, isCut });
  } catch (error) {
    marks?.close();
    database.close();
    throw openingError(error, folder.database);
  }
}

type Opened = {
  options: LedgerOptions;
  folder: LedgerFolder;
  database: LedgerDatabase;
  marks: Marks;
  reserve: Reserve;
  pages: PageCheck;
  afterFailedFlush: boolean;
  /** Changes at the end of the log of the run before could not be read. */
  isCut: boolean;
};

function assemble(opened: Opened): Ledger {
  const { options, folder, database, marks, reserve, pages, afterFailedFlush } = opened;
  const reads = damageInWords(createJournalReads(database));
  const transactions = createTransactions(database, troubleOf(opened));
  const projections = createProjections(database);
  const { identity, key, tail } = readOrBegin(options, folder, database, marks);
  const journal = createJournal({
    database,
    transactions,
    projections,
    ledger: identity.ledger,
    key,
    ids: options.ids,
    zone: options.clock.zone,
    zoneTime: zoneTime(options.clock.zone),
    dayStartMinutes: options.dayStartMinutes ?? (() => 0),
    now: () => options.clock.now(),
    tail,
    onCommitted: ({ seq, hash, receiptNumber, receiptCode }) =>
      marks.write({ ledger: identity.ledger, seq, hash, receiptNumber, receiptCode }),
  });
  const damagedRows = createDamagedRows(database, options.ids);
  const stores = createWorkStores(database, transactions, damagedRows.damaged);
  damagedRows.checkNewest();
  const { verified, walkedAfterSeq } = walkAtStart(
    database,
    stores.settings,
    { ledger: identity.ledger, headSeq: tail.seq },
    afterFailedFlush,
  );
  if (marks.found !== undefined && marks.found.ledger !== identity.ledger) marks.forget();
  tellOpening(opened, journal, stores, identity);
  unlessDiskIsFull(() => damagedRows.settle(journal.append));
  return {
    ...reads,
    ...damageInWords({
      ...createSaleReads(database),
      ...createPaymentReads(database),
      ...createTillReads(database),
      ...createShiftReads(database),
      ...createArrivalReads(database),
    }),
    ...stores,
    identity,
    head: () => ({ seq: journal.tail().seq, hash: journal.tail().hash }),
    nextReceiptNumber: () => journal.tail().receiptNumber + 1,
    append(entries, work) {
      damagedRows.settle(journal.append);
      return journal.append(entries, work);
    },
    write: (work) => transactions.write(work),
    checkRows: () => damagedRows.checkAll(),
    rebuild: () => rebuildProjections({ database, transactions, projections }),
    startCheck: { pages, walkedAfterSeq, afterFailedFlush },
    verifiedHead: () => verified.head(),
    verifyOn: (limit) => verified.walkOn(limit),
    disk: () => reserve.look(),
    exportLines: () => exportLines(reads),
    copyTo: (file, onProgress) => copyLedger(database, file, onProgress),
    close() {
      marks.close();
      database.close();
    },
  };
}

function troubleOf({ options, folder, reserve }: Opened): DiskTrouble {
  return {
    makeRoom: () => reserve.release(),
    failed(error) {
      noteFailedFlush(folder.marks, String(error.params["detail"] ?? error.code));
      options.failed?.(error);
    },
  };
}

function readOrBegin(
  options: LedgerOptions,
  folder: LedgerFolder,
  database: LedgerDatabase,
  marks: Marks,
): { identity: Identity; key: SigningKey; tail: Tail } {
  const first = createJournalReads(database).entry(1);
  const identity = first === undefined ? undefined : readIdentity(first);
  const tail = readTail(database, identity);
  // Also before a new ledger is begun: a mark without a journal means that the journal was taken away.
  checkMark(database, identity, tail, marks.found);
  if (identity !== undefined) return { identity, key: loadSigningKey(folder.keys, "journal", identity.keyId), tail };
  if (options.begin !== undefined) return beginAfterAnother(options.begin, folder);
  const key = createSigningKey(folder.keys, "journal");
  const { keyId, publicKey } = key;
  return { identity: { ledger: options.ids.uuid(), keyId, publicKey, epoch: 1 }, key, tail: emptyTail };
}

function beginAfterAnother({ ledger, keyId, follows }: NonNullable<LedgerOptions["begin"]>, folder: LedgerFolder) {
  const key = loadSigningKey(folder.keys, "journal", keyId);
  const { receiptNumber = 0, receiptCode = "" } = follows;
  const identity = { ledger, keyId, publicKey: key.publicKey, epoch: 1, follows };
  return { identity, key, tail: { ...emptyTail, receiptNumber, receiptCode } };
}

const versionSetting = "software.version";

/** The entries that an opening itself makes: the ledger's first, another software, and what happened to its disk. */
function tellOpening(
  { options, folder, marks, afterFailedFlush, isCut }: Opened,
  journal: Journal,
  stores: WorkStores,
  { keyId, publicKey, epoch, follows }: Identity,
): void {
  const { ids, softwareVersion } = options;
  const before = stores.settings.read(versionSetting);
  const entries: NewEntry[] = [];
  if (journal.tail().seq === 0) {
    entries.push({
      id: ids.uuid(),
      type: "ledger.opened",
      body: { keyId, publicKey, epoch, ...(follows === undefined ? {} : { follows }) },
    });
  } else if (before !== undefined && before !== softwareVersion) {
    entries.push({ id: ids.uuid(), type: "software.updated", body: { from: before, to: softwareVersion } });
  }
  if (marks.torn === 2) entries.push(incident(ids, "marks.unreadable", "Both slots are torn"));
  if (isCut) entries.push(incident(ids, "log.cut", `Changes after entry ${journal.tail().seq} could not be read`));
  if (afterFailedFlush)
    entries.push(incident(ids, "disk.flush-failed", `Everything up to ${journal.tail().seq} was read back`));
  const note = stores.settings.read(recoveryNoteKey);
  if (note !== undefined) entries.push(noted(ids, note));
  if (entries.length === 0 && before === softwareVersion) return;
  const tell = () =>
    void journal.append(entries, () => {
      stores.settings.save(versionSetting, softwareVersion);
      if (isCut) stores.printJobs.doubtWaiting();
      stores.settings.remove(recoveryNoteKey);
    });
  if (journal.tail().seq === 0) tell();
  else unlessDiskIsFull(tell);
  if (afterFailedFlush) forgetFailedFlush(folder.marks);
}

function noted(ids: IdSource, note: string): NewEntry {
  const { code, detail } = JSON.parse(note) as RecoveryNote;
  return incident(ids, code, detail);
}

function incident(ids: IdSource, code: string, detail: string): NewEntry {
  return { id: ids.uuid(), type: "incident", body: { code, detail } };
}

const processTimers: TimerSource = {
  // A flush that is due must not keep the process alive: close() flushes too.
  setTimer: (callback, delayMs) => setTimeout(callback, delayMs).unref(),
  clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout),
};
