import { z } from "zod";
import { idSchema, timeSchema } from "../../sync/protocol/entry.ts";
import { namesSchema, paymentNumberSchema, ratePartsPerMillionSchema } from "../../sync/protocol/entry-types.ts";
import { amountMinorSchema, currencySchema, positiveAmountMinorSchema } from "../../sync/protocol/money.ts";
import { faultSchema } from "./errors.ts";

/** The languages of the product. */
export const localeSchema = z.enum(["en", "zh-CN"]);

/** A language of the product. */
export type Locale = z.infer<typeof localeSchema>;

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** A good as a tile or a search result shows it. */
export const tileSchema = z.strictObject({
  itemId: z.string(),
  name: namesSchema,
  unit: z.enum(["each", "kilogram"]),
  priceMinor: positiveAmountMinorSchema,
  /** The content hash of its picture, to be had under `/pictures/<hash>`. */
  picture: hashSchema.optional(),
  ageMinimum: z.int().optional(),
});

/** A good as a tile or a search result shows it. */
export type Tile = z.infer<typeof tileSchema>;

/** A line of the open basket. `quantity` is there for pieces, `weightGrams` for weighed goods. */
export const basketLineSchema = z.strictObject({
  lineId: idSchema,
  itemId: z.string(),
  /** GTIN-14 or the shop's own code, as the cashier reads it off the goods. */
  code: z.string().optional(),
  name: namesSchema,
  unit: z.enum(["each", "kilogram"]),
  quantity: z.int().min(1).optional(),
  weightGrams: z.int().min(1).optional(),
  unitPriceMinor: positiveAmountMinorSchema,
  totalMinor: positiveAmountMinorSchema,
});

/** A line of the open basket. */
export type BasketLine = z.infer<typeof basketLineSchema>;

const taxLineSchema = z.strictObject({
  taxClass: z.string(),
  name: namesSchema,
  ratePartsPerMillion: ratePartsPerMillionSchema,
  grossMinor: amountMinorSchema,
  taxMinor: amountMinorSchema,
});

/**
 * What cash can pay. `dueMinor` is the total after cash rounding; each suggestion is a note or a sum of notes with the
 * change that it gives. The first suggestion is always the exact amount.
 */
const cashSchema = z.strictObject({
  dueMinor: positiveAmountMinorSchema,
  suggestions: z.array(
    z.strictObject({ tenderedMinor: positiveAmountMinorSchema, changeMinor: positiveAmountMinorSchema }),
  ),
});

/**
 * The sale in front of the cashier. `lines` are in the order in which they were added; `newestLineId` is the one that
 * lies on the beam, and `addedCount` rises with each addition, so that a page can show and sound each one once.
 */
export const basketSchema = z.strictObject({
  saleId: idSchema,
  lines: z.array(basketLineSchema),
  newestLineId: idSchema.optional(),
  addedCount: z.int().min(0),
  itemCount: z.int().min(0),
  taxes: z.array(taxLineSchema),
  totalMinor: positiveAmountMinorSchema,
  cash: cashSchema,
});

/** The sale in front of the cashier. */
export type Basket = z.infer<typeof basketSchema>;

/**
 * A payment that is under way. `asking` waits for the wallet's answer; `unknown` may or may not be paid and is asked
 * about again by itself at `nextAskAt`.
 */
export const paymentViewSchema = z.strictObject({
  paymentId: idSchema,
  number: paymentNumberSchema,
  amountMinor: positiveAmountMinorSchema,
  state: z.enum(["asking", "unknown"]),
  askedAt: timeSchema,
  asks: z.array(timeSchema),
  nextAskAt: timeSchema.optional(),
  /** When it is undone by itself if the wallet stays silent. */
  undoAt: timeSchema.optional(),
});

/** A payment that is under way. */
export type PaymentView = z.infer<typeof paymentViewSchema>;

/** How far the paper has come. `unknown` is said as it is: the till never guesses that paper came out. */
export const printStateSchema = z.enum(["waiting", "printing", "printed", "probably", "unknown", "failed"]);

/** How far the paper has come. */
export type PrintState = z.infer<typeof printStateSchema>;

/** A sale that is stored. It stays in view until the next scan or "Next sale". */
export const outcomeSchema = z.strictObject({
  saleId: idSchema,
  receiptCode: z.string(),
  totalMinor: positiveAmountMinorSchema,
  tender: z.enum(["cash", "wallet"]),
  storedAt: timeSchema,
  /** What was handed over and what goes back, for cash. */
  tenderedMinor: positiveAmountMinorSchema.optional(),
  changeMinor: positiveAmountMinorSchema.optional(),
  roundingMinor: amountMinorSchema.optional(),
  paymentNumber: paymentNumberSchema.optional(),
  print: printStateSchema,
  /** Why the receipt did not come out, where it did not. */
  printFault: faultSchema.optional(),
  copies: z.int().min(1),
  drawer: z.enum(["none", "opened", "failed"]),
});

/** A sale that is stored. */
export type Outcome = z.infer<typeof outcomeSchema>;

/**
 * Something the cashier has to hear: an unknown code, a refused wallet. `id` rises, so that each is shown and sounded
 * once; `tone` chooses the sound and the shape.
 */
export const noticeSchema = z.strictObject({
  id: z.int().min(1),
  tone: z.enum(["unknown-item", "blocked", "info"]),
  fault: faultSchema,
  at: timeSchema,
});

/** Something the cashier has to hear. */
export type Notice = z.infer<typeof noticeSchema>;

/** One device as the status line names it. */
export const deviceViewSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(["scanner", "printer"]),
  state: z.enum(["absent", "present", "opening", "ready", "degraded"]),
  fault: faultSchema.optional(),
});

/** One device as the status line names it. */
export type DeviceView = z.infer<typeof deviceViewSchema>;

/**
 * How far the sales have come. `state` is `paused` when the platform refused this till (the fault says why) and
 * nothing is sent until a person acts; everything stays stored here.
 */
export const syncViewSchema = z.strictObject({
  state: z.enum(["online", "offline", "paused"]),
  /** Sales that the platform has not confirmed. */
  salesWaiting: z.int().min(0),
  /** Money of those sales. */
  moneyWaitingMinor: amountMinorSchema,
  /** The first failed contact since the last good one. */
  offlineSince: timeSchema.optional(),
  lastContactAt: timeSchema.optional(),
  fault: faultSchema.optional(),
});

/** How far the sales have come. */
export type SyncView = z.infer<typeof syncViewSchema>;

/**
 * Everything a page shows, as the till knows it. `version` rises by one with each change of this till process; `run`
 * names the process, so that a page can tell a restart from a change.
 */
export const snapshotSchema = z.strictObject({
  run: z.string(),
  version: z.int().min(1),
  till: z.strictObject({
    number: z.int().min(1),
    ledger: idSchema,
    store: namesSchema,
    address: namesSchema,
    currency: currencySchema,
    zone: z.string(),
    cashier: namesSchema,
    businessDay: z.string(),
    priceIncludesTax: z.boolean(),
  }),
  locale: localeSchema,
  /** Rises whenever the goods change: tiles and searches fetched before it are old. */
  catalogCursor: z.int().min(0),
  categories: z.array(z.strictObject({ id: z.string(), name: namesSchema })),
  basket: basketSchema,
  payment: paymentViewSchema.optional(),
  /** Payments that are undone here and wait for the platform's confirmation. */
  undoing: z.int().min(1).optional(),
  outcome: outcomeSchema.optional(),
  /** The newest settled sale of this till, for a copy of its receipt. */
  lastSale: z.strictObject({ saleId: idSchema, receiptCode: z.string() }).optional(),
  notice: noticeSchema.optional(),
  devices: z.array(deviceViewSchema),
  sync: syncViewSchema,
});

/** Everything a page shows, as the till knows it. */
export type Snapshot = z.infer<typeof snapshotSchema>;
