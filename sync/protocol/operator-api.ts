import { z } from "zod";
import { declineCodes } from "./api.ts";
import { headSchema, idSchema, timeSchema } from "./entry.ts";
import {
  namesSchema,
  paymentNumberSchema,
  railSchema,
  ratePartsPerMillionSchema,
  successionReasonSchema,
} from "./entry-types.ts";
import { amountMinorSchema, currencySchema, positiveAmountMinorSchema } from "./money.ts";

/**
 * What the platform's console and the platform say to each other. A request carries `Authorization: Bearer TOKEN`, the
 * operator's token from the platform's folder. It is the reference platform's own, and no part of what a till speaks.
 * Messages are written as `newMessageSchema`, read as `messagesResponseSchema`, and marked read as `readRequestSchema`.
 */
export const operatorPaths = {
  overview: "/v1/operator/overview",
  payments: "/v1/operator/payments",
  needsYou: "/v1/operator/needs-you",
  reconciliations: "/v1/operator/reconciliations",
  threads: "/v1/operator/chat/threads",
  messages: "/v1/operator/chat/threads/{threadId}/messages",
  read: "/v1/operator/chat/threads/{threadId}/read",
} as const;

const storeIdSchema = z.string().min(1).max(64);
const tillNumberSchema = z.int().min(1).max(9999);

/** A shop as the console shows it. Of its shoppers' threads it gives counts and no texts: they are not the operator's. */
export const operatorStoreSchema = z.strictObject({
  storeId: storeIdSchema,
  name: namesSchema,
  address: namesSchema,
  tills: z.int().min(0),
  /** Threads with shoppers, their messages, and messages of shoppers that the shop has not read. */
  shopperChat: z.strictObject({
    threads: z.int().min(0),
    messages: z.int().min(0),
    unread: z.int().min(0),
  }),
  /** What the merchant pays for each wallet payment today. */
  terms: z.strictObject({
    ratePartsPerMillion: ratePartsPerMillionSchema,
    fixedMinor: positiveAmountMinorSchema,
    since: timeSchema,
  }),
});

/** A shop as the console shows it. */
export type OperatorStore = z.infer<typeof operatorStoreSchema>;

/** What a ledger of a till goes on from, as it was agreed; `at` is when. */
export const operatorFollowsSchema = z.strictObject({
  /** The older ledger, and its place that the new one names. */
  ledger: idSchema,
  seq: z.int().min(0),
  reason: successionReasonSchema,
  at: timeSchema,
  /** Entries up to there that have not arrived to this day, both ends included. */
  missing: z.strictObject({ fromSeq: z.int().min(1), toSeq: z.int().min(1) }).optional(),
  /** Receipts go on behind this number. */
  receiptNumber: z.int().min(0),
  /** Who let the shop open while the platform could not be reached, by the catalogue's name where it has one. */
  approvedBy: z.strictObject({ person: z.string().min(1).max(64), name: namesSchema }).optional(),
  openedAt: timeSchema.optional(),
  /** Another ledger had taken the older one's place already. */
  isSecond: z.boolean(),
});

/** What a ledger of a till goes on from. */
export type OperatorFollows = z.infer<typeof operatorFollowsSchema>;

/**
 * One ledger of a till; a till that was opened anew has several, which come in their order. Amounts are of settled entries that were no training,
 * refunds taken off. `needsYou` counts entries whose last answer says so, `held` what a revoked till went on to send.
 */
export const operatorTillSchema = z.strictObject({
  tillId: idSchema,
  tillNumber: tillNumberSchema,
  storeId: storeIdSchema,
  ledger: idSchema,
  enrolledAt: timeSchema,
  /** When it last asked anything, give or take ten seconds; absent before the first time. */
  lastSeenAt: timeSchema.optional(),
  /** The newest entry that is here, and when that came. */
  head: headSchema,
  headAt: timeSchema.optional(),
  sales: z.int().min(0),
  refunds: z.int().min(0),
  totalMinor: amountMinorSchema,
  walletMinor: amountMinorSchema,
  cashMinor: amountMinorSchema,
  /** The same of the newest business day that it has sold on. */
  day: z
    .strictObject({
      businessDay: z.string(),
      sales: z.int().min(0),
      refunds: z.int().min(0),
      totalMinor: amountMinorSchema,
    })
    .optional(),
  needsYou: z.int().min(0),
  held: z.int().min(0),
  revoked: z.boolean(),
  forked: z.boolean(),
  /** Absent in a till's first ledger. */
  follows: operatorFollowsSchema.optional(),
});

/** One ledger of a till. */
export type OperatorTill = z.infer<typeof operatorTillSchema>;

const accountSchema = z.strictObject({ currency: currencySchema, balanceMinor: amountMinorSchema });

/** The platform at a glance. `time` is its clock, against which "last seen" is read. */
export const overviewResponseSchema = z.strictObject({
  time: timeSchema,
  epoch: z.int().min(1),
  stores: z.array(operatorStoreSchema).max(1000),
  tills: z.array(operatorTillSchema).max(5000),
  accounts: z.strictObject({
    /** What the platform owes each shop. */
    merchants: z.array(accountSchema.extend({ storeId: storeIdSchema })).max(5000),
    /** What it has kept. */
    commission: z.array(accountSchema).max(32),
    /** What it holds for shoppers. */
    wallets: z.array(accountSchema.extend({ count: z.int().min(0) })).max(32),
  }),
});

/** The platform at a glance. */
export type OverviewResponse = z.infer<typeof overviewResponseSchema>;

/** A charge of a wallet. `position` rises with each charge; it is what an older page is asked for by. */
export const operatorPaymentSchema = z.strictObject({
  position: z.int().min(1),
  paymentId: idSchema,
  number: paymentNumberSchema,
  storeId: storeIdSchema,
  tillNumber: tillNumberSchema,
  amountMinor: positiveAmountMinorSchema,
  currency: currencySchema,
  /** What was kept of it; what was given back keeps the figure. Absent where nothing was ever taken. */
  commissionMinor: positiveAmountMinorSchema.optional(),
  /** Those that are not final are of charges over rails only, see `chargeResponseSchema`. */
  state: z.enum(["paid", "declined", "reversed", "waiting", "unknown", "reversing"]),
  /** Whose wallet was asked. */
  rail: railSchema,
  /** Why it was declined. */
  code: z.enum(declineCodes).optional(),
  at: timeSchema,
  /** The receipt of the sale that it paid, once that sale has arrived. */
  receiptCode: z.string().max(32).optional(),
});

/** A charge of a wallet. */
export type OperatorPayment = z.infer<typeof operatorPaymentSchema>;

/** Charges, the newest first: `?before=POSITION` gives older ones, `?limit=` at most 200. */
export const paymentsResponseSchema = z.strictObject({
  payments: z.array(operatorPaymentSchema).max(200),
  more: z.boolean(),
});

/** An entry that somebody has to look at: the code says why. */
export const needsYouEntrySchema = z.strictObject({
  storeId: storeIdSchema,
  tillId: idSchema,
  tillNumber: tillNumberSchema,
  ledger: idSchema,
  seq: z.int().min(1),
  code: z.string().min(1).max(64),
  /** When the platform said so. */
  at: timeSchema,
  /** Of a sale or a refund that could be read. */
  sale: z
    .strictObject({
      kind: z.enum(["sale", "refund"]),
      receiptCode: z.string().max(32),
      time: timeSchema,
      totalMinor: amountMinorSchema,
      currency: currencySchema,
    })
    .optional(),
});

/** An entry that somebody has to look at. */
export type NeedsYouEntry = z.infer<typeof needsYouEntrySchema>;

/** What waits for somebody, the newest first. `count` is of all, also those beyond the list's end. */
export const needsYouResponseSchema = z.strictObject({
  count: z.int().min(0),
  entries: z.array(needsYouEntrySchema).max(200),
});

const daySchema = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const otherRailSchema = railSchema.exclude(["wallet"]);

/**
 * One thing that a rail's bill and the charges do not agree on. `missing-here` is in the bill and nobody here knows it;
 * `missing-at-rail` is booked here and not in the bill; `state-differs` is paid on one side and not on the other.
 */
export const reconciliationDifferenceSchema = z.strictObject({
  rail: otherRailSchema,
  day: daySchema,
  kind: z.enum(["missing-at-rail", "missing-here", "amount-differs", "state-differs"]),
  what: z.enum(["payment", "reversal", "refund"]),
  /** The order's number at the rail: the payment's id without dashes, where it is one of ours. */
  orderNumber: z.string().max(64),
  oursMinor: amountMinorSchema.optional(),
  theirsMinor: amountMinorSchema.optional(),
  /** Of a charge that is known here. */
  payment: z
    .strictObject({
      number: paymentNumberSchema,
      storeId: storeIdSchema,
      tillNumber: tillNumberSchema,
      state: operatorPaymentSchema.shape.state,
    })
    .optional(),
});

/** One thing that a rail's bill and the charges do not agree on. */
export type ReconciliationDifference = z.infer<typeof reconciliationDifferenceSchema>;

/** A day of a rail: its bill held against the charges, or waited for. */
export const reconciliationDaySchema = z.strictObject({
  rail: otherRailSchema,
  day: daySchema,
  state: z.enum(["done", "waiting"]),
  /** Why a bill is waited for: `not-ready` where the rail has not made it, else what went wrong with reading it. */
  reason: z.string().min(1).max(64).optional(),
  /** When it was last tried. */
  at: timeSchema,
  /** Payments in the bill, and their sum. */
  payments: z.int().min(0),
  paymentsMinor: positiveAmountMinorSchema,
  differences: z.int().min(0),
});

/** A day of a rail. */
export type ReconciliationDay = z.infer<typeof reconciliationDaySchema>;

/** The newest days, and what differs on them, the newest first. `count` is of all differences of these days. */
export const reconciliationsResponseSchema = z.strictObject({
  days: z.array(reconciliationDaySchema).max(120),
  count: z.int().min(0),
  differences: z.array(reconciliationDifferenceSchema).max(500),
});

/** The newest days of the rails, and what differs on them. */
export type Reconciliations = z.infer<typeof reconciliationsResponseSchema>;

/** Asks for a day's bill to be read now, also one that was read before. */
export const reconcileRequestSchema = z.strictObject({ rail: otherRailSchema, day: daySchema });

/** The operator's thread with one shop. `unread` counts what the shop has written since the operator last read. */
export const operatorThreadSchema = z.strictObject({
  threadId: idSchema,
  storeId: storeIdSchema,
  store: namesSchema,
  last: z.strictObject({ at: timeSchema, from: z.enum(["shop", "operator"]), text: z.string().max(200) }).optional(),
  unread: z.int().min(0),
});

/** The operator's thread with one shop. */
export type OperatorThread = z.infer<typeof operatorThreadSchema>;

/** A thread for each shop, the newest first, those without a message last. */
export const operatorThreadsResponseSchema = z.strictObject({ threads: z.array(operatorThreadSchema).max(1000) });
