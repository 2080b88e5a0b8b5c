import type { EntryBody } from "../../sync/protocol/entry-types.ts";
import { TillError } from "../contract/errors.ts";
import { readKnownEntry, type KnownEntry } from "../ledger/entries.ts";
import type { Ledger } from "../ledger/open.ts";
import { noteName } from "./note.ts";

/** Where a settled sale or refund stands in the journal. `saleId` is its own id, also for a refund. */
type Place = {
  saleId: string;
  ledger: string;
  seq: number;
  hash: string;
  time: string;
  businessDay: string;
  /** Who sold it; nobody at a kiosk. */
  person?: string;
  /** The note, while it is kept beside the entry. */
  note?: string;
};

/** A settled sale or refund as the journal has it. */
export type Settled = Place &
  ({ kind: "sale"; body: EntryBody<"sale.settled"> } | { kind: "refund"; body: EntryBody<"refund.settled"> });

/**
 * Reads a sale or a refund by its own id, null where this ledger has none.
 * @throws TillError `entry.unread` where it has one that this version cannot read: it must never pass for one that is not
 * settled, or given back, yet.
 */
export function readSettled(ledger: Ledger, saleId: string): Settled | null {
  const summary = ledger.sale(saleId);
  const stored = summary === undefined ? undefined : ledger.entry(summary.seq);
  if (stored === undefined) return null;
  const entry = readKnownEntry(stored.text);
  if (entry === undefined) throw new TillError("entry.unread", { seq: stored.seq });
  return settledOf(entry, stored.hash, ledger.privateValues.read(stored.id, noteName));
}

/** The sale or refund that an entry is, with the note that is kept beside it; null for any other entry. */
export function settledOf(entry: KnownEntry, hash: string, note: string | undefined): Settled | null {
  const place = {
    ledger: entry.ledger,
    seq: entry.seq,
    hash,
    time: entry.time,
    businessDay: entry.businessDay,
    ...(entry.person === undefined ? {} : { person: entry.person }),
    ...(note === undefined ? {} : { note }),
  };
  if (entry.type === "sale.settled") return { ...place, kind: "sale", saleId: entry.body.saleId, body: entry.body };
  if (entry.type === "refund.settled") {
    return { ...place, kind: "refund", saleId: entry.body.refundId, body: entry.body };
  }
  return null;
}
