import { createHash, createPublicKey, hash as hashOf, type KeyObject, verify } from "node:crypto";
import { CanonicalError, parseCanonical } from "../../sync/protocol/canonical.ts";
import {
  emptyHead,
  entryFieldsSchema,
  entrySigningBytes,
  type EntryFields,
  type Head,
  type SignedEntry,
} from "../../sync/protocol/entry.ts";
import { entryBodySchemas } from "../../sync/protocol/entry-types.ts";
import { openDatabase, type LedgerDatabase } from "./database.ts";
import { readEntry } from "./entries.ts";
import { readIdentity, type Identity } from "./identity.ts";
import { createJournalReads } from "./journal-reads.ts";
import { migrate } from "./migrations/index.ts";
import { createPaymentReads, type PaymentReads } from "./payment-reads.ts";
import { createProjections } from "./projections.ts";
import { createSaleReads, type SaleReads } from "./sale-reads.ts";
import { checkSchema } from "./schema-check.ts";
import { createTillReads, type TillReads } from "./till-reads.ts";
import { createTransactions } from "./transactions.ts";
import { addRowFunctions } from "./work/row-checksum.ts";
import { createSettingStore } from "./work/settings.ts";

/** A journal that is put together again from entries that were written before. */
export interface RestoringLedger {
  reads: Pick<SaleReads, "recentSales"> &
    Pick<PaymentReads, "openPayments"> &
    Pick<TillReads, "balances" | "lastEnrolment">;
  head(): Head;
  /** What its first entry says; `undefined` while it is empty. */
  identity(): Identity | undefined;
  hashAt(seq: number): string | undefined;
  /**
   * Adds entries exactly as they were written, in one transaction, as long as each follows the one before it: canonical, of
   * this ledger, chained, and signed by its key. Gives how many were taken; the rest is left out.
   */
  add(entries: readonly SignedEntry[]): number;
  /** Takes over working state from another file of this till, each table as far as it can be read. */
  takeWorkingState(file: string): void;
  /**
   * Forgets working state that is older than the journal is now: sales that are set aside and have been settled since, and
   * paper that has come out since. What is settled can be printed again on a person's wish.
   */
  forgetStaleWork(): void;
  /** Has the next opening of the till tell in the journal what was done here. */
  note(incident: RecoveryNote): void;
  close(): void;
}

/** What the next opening tells in an `incident` entry. */
export type RecoveryNote = { code: string; detail: string };

/** Settings that say how one file was found to be. */
const factsOfOneFile = ["verified.head", "ledger.check", "ledger.broken"];

/** The setting that holds the note until it stands in the journal. */
export const recoveryNoteKey = "recovery.note";

/** What a till goes on with besides its journal. Counts of vain tries belong to the numbers of one ledger. */
const carriedTables = [
  "open_basket",
  "parked_sales",
  "private_values",
  "print_jobs",
  "platform_marks",
  "platform_answers",
  "settings",
  "arrivals",
  "outages",
];

/**
 * Opens a ledger's file to be added to, making it where there is none. Nobody sells on it meanwhile: the till opens it
 * afterwards like any other, with all checks. Into an empty one only the entries of `ledger` are taken.
 * @throws TillError as `openDatabase` and `migrate` do.
 */
export function openRestoringLedger(file: string, ledger?: string): RestoringLedger {
  const database = openDatabase(file);
  try {
    migrate(database, file);
    checkSchema(database);
    return restoringLedger(database, ledger);
  } catch (error) {
    database.close();
    throw error;
  }
}

function restoringLedger(database: LedgerDatabase, ledger: string | undefined): RestoringLedger {
  const reads = createJournalReads(database);
  const transactions = createTransactions(database);
  const projections = createProjections(database);
  const insert = database.prepare(
    "INSERT INTO journal (seq, ledger, id, type, text, hash, signature, key_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const last = reads.last();
  const first = reads.entry(1);
  let identity = first === undefined ? undefined : readIdentity(first);
  let key = identity === undefined ? undefined : keyOf(identity.publicKey);
  let head: Head = last === undefined ? emptyHead : { seq: last.seq, hash: last.hash };

  function take(entry: SignedEntry): boolean {
    const fields = readFields(entry.text);
    if (fields === undefined || fields.seq !== head.seq + 1 || fields.previous !== head.hash) return false;
    const opening = head.seq === 0 ? readOpening(fields) : identity;
    if (opening === undefined || fields.ledger !== opening.ledger || entry.keyId !== opening.keyId) return false;
    if (ledger !== undefined && fields.ledger !== ledger) return false;
    key ??= keyOf(opening.publicKey);
    const hash = hashOf("sha256", entry.text, "buffer");
    if (!verify(null, entrySigningBytes(hash), key, Buffer.from(entry.signature, "hex"))) return false;
    if (reads.entryById(fields.id) !== undefined) return false;
    const { seq, id, type } = fields;
    insert.run(seq, fields.ledger, id, type, entry.text, hash, Buffer.from(entry.signature, "hex"), entry.keyId);
    const reading = readEntry(entry.text);
    if (reading.state === "known") projections.apply(reading.entry, { origin: "stored" });
    else if (reading.fields !== undefined) projections.applyUnread(reading.fields);
    identity = opening;
    head = { seq, hash: hash.toString("hex") };
    return true;
  }

  // What is damaged is told by the opening that follows.
  addRowFunctions(database, () => {});
  const settings = createSettingStore(database, transactions);
  return {
    reads: { ...createSaleReads(database), ...createPaymentReads(database), ...createTillReads(database) },
    note: (incident) => settings.save(recoveryNoteKey, JSON.stringify(incident)),
    head: () => head,
    identity: () => identity,
    hashAt: (seq) => (seq === 0 ? emptyHead.hash : reads.entry(seq)?.hash),
    add(entries) {
      const before = { head, identity, key };
      try {
        return transactions.write(() => {
          let taken = 0;
          while (taken < entries.length && take(entries[taken] as SignedEntry)) taken += 1;
          return taken;
        });
      } catch (error) {
        ({ head, identity, key } = before);
        throw error;
      }
    },
    takeWorkingState(file) {
      takeWorkingState(database, file);
      // What was found out about that file says nothing about this one.
      for (const key of factsOfOneFile) settings.remove(key);
    },
    forgetStaleWork() {
      transactions.write(() => {
        database.exec(`DELETE FROM parked_sales WHERE sale_id IN (SELECT sale_id FROM sales);
          DELETE FROM print_jobs WHERE state IN ('waiting', 'sending');
          DELETE FROM open_basket WHERE text ->> '$.basket.saleId' IN (SELECT sale_id FROM sales)`);
      });
    },
    close: () => database.close(),
  };
}

function readFields(text: string): EntryFields | undefined {
  try {
    return entryFieldsSchema.safeParse(parseCanonical(text)).data;
  } catch (error) {
    if (error instanceof CanonicalError) return undefined;
    throw error;
  }
}

function readOpening(fields: EntryFields): Identity | undefined {
  if (fields.type !== "ledger.opened") return undefined;
  const { data } = entryBodySchemas["ledger.opened"].safeParse(fields.body);
  if (data === undefined) return undefined;
  const { keyId, publicKey, epoch, follows } = data;
  const derived = createHash("sha256").update(Buffer.from(publicKey, "hex")).digest("hex").slice(0, 16);
  if (derived !== keyId) return undefined;
  return { ledger: fields.ledger, keyId, publicKey, epoch, ...(follows === undefined ? {} : { follows }) };
}

function keyOf(publicKey: string): KeyObject {
  const x = Buffer.from(publicKey, "hex").toString("base64url");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}

function takeWorkingState(database: LedgerDatabase, file: string): void {
  database.prepare("ATTACH ? AS other").run(file);
  try {
    for (const table of carriedTables) {
      try {
        database.exec(`INSERT OR IGNORE INTO main.${table} SELECT * FROM other.${table}`);
      } catch {
        // What of it cannot be read counts as lost; each table says in the migrations what that costs.
      }
    }
  } finally {
    database.exec("DETACH other");
  }
}
