import { z } from "zod";
import { idSchema, timeSchema } from "./entry.ts";
import { lineDiscountSchema, namesSchema, paymentNumberSchema, ratePartsPerMillionSchema } from "./entry-types.ts";
import { amountMinorSchema, currencySchema, positiveAmountMinorSchema } from "./money.ts";

/** The longest text of one message, in UTF-16 units. */
export const maximumMessageCharacters = 1000;

const receiptLineSchema = z.strictObject({
  name: namesSchema,
  quantity: z.int().min(1).optional(),
  weightGrams: z.int().min(1).optional(),
  unitPriceMinor: positiveAmountMinorSchema,
  /** Before the discounts. */
  grossMinor: positiveAmountMinorSchema,
  discounts: z.array(lineDiscountSchema).max(2),
  depositMinor: positiveAmountMinorSchema.optional(),
  /** On a refund: what refunds of money had paid out of this line before it came back. */
  givenBackMinor: positiveAmountMinorSchema.optional(),
});

/**
 * A receipt as a card in a chat. `kind` "refund" gives money back: its amounts are positive all the same, its tenders say where
 * the money went, and where money alone went back it has no lines. `returnCode` is what the shopper shows for a return (`PC1:`).
 */
export const chatReceiptSchema = z.strictObject({
  kind: z.enum(["sale", "refund"]),
  saleId: idSchema,
  receiptCode: z.string().max(32),
  /** On a refund: the receipt of the sale that was given back. */
  originalReceiptCode: z.string().max(32).optional(),
  store: namesSchema,
  time: timeSchema,
  zone: z.string().min(1).max(64),
  currency: currencySchema,
  lines: z.array(receiptLineSchema).max(2000),
  taxes: z
    .array(
      z.strictObject({
        name: namesSchema,
        ratePartsPerMillion: ratePartsPerMillionSchema,
        included: z.boolean(),
        grossMinor: amountMinorSchema,
        taxMinor: amountMinorSchema,
      }),
    )
    .max(16),
  depositMinor: positiveAmountMinorSchema.optional(),
  discountMinor: positiveAmountMinorSchema.optional(),
  totalMinor: positiveAmountMinorSchema,
  tenders: z
    .array(
      z.strictObject({
        kind: z.enum(["cash", "wallet"]),
        /** The part of the total that it covers. */
        amountMinor: positiveAmountMinorSchema,
        /** What cash rounding added to it; absent where it added nothing. */
        roundingMinor: amountMinorSchema.optional(),
        number: paymentNumberSchema.optional(),
      }),
    )
    .max(16),
  returnCode: z.string().max(128),
});

/** A receipt as a card in a chat. */
export type ChatReceipt = z.infer<typeof chatReceiptSchema>;

const messageFields = {
  messageId: idSchema,
  /** Rises within its thread; what a reader asks after. */
  cursor: z.int().min(1),
  at: timeSchema,
  from: z.enum(["shopper", "shop", "operator"]),
};

/** A message of a thread. `about` names what it asks about: a receipt, or an entry of a till's ledger. */
export const chatMessageSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("text"),
    ...messageFields,
    text: z.string().min(1).max(maximumMessageCharacters),
    about: z.string().max(64).optional(),
  }),
  z.strictObject({ kind: z.literal("receipt"), ...messageFields, receipt: chatReceiptSchema }),
]);

/** A message of a thread. */
export type ChatMessage = z.infer<typeof chatMessageSchema>;

/**
 * What one writes. The id is made by the writer before it is sent, so that the same message sent twice stands once;
 * with another text it is refused.
 */
export const newMessageSchema = z.strictObject({
  messageId: idSchema,
  text: z.string().trim().min(1).max(maximumMessageCharacters),
  about: z.string().max(64).optional(),
});

/** What one writes. */
export type NewMessage = z.infer<typeof newMessageSchema>;

/**
 * A thread as the shop sees it: with a shopper, who has a number and no name here, or with the platform's operator.
 * `unread` counts what the other side has written since the shop last read.
 */
export const shopThreadSchema = z.strictObject({
  threadId: idSchema,
  with: z.enum(["shopper", "operator"]),
  /** Five digits by which the shop tells its shoppers apart; absent for the operator. */
  shopperNumber: z.string().optional(),
  last: z
    .strictObject({
      at: timeSchema,
      from: messageFields.from,
      kind: z.enum(["text", "receipt"]),
      text: z.string().max(200),
    })
    .optional(),
  unread: z.int().min(0),
});

/** A thread as the shop sees it. */
export type ShopThread = z.infer<typeof shopThreadSchema>;

/** The threads of a till's shop, the newest first. The one with the operator is always among them. */
export const shopThreadsResponseSchema = z.strictObject({ threads: z.array(shopThreadSchema).max(500) });

/**
 * Messages of a thread, in order: those after a cursor (`?after=`), those before one (`?before=`), or without either the
 * newest ones. `more` says that there are more in that direction. `readUpTo` is the last cursor that the other side has read.
 */
export const messagesResponseSchema = z.strictObject({
  messages: z.array(chatMessageSchema).max(200),
  more: z.boolean(),
  readUpTo: z.int().min(0),
});

/** Messages of a thread. */
export type MessagesResponse = z.infer<typeof messagesResponseSchema>;

/** Says that everything up to a cursor has been read. */
export const readRequestSchema = z.strictObject({ upTo: z.int().min(0) });
