import type { AnswerCode } from "../../sync/protocol/answer-codes.ts";
import { entryFormat, entryPostings, unbalancedCurrencies, type EntryFields } from "../../sync/protocol/entry.ts";
import { entryBodySchemas, isKnownEntryType, type EntryBody, type Follows } from "../../sync/protocol/entry-types.ts";
import { refundDifference, saleDifference } from "./sale-arithmetic.ts";

/** What of an entry the platform's own books have to be held against. */
export type Subject =
  | { kind: "sale"; body: EntryBody<"sale.settled"> }
  | { kind: "refund"; body: EntryBody<"refund.settled"> }
  | { kind: "paid"; body: EntryBody<"payment.paid"> }
  | { kind: "reversed"; body: EntryBody<"payment.reversed"> }
  /** A ledger's first entry, and an enrolment in the place of an older till. */
  | { kind: "opened"; follows: Follows | null }
  | { kind: "replaced"; follows: Follows }
  | null;

/** What one entry says, read without the database. `code` is null where nothing is wrong with it by itself. */
export type Reading = { fields: EntryFields; subject: Subject; code: AnswerCode | null };

/**
 * Reads a stored entry by its type: what a manager has to look at, and the sale, refund or payment that it is where it is
 * one. An entry that is not understood is never an error: it is stored, and it says `needs-you`.
 */
export function judge(fields: EntryFields): Reading {
  const reading = (code: AnswerCode | null, subject: Subject = null): Reading => ({ fields, subject, code });
  if (fields.format > entryFormat) return reading("entry.unknown-version");
  if (!isKnownEntryType(fields.type)) return reading("entry.unknown-type");
  const read = entryBodySchemas[fields.type].safeParse(fields.body);
  if (!read.success) return reading("entry.invalid");
  const subject = subjectOf(fields);
  if (subject?.kind === "sale") return reading(saleDifference(subject.body, fields.training), subject);
  if (subject?.kind === "refund") return reading(refundDifference(subject.body, fields.training), subject);
  const balanced = unbalancedCurrencies(entryPostings(fields.body)).length === 0;
  return reading(balanced ? null : "entry.unbalanced", subject);
}

function subjectOf({ type, body }: EntryFields): Subject {
  if (type === "sale.settled") return { kind: "sale", body: entryBodySchemas[type].parse(body) };
  if (type === "refund.settled") return { kind: "refund", body: entryBodySchemas[type].parse(body) };
  if (type === "payment.paid") return { kind: "paid", body: entryBodySchemas[type].parse(body) };
  if (type === "payment.reversed") return { kind: "reversed", body: entryBodySchemas[type].parse(body) };
  if (type === "ledger.opened") return { kind: "opened", follows: entryBodySchemas[type].parse(body).follows ?? null };
  if (type === "till.enrolled") {
    const { follows } = entryBodySchemas[type].parse(body);
    return follows === undefined ? null : { kind: "replaced", follows };
  }
  return null;
}
