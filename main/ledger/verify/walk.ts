import { hash as hashOf } from "node:crypto";
import { type Fields, isFields, isId, type KnownBody, readBody } from "./bodies.ts";
import { readCanonicalText } from "./canonical-text.ts";
import { IdTable } from "./id-table.ts";
import { type Leg, readLegs } from "./legs.ts";
import type { Broken, BrokenParameters, BrokenReason } from "./reasons.ts";

/** A row of the journal as it lies there, unchecked. What an export does not have is left out. */
export interface JournalRow {
  seq: unknown;
  /** Undefined where it is no text, or longer than any entry. */
  text: string | undefined;
  /** Undefined where it is not 64 bytes. */
  signature: Buffer | undefined;
  keyId: unknown;
  /** In hexadecimal, of either case; an empty text where it is no hash. */
  hash?: string | undefined;
  ledger?: unknown;
  id?: unknown;
  type?: unknown;
}

/** An entry that stands whole in its place, but for its signature. */
export interface WalkedEntry {
  seq: number;
  id: string;
  type: string;
  ledger: string;
  previousHash: string;
  hash: string;
  signature: Buffer;
  /** The fields of every entry, the body among them. */
  fields: Fields;
  body: Fields;
  legs: readonly Leg[];
  isTraining: boolean;
  /** What it says, where its type is one that is looked into and it says it as this version knows it. */
  known: KnownBody | undefined;
  /** A newer version wrote it, or it cannot be read: nobody here knows what was made of it. */
  isStrange: boolean;
  /** What is wrong with it all the same: it is signed and in its place, so that the walk goes on behind it. */
  problem: { reason: BrokenReason; params: BrokenParameters } | undefined;
  /** The key that signs from here on, told by the first entry. */
  publicKey: string | undefined;
}

/** Goes through the entries in order and holds each against the one before. */
export interface Walk {
  /** Takes the next row: either an entry in its place, or why it is not, which ends the walk. */
  next(row: JournalRow): WalkedEntry | Broken;
}

/** The format of entries that is known here. Others are chained and signed all the same. */
const knownFormat = 1;

const firstPrevious = "0".repeat(64);

/** A walk from the first entry on. It keeps the ids it has seen and nothing else. */
export function createWalk(): Walk {
  const ids = new IdTable();
  let seq = 0;
  let previousHash = firstPrevious;
  let ledger: unknown;
  let keyId = "";

  function check(row: JournalRow, fields: Fields, hash: string, key: OpeningKey | undefined): BrokenReason | undefined {
    if (fields["seq"] !== seq) return "sequence";
    if (seq === 1) {
      if (key === undefined || !isId(fields["ledger"])) return "opening";
      ledger = fields["ledger"];
      keyId = key.keyId;
    }
    if (fields["ledger"] !== ledger) return "other-ledger";
    if (columnsDiffer(row, fields)) return "columns-differ";
    const id = fields["id"];
    if (!isId(id) || typeof fields["type"] !== "string" || !isFields(fields["body"])) return "unreadable";
    if (ids.add(id) === -1) return "id-repeated";
    if (fields["previous"] !== previousHash) return "previous-hash";
    if (row.hash !== undefined && row.hash.toLowerCase() !== hash) return "stored-hash";
    return row.keyId === keyId ? undefined : "unknown-key";
  }

  return {
    next(row) {
      seq += 1;
      const broken = (reason: BrokenReason, params: BrokenParameters = {}): Broken => ({ seq, reason, params });
      if (row.seq !== seq) return broken("sequence", typeof row.seq === "number" ? { found: row.seq } : {});
      if (row.text === undefined || row.signature === undefined) return broken("unreadable");
      const fields = readCanonicalText(row.text);
      if (fields === undefined) return broken("not-canonical");
      const hash = hashOf("sha256", row.text, "hex");
      const key = seq === 1 ? openingKey(fields) : undefined;
      const reason = check(row, fields, hash, key);
      if (reason !== undefined) return broken(reason);
      const entry = readEntry(fields, { seq, previousHash, hash, signature: row.signature });
      if (key !== undefined) entry.publicKey = key.publicKey;
      previousHash = hash;
      return entry;
    },
  };
}

/** Whether what stands beside the text in the database says something else than the text. */
function columnsDiffer({ ledger, id, type }: JournalRow, fields: Fields): boolean {
  return (
    (ledger !== undefined && ledger !== fields["ledger"]) ||
    (id !== undefined && id !== fields["id"]) ||
    (type !== undefined && type !== fields["type"])
  );
}

interface OpeningKey {
  keyId: string;
  publicKey: string;
}

function openingKey(fields: Fields): OpeningKey | undefined {
  const body = fields["body"];
  if (fields["type"] !== "ledger.opened" || !isFields(body)) return undefined;
  const { keyId, publicKey } = body;
  if (typeof keyId !== "string" || typeof publicKey !== "string" || !/^[0-9a-f]{64}$/.test(publicKey)) return undefined;
  const derived = hashOf("sha256", Buffer.from(publicKey, "hex"), "hex").slice(0, 16);
  return derived === keyId ? { keyId, publicKey } : undefined;
}

type Place = Pick<WalkedEntry, "seq" | "previousHash" | "hash" | "signature">;

/** What an entry in its place says. */
function readEntry(fields: Fields, { seq, previousHash, hash, signature }: Place): WalkedEntry {
  const type = fields["type"] as string;
  const body = fields["body"] as Fields;
  const read = readLegs(body);
  const outcome = fields["format"] === knownFormat ? readBody(type, body) : "strange";
  const isUnreadable = outcome === "malformed" || (outcome !== "strange" && !hasSharedFields(fields));
  const known = typeof outcome === "object" && !isUnreadable && read !== undefined ? outcome : undefined;
  return {
    seq,
    previousHash,
    hash,
    signature,
    id: fields["id"] as string,
    type,
    ledger: fields["ledger"] as string,
    fields,
    body,
    legs: read?.legs ?? [],
    isTraining: fields["training"] === true,
    // The types that are passed over carry no legs; one that does is a newer version's.
    isStrange: known === undefined && (outcome !== "passed-over" || isUnreadable || read?.legs.length !== 0),
    known,
    problem: problemOf(isUnreadable, read),
    publicKey: undefined,
  };
}

/** What every entry of the known format has besides what the chain needs. */
function hasSharedFields({ time, zone, businessDay, training, person, shift }: Fields): boolean {
  return (
    typeof time === "string" &&
    typeof zone === "string" &&
    typeof businessDay === "string" &&
    typeof training === "boolean" &&
    (person === undefined || typeof person === "string") &&
    (shift === undefined || typeof shift === "string")
  );
}

function problemOf(isUnreadable: boolean, read: ReturnType<typeof readLegs>): WalkedEntry["problem"] {
  if (isUnreadable || read === undefined) return { reason: "unreadable", params: {} };
  return read.unbalanced === undefined ? undefined : { reason: "postings", params: read.unbalanced };
}
