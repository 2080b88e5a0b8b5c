import { strict as assert } from "node:assert";
import type { EntryFields, Posting } from "../../sync/protocol/entry.ts";
import type { LedgerDatabase } from "./database.ts";
import type { KnownEntry } from "./entries.ts";
import { isPaymentEntry } from "./payment-rules.ts";
import { createPostingWriter } from "./posting-writer.ts";
import { projectedEntry, unreadPostings } from "./unread-entry.ts";

/**
 * Whether an entry is being written or was stored before. What a new one follows must be there; what a stored one follows
 * may be an entry that this version cannot read.
 */
type Origin = "new" | "stored";

/** What is known of an entry besides itself. */
interface Context {
  /** New where it is left out. */
  origin?: Origin;
  /** The business day of the entry before it, where that is known: a day that goes on is not looked for. */
  dayBefore?: string;
}

/** The tables that are made from the journal. */
export interface Projections {
  /** Takes one entry in, in the transaction that is open. Entries come in the order of their numbers, each once. */
  apply(entry: KnownEntry, context?: Context): void;
  /** Takes in what can be read of a stored entry that this version cannot read as a whole. */
  applyUnread(fields: EntryFields): void;
  /** Empties every projection, in the transaction that is open. */
  clear(): void;
}

type Of<Type extends KnownEntry["type"]> = Extract<KnownEntry, { type: Type }>;

/** The tables that `rebuild` empties and fills again. */
const projectionTables = [
  "postings",
  "balances",
  "sales",
  "payments",
  "shifts",
  "prints",
  "enrolments",
  "business_days",
  "incidents",
];

/** The projections of an open database whose schema is up to date. */
export function createProjections(database: LedgerDatabase): Projections {
  const postings = createPostingWriter(database);
  const sales = createSaleProjection(database);
  const payments = createPaymentProjection(database);
  const shifts = createShiftProjection(database);
  const others = createOtherProjections(database);
  const insertDay = database.prepare<[string, number]>(
    "INSERT OR IGNORE INTO business_days (business_day, first_seq) VALUES (?, ?)",
  );
  function apply(entry: KnownEntry, { origin = "new", dayBefore }: Context = {}): void {
    postings.write(entry.seq, postingsOf(entry));
    if (entry.businessDay !== dayBefore) insertDay.run(entry.businessDay, entry.seq);
    if (entry.type === "sale.settled") sales.settled(entry);
    else if (entry.type === "refund.settled") sales.refunded(entry);
    else if (isPaymentEntry(entry)) payments.apply(entry, origin);
    else if (entry.type === "shift.opened") shifts.opened(entry);
    else if (entry.type === "shift.closed") shifts.closed(entry, origin);
    else others.apply(entry);
  }

  return {
    apply,
    applyUnread(fields) {
      const entry = projectedEntry(fields);
      if (entry !== undefined) {
        apply(entry, { origin: "stored" });
        return;
      }
      postings.write(fields.seq, unreadPostings(fields));
      insertDay.run(fields.businessDay, fields.seq);
    },
    clear() {
      for (const table of projectionTables) database.exec(`DELETE FROM ${table}`);
    },
  };
}

/** The legs of an entry, none where it moves no value. */
export function postingsOf(entry: Pick<KnownEntry, "body">): readonly Posting[] {
  return "postings" in entry.body ? entry.body.postings : [];
}

function createSaleProjection(database: LedgerDatabase) {
  const insert = database.prepare(
    `INSERT INTO sales (seq, sale_id, receipt_number, receipt_code, total_minor, currency, business_day, shift, person,
     time, training, tender_kinds, kind, refunds_sale) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  /** What only one of the two says, in the order of its columns; the total counts against the sales for a refund. */
  type Own = { id: string; total: number; tenderKinds: string; kind: "sale" | "refund"; refundsSale: string | null };

  function write(entry: Of<"sale.settled" | "refund.settled">, own: Own): void {
    const { seq, body, businessDay, shift, person, time, training } = entry;
    insert.run(
      seq,
      own.id,
      body.receiptNumber,
      body.receiptCode,
      BigInt(own.total),
      body.currency,
      businessDay,
      shift ?? null,
      person ?? null,
      time,
      training ? 1 : 0,
      own.tenderKinds,
      own.kind,
      own.refundsSale,
    );
  }

  return {
    settled(entry: Of<"sale.settled">) {
      const { saleId: id, totalMinor: total, tenders } = entry.body;
      const tenderKinds = tenders.map((tender) => tender.kind).join(",");
      write(entry, { id, total, tenderKinds, kind: "sale", refundsSale: null });
    },
    refunded(entry: Of<"refund.settled">) {
      const { refundId: id, totalMinor, saleId: refundsSale, payouts } = entry.body;
      // Of an entry without payouts, as older versions wrote them, everything went out in cash.
      const tenderKinds = payouts?.map((payout) => payout.kind).join(",") ?? "cash";
      write(entry, { id, total: -totalMinor, tenderKinds, kind: "refund", refundsSale });
    },
  };
}

type PaymentEntry = Extract<KnownEntry, { type: `payment.${string}` }>;

function createPaymentProjection(database: LedgerDatabase) {
  const insert = database.prepare(
    `INSERT INTO payments (payment_id, sale_id, state, amount_minor, currency, number, code_hash, rail, created_seq, last_seq)
     VALUES (?, ?, 'created', ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    `UPDATE payments SET state = ?, last_seq = ?, transaction_id = coalesce(?, transaction_id), reason = coalesce(?, reason),
     paid_seq = coalesce(?, paid_seq) WHERE payment_id = ?`,
  );
  return {
    apply({ seq, type, body }: PaymentEntry, origin: Origin) {
      if (type === "payment.created") {
        const { paymentId, saleId, amountMinor, currency, number, codeHash, rail } = body;
        insert.run(paymentId, saleId, BigInt(amountMinor), currency, number, codeHash, rail, seq, seq);
        return;
      }
      const transactionId = "transactionId" in body ? body.transactionId : null;
      const reason = "reason" in body ? body.reason : "code" in body ? body.code : null;
      const state = type.slice("payment.".length);
      const paidSeq = state === "paid" ? seq : null;
      const { changes } = update.run(state, seq, transactionId, reason, paidSeq, body.paymentId);
      if (origin === "new") assert.equal(changes, 1, `${type} names a payment that was never created`);
    },
  };
}

function createShiftProjection(database: LedgerDatabase) {
  const insert = database.prepare(
    `INSERT INTO shifts (shift, drawer, opened_seq, opened_at, person, float_minor, currency) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const close = database.prepare(
    `UPDATE shifts SET closed_seq = ?, closed_at = ?, z_number = coalesce(?, (SELECT max(z_number) FROM shifts) + 1, 1)
     WHERE shift = ? AND closed_seq IS NULL`,
  );
  return {
    opened({ seq, body, time, person }: Of<"shift.opened">) {
      const { shift, drawer, floatMinor, currency } = body;
      insert.run(shift, drawer, seq, time, person ?? null, BigInt(floatMinor), currency);
    },
    closed({ seq, body, time }: Of<"shift.closed">, origin: Origin) {
      // Entries of older versions have no number: theirs is the next one.
      const { changes } = close.run(seq, time, body.perpetual?.zNumber ?? null, body.shift);
      if (origin === "new") assert.equal(changes, 1, "shift.closed names a shift that is not open");
    },
  };
}

function createOtherProjections(database: LedgerDatabase) {
  const insertPrint = database.prepare(
    "INSERT INTO prints (seq, sale_id, receipt_code, job_id, kind, outcome, copy) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const insertEnrolment = database.prepare(
    `INSERT INTO enrolments (seq, till_id, till_number, store_id, platform_root, request_key_id) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const endEnrolments = database.prepare("UPDATE enrolments SET ended_seq = ? WHERE ended_seq IS NULL");
  const insertIncident = database.prepare("INSERT INTO incidents (seq, at, code, detail) VALUES (?, ?, ?, ?)");
  return {
    apply(entry: KnownEntry) {
      const { seq } = entry;
      if (entry.type === "receipt.printed") {
        const { saleId, receiptCode, jobId, proof } = entry.body;
        insertPrint.run(seq, saleId, receiptCode, jobId, "printed", proof, null);
      } else if (entry.type === "receipt.failed") {
        const { saleId, receiptCode, jobId, code } = entry.body;
        insertPrint.run(seq, saleId, receiptCode, jobId, "failed", code, null);
      } else if (entry.type === "receipt.reprinted") {
        const { saleId, receiptCode, jobId, copy } = entry.body;
        insertPrint.run(seq, saleId, receiptCode, jobId, "reprinted", "", copy);
      } else if (entry.type === "till.enrolled") {
        const { tillId, tillNumber, storeId, platformRoot, requestKeyId } = entry.body;
        insertEnrolment.run(seq, tillId, tillNumber, storeId, platformRoot, requestKeyId);
      } else if (entry.type === "till.signed-out") {
        endEnrolments.run(seq);
      } else if (entry.type === "incident") {
        insertIncident.run(seq, entry.time, entry.body.code, entry.body.detail);
      }
    },
  };
}
