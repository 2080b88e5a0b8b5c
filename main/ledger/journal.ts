import { strict as assert } from "node:assert";
import { hash as hashOf, sign } from "node:crypto";
import { fromUtf8 } from "../../sync/protocol/bytes.ts";
import { canonicalise, type CanonicalValue } from "../../sync/protocol/canonical.ts";
import { entryBytes, entrySigningBytes, maximumEntryBytes } from "../../sync/protocol/entry.ts";
import { TillError } from "../contract/errors.ts";
import { completeBody, completeEntry, hasReceiptNumber } from "./complete-entry.ts";
import type { LedgerDatabase } from "./database.ts";
import type { KnownEntry, NewEntry, StoredEntry } from "./entries.ts";
import type { IdSource } from "./ids.ts";
import { createJournalReads } from "./journal-reads.ts";
import type { SigningKey } from "./keys.ts";
import { createPaymentRules } from "./payment-rules.ts";
import { createRefundRules } from "./refund-rules.ts";
import type { Projections } from "./projections.ts";
import type { ZoneTime } from "./time.ts";
import type { Transactions } from "./transactions.ts";

/** How far the clock may go back (an adjustment by the network) before the journal says so. */
const toleratedBackMs = 1000;

/** The end of the journal, held in memory. */
export interface Tail {
  seq: number;
  /** Hexadecimal; 64 zeros before the first entry. */
  hash: string;
  /** The latest time that an entry has, in Unix milliseconds. */
  timeMs: number;
  /** The newest receipt, 0 and an empty text before the first. */
  receiptNumber: number;
  receiptCode: string;
}

/** What the journal works with. */
export interface JournalParts {
  database: LedgerDatabase;
  transactions: Transactions;
  projections: Projections;
  ledger: string;
  key: SigningKey;
  ids: IdSource;
  zone: string;
  zoneTime: ZoneTime;
  dayStartMinutes(): number;
  now(): number;
  tail: Tail;
  /** Called after each commit with the new end. */
  onCommitted(tail: Tail): void;
}

/** The journal's writing side. */
export interface Journal {
  tail(): Readonly<Tail>;
  append(entries: readonly NewEntry[], work?: () => void): StoredEntry[];
}

/**
 * The only function that writes entries. One call is one durable transaction: the entries, what the projections make
 * of them, and the working state that `work` changes, all or nothing. Nothing may print, open or say "paid" before it
 * returns. An id that is stored already gives back the stored entry; when all of them are, `work` is not run again.
 * A clock that went back is told in a `clock.jumped` entry before them and never refused.
 * @throws TillError `ledger.unbalanced` when postings do not sum to zero, `ledger.id-used` when an id stands for
 * something else, `payment.final` when a payment has ended already, `refund.above-remaining` when more would be given back than
 * was sold, and what `Transactions.write` throws. Nothing of the
 * call is kept then.
 */
export function createJournal(parts: JournalParts): Journal {
  const { database, transactions, projections, key } = parts;
  const reads = createJournalReads(database);
  const rules = [createPaymentRules(database), createRefundRules(database)];
  // The text comes as the UTF-8 that is hashed, so that it is encoded once.
  const insert = database.prepare(
    `INSERT INTO journal (seq, ledger, id, type, text, hash, signature, key_id)
     VALUES (?, ?, ?, ?, CAST(? AS TEXT), ?, ?, ?)`,
  );
  let end: End = { ...parts.tail, newestId: readNewestId(database), businessDay: "" };

  function store(entry: NewEntry, before: End, moment: Moment): { stored: StoredEntry; end: End } {
    const fields = completeEntry(entry, {
      ledger: parts.ledger,
      seq: before.seq + 1,
      time: moment.time,
      zone: parts.zone,
      businessDay: moment.businessDay,
      previous: before.hash,
      receiptNumber: before.receiptNumber,
    });
    for (const rule of rules) rule.check(fields);
    const text = entryBytes(fields);
    if (text.length > maximumEntryBytes) throw new RangeError(`The entry is longer than ${maximumEntryBytes} bytes`);
    const hash = hashOf("sha256", text, "buffer");
    const signature = sign(null, entrySigningBytes(hash), key.privateKey);
    insert.run(fields.seq, fields.ledger, fields.id, fields.type, text, hash, signature, key.keyId);
    projections.apply(fields, { dayBefore: before.businessDay });
    return {
      stored: storedEntry(fields, text, hash, signature, key.keyId),
      end: endAfter(before, fields, hash, moment),
    };
  }

  function appendNow(entries: readonly NewEntry[], work?: () => void): { stored: StoredEntry[]; end: End } {
    const moment = momentOf(parts);
    let newEnd = end;
    if (moment.timeMs < end.timeMs - toleratedBackMs) {
      newEnd = { ...store(clockJumped(parts, end, moment), end, moment).end, timeMs: moment.timeMs };
    }
    let anyNew = entries.length === 0;
    const stored = entries.map((entry) => {
      // Ids rise, so an id above the newest one is new without looking for it.
      const known = entry.id > newEnd.newestId ? undefined : findStored(reads.entryById(entry.id), entry);
      if (known !== undefined) return known;
      const result = store(entry, newEnd, moment);
      newEnd = result.end;
      anyNew = true;
      return result.stored;
    });
    if (anyNew) work?.();
    return { stored, end: newEnd };
  }

  return {
    tail: () => end,
    append(entries, work) {
      assert(!database.inTransaction, "Entries are never appended from within another transaction");
      const result = transactions.write(() => appendNow(entries, work));
      if (result.end !== end) {
        end = result.end;
        parts.onCommitted(end);
      }
      return result.stored;
    },
  };
}

/** The end of the journal with what spares look-ups on the way of every sale. */
interface End extends Tail {
  /** The highest id there is, an empty text without one. */
  newestId: string;
  /** The day of the newest entry, whose first entry the projections know then; empty until this run has written one. */
  businessDay: string;
}

function readNewestId(database: LedgerDatabase): string {
  return database.prepare<[], { id: string | null }>("SELECT max(id) AS id FROM journal").get()?.id ?? "";
}

/** The time of one call, which all its entries have. */
interface Moment {
  timeMs: number;
  time: string;
  businessDay: string;
}

function momentOf({ zoneTime, dayStartMinutes, now }: JournalParts): Moment {
  const timeMs = now();
  const time = zoneTime.format(timeMs);
  return { timeMs, time, businessDay: zoneTime.businessDay(timeMs, dayStartMinutes()) };
}

/** Few callers look at what they get back, so it is put into text when they do. */
function storedEntry(
  { seq, id, type }: KnownEntry,
  text: Uint8Array,
  hash: Buffer,
  signature: Buffer,
  keyId: string,
): StoredEntry {
  return {
    seq,
    id,
    type,
    get text() {
      return fromUtf8(text);
    },
    hash: hash.toString("hex"),
    get signature() {
      return signature.toString("hex");
    },
    keyId,
  };
}

/** A till that takes the place of another goes on behind the receipts of the other. */
function receiptAfter(before: Tail, entry: KnownEntry): Pick<Tail, "receiptNumber" | "receiptCode"> {
  const follows = entry.type === "till.enrolled" ? entry.body.follows : undefined;
  const { receiptNumber = 0, receiptCode = "" } = follows ?? {};
  return receiptNumber > before.receiptNumber ? { receiptNumber, receiptCode } : before;
}

function endAfter(before: End, entry: KnownEntry, hash: Buffer, { timeMs }: Moment): End {
  const receipt = hasReceiptNumber(entry) ? entry.body : receiptAfter(before, entry);
  return {
    seq: entry.seq,
    hash: hash.toString("hex"),
    timeMs: Math.max(before.timeMs, timeMs),
    receiptNumber: receipt.receiptNumber,
    receiptCode: receipt.receiptCode,
    newestId: entry.id > before.newestId ? entry.id : before.newestId,
    businessDay: entry.businessDay,
  };
}

function clockJumped(parts: JournalParts, tail: Tail, { timeMs, time }: Moment): NewEntry {
  return {
    id: parts.ids.uuid(),
    type: "clock.jumped",
    body: { from: parts.zoneTime.format(tail.timeMs), to: time, backMs: tail.timeMs - timeMs },
  };
}

function findStored(stored: StoredEntry | undefined, entry: NewEntry): StoredEntry | undefined {
  if (stored === undefined) return undefined;
  const { body } = JSON.parse(stored.text) as { body: CanonicalValue };
  if (stored.type !== entry.type || canonicalise(body) !== canonicalise(completeBody(entry) as CanonicalValue)) {
    throw new TillError("ledger.id-used", { seq: stored.seq });
  }
  return stored;
}
