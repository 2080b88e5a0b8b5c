import { z } from "zod";
import { chatMessageSchema, shopThreadSchema } from "../../sync/protocol/chat.ts";
import { hashSchema, idSchema, timeSchema } from "../../sync/protocol/entry.ts";
import { namesSchema, ratePartsPerMillionSchema } from "../../sync/protocol/entry-types.ts";
import { amountMinorSchema, currencySchema, positiveAmountMinorSchema } from "../../sync/protocol/money.ts";

/** What the manager's page asks for and is told; `methods.ts` has the methods themselves. */

/**
 * How far a sale has come. `needs-you`: the platform holds it and a rule refuses it. `safe`: stored on this till.
 * `on-the-way`: a batch with it is under way. `confirmed`: a stored answer says that the platform has it. `settled`: the
 * platform says that it is booked.
 */
export const arrivalSchema = z.enum(["needs-you", "safe", "on-the-way", "confirmed", "settled"]);

/** How far a sale has come. */
export type Arrival = z.infer<typeof arrivalSchema>;

/** What the platform last said about an entry, or what came back of the last try to send it. */
const lastAnswerSchema = z.strictObject({
  code: z.string().max(64),
  at: timeSchema,
  /** Whether the platform said it, or sending failed on the way. */
  by: z.enum(["platform", "line"]),
});

/** One sale or refund in the sync log. */
export const syncRowSchema = z.strictObject({
  seq: z.int().min(1),
  kind: z.enum(["sale", "refund"]),
  saleId: idSchema,
  receiptCode: z.string(),
  madeAt: timeSchema,
  /** Below zero for a refund. */
  totalMinor: amountMinorSchema,
  paidBy: z.enum(["cash", "wallet", "mixed"]),
  /** How often it was sent, the time that worked included. */
  tries: z.int().min(0),
  state: arrivalSchema,
  arrivedAt: timeSchema.optional(),
  answer: lastAnswerSchema.optional(),
  nextTryAt: timeSchema.optional(),
});

/** One sale or refund in the sync log. */
export type SyncRow = z.infer<typeof syncRowSchema>;

/**
 * An opened entry: the row, its text exactly as it is stored and sent, and all the platform said about it. `unread` stands
 * where this version of the till cannot read the text; there are no lines then.
 */
export const syncEntrySchema = z.strictObject({
  row: syncRowSchema,
  text: z.string(),
  hash: hashSchema,
  lines: z.array(z.strictObject({ name: namesSchema, totalMinor: amountMinorSchema })).max(2000),
  answers: z.array(z.strictObject({ state: z.enum(["needs-you", "settled"]), code: z.string(), at: timeSchema })),
  unread: z.literal(true).optional(),
});

/** An opened entry. */
export type SyncEntry = z.infer<typeof syncEntrySchema>;

/** One sale on the picture of the day: when it was made here and when it had arrived. */
const threadSchema = z.strictObject({
  seq: z.int().min(1),
  madeAt: timeSchema,
  arrivedAt: timeSchema.optional(),
  state: arrivalSchema,
});

/** The facts of the sync page. Counts of states are of all that the log holds for the business day. */
export const syncOverviewSchema = z.strictObject({
  businessDay: z.string(),
  sales: z.int().min(0),
  arrived: z.int().min(0),
  counts: z.strictObject({
    "needs-you": z.int().min(0),
    safe: z.int().min(0),
    "on-the-way": z.int().min(0),
    confirmed: z.int().min(0),
    settled: z.int().min(0),
  }),
  /** Entries of every kind in the ledger, and how many of them the platform has. */
  entries: z.strictObject({ made: z.int().min(0), arrived: z.int().min(0) }),
  lastAnswerAt: timeSchema.optional(),
  /** Sales and refunds of any day that have not arrived. */
  notArrived: z.strictObject({ count: z.int().min(0), totalMinor: amountMinorSchema, oldestAt: timeSchema.optional() }),
  /** Offline wallet payments that the platform has not charged yet. */
  atRisk: z.strictObject({ count: z.int().min(0), totalMinor: amountMinorSchema, dueAt: timeSchema.optional() }),
  /** How far the till's clock is from the platform's; negative where the till is behind. Absent until it was heard. */
  clockOffsetMs: z.int().optional(),
  /** Bytes that are free where the ledger lies, and for how many days of this day's size they last. */
  room: z.strictObject({ freeBytes: z.int().min(0), days: z.int().min(0).optional() }),
  /** Times of the day without the platform, with the sales that were kept here meanwhile. */
  outages: z.array(
    z.strictObject({
      from: timeSchema,
      to: timeSchema.optional(),
      kept: z.int().min(0),
      arrivedBy: timeSchema.optional(),
    }),
  ),
  /** At most 2,000, the newest of the day. */
  threads: z.array(threadSchema).max(2000),
});

/** The facts of the sync page. */
export type SyncOverview = z.infer<typeof syncOverviewSchema>;

/** Something that happened to the ledger itself: it was restored, its disk failed, a row was damaged. */
const incidentSchema = z.strictObject({
  seq: z.int().min(1),
  at: timeSchema,
  code: z.string().max(64),
  detail: z.string().max(500),
});

/** A ledger that this till went on from, the newest first. */
const olderLedgerSchema = z.strictObject({
  ledger: idSchema,
  /** Its last known place. */
  seq: z.int().min(0),
  reason: z.string().max(64),
  /** Entries of it that nobody has any more. */
  missing: z.strictObject({ fromSeq: z.int().min(1), toSeq: z.int().min(1) }).optional(),
  receiptCode: z.string().optional(),
  /** Whoever agreed: the platform, or a manager of the shop. */
  approvedBy: z.enum(["platform", "manager"]).optional(),
});

/** How well the ledger is kept: what was read back, what room there is, what happened. */
export const ledgerCareSchema = z.strictObject({
  entries: z.int().min(0),
  /** Up to which entry the chain was read back from the disk and holds. */
  verifiedSeq: z.int().min(0),
  /** What was checked before this start: every page of the file, or what costs the same at any size. */
  start: z.strictObject({
    pages: z.enum(["whole", "bounded"]),
    walkedAfterSeq: z.int().min(0),
    afterFailedFlush: z.boolean(),
  }),
  disk: z.strictObject({
    state: z.enum(["ample", "low", "full"]),
    freeBytes: z.int().min(0),
    hasReserve: z.boolean(),
  }),
  lastBackup: z.strictObject({ at: timeSchema, seq: z.int().min(0) }).optional(),
  /** The newest, at most 50; those behind `unseen` have been seen. */
  incidents: z.array(incidentSchema).max(50),
  unseen: z.int().min(0),
  older: z.array(olderLedgerSchema).max(50),
});

/** How well the ledger is kept. */
export type LedgerCareView = z.infer<typeof ledgerCareSchema>;

const tenderSumSchema = z.strictObject({
  kind: z.enum(["cash", "wallet"]),
  count: z.int().min(0),
  amountMinor: amountMinorSchema,
});

/** What a report of a shift says of the sales; training is in none of it. */
export const shiftFigures = {
  currency: currencySchema,
  firstReceipt: z.string().optional(),
  lastReceipt: z.string().optional(),
  sales: z.int().min(0),
  salesMinor: positiveAmountMinorSchema,
  refunds: z.int().min(0),
  refundsMinor: positiveAmountMinorSchema,
  /** Sales less refunds. */
  netMinor: amountMinorSchema,
  discountsMinor: positiveAmountMinorSchema,
  depositsMinor: amountMinorSchema,
  roundingMinor: amountMinorSchema,
  abandoned: z.int().min(0),
  abandonedMinor: positiveAmountMinorSchema,
  priceChanges: z.int().min(0),
  ageChecks: z.int().min(0),
  drawerOpenings: z.int().min(0),
  taxes: z.array(
    z.strictObject({
      taxClass: z.string(),
      name: namesSchema,
      ratePartsPerMillion: ratePartsPerMillionSchema,
      grossMinor: amountMinorSchema,
      taxMinor: amountMinorSchema,
    }),
  ),
  tenders: z.array(tenderSumSchema),
  /** How refunds went out: their parts in cash, before rounding, and back to wallets add up to `refundsMinor`. */
  payouts: z.array(tenderSumSchema),
  /** What the platform keeps of wallet payments, refunds of them not taken off: by rail. */
  commission: z.array(
    z.strictObject({
      rail: z.literal("wallet"),
      payments: z.int(),
      paidMinor: amountMinorSchema,
      commissionMinor: amountMinorSchema,
    }),
  ),
  /** Entries that this version of the till cannot read and that no figure holds; absent where there are none. */
  unread: z.int().min(1).optional(),
} as const;

/** What a report of a shift says of the drawer. */
export const drawerFigures = {
  floatMinor: positiveAmountMinorSchema,
  inMinor: positiveAmountMinorSchema,
  outMinor: positiveAmountMinorSchema,
  expectedMinor: amountMinorSchema,
} as const;

/** An X report: what the open shift has come to. Reading it changes nothing. */
export const xReportSchema = z.strictObject({
  shift: idSchema,
  openedAt: timeSchema,
  openedBy: namesSchema.optional(),
  at: timeSchema,
  ...shiftFigures,
  drawer: z.strictObject(drawerFigures),
});

/** An X report. */
export type XReport = z.infer<typeof xReportSchema>;

/** The business day on one page. */
export const dayReportSchema = z.strictObject({
  businessDay: z.string(),
  /** The hour in which the business day begins: 0, unless the shop says otherwise. */
  startHour: z.int().min(0).max(23),
  currency: currencySchema,
  sales: z.int().min(0),
  salesMinor: positiveAmountMinorSchema,
  refunds: z.int().min(0),
  refundsMinor: positiveAmountMinorSchema,
  netMinor: amountMinorSchema,
  items: z.int().min(0),
  tenders: z.array(tenderSumSchema),
  commissionMinor: amountMinorSchema,
  /** Entries of the day that this version of the till cannot read and that no figure holds; absent where there are none. */
  unread: z.int().min(1).optional(),
  /** One for each hour with sales, as the shop's clock had it, in the order of the business day. */
  hours: z.array(
    z.strictObject({ hour: z.int().min(0).max(23), sales: z.int().min(0), totalMinor: amountMinorSchema }),
  ),
  /** The goods that brought the most, at most ten. */
  goods: z.array(
    z.strictObject({
      itemId: z.string(),
      name: namesSchema,
      unit: z.enum(["each", "kilogram"]),
      quantity: z.int().min(0),
      weightGrams: z.int().min(0),
      totalMinor: amountMinorSchema,
    }),
  ),
});

/** The business day on one page. */
export type DayReport = z.infer<typeof dayReportSchema>;

/**
 * A sale of this till as the list of receipts shows it. `refundedBy` is the receipt of the refund after which nothing of it was
 * left; where something is, `refundedMinor` says what has come back.
 */
export const receiptRowSchema = z.strictObject({
  seq: z.int().min(1),
  kind: z.enum(["sale", "refund"]),
  saleId: idSchema,
  receiptCode: z.string(),
  time: timeSchema,
  totalMinor: amountMinorSchema,
  paidBy: z.enum(["cash", "wallet", "mixed"]),
  refundedBy: z.string().optional(),
  refundedMinor: positiveAmountMinorSchema.optional(),
});

/** A sale of this till as the list of receipts shows it. */
export type ReceiptRow = z.infer<typeof receiptRowSchema>;

/** The chat of the shop, as the platform has it. */
export const shopChatSchema = z.strictObject({ threads: z.array(shopThreadSchema) });

/** Messages of one thread. */
export const shopMessagesSchema = z.strictObject({
  messages: z.array(chatMessageSchema),
  more: z.boolean(),
  readUpTo: z.int().min(0),
});
