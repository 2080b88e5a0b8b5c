import { z } from "zod";
import { hashSchema, idSchema, keyIdSchema, postingSchema, publicKeySchema, timeSchema } from "./entry.ts";
import { amountMinorSchema, currencySchema, positiveAmountMinorSchema } from "./money.ts";
import { paymentNumberSchema, payoutSchema, railSchema, refundReasonSchema, tenderSchema } from "./tender-types.ts";

export { paymentNumberSchema, railSchema, refundReasonSchema } from "./tender-types.ts";
export type { Payout, Rail, RefundReason, Tender } from "./tender-types.ts";

/** A name in the languages of the product. */
export const namesSchema = z.strictObject({ en: z.string().min(1).max(200), "zh-CN": z.string().min(1).max(200) });

/** A name in the languages of the product. */
export type Names = z.infer<typeof namesSchema>;

/** A rate in parts per million: 130000 is 13 %. */
export const ratePartsPerMillionSchema = z.int().min(0).max(1_000_000);

const postings = z.array(postingSchema).min(2).max(4096);
const moneyOf = { amountMinor: positiveAmountMinorSchema, currency: currencySchema };

/**
 * What a till has ever settled, over all its ledgers: it never goes down and is never reset. `zNumber` counts its Z reports
 * from 1; 0 stands before the first.
 */
export const perpetualSchema = z.strictObject({
  zNumber: z.int().min(0),
  sales: z.int().min(0),
  salesMinor: positiveAmountMinorSchema,
  refunds: z.int().min(0),
  refundsMinor: positiveAmountMinorSchema,
});

/** What a till has ever settled. */
export type Perpetual = z.infer<typeof perpetualSchema>;

/** Why a till goes on in a new ledger. */
export const successionReasonSchema = z.enum(["entries-missing", "key-missing", "damaged", "new-disk"]);

/** Why a till goes on in a new ledger. */
export type SuccessionReason = z.infer<typeof successionReasonSchema>;

/**
 * The ledger that a new one goes on from. `seq` and `hash` are the newest place in the old one that is known from anywhere:
 * its own file, a mark or the platform. `missing` names the entries up to there that nobody has any more, both ends included.
 */
export const followsSchema = z.strictObject({
  ledger: idSchema,
  seq: z.int().min(0),
  hash: hashSchema,
  reason: z.string().min(1).max(64),
  missing: z.strictObject({ fromSeq: z.int().min(1), toSeq: z.int().min(1) }).optional(),
  /** Receipts go on behind this number, so that none is used twice. */
  receiptNumber: z.int().min(0).optional(),
  receiptCode: z.string().max(32).optional(),
  /** The totals of the old ledger's last Z report and what was settled since, as far as it is known. */
  perpetual: perpetualSchema.optional(),
  /** Who agreed: the platform by a signed statement, or a manager of the shop while the platform could not be reached. */
  approval: z
    .discriminatedUnion("by", [
      z.strictObject({ by: z.literal("platform"), statement: z.string().min(1).max(4096) }),
      z.strictObject({ by: z.literal("manager"), person: z.string().min(1).max(64) }),
    ])
    .optional(),
});

/** The ledger that a new one goes on from. */
export type Follows = z.infer<typeof followsSchema>;

const ledgerOpened = z.strictObject({
  keyId: keyIdSchema,
  publicKey: publicKeySchema,
  epoch: z.int().min(1),
  /** Absent in a till's first ledger. */
  follows: followsSchema.optional(),
});

const tillEnrolled = z.strictObject({
  tillId: idSchema,
  tillNumber: z.int().min(1).max(9999),
  storeId: z.string().min(1).max(64),
  platformRoot: hashSchema,
  requestKeyId: keyIdSchema,
  /** Where a till without a disk of its own to go on from takes the place of an older one: what the platform knew of that. */
  follows: followsSchema.optional(),
});

const shiftOpened = z.strictObject({
  shift: idSchema,
  drawer: z.string().min(1).max(32),
  floatMinor: positiveAmountMinorSchema,
  currency: currencySchema,
  postings: z.array(postingSchema).max(16),
});

const shiftClosed = z.strictObject({
  shift: idSchema,
  drawer: z.string().min(1).max(32),
  currency: currencySchema,
  /** The entries from the shift's opening to this one (itself left out) are what the report covers. */
  fromSeq: z.int().min(1),
  sales: z.int().min(0),
  salesMinor: amountMinorSchema,
  cashMinor: amountMinorSchema,
  walletMinor: amountMinorSchema,
  expectedCashMinor: amountMinorSchema,
  countedCashMinor: positiveAmountMinorSchema,
  differenceMinor: amountMinorSchema,
  /** Refunds of the shift and what was given back by them; absent in entries of the first version. */
  refunds: z.int().min(0).optional(),
  refundsMinor: positiveAmountMinorSchema.optional(),
  /** What of it went back to wallets; absent where nothing did. */
  refundsWalletMinor: z.int().min(1).optional(),
  /** What the platform kept of the wallet payments. */
  commissionMinor: positiveAmountMinorSchema.optional(),
  /** What the till has ever settled, this shift included. `zNumber` is this report's own. */
  perpetual: perpetualSchema.optional(),
  /** Entries of the shift that this version could not read and that no figure holds; absent where there are none. */
  unread: z.int().min(1).optional(),
  postings: z.array(postingSchema).max(16),
});

/**
 * What was taken off a line: a discount of the line itself, or the line's share of a discount of the whole sale. The
 * rate says that it was given as a percentage; the amount is what counts.
 */
export const lineDiscountSchema = z.strictObject({
  of: z.enum(["line", "sale"]),
  ratePartsPerMillion: ratePartsPerMillionSchema.optional(),
  amountMinor: positiveAmountMinorSchema,
});

/** What was taken off a line. */
export type LineDiscount = z.infer<typeof lineDiscountSchema>;

/**
 * A line of a settled sale. Either `quantity` pieces or `weightGrams` of a weighed good, never both. `totalMinor` is
 * price times quantity (or weight) less the discounts; a deposit stands beside it and is never discounted nor taxed.
 */
export const saleLineSchema = z.strictObject({
  lineId: idSchema,
  itemId: z.string().min(1).max(64),
  gtin14: z
    .string()
    .regex(/^\d{14}$/)
    .optional(),
  name: namesSchema,
  unit: z.enum(["each", "kilogram"]),
  quantity: z.int().min(1).max(9999).optional(),
  weightGrams: z.int().min(1).max(1_000_000).optional(),
  unitPriceMinor: positiveAmountMinorSchema,
  /** The catalogue's price, where a person sold it at another. */
  listPriceMinor: positiveAmountMinorSchema.optional(),
  /** The price was typed, because the good has none of its own. */
  openPrice: z.literal(true).optional(),
  discounts: z.array(lineDiscountSchema).min(1).max(2).optional(),
  deposit: z.strictObject({ eachMinor: positiveAmountMinorSchema, totalMinor: positiveAmountMinorSchema }).optional(),
  ageMinimum: z.int().min(1).max(99).optional(),
  totalMinor: positiveAmountMinorSchema,
  taxClass: z.string().min(1).max(32),
  /** The scan that made the line, as hexadecimal bytes: never as text that could be read in two ways. */
  scanHex: z
    .string()
    .regex(/^(?:[0-9a-f]{2})*$/)
    .max(8192)
    .optional(),
});

/** A line of a settled sale. */
export type SaleLine = z.infer<typeof saleLineSchema>;

/**
 * What one tax class adds up to: `grossMinor` always holds `taxMinor`. `included` says whether the prices of the lines
 * held it already; where it is absent, the sale's `priceIncludesTax` says so.
 */
export const saleTaxSchema = z.strictObject({
  taxClass: z.string().min(1).max(32),
  ratePartsPerMillion: ratePartsPerMillionSchema,
  included: z.boolean().optional(),
  grossMinor: amountMinorSchema,
  taxMinor: amountMinorSchema,
});

/** What one tax class adds up to. */
export type SaleTax = z.infer<typeof saleTaxSchema>;

const saleSettled = z.strictObject({
  saleId: idSchema,
  /** Counts a till's receipts; never reset, never used twice. */
  receiptNumber: z.int().min(1),
  /** What is printed: till number and receipt number. */
  receiptCode: z.string().regex(/^\d{1,4}-\d{1,12}$/),
  currency: currencySchema,
  priceIncludesTax: z.boolean(),
  catalogCursor: z.int().min(0),
  lines: z.array(saleLineSchema).min(1).max(2000),
  taxes: z.array(saleTaxSchema).max(16),
  /** Deposits of all lines, part of the total. */
  depositMinor: positiveAmountMinorSchema.optional(),
  /** All that was taken off the lines, for reports. */
  discountMinor: positiveAmountMinorSchema.optional(),
  /** Who looked at the shopper's age, and the highest minimum that was asked for. */
  ageCheck: z
    .strictObject({ minimum: z.int().min(1).max(99), at: timeSchema, person: z.string().min(1).max(64) })
    .optional(),
  /** SHA-256 over salt and text of the sale's note, which itself stays on the till. */
  noteCommitment: hashSchema.optional(),
  /** Taxes and deposits together. */
  totalMinor: positiveAmountMinorSchema,
  tenders: z.array(tenderSchema).max(16),
  postings,
  /** A country's fiscal signer puts its block here, or says that the signer was out of order. */
  fiscal: z
    .union([z.strictObject({ signer: z.string(), block: z.string() }), z.strictObject({ outOfOrder: z.string() })])
    .optional(),
});

/**
 * A line that comes back, under the `lineId` of the sale's line: `quantity` or `weightGrams` is what is given back of it, and
 * every amount is the share of that. `givenBackMinor` is what refunds of an amount have paid out of this share before, so
 * that price times quantity less discounts and this is `totalMinor`.
 */
export const refundLineSchema = saleLineSchema.extend({ givenBackMinor: positiveAmountMinorSchema.optional() });

/** A line that comes back. */
export type RefundLine = z.infer<typeof refundLineSchema>;

/**
 * A settled sale given back, whole or in part. It has a receipt number of its own from the same counter. Either goods come
 * back (`lines`), or money alone does: then there are no lines, and `reductions` says what of each of the sale's lines the
 * money was, so that nothing is ever given back twice. `totalMinor` is all that goes back and `payouts` says where to; where
 * they are absent, all of it was paid in cash. `roundingMinor` and `paidOutMinor` are those of the cash alone: what leaves the
 * drawer, 0 where everything goes to a wallet.
 */
const refundSettled = z.strictObject({
  refundId: idSchema,
  saleId: idSchema,
  originalReceiptCode: z.string().regex(/^\d{1,4}-\d{1,12}$/),
  receiptNumber: z.int().min(1),
  receiptCode: z.string().regex(/^\d{1,4}-\d{1,12}$/),
  currency: currencySchema,
  priceIncludesTax: z.boolean(),
  reason: refundReasonSchema,
  noteCommitment: hashSchema.optional(),
  lines: z.array(refundLineSchema).max(2000),
  reductions: z
    .array(z.strictObject({ lineId: idSchema, amountMinor: z.int().min(1) }))
    .min(1)
    .max(2000)
    .optional(),
  taxes: z.array(saleTaxSchema).max(16),
  depositMinor: positiveAmountMinorSchema.optional(),
  totalMinor: positiveAmountMinorSchema,
  payouts: z.array(payoutSchema).max(16).optional(),
  roundingMinor: amountMinorSchema,
  paidOutMinor: positiveAmountMinorSchema,
  postings,
});

const saleParked = z.strictObject({
  saleId: idSchema,
  lines: z.int().min(1),
  totalMinor: positiveAmountMinorSchema,
  currency: currencySchema,
});
const saleResumed = z.strictObject({ saleId: idSchema });

/** A person of the shop looked and agreed. `minimum` is the age that was asked for. */
const approvalGranted = z.strictObject({
  kind: z.literal("age"),
  saleId: idSchema,
  minimum: z.int().min(1).max(99),
  approvedBy: z.string().min(1).max(64),
});

/** Why a good was sold at another price than the catalogue's. */
export const priceReasonSchema = z.enum(["damaged", "short-dated", "wrong-label", "agreed", "other"]);

/** Why a good was sold at another price than the catalogue's. */
export type PriceReason = z.infer<typeof priceReasonSchema>;

const priceOverridden = z.strictObject({
  saleId: idSchema,
  lineId: idSchema,
  itemId: z.string().min(1).max(64),
  currency: currencySchema,
  fromMinor: positiveAmountMinorSchema,
  toMinor: positiveAmountMinorSchema,
  reason: priceReasonSchema,
});

const saleAbandoned = z.strictObject({
  saleId: idSchema,
  reason: z.enum(["cashier", "restart", "shopper", "idle"]),
  lines: z.int().min(0),
  totalMinor: positiveAmountMinorSchema,
  currency: currencySchema,
});

const payment = { paymentId: idSchema, saleId: idSchema };
const paymentCreated = z.strictObject({
  ...payment,
  ...moneyOf,
  rail: railSchema,
  number: paymentNumberSchema,
  /** SHA-256 of the scanned code: the code itself is a bearer secret until it expires. */
  codeHash: hashSchema,
});
const paymentSent = z.strictObject({ ...payment });
const paymentPaid = z.strictObject({
  ...payment,
  ...moneyOf,
  transactionId: z.string().min(1).max(64),
  paidAt: timeSchema,
  /** What the platform keeps of it; absent where it did not say. */
  commissionMinor: positiveAmountMinorSchema.optional(),
  postings,
});
const paymentDeclined = z.strictObject({ ...payment, code: z.string().min(1).max(64) });
/** The shopper has to confirm on the phone, mostly by a password. */
const paymentWaiting = z.strictObject({ ...payment });
const paymentUnknown = z.strictObject({ ...payment, reason: z.string().min(1).max(64) });
const paymentReversing = z.strictObject({ ...payment, reason: z.enum(["cashier", "restart", "late"]) });
const paymentReversed = z.strictObject({ ...payment, ...moneyOf, postings: z.array(postingSchema).max(16) });

/** Of a refund's receipt `saleId` is the refund's own id, of a Z report's paper that of its shift. */
const receiptPrinted = z.strictObject({
  saleId: idSchema,
  receiptCode: z.string(),
  jobId: idSchema,
  proof: z.enum(["printed", "probably", "unknown"]),
  evidence: z.string().max(200),
});
const receiptFailed = z.strictObject({
  saleId: idSchema,
  receiptCode: z.string(),
  jobId: idSchema,
  code: z.string().max(64),
});
const receiptReprinted = z.strictObject({
  saleId: idSchema,
  receiptCode: z.string(),
  jobId: idSchema,
  copy: z.int().min(2),
});
const drawerOpened = z.strictObject({
  drawer: z.string(),
  reason: z.enum(["cash-sale", "no-sale", "refund"]),
  saleId: idSchema.optional(),
});
/** The till left its shop: it sells nothing more until it is enrolled again. */
const tillSignedOut = z.strictObject({ tillId: idSchema });
const clockJumped = z.strictObject({ from: timeSchema, to: timeSchema, backMs: z.int() });
const softwareUpdated = z.strictObject({ from: z.string(), to: z.string() });
const incident = z.strictObject({ code: z.string().min(1).max(64), detail: z.string().max(500) });

/** The body of each entry type that this version writes. Entries of other types are stored and passed on unread. */
export const entryBodySchemas = {
  "ledger.opened": ledgerOpened,
  "till.enrolled": tillEnrolled,
  "till.signed-out": tillSignedOut,
  "shift.opened": shiftOpened,
  "shift.closed": shiftClosed,
  "sale.settled": saleSettled,
  "sale.parked": saleParked,
  "sale.resumed": saleResumed,
  "sale.abandoned": saleAbandoned,
  "refund.settled": refundSettled,
  "approval.granted": approvalGranted,
  "price.overridden": priceOverridden,
  "payment.created": paymentCreated,
  "payment.sent": paymentSent,
  "payment.paid": paymentPaid,
  "payment.declined": paymentDeclined,
  "payment.waiting": paymentWaiting,
  "payment.unknown": paymentUnknown,
  "payment.reversing": paymentReversing,
  "payment.reversed": paymentReversed,
  "receipt.printed": receiptPrinted,
  "receipt.failed": receiptFailed,
  "receipt.reprinted": receiptReprinted,
  "drawer.opened": drawerOpened,
  "clock.jumped": clockJumped,
  "software.updated": softwareUpdated,
  incident,
} as const;

/** The types that this version writes. */
export type EntryType = keyof typeof entryBodySchemas;

/** The body of an entry of type `T`. */
export type EntryBody<T extends EntryType> = z.infer<(typeof entryBodySchemas)[T]>;

/** Whether this version knows the type. */
export function isKnownEntryType(type: string): type is EntryType {
  return Object.hasOwn(entryBodySchemas, type);
}
