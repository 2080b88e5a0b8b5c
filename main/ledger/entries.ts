import { type EntryFields, entryFieldsSchema } from "../../sync/protocol/entry.ts";
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
 * What this version makes of a stored text. `unread` is an entry that another version wrote (its type is not known here, or
 * its body is not as this version knows it) or whose text was damaged; `fields` are there where at least its frame can be
 * read. An unread entry stays in the chain and is sent like any other: it is left out of what needs its body, and counted.
 */
export type EntryReading = { state: "known"; entry: KnownEntry } | { state: "unread"; fields: EntryFields | undefined };

/** Reads a stored text. It never throws: what stands in a journal must not keep a till from reading the rest of it. */
export function readEntry(text: string): EntryReading {
  const fields = readFields(text);
  if (fields === undefined || !isKnownEntryType(fields.type)) return { state: "unread", fields };
  const body = entryBodySchemas[fields.type].safeParse(fields.body);
  if (!body.success) return { state: "unread", fields };
  return { state: "known", entry: { ...fields, body: body.data } as KnownEntry };
}

/** The entry of a stored text, `undefined` where this version cannot read it; see `readEntry`. */
export function readKnownEntry(text: string): KnownEntry | undefined {
  const reading = readEntry(text);
  return reading.state === "known" ? reading.entry : undefined;
}

function readFields(text: string): EntryFields | undefined {
  try {
    return entryFieldsSchema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
