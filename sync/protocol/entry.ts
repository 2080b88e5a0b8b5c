import { z } from "zod";
import { concatBytes, utf8 } from "./bytes.ts";
import { canonicalBytes, canonicalise, type CanonicalValue } from "./canonical.ts";
import { amountMinorSchema, currencySchema } from "./money.ts";

/** The version of the entry's own fields. Readers upcast older ones; nobody ever writes an old entry again. */
export const entryFormat = 1;

/** The largest canonical text that the platform stores; a sale of 2,000 lines has room in it. */
export const maximumEntryBytes = 1024 * 1024;

/** What the signature covers before the hash, so that a signed entry can never pass as another signed thing. */
const signingDomain = utf8("suanpan journal entry 1\u0000");

const uuidSchema = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

/** A lower-case UUID of any version (RFC 9562). */
export const idSchema = uuidSchema;

/** A SHA-256 in lower-case hexadecimal. */
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** The first eight bytes of the SHA-256 of a raw public key, in hexadecimal. */
export const keyIdSchema = z.string().regex(/^[0-9a-f]{16}$/);

/** An Ed25519 signature in hexadecimal. */
export const signatureSchema = z.string().regex(/^[0-9a-f]{128}$/);

/** A raw Ed25519 public key in hexadecimal. */
export const publicKeySchema = z.string().regex(/^[0-9a-f]{64}$/);

/** An instant with its offset, to the millisecond: 2026-11-20T14:32:09.120+08:00. */
export const timeSchema = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d\d:\d\d)$/);

/** A calendar day, YYYY-MM-DD. */
const daySchema = z.string().regex(/^\d{4}-\d\d-\d\d$/);

/** One leg of a double entry. Positive is a debit. The legs of an entry sum to zero for each currency. */
export const postingSchema = z.strictObject({
  account: z.string().regex(/^[a-z][a-z-]*(?::[A-Za-z0-9._-]{1,64})?$/),
  amountMinor: amountMinorSchema,
  currency: currencySchema,
});

/** One leg of a double entry. */
export type Posting = z.infer<typeof postingSchema>;

/**
 * The fields of every entry. `previous` is the hash of the text before it in the same ledger, 64 zeros for the first.
 * `person` and `shift` are left out where there is none; null has no canonical form. Unknown types are legal: the
 * platform of today stores the entries of tomorrow's tills.
 */
export const entryFieldsSchema = z.looseObject({
  format: z.int().min(1),
  ledger: uuidSchema,
  seq: z.int().min(1),
  id: uuidSchema,
  time: timeSchema,
  zone: z.string().min(1).max(64),
  businessDay: daySchema,
  person: z.string().min(1).max(64).optional(),
  shift: uuidSchema.optional(),
  training: z.boolean(),
  type: z.string().regex(/^[a-z]+(?:\.[a-z-]+){0,2}$/),
  body: z.record(z.string(), z.unknown()),
  previous: hashSchema,
});

/** The fields of an entry, whatever its type. */
export type EntryFields = z.infer<typeof entryFieldsSchema>;

/** An entry as it is stored and sent: these bytes are never parsed and written again. */
export const signedEntrySchema = z.strictObject({
  text: z.string().min(2).max(maximumEntryBytes),
  signature: signatureSchema,
  keyId: keyIdSchema,
});

/** An entry as it is stored and sent. */
export type SignedEntry = z.infer<typeof signedEntrySchema>;

/** The `previous` of a ledger's first entry. */
export const noPreviousHash = "0".repeat(64);

/** A place in a ledger: its sequence number and the hash of the text there. Seq 0 with 64 zeros is an empty ledger. */
export const headSchema = z.strictObject({ seq: z.int().min(0), hash: hashSchema });

/** A place in a ledger. */
export type Head = z.infer<typeof headSchema>;

/** The head of a ledger without entries. */
export const emptyHead: Head = { seq: 0, hash: noPreviousHash };

/**
 * The canonical text of an entry's fields.
 * @throws CanonicalError when a field has no canonical form.
 */
export function entryText(fields: EntryFields): string {
  return canonicalise(presentFields(fields));
}

/**
 * The same text as UTF-8, which is what is hashed and stored.
 * @throws CanonicalError when a field has no canonical form.
 */
export function entryBytes(fields: EntryFields): Uint8Array<ArrayBuffer> {
  return canonicalBytes(presentFields(fields));
}

function presentFields(fields: EntryFields): CanonicalValue {
  if (!Object.values(fields).includes(undefined)) return fields as CanonicalValue;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as CanonicalValue;
}

/** The bytes that are signed for an entry whose text has this SHA-256 (32 bytes). */
export function entrySigningBytes(hash: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatBytes(signingDomain, hash);
}

/** The postings of an entry's body, an empty list where it moves no value. */
export function entryPostings(body: Record<string, unknown>): Posting[] {
  if (!Object.hasOwn(body, "postings")) return [];
  return z.array(postingSchema).max(4096).parse(body["postings"]);
}

/**
 * The currencies whose legs do not sum to zero, with the difference; an empty list is a balanced entry. Sums are exact:
 * legs near 2^53 would otherwise round a difference away. A difference beyond 2^53 is given as the nearest number.
 */
export function unbalancedCurrencies(postings: readonly Posting[]): { currency: string; differenceMinor: number }[] {
  const sums = new Map<string, bigint>();
  for (const { currency, amountMinor } of postings) {
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amountMinor));
  }
  return [...sums]
    .filter(([, sum]) => sum !== 0n)
    .map(([currency, sum]) => ({ currency, differenceMinor: Number(sum) }));
}
