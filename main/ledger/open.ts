import type { Head } from "../../sync/protocol/entry.ts";
import { type ArrivalReads, createArrivalReads } from "./arrival-reads.ts";
import { copyLedger } from "./copy.ts";
import { type LedgerDatabase, openDatabase } from "./database.ts";
import type { NewEntry, StoredEntry } from "./entries.ts";
import { exportLines } from "./export.ts";
import { type LedgerFolder, prepareFolder } from "./folder.ts";
import { type Identity, readIdentity } from "./identity.ts";
import type { IdSource } from "./ids.ts";
import { createJournal, type Journal, type Tail } from "./journal.ts";
import { createJournalReads, type JournalReads } from "./journal-reads.ts";
import { createSigningKey, loadSigningKey, type SigningKey } from "./keys.ts";
import { type Marks, openMarks, type TimerSource } from "./marks.ts";
import { migrate } from "./migrations/index.ts";
import { createPaymentReads, type PaymentReads } from "./payment-reads.ts";
import { createProjections } from "./projections.ts";
import { rebuildProjections } from "./rebuild.ts";
import { createSaleReads, type SaleReads } from "./sale-reads.ts";
import { createShiftReads, type ShiftReads } from "./shift-reads.ts";
import { checkMark, emptyTail, readTail } from "./tail.ts";
import { createTillReads, type TillReads } from "./till-reads.ts";
import { zoneTime } from "./time.ts";
import { createTransactions, type Transactions } from "./transactions.ts";
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
 * Opens the ledger in a data folder, or begins one there. What it returns has passed SQLite's quick check, is signed by
 * a key that is at hand, and is not behind the marks.
 * @throws TillError `folder.not-writable`, `folder.in-use`, `ledger.newer-version`, `ledger.migration-failed`,
 * `ledger.damaged`, `ledger.key-missing`, `ledger.behind-mark`. A refused opening leaves journal, keys and marks as they are.
 */
export function openLedger(options: LedgerOptions): Ledger {
  const folder = prepareFolder(options.folder);
  const database = openDatabase(folder.database);
  let marks: Marks | undefined;
  try {
    migrate(database, folder.database);
    marks = openMarks(folder.marks, {
      timers: options.timers ?? processTimers,
      report: options.report ?? ((error) => process.emitWarning(error)),
    });
    return assemble(options, folder, database, marks);
  } catch (error) {
    marks?.close();
    database.close();
    throw error;
  }
}

function assemble(options: LedgerOptions, folder: LedgerFolder, database: LedgerDatabase, marks: Marks): Ledger {
  const reads = createJournalReads(database);
  const transactions = createTransactions(database);
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
  const stores = createWorkStores(database, transactions);
  tellOpening(options, journal, stores, identity, marks);
  return {
    ...reads,
    ...createSaleReads(database),
    ...createPaymentReads(database),
    ...createTillReads(database),
    ...createShiftReads(database),
    ...createArrivalReads(database),
    ...stores,
    identity,
    head: () => ({ seq: journal.tail().seq, hash: journal.tail().hash }),
    nextReceiptNumber: () => journal.tail().receiptNumber + 1,
    append: (entries, work) => journal.append(entries, work),
    write: (work) => transactions.write(work),
    rebuild: () => rebuildProjections({ database, transactions, projections }),
    exportLines: () => exportLines(reads),
    copyTo: (file, onProgress) => copyLedger(database, file, onProgress),
    close() {
      marks.close();
      database.close();
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
  const tail = readTail(database);
  // Also before a new ledger is begun: a mark without a journal means that the journal was taken away.
  checkMark(database, identity?.ledger, tail, marks.found);
  if (identity !== undefined) return { identity, key: loadSigningKey(folder.keys, "journal", identity.keyId), tail };
  const key = createSigningKey(folder.keys, "journal");
  const { keyId, publicKey } = key;
  return { identity: { ledger: options.ids.uuid(), keyId, publicKey, epoch: 1 }, key, tail: emptyTail };
}

const versionSetting = "software.version";

/** The entries that an opening itself makes: the ledger's first, another software, marks that nobody can read. */
function tellOpening(
  options: LedgerOptions,
  journal: Journal,
  stores: WorkStores,
  { keyId, publicKey, epoch }: Identity,
  marks: Marks,
): void {
  const { ids, softwareVersion } = options;
  const before = stores.settings.read(versionSetting);
  const entries: NewEntry[] = [];
  if (journal.tail().seq === 0) {
    entries.push({ id: ids.uuid(), type: "ledger.opened", body: { keyId, publicKey, epoch } });
  } else if (before !== undefined && before !== softwareVersion) {
    entries.push({ id: ids.uuid(), type: "software.updated", body: { from: before, to: softwareVersion } });
  }
  if (marks.torn === 2) {
    entries.push({
      id: ids.uuid(),
      type: "incident",
      body: { code: "marks.unreadable", detail: "Both slots are torn" },
    });
  }
  if (entries.length === 0 && before === softwareVersion) return;
  journal.append(entries, () => stores.settings.save(versionSetting, softwareVersion));
}

const processTimers: TimerSource = {
  // A flush that is due must not keep the process alive: close() flushes too.
  setTimer: (callback, delayMs) => setTimeout(callback, delayMs).unref(),
  clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout),
};
