import { strict as assert } from "node:assert";
import {
  entryFieldsSchema,
  entryFormat,
  idSchema,
  type Posting,
  unbalancedCurrencies,
} from "../../sync/protocol/entry.ts";
import { entryBodySchemas } from "../../sync/protocol/entry-types.ts";
import { TillError } from "../contract/errors.ts";
import type { KnownEntry, NewEntry } from "./entries.ts";
import { postingsOf } from "./projections.ts";

const personSchema = entryFieldsSchema.shape.person;

/** What an entry gets from the journal: its place in the ledger and the time of the call. */
export interface EntryPlace {
  ledger: string;
  seq: number;
  time: string;
  zone: string;
  businessDay: string;
  /** The hash of the entry before. */
  previous: string;
  /** The newest receipt's number, 0 before the first. */
  receiptNumber: number;
}

/**
 * An entry's fields, every one held against its schema, in the order of the canonical text.
 * @throws TillError `ledger.unbalanced` when the postings do not sum to zero.
 * @throws AssertionError when its receipt number is not the next one, ZodError for a body that its schema does not allow.
 */
export function completeEntry(entry: NewEntry, place: EntryPlace): KnownEntry {
  const fields = {
    body: completeBody(entry),
    businessDay: place.businessDay,
    format: entryFormat,
    id: idSchema.parse(entry.id),
    ledger: place.ledger,
    ...(entry.person === undefined ? {} : { person: personSchema.parse(entry.person) }),
    previous: place.previous,
    seq: place.seq,
    ...(entry.shift === undefined ? {} : { shift: idSchema.parse(entry.shift) }),
    time: place.time,
    training: entry.training ?? false,
    type: entry.type,
    zone: place.zone,
  } as KnownEntry;
  assertBalanced(postingsOf(fields));
  if (hasReceiptNumber(fields) && place.receiptNumber > 0) {
    assert.equal(fields.body.receiptNumber, place.receiptNumber + 1, "Receipt numbers follow each other");
  }
  return fields;
}

/** The body as its schema allows it, in a copy. A zero that a subtraction made negative has no canonical form: it is 0. */
export function completeBody(entry: NewEntry): KnownEntry["body"] {
  const body = entryBodySchemas[entry.type].parse(entry.body);
  clearNegativeZeros(body);
  return body;
}

/** Sales and refunds count with one counter. */
export function hasReceiptNumber(entry: KnownEntry): entry is Extract<KnownEntry, { type: `${string}.settled` }> {
  return entry.type === "sale.settled" || entry.type === "refund.settled";
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
