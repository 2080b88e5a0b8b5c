import { z } from "zod";
import { idSchema } from "../../sync/protocol/entry.ts";
import { paymentNumberSchema, railSchema } from "../../sync/protocol/entry-types.ts";
import { amountMinorSchema, positiveAmountMinorSchema } from "../../sync/protocol/money.ts";

/** What is asked back of a sale: all that is left, pieces or grams of some of its lines, or money alone. */
export const refundWantedSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all") }),
  z.strictObject({
    kind: z.literal("lines"),
    lines: z
      .array(
        z.strictObject({
          lineId: idSchema,
          /** Of a line that was sold by the piece. */
          quantity: z.int().min(1).optional(),
          /** Of a line that was weighed. */
          weightGrams: z.int().min(1).optional(),
        }),
      )
      .min(1)
      .max(2000),
  }),
  z.strictObject({ kind: z.literal("amount"), amountMinor: z.int().min(1) }),
]);

/** What is asked back of a sale. */
export type RefundWanted = z.infer<typeof refundWantedSchema>;

/**
 * What a refund would pay out, and how: `walletMinor` goes back to the wallet that paid, `paidOutMinor` out of the drawer, and
 * `roundingMinor` is what coins make of the part in cash. `left` says what is left of the sale before it.
 */
export const refundQuoteSchema = z.strictObject({
  left: z.strictObject({
    totalMinor: positiveAmountMinorSchema,
    /** The most that can go back as money without goods. */
    mostAmountMinor: positiveAmountMinorSchema,
    lines: z.array(
      z.strictObject({
        lineId: idSchema,
        quantity: z.int().min(0).optional(),
        weightGrams: z.int().min(0).optional(),
      }),
    ),
  }),
  totalMinor: positiveAmountMinorSchema,
  walletMinor: positiveAmountMinorSchema,
  paymentNumber: paymentNumberSchema.optional(),
  rail: railSchema.optional(),
  paidOutMinor: positiveAmountMinorSchema,
  roundingMinor: amountMinorSchema,
});

/** What a refund would pay out, and how. */
export type RefundQuote = z.infer<typeof refundQuoteSchema>;
