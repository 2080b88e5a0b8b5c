import { createHash, verify, type KeyObject } from "node:crypto";
import type { PlatformErrorCode } from "../../sync/protocol/api.ts";
import { utf8 } from "../../sync/protocol/bytes.ts";
import { CanonicalError, parseCanonical } from "../../sync/protocol/canonical.ts";
import {
  entryFieldsSchema,
  entrySigningBytes,
  type EntryFields,
  type Head,
  type SignedEntry,
} from "../../sync/protocol/entry.ts";
import { entryBodySchemas } from "../../sync/protocol/entry-types.ts";

/** An entry whose text and signature hold, ready to be stored as it came. */
export type CheckedEntry = { fields: EntryFields; text: Buffer; hash: Buffer; signature: Buffer; keyId: string };

/** Why an entry cannot be stored. */
export type EntryRefusal = { code: PlatformErrorCode; detail: string };

/** Whose entries are looked at. */
export type LedgerIdentity = { ledger: string; keyId: string; key: KeyObject; publicKeyHex: string };

/**
 * Reads one entry as it came: canonical text, fields, ledger, signature. Of its type and body it asks nothing, except
 * that the first entry of a ledger opens it with the enrolled key.
 */
export function checkEntry(entry: SignedEntry, identity: LedgerIdentity): CheckedEntry | EntryRefusal {
  const read = readFields(entry.text);
  if ("refusal" in read) return read.refusal;
  const { fields } = read;
  if (fields.ledger !== identity.ledger) return { code: "request.invalid", detail: "The entry is of another ledger" };
  const text = Buffer.from(utf8(entry.text));
  const hash = createHash("sha256").update(text).digest();
  const signature = Buffer.from(entry.signature, "hex");
  if (entry.keyId !== identity.keyId || !verify(null, entrySigningBytes(hash), identity.key, signature)) {
    return { code: "ledger.bad-signature", detail: `Entry ${fields.seq} is not signed by this ledger's key` };
  }
  if (fields.seq === 1 && !opensLedger(fields, identity)) {
    return { code: "ledger.bad-chain", detail: "The first entry does not open the ledger with the enrolled key" };
  }
  return { fields, text, hash, signature, keyId: entry.keyId };
}

/** Whether an entry follows this head, and if not, why. */
export function followsHead(entry: CheckedEntry, head: Head): EntryRefusal | null {
  const { seq, previous } = entry.fields;
  if (seq > head.seq + 1) return { code: "ledger.gap", detail: `Entry ${seq} came where ${head.seq + 1} is next` };
  if (previous !== head.hash)
    return { code: "ledger.bad-chain", detail: `Entry ${seq} does not follow entry ${head.seq}` };
  return null;
}

function readFields(text: string): { fields: EntryFields } | { refusal: EntryRefusal } {
  const refuse = (detail: string): { refusal: EntryRefusal } => ({ refusal: { code: "request.invalid", detail } });
  try {
    const read = entryFieldsSchema.safeParse(parseCanonical(text));
    if (read.success) return { fields: read.data };
    const issue = read.error.issues[0];
    return refuse(`An entry's ${issue?.path.join(".") ?? "field"}: ${issue?.message ?? ""}`);
  } catch (error) {
    if (error instanceof CanonicalError) return refuse(error.message);
    throw error;
  }
}

function opensLedger(fields: EntryFields, identity: LedgerIdentity): boolean {
  if (fields.type !== "ledger.opened") return false;
  const body = entryBodySchemas["ledger.opened"].safeParse(fields.body);
  return body.success && body.data.publicKey === identity.publicKeyHex && body.data.keyId === identity.keyId;
}
