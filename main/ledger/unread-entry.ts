import { z } from "zod";
import {
  entryPostings,
  type EntryFields,
  hashSchema,
  idSchema,
  keyIdSchema,
  type Posting,
} from "../../sync/protocol/entry.ts";
import { type EntryType, isKnownEntryType, perpetualSchema } from "../../sync/protocol/entry-types.ts";
import { amountMinorSchema, currencySchema, positiveAmountMinorSchema } from "../../sync/protocol/money.ts";
import type { KnownEntry } from "./entries.ts";

const payment = z.object({ paymentId: idSchema });
const paper = z.object({ saleId: idSchema, receiptCode: z.string(), jobId: idSchema });
const receipt = z.object({
  receiptNumber: z.int().min(1),
  receiptCode: z.string().max(32),
  currency: currencySchema,
  totalMinor: positiveAmountMinorSchema,
});

/**
 * The few parts of a body that the projections are made of. They are as old as the types themselves, so that they can be
 * read where a newer version has added to the rest: a receipt number must never be used twice, and a payment that is paid
 * must never look open, because this version cannot read a sale's new kind of tender.
 */
const projectedParts: { readonly [Type in EntryType]?: z.ZodType } = {
  "sale.settled": receipt.extend({ saleId: idSchema, tenders: z.array(z.object({ kind: z.string().max(32) })) }),
  "refund.settled": receipt.extend({
    refundId: idSchema,
    saleId: idSchema,
    payouts: z.array(z.object({ kind: z.string().max(32) })).optional(),
  }),
  "payment.created": payment.extend({
    saleId: idSchema,
    amountMinor: amountMinorSchema,
    currency: currencySchema,
    number: z.string(),
    codeHash: z.string(),
  }),
  "payment.sent": payment,
  "payment.paid": payment.extend({ transactionId: z.string().optional() }),
  "payment.declined": payment.extend({ code: z.string().optional() }),
  "payment.waiting": payment,
  "payment.unknown": payment.extend({ reason: z.string().optional() }),
  "payment.reversing": payment.extend({ reason: z.string().optional() }),
  "payment.reversed": payment,
  "shift.opened": z.object({
    shift: idSchema,
    drawer: z.string(),
    floatMinor: positiveAmountMinorSchema,
    currency: currencySchema,
  }),
  "shift.closed": z.object({ shift: idSchema, perpetual: perpetualSchema.optional().catch(undefined) }),
  "receipt.printed": paper.extend({ proof: z.string() }),
  "receipt.failed": paper.extend({ code: z.string() }),
  "receipt.reprinted": paper.extend({ copy: z.int() }),
  "till.enrolled": z.object({
    tillId: idSchema,
    tillNumber: z.int().min(1),
    storeId: z.string(),
    platformRoot: hashSchema,
    requestKeyId: keyIdSchema,
  }),
  "till.signed-out": z.object({}),
};

/**
 * An unread entry with what the projections need of it and nothing else, `undefined` where not even that can be read or
 * no projection is made of its type. It is for the projections alone: figures of money are never made of it.
 */
export function projectedEntry(fields: EntryFields): KnownEntry | undefined {
  const parts = isKnownEntryType(fields.type) ? projectedParts[fields.type]?.safeParse(fields.body) : undefined;
  if (parts?.success !== true) return undefined;
  return { ...fields, body: { ...(parts.data as object), postings: unreadPostings(fields) } } as unknown as KnownEntry;
}

/** The legs of an unread entry: where they can be read, they count in the accounts whatever else its body says. */
export function unreadPostings({ body }: EntryFields): Posting[] {
  try {
    return entryPostings(body);
  } catch (error) {
    if (error instanceof z.ZodError) return [];
    throw error;
  }
}
