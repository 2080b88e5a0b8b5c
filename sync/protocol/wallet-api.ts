import { z } from "zod";
import { idSchema, timeSchema } from "./entry.ts";
import { namesSchema, paymentNumberSchema } from "./entry-types.ts";
import { amountMinorSchema, currencySchema, positiveAmountMinorSchema } from "./money.ts";

/**
 * What the shopper's phone and the platform say to each other. A request carries `Authorization: Bearer SESSION`; who
 * the shopper is, is the chat app's own business. The demo lets anybody on loopback choose a demo shopper instead.
 */
export const walletPaths = {
  me: "/v1/wallet/me",
  certificates: "/v1/wallet/certificates",
  history: "/v1/wallet/history",
  threads: "/v1/wallet/threads",
  messages: "/v1/wallet/threads/{threadId}/messages",
  read: "/v1/wallet/threads/{threadId}/read",
  demoShoppers: "/v1/demo/shoppers",
  demoSession: "/v1/demo/shoppers/{shopper}/sessions",
} as const;

/** The wallet of whoever asks. */
export const walletSchema = z.strictObject({
  walletId: z.string().regex(/^[0-9a-f]{16}$/),
  name: namesSchema,
  currency: currencySchema,
  balanceMinor: amountMinorSchema,
  /** Chat messages that have not been read. */
  unread: z.int().min(0),
  /** The newest thing that happened to the balance: a page that sees another one fetches anew. */
  lastChange: z.string().optional(),
});

/** The wallet of whoever asks. */
export type Wallet = z.infer<typeof walletSchema>;

/** Asks for a certificate over a wallet key: a compressed P-256 point in hexadecimal. */
export const certificateRequestSchema = z.strictObject({ publicKey: z.string().regex(/^0[23][0-9a-f]{64}$/) });

/** A wallet certificate (hexadecimal CBOR). */
export const certificateResponseSchema = z.strictObject({
  certificate: z.string().regex(/^[0-9a-f]+$/),
  walletId: z.string(),
  expiresAt: timeSchema,
  currency: currencySchema,
});

/** Something that moved the balance. Negative amounts left the wallet. */
export const walletMoveSchema = z.strictObject({
  id: z.string().max(64),
  kind: z.enum(["top-up", "charge", "reversal", "refund"]),
  at: timeSchema,
  amountMinor: amountMinorSchema,
  balanceAfterMinor: amountMinorSchema,
  currency: currencySchema,
  /** Where and under which number, for payments. */
  store: namesSchema.optional(),
  number: paymentNumberSchema.optional(),
  receiptCode: z.string().max(32).optional(),
  threadId: idSchema.optional(),
});

/** Something that moved the balance. */
export type WalletMove = z.infer<typeof walletMoveSchema>;

/** The newest moves first, before a place in the list. */
export const historyResponseSchema = z.strictObject({
  moves: z.array(walletMoveSchema).max(100),
  more: z.boolean(),
});

/** A thread as the shopper sees it: with a shop. */
export const walletThreadSchema = z.strictObject({
  threadId: idSchema,
  store: namesSchema,
  address: namesSchema,
  answersUntil: z.string().optional(),
  last: z
    .strictObject({
      at: timeSchema,
      from: z.enum(["shopper", "shop", "operator"]),
      kind: z.enum(["text", "receipt"]),
      text: z.string().max(200),
      /** On a receipt. */
      totalMinor: positiveAmountMinorSchema.optional(),
    })
    .optional(),
  unread: z.int().min(0),
});

/** A thread as the shopper sees it. */
export type WalletThread = z.infer<typeof walletThreadSchema>;

/** The shopper's threads, the newest first. */
export const walletThreadsResponseSchema = z.strictObject({ threads: z.array(walletThreadSchema).max(200) });

/** The shoppers that the demo lets one be. */
export const demoShoppersResponseSchema = z.strictObject({
  shoppers: z.array(z.strictObject({ id: z.string(), name: namesSchema, balanceMinor: z.int() })),
});

/** A session of one phone. */
export const demoSessionResponseSchema = z.strictObject({ session: z.string().min(16).max(256) });
