import type { EntryFields } from "../../sync/protocol/entry.ts";
import { type EntryBody, entryBodySchemas, type EntryType, isKnownEntryType } from "../../sync/protocol/entry-types.ts";

type SharedFields = Pick<
  EntryFields,
  "format" | "ledger" | "seq" | "id" | "time" | "zone" | "businessDay" | "person" | "shift" | "training" | "previous"
>;

/** An entry of a type that this version knows, with the body that belongs to the type. */
export type KnownEntry = {
  [Type in EntryType]: SharedFields & { type: Type; body: EntryBody<Type> };
}[EntryType];

/**
 * What a caller hands over to be appended. The id is a UUIDv7 that was made, and where a device or the platform is
 * told of it also stored, before anything happened. Number, time, business day and hash are the journal's own.
 */
export type NewEntry = {
  [Type in EntryType]: {
    id: string;
    type: Type;
    body: EntryBody<Type>;
    person?: string;
    shift?: string;
    training?: boolean;
  };
}[EntryType];

/** An entry as the journal holds it. `hash` and `signature` are in hexadecimal. */
export interface StoredEntry {
  seq: number;
  id: string;
  type: string;
  text: string;
  hash: string;
  signature: string;
  keyId: string;
}

/**
 * The fields of a stored text, its body held against the schema of its type; `undefined` for a type that this version
 * does not know (a newer one wrote it before the software was put back).
 */
export function readKnownEntry(text: string): KnownEntry | undefined {
  const fields = JSON.parse(text) as EntryFields;
  if (!isKnownEntryType(fields.type)) return undefined;
  return { ...fields, body: entryBodySchemas[fields.type].parse(fields.body) } as KnownEntry;
}
