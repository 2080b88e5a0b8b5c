import { z } from "zod";
import { idSchema } from "../../sync/protocol/entry.ts";
import { positiveAmountMinorSchema } from "../../sync/protocol/money.ts";
import { localeSchema, snapshotSchema, tileSchema } from "./snapshot.ts";

/** A contract of methods and one pushed snapshot. The till has one, and so has the demo shop's counter. */
export type Contract = {
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
    seller,
    z.strictObject({ text: z.string().min(1).max(maximumScanCharacters), source: z.enum(["wedge", "typed"]) }),
    scanResultSchema,
  ),
  /** A touched tile. A weighed good needs its weight, any other takes a quantity (1 where none is given). */
  "basket.add": method(
    seller,
    z.strictObject({
      itemId: z.string().min(1).max(64),
      quantity: z.int().min(1).max(9999).optional(),
      weightGrams: z.int().min(1).max(1_000_000).optional(),
    }),
    nothing,
  ),
  "basket.set-quantity": method(
    seller,
    z.strictObject({ lineId: idSchema, quantity: z.int().min(0).max(9999) }),
    nothing,
  ),
  "basket.remove-line": method(seller, z.strictObject({ lineId: idSchema }), nothing),
  /** Gives the basket up. The journal keeps that it was. */
  "sale.abandon": method(seller, z.strictObject({ saleId: idSchema }), nothing),
  /** Clears the outcome of this sale and shows an empty basket. */
  "sale.next": method(seller, z.strictObject({ saleId: idSchema }), nothing),
  "tender.cash": method(
    seller,
    z.strictObject({ saleId: idSchema, tenderedMinor: positiveAmountMinorSchema }),
    z.strictObject({ receiptCode: z.string(), changeMinor: positiveAmountMinorSchema }),
  ),
  "payment.ask-again": method(seller, z.strictObject({ paymentId: idSchema }), nothing),
  /** Frees the sale for another tender at once; the reversal is stored and repeated until it is final. */
  "payment.undo": method(seller, z.strictObject({ paymentId: idSchema }), nothing),
  "receipt.print-copy": method(seller, z.strictObject({ saleId: idSchema }), nothing),
  "notice.dismiss": method(seller, z.strictObject({ noticeId: z.int().min(1) }), nothing),
  "settings.set-locale": method(["cashier", "manager", "tool"], z.strictObject({ locale: localeSchema }), nothing),
  /** Closes the shift with the counted cash and opens the next one. */
  "shift.close": method(
    ["cashier", "manager", "tool"],
    z.strictObject({ countedMinor: positiveAmountMinorSchema }),
    z.strictObject({
      shift: idSchema,
      sales: z.int(),
      salesMinor: z.int(),
      expectedCashMinor: z.int(),
      differenceMinor: z.int(),
    }),
  ),
  /** A consistent copy of the running ledger for a tool that reads it, made beside it; the tool removes it. */
  "ledger.copy": method(["tool"], nothing, z.strictObject({ file: z.string() })),
} as const;

/** What a window and the till say to each other. */
export const tillContract = { methods, snapshot: snapshotSchema } as const;

/** What a window and the till say to each other. */
export type TillContract = typeof tillContract;
