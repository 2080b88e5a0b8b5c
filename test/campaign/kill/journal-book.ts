import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { KnownEntry } from "../../../main/ledger/entries.ts";
import type { EntryBody } from "../../../sync/protocol/entry-types.ts";
import type { Head } from "../../../sync/protocol/entry.ts";

type Row = { seq: number; id: string; text: string; hash: string };

/** A sale or a refund as the journal has it. `saleId` is the sale that was sold or given back. */
type Settled =
  | { kind: "sale"; seq: number; id: string; body: EntryBody<"sale.settled"> }
  | { kind: "refund"; seq: number; id: string; body: EntryBody<"refund.settled"> };

type PaymentEntry = Extract<KnownEntry, { type: `payment.${string}` }>;

function isPaymentEntry(entry: KnownEntry): entry is PaymentEntry {
  return entry.type.startsWith("payment.");
}

/** How far a payment has come in the journal. */
export type Payment = { saleId: string; amountMinor: number; states: string[] };

/** What a book found wrong, by the count that it belongs to. */
export type Finding = { kind: "lost" | "doubled" | "unseen" | "wrong"; words: string };

/**
 * The campaign's own reading of a journal, entry by entry, with code of its own: what was settled under which receipt, how
 * each payment ended, and what the entries came to. It is read on after each kill and never believes a place it has read to
 * be the same the next time.
 */
export class JournalBook {
  readonly entries: KnownEntry[] = [];
  readonly hashes: string[] = [];
  readonly sales = new Map<string, Extract<Settled, { kind: "sale" }>>();
  /** Refunds by their own ids. */
  readonly refunds = new Map<string, Extract<Settled, { kind: "refund" }>>();
  readonly byReceipt = new Map<string, Settled>();
  readonly payments = new Map<string, Payment>();
  readonly #ids = new Set<string>();
  /** What all refunds of a sale come to. */
  readonly #backMinor = new Map<string, number>();
  #receiptNumber = 0;

  /** Where the journal ends. */
  get head(): Head {
    return { seq: this.entries.length, hash: this.hashes.at(-1) ?? "0".repeat(64) };
  }

  /** Entries of one type, in order. */
  all<Type extends KnownEntry["type"]>(type: Type): Extract<KnownEntry, { type: Type }>[] {
    return this.entries.filter((entry): entry is Extract<KnownEntry, { type: Type }> => entry.type === type);
  }

  /** Reads what the file has beyond what is known, and says what of the known is gone or is another. */
  readOn(file: string): Finding[] {
    const database = new Database(file, { readonly: true });
    try {
      const rows = database
        .prepare<[number], Row>(
          "SELECT seq, id, text, lower(hex(hash)) AS hash FROM journal WHERE seq >= ? ORDER BY seq",
        )
        .all(Math.max(1, this.entries.length));
      return this.#take(rows);
    } finally {
      database.close();
    }
  }

  #take(rows: readonly Row[]): Finding[] {
    const findings: Finding[] = [];
    const { seq: known, hash } = this.head;
    const rest = known === 0 ? rows : rows.slice(1);
    if (known > 0 && rows[0]?.seq !== known) {
      findings.push({ kind: "lost", words: `Entry ${known} is gone from the journal` });
    } else if (known > 0 && rows[0]?.hash !== hash) {
      findings.push({ kind: "lost", words: `Entry ${known} is another than before the kill` });
    }
    for (const row of rest) findings.push(...this.#add(row));
    return findings;
  }

  #add({ seq, id, text, hash }: Row): Finding[] {
    const findings: Finding[] = [];
    const wrong = (words: string) => findings.push({ kind: "wrong", words: `Entry ${seq}: ${words}` });
    const entry = JSON.parse(text) as KnownEntry;
    if (seq !== this.entries.length + 1) wrong(`comes after ${this.entries.length}`);
    if (entry.previous !== this.head.hash) wrong("does not name the hash of the one before");
    if (createHash("sha256").update(text).digest("hex") !== hash) wrong("has another hash than its text");
    if (this.#ids.has(id)) findings.push({ kind: "doubled", words: `The id of entry ${seq} is there twice` });
    this.#ids.add(id);
    this.entries.push(entry);
    this.hashes.push(hash);
    if (entry.type === "sale.settled") {
      findings.push(...this.#settle({ kind: "sale", seq, id, body: entry.body }));
    } else if (entry.type === "refund.settled") {
      findings.push(...this.#settle({ kind: "refund", seq, id, body: entry.body }));
    } else if (isPaymentEntry(entry)) {
      findings.push(...this.#pay(entry));
    }
    return findings;
  }

  #settle(settled: Settled): Finding[] {
    const findings: Finding[] = [];
    const { receiptNumber, receiptCode, saleId } = settled.body;
    const twice = (words: string) => findings.push({ kind: "doubled", words });
    if (this.#receiptNumber > 0 && receiptNumber !== this.#receiptNumber + 1) {
      findings.push({ kind: "wrong", words: `Receipt number ${receiptNumber} follows ${this.#receiptNumber}` });
    }
    this.#receiptNumber = receiptNumber;
    if (this.byReceipt.has(receiptCode)) twice(`Receipt ${receiptCode} is there twice`);
    this.byReceipt.set(receiptCode, settled);
    if (settled.kind === "sale") {
      if (this.sales.has(saleId)) twice(`Sale ${saleId} is settled twice`);
      this.sales.set(saleId, settled);
    } else {
      const { refundId, totalMinor } = settled.body;
      if (this.refunds.has(refundId)) twice(`Refund ${refundId} is settled twice`);
      this.refunds.set(refundId, settled);
      const backMinor = totalMinor + (this.#backMinor.get(saleId) ?? 0);
      this.#backMinor.set(saleId, backMinor);
      if (backMinor > (this.sales.get(saleId)?.body.totalMinor ?? 0))
        twice(`Sale ${saleId} is given back beyond its total`);
    }
    return findings;
  }

  #pay(entry: PaymentEntry): Finding[] {
    const { paymentId, saleId } = entry.body;
    const state = entry.type.slice("payment.".length);
    const before = this.payments.get(paymentId);
    if (entry.type === "payment.created") {
      this.payments.set(paymentId, { saleId, amountMinor: entry.body.amountMinor, states: [state] });
      return before === undefined ? [] : [{ kind: "doubled", words: `Payment ${paymentId} is created twice` }];
    }
    if (before === undefined) return [{ kind: "wrong", words: `Payment ${paymentId} is ${state} and was not created` }];
    const isTwice = before.states.includes(state) && state !== "unknown";
    before.states.push(state);
    return isTwice ? [{ kind: "doubled", words: `Payment ${paymentId} is ${state} twice` }] : [];
  }
}

/** A copy of a killed till's ledger, made without touching what the kill has left. */
export type LedgerCopy = { file: string; remove(): void };

/** Copies the database with its write-ahead log, as they lie there. Null where there is no ledger yet. */
export function copyLedgerFiles(folder: string): LedgerCopy | null {
  const source = join(folder, "ledger.db");
  if (!existsSync(source)) return null;
  const beside = mkdtempSync(join(tmpdir(), "suanpan-kill-copy-"));
  const file = join(beside, "ledger.db");
  for (const suffix of ["", "-wal"]) {
    if (existsSync(source + suffix)) copyFileSync(source + suffix, file + suffix);
  }
  return { file, remove: () => rmSync(beside, { recursive: true, force: true }) };
}

/** Whether there is a journal in this file at all: a till that is killed early leaves an empty one. */
export function hasJournal(file: string): boolean {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'journal'").get() !== undefined;
  } finally {
    database.close();
  }
}
