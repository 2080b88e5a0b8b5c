import { z } from "zod";
import { idSchema, timeSchema } from "../../sync/protocol/entry.ts";
import {
  lineDiscountSchema,
  namesSchema,
  paymentNumberSchema,
  railSchema,
  ratePartsPerMillionSchema,
} from "../../sync/protocol/entry-types.ts";
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
  /** Its price is typed when it is sold. */
  openPrice: z.literal(true).optional(),
  /** What comes on top for the bottle or the crate, for one piece. */
  depositMinor: positiveAmountMinorSchema.optional(),
});

/** A good as a tile or a search result shows it. */
export type Tile = z.infer<typeof tileSchema>;

/** A discount as a person gave it: of a hundred, in parts per million, or an amount. */
export const discountSchema = z.union([
  z.strictObject({ ratePartsPerMillion: z.int().min(1).max(1_000_000) }),
  z.strictObject({ amountMinor: z.int().min(1) }),
]);

/** A discount as a person gave it. */
export type Discount = z.infer<typeof discountSchema>;

/**
 * A line of the open basket. `quantity` is there for pieces, `weightGrams` for weighed goods. `totalMinor` is what is left
 * of `grossMinor` after the discounts; the deposit stands beside it.
 */
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
  /** The catalogue's price, where it is sold at another. */
  listPriceMinor: positiveAmountMinorSchema.optional(),
  openPrice: z.literal(true).optional(),
  grossMinor: positiveAmountMinorSchema,
  discounts: z.array(lineDiscountSchema).max(2),
  deposit: z.strictObject({ eachMinor: positiveAmountMinorSchema, totalMinor: positiveAmountMinorSchema }).optional(),
  /** On a refund: what refunds of money had paid out of this line before it came back. */
  givenBackMinor: positiveAmountMinorSchema.optional(),
  /** The age that a buyer must have. Whether it was looked at stands in the basket's `age`. */
  ageMinimum: z.int().optional(),
  /** The content hash of its picture. */
  picture: hashSchema.optional(),
  totalMinor: positiveAmountMinorSchema,
});

/** A line of the open basket. */
export type BasketLine = z.infer<typeof basketLineSchema>;

const taxLineSchema = z.strictObject({
  taxClass: z.string(),
  name: namesSchema,
  ratePartsPerMillion: ratePartsPerMillionSchema,
  /** Whether the prices of the lines held it already. */
  included: z.boolean(),
  grossMinor: amountMinorSchema,
  taxMinor: amountMinorSchema,
});

/**
 * Whether somebody has to look at the shopper's age. `minimum` is the highest age that the goods ask for; whoever was born
 * on `bornOnOrBefore` or earlier is old enough today. `checked` says who looked, and when.
 */
const ageSchema = z.strictObject({
  minimum: z.int(),
  bornOnOrBefore: z.iso.date(),
  checked: z.strictObject({ at: timeSchema, by: namesSchema }).optional(),
});

/**
 * What cash can pay. `dueMinor` is what is still due, after cash rounding; each suggestion is a note or a sum of notes with the
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
  /** All that was taken off the lines. */
  discountMinor: positiveAmountMinorSchema,
  /** The discount of the whole sale as it was given; its shares stand on the lines. */
  saleDiscount: discountSchema.optional(),
  /** Deposits, part of the total. */
  depositMinor: positiveAmountMinorSchema,
  age: ageSchema.optional(),
  note: z.string().optional(),
  totalMinor: positiveAmountMinorSchema,
  /** The part that is paid in cash while the wallet pays the rest. Its money counts once the rest is paid. */
  cashPartMinor: positiveAmountMinorSchema.optional(),
  /** What a wallet code pays: the total less the part in cash. */
  dueMinor: positiveAmountMinorSchema,
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
  rail: railSchema,
  amountMinor: positiveAmountMinorSchema,
  /** `waiting`: the shopper confirms on the phone. `unknown`: nobody has said yet what became of it. */
  state: z.enum(["asking", "waiting", "unknown"]),
  askedAt: timeSchema,
  asks: z.array(timeSchema),
  nextAskAt: timeSchema.optional(),
  /** When it is undone by itself if the wallet stays silent. */
  undoAt: timeSchema.optional(),
});

/** A payment that is under way. */
export type PaymentView = z.infer<typeof paymentViewSchema>;

/** How far the paper has come. `none` was not asked for (a kiosk asks the shopper first). `unknown` is said as it is: the till never guesses that paper came out. */
export const printStateSchema = z.enum(["none", "waiting", "printing", "printed", "probably", "unknown", "failed"]);

/** How far the paper has come. */
export type PrintState = z.infer<typeof printStateSchema>;

/**
 * A sale or a refund that is stored. It stays in view until the next scan or "Next sale". Of a refund `saleId` is the
 * refund's own id, all amounts are positive, and `changeMinor` is what is paid out of the drawer.
 */
export const outcomeSchema = z.strictObject({
  kind: z.enum(["sale", "refund"]),
  saleId: idSchema,
  receiptCode: z.string(),
  /** On a refund: the receipt of the sale that was given back. */
  originalReceiptCode: z.string().optional(),
  totalMinor: positiveAmountMinorSchema,
  /** `mixed` is cash and wallet. */
  tender: z.enum(["cash", "wallet", "mixed"]),
  /** What of the total each paid, where both did. On a refund what goes back to each, where it goes to a wallet. */
  cashMinor: positiveAmountMinorSchema.optional(),
  walletMinor: positiveAmountMinorSchema.optional(),
  storedAt: timeSchema,
  /** What was handed over and what goes back, for cash. */
  tenderedMinor: positiveAmountMinorSchema.optional(),
  changeMinor: positiveAmountMinorSchema.optional(),
  roundingMinor: amountMinorSchema.optional(),
  paymentNumber: paymentNumberSchema.optional(),
  /** Whose wallet it was, where it was not the platform's own. */
  rail: railSchema.optional(),
  /**
   * On a refund to a wallet, how far the money is: `recorded` until the platform has answered, then `given-back`, or `needs-you`
   * where it did not pay and a manager has to look.
   */
  walletState: z.enum(["recorded", "given-back", "needs-you"]).optional(),
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
  /** A receipt was scanned: the cashier's page opens its sale, for a return or a copy. */
  open: z.strictObject({ saleId: idSchema }).optional(),
});

/** Something the cashier has to hear. */
export type Notice = z.infer<typeof noticeSchema>;

/** One device as the status line names it. */
export const deviceViewSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(["scanner", "printer"]),
  state: z.enum(["absent", "present", "opening", "ready", "degraded"]),
  /** Where it is plugged in, for whoever looks after it. */
  place: z.string().optional(),
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

/** A sale that was set aside, to be taken up again. */
const parkedSaleSchema = z.strictObject({
  saleId: idSchema,
  at: timeSchema,
  itemCount: z.int().min(1),
  totalMinor: positiveAmountMinorSchema,
  /** The goods that were added last, at most three, so that people can tell the sales apart. */
  goods: z.array(namesSchema).max(3),
  /** It was set aside with a payment that is still under way: it is settled by itself when that is paid. */
  payment: paymentViewSchema.optional(),
});

/**
 * How the check of the ledger stands: `running` with how far it is, or its last result. A check reads a copy, so that
 * selling goes on beside it.
 */
export const ledgerCheckSchema = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("running"), done: z.int().min(0), entries: z.int().min(0), startedAt: timeSchema }),
  z.strictObject({ state: z.literal("complete"), entries: z.int().min(0), at: timeSchema, tookMs: z.int().min(0) }),
  z.strictObject({
    state: z.literal("broken"),
    entries: z.int().min(0),
    at: timeSchema,
    /** The broken entry; 0 where the file as a whole is meant. */
    seq: z.int().min(0),
    /** One of the reasons of `words/verify-words.ts`, which puts it into words with `params`. */
    reason: z.string().max(500),
    params: z.record(z.string(), z.union([z.string().max(500), z.number()])).optional(),
  }),
  z.strictObject({ state: z.literal("stopped"), at: timeSchema, fault: faultSchema }),
]);

/** How the check of the ledger stands. */
export type LedgerCheck = z.infer<typeof ledgerCheckSchema>;

/** What only the shop's own people are told; windows of shoppers get snapshots without it. */
export const staffViewSchema = z.strictObject({
  /** The newest settled sale or refund of this till, for a copy of its receipt. */
  lastSale: z.strictObject({ saleId: idSchema, receiptCode: z.string() }).optional(),
  /** The newest is the first. */
  parked: z.array(parkedSaleSchema),
  ledgerCheck: ledgerCheckSchema.optional(),
  /** The disk under the ledger, where it needs somebody: `full` means that no new sale is begun. */
  disk: z.strictObject({ state: z.enum(["low", "full"]), freeBytes: z.int().min(0) }).optional(),
  /** What happened to the ledger itself and no manager has seen yet. */
  unseenIncidents: z.int().min(1).optional(),
  catalog: z.strictObject({
    items: z.int().min(0),
    /** When the goods last changed here, and when the platform last said that nothing has. */
    changedAt: timeSchema.optional(),
    checkedAt: timeSchema.optional(),
  }),
});

/** What only the shop's own people are told. */
export type StaffView = z.infer<typeof staffViewSchema>;

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
    /** Who sells; absent at a kiosk. */
    cashier: namesSchema.optional(),
    mode: z.enum(["till", "kiosk"]),
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
  /** Not there for windows of shoppers. */
  staff: staffViewSchema.optional(),
  notice: noticeSchema.optional(),
  devices: z.array(deviceViewSchema),
  sync: syncViewSchema,
});

/** Everything a page shows, as the till knows it. */
export type Snapshot = z.infer<typeof snapshotSchema>;
