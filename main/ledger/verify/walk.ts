import { createHash } from "node:crypto";
import { readCanonicalText } from "./canonical-text.ts";
import type { JournalRow } from "./sources.ts";

/** Why an entry, or what stands beside the journal, does not hold. */
export type BrokenReason =
  | "unreadable"
  | "not-canonical"
  | "sequence"
  | "other-ledger"
  | "columns-differ"
  | "id-repeated"
  | "previous-hash"
  | "stored-hash"
  | "opening"
  | "unknown-key"
  | "signature"
  | "postings"
  | "receipt-number"
  | "projection-differs"
  | "mark-differs"
  | "behind-mark";

/** The first thing that does not hold. `params` fill the words for the reason. */
export interface Broken {
  seq: number;
  reason: BrokenReason;
  params: Readonly<Record<string, string | number>>;
}

/** A leg as the entry has it. */
export interface Leg {
  account: string;
  currency: string;
  amountMinor: bigint;
}

/** An entry that holds, but for its signature. */
export interface WalkedEntry {
  seq: number;
  previousHash: string;
  hash: Buffer;
  signature: Buffer;
  legs: Leg[];
  /** The total of a settled sale; below zero for a refund. */
  saleTotalMinor?: bigint;
  /** The key that signs from here on, told by the first entry. */
  publicKey?: string;
}

type Fields = Record<string, unknown>;

/** Goes through the entries in order and holds each against the one before. */
export interface Walk {
  /** Takes the next row: either an entry that holds or why it does not. */
  next(row: JournalRow): WalkedEntry | Broken;
}

/** A walk from the first entry on. It keeps the ids it has seen and nothing else. */
export function createWalk(): Walk {
  const ids = new Set<string>();
  let seq = 0;
  let previousHash = "0".repeat(64);
  let ledger = "";
  let keyId = "";
  let receiptNumber: number | undefined;

  function open(fields: Fields): BrokenReason | undefined {
    const key = openingKey(fields);
    if (key === undefined || typeof fields["ledger"] !== "string") return "opening";
    ledger = fields["ledger"];
    keyId = key.keyId;
    return undefined;
  }

  function check(row: JournalRow, fields: Fields, hash: Buffer): BrokenReason | undefined {
    if (fields["seq"] !== seq) return "sequence";
    if (seq === 1) {
      const broken = open(fields);
      if (broken !== undefined) return broken;
    }
    if (fields["ledger"] !== ledger) return "other-ledger";
    if (columnsDiffer(row, fields)) return "columns-differ";
    const id = String(fields["id"]);
    if (ids.has(id)) return "id-repeated";
    ids.add(id);
    if (fields["previous"] !== previousHash) return "previous-hash";
    if (row.hash !== undefined && row.hash !== hash.toString("hex")) return "stored-hash";
    if (row.keyId !== keyId) return "unknown-key";
    return undefined;
  }

  function receiptFollows(body: Fields): boolean {
    const number = body["receiptNumber"];
    if (typeof number !== "number" || (receiptNumber !== undefined && number !== receiptNumber + 1)) return false;
    receiptNumber = number;
    return true;
  }

  return {
    next(row) {
      seq += 1;
      const broken = (reason: BrokenReason, params: Broken["params"] = {}): Broken => ({ seq, reason, params });
      if (row.seq !== seq) return broken("sequence", typeof row.seq === "number" ? { found: row.seq } : {});
      if (typeof row.text !== "string" || typeof row.signature !== "string") return broken("unreadable");
      const fields = readCanonicalText(row.text);
      if (fields === undefined) return broken("not-canonical");
      const hash = createHash("sha256").update(row.text).digest();
      const reason = check(row, fields, hash);
      if (reason !== undefined) return broken(reason);
      const body = fields["body"];
      if (typeof body !== "object" || body === null || Array.isArray(body)) return broken("unreadable");
      const legs = readLegs(body as Fields);
      if (legs === undefined) return broken("postings");
      // Sales and refunds share one counter.
      const sign = fields["type"] === "sale.settled" ? 1 : fields["type"] === "refund.settled" ? -1 : 0;
      if (sign !== 0 && !receiptFollows(body as Fields)) return broken("receipt-number");
      const entry: WalkedEntry = { seq, previousHash, hash, signature: Buffer.from(row.signature, "hex"), legs };
      if (sign !== 0) entry.saleTotalMinor = BigInt(sign * Number((body as Fields)["totalMinor"]));
      const key = seq === 1 ? openingKey(fields) : undefined;
      if (key !== undefined) entry.publicKey = key.publicKey;
      previousHash = hash.toString("hex");
      return entry;
    },
  };
}

/** Whether what stands beside the text in the database says something else than the text. */
function columnsDiffer(row: JournalRow, fields: Fields): boolean {
  return (["ledger", "id", "type"] as const).some((name) => row[name] !== undefined && row[name] !== fields[name]);
}

function openingKey(fields: Fields): { keyId: string; publicKey: string } | undefined {
  if (fields["type"] !== "ledger.opened") return undefined;
  const { keyId, publicKey } = (fields["body"] ?? {}) as Fields;
  if (typeof keyId !== "string" || typeof publicKey !== "string" || !/^[0-9a-f]{64}$/.test(publicKey)) return undefined;
  const derived = createHash("sha256").update(Buffer.from(publicKey, "hex")).digest("hex").slice(0, 16);
  return derived === keyId ? { keyId, publicKey } : undefined;
}

/** The legs of an entry, `undefined` when one is malformed or they do not sum to zero in a currency. */
function readLegs(body: Fields): Leg[] | undefined {
  const postings = body["postings"] ?? [];
  if (!Array.isArray(postings)) return undefined;
  const legs: Leg[] = [];
  const sums = new Map<string, bigint>();
  for (const posting of postings as unknown[]) {
    const { account, currency, amountMinor } = (posting ?? {}) as Fields;
    if (typeof account !== "string" || typeof currency !== "string" || !Number.isSafeInteger(amountMinor))
      return undefined;
    const amount = BigInt(amountMinor as number);
    legs.push({ account, currency, amountMinor: amount });
    sums.set(currency, (sums.get(currency) ?? 0n) + amount);
  }
  for (const sum of sums.values()) if (sum !== 0n) return undefined;
  return legs;
}
