import { strict as assert } from "node:assert";
import { hash as hashOf, sign } from "node:crypto";
import { canonicalise, type CanonicalValue } from "../../sync/protocol/canonical.ts";
import {
  entryFormat,
  entrySigningBytes,
  entryFieldsSchema,
  entryText,
  idSchema,
  maximumEntryBytes,
  type Posting,
  unbalancedCurrencies,
} from "../../sync/protocol/entry.ts";
import { entryBodySchemas } from "../../sync/protocol/entry-types.ts";
import { TillError } from "../contract/errors.ts";
import type { LedgerDatabase } from "./database.ts";
import type { KnownEntry, NewEntry, StoredEntry } from "./entries.ts";
import type { IdSource } from "./ids.ts";
import { createJournalReads } from "./journal-reads.ts";
import type { SigningKey } from "./keys.ts";
import { postingsOf, type Projections } from "./projections.ts";
import type { ZoneTime } from "./time.ts";
import type { Transactions } from "./transactions.ts";

/** How far the clock may go back (an adjustment by the network) before the journal says so. */
const toleratedBackMs = 1000;

const personSchema = entryFieldsSchema.shape.person;

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
 * something else, and what `Transactions.write` throws. Nothing of the call is kept then.
 */
export function createJournal(parts: JournalParts): Journal {
  const { database, transactions, projections, key } = parts;
  const reads = createJournalReads(database);
  const insert = database.prepare(
    // The text comes as the UTF-8 that is hashed, so that it is encoded once.
    `INSERT INTO journal (seq, ledger, id, type, text, hash, signature, key_id)
     VALUES (?, ?, ?, ?, CAST(? AS TEXT), ?, ?, ?)`,
  );
  let tail = parts.tail;

  function store(entry: NewEntry, tailBefore: Tail, nowMs: number): { stored: StoredEntry; tail: Tail } {
    const fields = completeEntry(parts, entry, tailBefore, nowMs);
    const text = entryText(fields);
    const bytes = Buffer.from(text);
    if (bytes.length > maximumEntryBytes) throw new RangeError(`The entry is longer than ${maximumEntryBytes} bytes`);
    const hash = hashOf("sha256", bytes, "buffer");
    const signature = sign(null, entrySigningBytes(hash), key.privateKey);
    const { seq, id, type } = fields;
    insert.run(seq, fields.ledger, id, type, bytes, hash, signature, key.keyId);
    projections.apply(fields);
    const stored = {
      seq,
      id,
      type,
      text,
      hash: hash.toString("hex"),
      signature: signature.toString("hex"),
      keyId: key.keyId,
    };
    return { stored, tail: tailAfter(tailBefore, fields, stored.hash, nowMs) };
  }

  function appendNow(entries: readonly NewEntry[], work?: () => void): { stored: StoredEntry[]; tail: Tail } {
    const nowMs = parts.now();
    let newTail = tail;
    if (nowMs < tail.timeMs - toleratedBackMs) {
      newTail = { ...store(clockJumped(parts, tail, nowMs), tail, nowMs).tail, timeMs: nowMs };
    }
    let anyNew = entries.length === 0;
    const stored = entries.map((entry) => {
      const known = findStored(reads.entryById(entry.id), entry);
      if (known !== undefined) return known;
      const result = store(entry, newTail, nowMs);
      newTail = result.tail;
      anyNew = true;
      return result.stored;
    });
    if (anyNew) work?.();
    return { stored, tail: newTail };
  }

  return {
    tail: () => tail,
    append(entries, work) {
      assert(!database.inTransaction, "Entries are never appended from within another transaction");
      const result = transactions.write(() => appendNow(entries, work));
      if (result.tail !== tail) {
        tail = result.tail;
        parts.onCommitted(tail);
      }
      return result.stored;
    },
  };
}

function completeEntry(parts: JournalParts, entry: NewEntry, tail: Tail, nowMs: number): KnownEntry {
  const fields = {
    format: entryFormat,
    ledger: parts.ledger,
    seq: tail.seq + 1,
    id: idSchema.parse(entry.id),
    time: parts.zoneTime.format(nowMs),
    zone: parts.zone,
    businessDay: parts.zoneTime.businessDay(nowMs, parts.dayStartMinutes()),
    ...(entry.person === undefined ? {} : { person: personSchema.parse(entry.person) }),
    ...(entry.shift === undefined ? {} : { shift: idSchema.parse(entry.shift) }),
    training: entry.training ?? false,
    type: entry.type,
    body: completeBody(entry),
    previous: tail.hash,
  } as KnownEntry;
  assertBalanced(postingsOf(fields));
  if (hasReceiptNumber(fields) && tail.receiptNumber > 0) {
    assert.equal(fields.body.receiptNumber, tail.receiptNumber + 1, "Receipt numbers follow each other");
  }
  return fields;
}

/** The body as its schema allows it, in a copy. A zero that a subtraction made negative has no canonical form: it is 0. */
function completeBody(entry: NewEntry): KnownEntry["body"] {
  const body = entryBodySchemas[entry.type].parse(entry.body);
  clearNegativeZeros(body);
  return body;
}

function clearNegativeZeros(container: Record<string, unknown>): void {
  for (const name of Object.keys(container)) {
    const value = container[name];
    if (value === 0) container[name] = 0;
    else if (typeof value === "object" && value !== null) clearNegativeZeros(value as Record<string, unknown>);
  }
}

function assertBalanced(postings: readonly Posting[]): void {
  let size = 0;
  for (const { amountMinor } of postings) size += Math.abs(amountMinor);
  // Below this bound every partial sum is exact, so a zero is a zero.
  if (!Number.isSafeInteger(size)) throw new TillError("ledger.unbalanced", { detail: "amounts too large" });
  const [difference] = unbalancedCurrencies(postings);
  if (difference !== undefined) throw new TillError("ledger.unbalanced", difference);
}

/** Sales and refunds count with one counter. */
function hasReceiptNumber(entry: KnownEntry): entry is Extract<KnownEntry, { type: `${string}.settled` }> {
  return entry.type === "sale.settled" || entry.type === "refund.settled";
}

function tailAfter(before: Tail, entry: KnownEntry, hash: string, nowMs: number): Tail {
  const receipt = hasReceiptNumber(entry) ? entry.body : receiptAfter(before, entry);
  return {
    seq: entry.seq,
    hash,
    timeMs: Math.max(before.timeMs, nowMs),
    receiptNumber: receipt.receiptNumber,
    receiptCode: receipt.receiptCode,
  };
}

/** A till that takes the place of another goes on behind the receipts of the other. */
function receiptAfter(before: Tail, entry: KnownEntry): Pick<Tail, "receiptNumber" | "receiptCode"> {
  const follows = entry.type === "till.enrolled" ? entry.body.follows : undefined;
  const { receiptNumber = 0, receiptCode = "" } = follows ?? {};
  return receiptNumber > before.receiptNumber ? { receiptNumber, receiptCode } : before;
}

function clockJumped(parts: JournalParts, tail: Tail, nowMs: number): NewEntry {
  const { format } = parts.zoneTime;
  return {
    id: parts.ids.uuid(),
    type: "clock.jumped",
    body: { from: format(tail.timeMs), to: format(nowMs), backMs: tail.timeMs - nowMs },
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
