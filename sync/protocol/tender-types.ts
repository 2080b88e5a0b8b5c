import { z } from "zod";
import { idSchema } from "./entry.ts";
import { amountMinorSchema, positiveAmountMinorSchema } from "./money.ts";

/**
 * Whose wallet pays: the platform's own, or that of another company, charged over a rail that the platform speaks, because a
 * merchant's keys do not belong on a till.
 */
export const railSchema = z.enum(["wallet", "wechat-pay", "alipay"]);

/** Whose wallet pays. */
export type Rail = z.infer<typeof railSchema>;

/**
 * Where a till books what a payment brought: what the platform owes it is an account of its own for each rail, so that a shop
 * sees what lies with which company.
 */
export const walletAccounts: Readonly<Record<Rail, string>> = {
  wallet: "wallet:online",
  "wechat-pay": "wallet:wechat-pay",
  alipay: "wallet:alipay",
};

/** The eight digits by which shopper and till find a payment together. They prove nothing. */
export const paymentNumberSchema = z.string().regex(/^\d{8}$/);

/**
 * How a sale was paid. Of a cash leg `amountMinor` is the part of the total it covers, `roundingMinor` what the cash
 * rounding adds to it (negative: the shopper pays less), and `tenderedMinor - changeMinor` is what stays in the drawer.
 */
export const tenderSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("cash"),
    amountMinor: positiveAmountMinorSchema,
    roundingMinor: amountMinorSchema,
    tenderedMinor: positiveAmountMinorSchema,
    changeMinor: positiveAmountMinorSchema,
  }),
  z.strictObject({
    kind: z.literal("wallet"),
    amountMinor: positiveAmountMinorSchema,
    paymentId: idSchema,
    number: paymentNumberSchema,
    /** The platform's own wallet where it is absent. */
    rail: railSchema.optional(),
  }),
]);

/** How a sale was paid. */
export type Tender = z.infer<typeof tenderSchema>;

/**
 * Where the money of a refund goes: out of the drawer, or back to the wallet that paid, by the payment it came with. Of a cash
 * payout `paidOutMinor` is `amountMinor` as coins can pay it, and `roundingMinor` their difference.
 */
export const payoutSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("cash"),
    amountMinor: positiveAmountMinorSchema,
    roundingMinor: amountMinorSchema,
    paidOutMinor: positiveAmountMinorSchema,
  }),
  z.strictObject({
    kind: z.literal("wallet"),
    amountMinor: z.int().min(1),
    paymentId: idSchema,
    number: paymentNumberSchema,
    /** The platform's own wallet where it is absent. */
    rail: railSchema.optional(),
  }),
]);

/** Where the money of a refund goes. */
export type Payout = z.infer<typeof payoutSchema>;

/** Why goods came back. */
export const refundReasonSchema = z.enum(["unwanted", "faulty", "wrong-item", "wrong-price", "other"]);

/** Why goods came back. */
export type RefundReason = z.infer<typeof refundReasonSchema>;
