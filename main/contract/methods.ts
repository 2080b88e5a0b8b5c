import { z } from "zod";
import { newMessageSchema } from "../../sync/protocol/chat.ts";
import { idSchema } from "../../sync/protocol/entry.ts";
import { paymentNumberSchema, priceReasonSchema, refundReasonSchema } from "../../sync/protocol/entry-types.ts";
import { positiveAmountMinorSchema } from "../../sync/protocol/money.ts";
import {
  arrivalSchema,
  dayReportSchema,
  ledgerCareSchema,
  receiptRowSchema,
  shopChatSchema,
  shopMessagesSchema,
  syncEntrySchema,
  syncOverviewSchema,
  syncRowSchema,
  xReportSchema,
} from "./manager.ts";
import { foundPaymentSchema } from "./found-payment.ts";
import { refundQuoteSchema, refundWantedSchema } from "./refunds.ts";
import { basketSchema, discountSchema, localeSchema, outcomeSchema, snapshotSchema, tileSchema } from "./snapshot.ts";
import { zReportRowSchema, zReportSchema } from "./z-report.ts";

/**
 * A contract of methods and one pushed snapshot. The till has one, a till that waits for its ledger another, and so has the
 * demo shop's counter. Whoever serves it says its name in the welcome.
 */
export type Contract = {
  name: string;
  methods: Readonly<Record<string, { roles: readonly string[]; input: z.ZodType; output: z.ZodType }>>;
  snapshot: z.ZodType;
};

/** The name of a method of a contract. */
export type MethodName<C extends Contract> = keyof C["methods"] & string;

/** What a method is given. */
export type MethodInput<C extends Contract, M extends MethodName<C>> = z.infer<C["methods"][M]["input"]>;

/** What a method gives. */
export type MethodOutput<C extends Contract, M extends MethodName<C>> = z.infer<C["methods"][M]["output"]>;

/** What a contract pushes. */
export type SnapshotOf<C extends Contract> = z.infer<C["snapshot"]>;

/** One function for each method, as the serving side implements them. */
export type Handlers<C extends Contract> = {
  [M in MethodName<C>]: (
    input: MethodInput<C, M>,
    caller: { role: string },
  ) => Promise<MethodOutput<C, M>> | MethodOutput<C, M>;
};

/**
 * Who asks. A window's role is fixed by its token. `tool` is the command line on the local socket, which only the
 * owner of the data folder can open.
 */
export const roleSchema = z.enum(["cashier", "kiosk", "manager", "customer", "tool"]);

/** Who asks. */
export type Role = z.infer<typeof roleSchema>;

function method<I extends z.ZodType, O extends z.ZodType>(roles: readonly Role[], input: I, output: O) {
  return { roles, input, output };
}

const nothing = z.strictObject({});
const everybody: readonly Role[] = ["cashier", "kiosk", "manager", "customer", "tool"];
const seller: readonly Role[] = ["cashier", "tool"];
/** Whoever fills a basket: at a kiosk the shopper does. */
const picker: readonly Role[] = ["cashier", "kiosk", "tool"];
const manager: readonly Role[] = ["manager", "tool"];
const staff: readonly Role[] = ["cashier", "manager", "tool"];

/** The longest note on a sale, in UTF-16 units: two lines of a receipt. */
export const maximumNoteCharacters = 80;

const pinInputSchema = z.string().regex(/^\d{4,8}$/);

/** The longest scan that the till reads; a QR code holds 4,296 characters at most. */
const maximumScanCharacters = 4296;

/** What a scan or a touch came to. `refused` means that the snapshot's notice says why. */
const scanResultSchema = z.strictObject({
  result: z.enum(["added", "payment-started", "refused"]),
});

/**
 * What a window may ask of the till: for each method the roles that may call it, its input and its output. A call that
 * moves money names the sale or the payment, and the same call again gives the same answer and no second effect.
 */
const methods = {
  "till.snapshot": method(everybody, nothing, snapshotSchema),
  "catalog.tiles": method(
    ["cashier", "kiosk", "manager", "tool"],
    z.strictObject({ category: z.string().min(1).max(64) }),
    z.strictObject({ tiles: z.array(tileSchema) }),
  ),
  /** The tile of one good, absent where it is no longer sold. */
  "catalog.tile": method(
    ["cashier", "kiosk", "manager", "tool"],
    z.strictObject({ itemId: z.string().min(1).max(64) }),
    z.strictObject({ tile: tileSchema.optional() }),
  ),
  "catalog.search": method(
    ["cashier", "kiosk", "manager", "tool"],
    z.strictObject({ query: z.string().max(100) }),
    z.strictObject({ tiles: z.array(tileSchema) }),
  ),
  /** A code that the page read: a keyboard-wedge scanner types it. Serial and HID scanners need no page. */
  "basket.scan": method(
    picker,
    z.strictObject({ text: z.string().min(1).max(maximumScanCharacters), source: z.enum(["wedge", "typed"]) }),
    scanResultSchema,
  ),
  /**
   * Says that a number is half typed, anew with each digit, and that none is any more. Until then wallet codes are refused,
   * and while money is typed every scan is.
   */
  "basket.typing": method(seller, z.strictObject({ what: z.enum(["nothing", "number", "money"]) }), nothing),
  /**
   * A touched tile. A weighed good needs its weight and one with an open price its price; any other takes a quantity (1
   * where none is given).
   */
  "basket.add": method(
    picker,
    z.strictObject({
      itemId: z.string().min(1).max(64),
      quantity: z.int().min(1).max(9999).optional(),
      weightGrams: z.int().min(1).max(1_000_000).optional(),
      priceMinor: z.int().min(1).max(100_000_000).optional(),
    }),
    nothing,
  ),
  "basket.set-quantity": method(
    picker,
    z.strictObject({ lineId: idSchema, quantity: z.int().min(0).max(9999) }),
    nothing,
  ),
  "basket.remove-line": method(picker, z.strictObject({ lineId: idSchema }), nothing),
  /** Sells the good of a line at another price. The journal keeps both prices and the reason. */
  "basket.set-price": method(
    seller,
    z.strictObject({ lineId: idSchema, priceMinor: z.int().min(1).max(100_000_000), reason: priceReasonSchema }),
    nothing,
  ),
  /** Takes something off a line; without a discount the line has its full price again. */
  "basket.discount-line": method(
    seller,
    z.strictObject({ lineId: idSchema, discount: discountSchema.optional() }),
    nothing,
  ),
  /** Takes something off the whole sale, divided among its lines; without a discount nothing is taken off. */
  "basket.discount-sale": method(
    seller,
    z.strictObject({ saleId: idSchema, discount: discountSchema.optional() }),
    nothing,
  ),
  /** A note of the sale, printed on its receipt. Empty text removes it. */
  "basket.set-note": method(
    seller,
    z.strictObject({ saleId: idSchema, note: z.string().max(maximumNoteCharacters) }),
    nothing,
  ),
  /** A person has looked at the shopper's age. At a kiosk the person proves to be of the shop by a PIN. */
  "basket.confirm-age": method(picker, z.strictObject({ saleId: idSchema, pin: pinInputSchema.optional() }), nothing),
  /** Takes out everything that asks for an age: the shopper is too young, or nobody is there to look. */
  "basket.remove-age-limited": method(picker, z.strictObject({ saleId: idSchema }), nothing),
  /** Gives the basket up. The journal keeps that it was, and at a kiosk whether the shopper did it or left. */
  "sale.abandon": method(
    picker,
    z.strictObject({ saleId: idSchema, reason: z.enum(["shopper", "idle"]).optional() }),
    nothing,
  ),
  /** Sets the open sale aside. */
  "sale.park": method(seller, z.strictObject({ saleId: idSchema }), nothing),
  /** Takes a parked sale up again; the open basket must be empty. */
  "sale.resume": method(seller, z.strictObject({ saleId: idSchema }), nothing),
  /** Clears the outcome of this sale and shows an empty basket. */
  "sale.next": method(picker, z.strictObject({ saleId: idSchema }), nothing),
  /** Says how much of the open sale is paid in cash; the next wallet code pays the rest. 0 takes it back. */
  "tender.cash-part": method(
    seller,
    z.strictObject({ saleId: idSchema, amountMinor: positiveAmountMinorSchema }),
    nothing,
  ),
  "tender.cash": method(
    seller,
    z.strictObject({ saleId: idSchema, tenderedMinor: positiveAmountMinorSchema }),
    z.strictObject({ receiptCode: z.string(), changeMinor: positiveAmountMinorSchema }),
  ),
  "payment.ask-again": method(picker, z.strictObject({ paymentId: idSchema }), nothing),
  /** Frees the sale for another tender at once; the reversal is stored and repeated until it is final. */
  "payment.undo": method(seller, z.strictObject({ paymentId: idSchema }), nothing),
  /** Sets the sale aside with its payment, which is asked about beside the selling that goes on. */
  "payment.set-aside": method(seller, z.strictObject({ paymentId: idSchema }), nothing),
  /** The receipt on paper, once: a kiosk asks the shopper first. What was printed already is not printed again. */
  "receipt.print": method(picker, z.strictObject({ saleId: idSchema }), nothing),
  "receipt.print-copy": method(seller, z.strictObject({ saleId: idSchema }), nothing),
  /** Settled sales and refunds of this till, the newest first. `query` is a receipt's number or code. */
  "receipts.list": method(
    staff,
    z.strictObject({ query: z.string().max(100).optional(), before: z.int().min(1).optional() }),
    z.strictObject({ receipts: z.array(receiptRowSchema).max(50), more: z.boolean() }),
  ),
  /** Payments by the number on a shopper's phone, the newest first, those of the shop's other tills too. A number proves nothing. */
  "payments.find": method(
    staff,
    z.strictObject({ number: paymentNumberSchema }),
    z.strictObject({ payments: z.array(foundPaymentSchema).max(40), isPlatformAsked: z.boolean() }),
  ),
  /** One of the receipts, as the page shows a basket. */
  "receipts.open": method(
    staff,
    z.strictObject({ saleId: idSchema }),
    z.strictObject({ receipt: receiptRowSchema, basket: basketSchema, outcome: outcomeSchema }),
  ),
  /** What is left of a sale to give back, and what a refund of this part would pay out, and how. Nothing is stored. */
  "refund.quote": method(seller, z.strictObject({ saleId: idSchema, of: refundWantedSchema }), refundQuoteSchema),
  /**
   * Gives a sale back, whole or in part, to where its money came from. The page makes the id: the same one again gives the
   * stored answer and pays nothing twice, with other goods it is refused.
   */
  "refund.settle": method(
    seller,
    z.strictObject({
      refundId: idSchema,
      saleId: idSchema,
      of: refundWantedSchema,
      reason: refundReasonSchema,
      note: z.string().max(maximumNoteCharacters).optional(),
    }),
    z.strictObject({
      refundId: idSchema,
      receiptCode: z.string(),
      totalMinor: positiveAmountMinorSchema,
      /** Out of the drawer. */
      paidOutMinor: positiveAmountMinorSchema,
      /** Back to the wallet, once the platform has it. */
      walletMinor: positiveAmountMinorSchema,
    }),
  ),
  "notice.dismiss": method(picker, z.strictObject({ noticeId: z.int().min(1) }), nothing),
  "settings.set-locale": method(
    ["cashier", "kiosk", "manager", "tool"],
    z.strictObject({ locale: localeSchema }),
    nothing,
  ),
  /**
   * Closes the shift with the counted cash and opens the next one, whatever is unsent or under way. `shift` is the one that
   * was counted: once it is closed, the same count again gives the stored answer and another is refused. The open one where
   * it is left out.
   */
  "shift.close": method(
    ["cashier", "manager", "tool"],
    z.strictObject({ shift: idSchema.optional(), countedMinor: positiveAmountMinorSchema }),
    z.strictObject({
      shift: idSchema,
      /** The number of its Z report; absent only where a report of an older version is given again. */
      number: z.int().min(1).optional(),
      sales: z.int(),
      salesMinor: z.int(),
      expectedCashMinor: z.int(),
      differenceMinor: z.int(),
    }),
  ),
  "report.x": method(staff, nothing, xReportSchema),
  "report.day": method(manager, nothing, dayReportSchema),
  /** The Z reports of this ledger, the newest first; `before` goes on behind the entry of the last one that was given. */
  "report.z-list": method(
    manager,
    z.strictObject({ before: z.int().min(1).optional() }),
    z.strictObject({ reports: z.array(zReportRowSchema).max(50), more: z.boolean() }),
  ),
  /** One of them by its number, for as long as the ledger is kept. */
  "report.z": method(manager, z.strictObject({ number: z.int().min(1) }), zReportSchema),
  /** Brings a Z report to paper, as often as it is asked for: from the second time on the paper says which copy it is. */
  "report.print-z": method(manager, z.strictObject({ number: z.int().min(1) }), nothing),
  "sync.overview": method(manager, nothing, syncOverviewSchema),
  /** The sync log over all days: worst first, then the newest first; `skip` goes on after so many. */
  "sync.log": method(
    manager,
    z.strictObject({
      state: arrivalSchema.optional(),
      query: z.string().max(32).optional(),
      skip: z.int().min(0).max(100_000).optional(),
    }),
    z.strictObject({ rows: z.array(syncRowSchema).max(100), more: z.boolean() }),
  ),
  "sync.entry": method(manager, z.strictObject({ seq: z.int().min(1) }), syncEntrySchema),
  /** Sends an entry once more, or has the platform look at it once more: same number, so it cannot count twice. */
  "sync.send-again": method(manager, z.strictObject({ seq: z.int().min(1) }), z.strictObject({ state: arrivalSchema })),
  /** Tries to reach the platform now. */
  "sync.try-now": method(manager, nothing, nothing),
  /** Begins a check of the whole ledger; the snapshot tells how far it is. One that runs already goes on. */
  "ledger.check": method(manager, nothing, nothing),
  "ledger.care": method(manager, nothing, ledgerCareSchema),
  /** A manager has seen the incidents up to this entry. */
  "ledger.incidents-seen": method(manager, z.strictObject({ upToSeq: z.int().min(0) }), nothing),
  /** Writes a whole copy of the running ledger to this place, which must not be there yet. Selling goes on meanwhile. */
  "ledger.backup": method(
    ["tool"],
    z.strictObject({ file: z.string().min(1).max(4096) }),
    z.strictObject({ seq: z.int().min(0) }),
  ),
  "chat.threads": method(manager, nothing, shopChatSchema),
  "chat.messages": method(
    manager,
    z.strictObject({ threadId: idSchema, after: z.int().min(0).optional() }),
    shopMessagesSchema,
  ),
  "chat.send": method(manager, z.strictObject({ threadId: idSchema, message: newMessageSchema }), nothing),
  "chat.read": method(manager, z.strictObject({ threadId: idSchema, upTo: z.int().min(0) }), nothing),
  /**
   * Takes the till out of its shop: it sells nothing more until it is enrolled again. Refused with count and sum while
   * something has not arrived, and while a basket, a payment or a parked sale is open.
   */
  "till.sign-out": method(manager, nothing, nothing),
  /**
   * Forgets goods and settings and fetches the shop anew; the ledger stays. Refused as above, and while a basket, a payment
   * or a parked sale is open: none of them is ever forgotten.
   */
  "till.reset": method(manager, nothing, nothing),
  /** A consistent copy of the running ledger for a tool that reads it, made beside it; the tool removes it. */
  "ledger.copy": method(["tool"], nothing, z.strictObject({ file: z.string() })),
} as const;

/** What a window and the till say to each other. */
export const tillContract = { name: "till", methods, snapshot: snapshotSchema } as const;

/** What a window and the till say to each other. */
export type TillContract = typeof tillContract;
