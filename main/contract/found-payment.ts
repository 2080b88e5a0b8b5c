import { z } from "zod";
import { idSchema, timeSchema } from "../../sync/protocol/entry.ts";
import { paymentNumberSchema, railSchema } from "../../sync/protocol/entry-types.ts";
import { currencySchema, positiveAmountMinorSchema } from "../../sync/protocol/money.ts";

/** A payment that was found by the number on the shopper's phone. */
export const foundPaymentSchema = z.strictObject({
  paymentId: idSchema,
  number: paymentNumberSchema,
  rail: railSchema,
  amountMinor: positiveAmountMinorSchema,
  currency: currencySchema,
  at: timeSchema,
  /** `reversing` and `reversed`: it was undone, and what was taken is on its way back or is back. */
  state: z.enum(["asking", "waiting", "unknown", "paid", "declined", "reversing", "reversed"]),
  /** The till that asked for it. */
  tillNumber: z.int().min(1).max(9999),
  /** The sale that it paid, where this till has it. */
  receipt: z.strictObject({ saleId: idSchema, receiptCode: z.string() }).optional(),
});

/** A payment that was found by the number on the shopper's phone. */
export type FoundPayment = z.infer<typeof foundPaymentSchema>;
