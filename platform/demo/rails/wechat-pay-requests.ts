import { z } from "zod";

const orderNumber = z.string().regex(/^[0-9A-Za-z_\-*]{1,32}$/);
const amountMinor = z.int().min(1).max(100_000_000_00);

/** What `codepay` takes; a field that it does not know is refused, as a slip of ours. */
export const codepaySchema = z.strictObject({
  appid: z.string().min(1).max(32),
  mchid: z.string().min(1).max(32),
  description: z.string().min(1).max(127),
  out_trade_no: orderNumber,
  attach: z.string().max(128).optional(),
  goods_tag: z.string().max(32).optional(),
  payer: z.strictObject({ auth_code: z.string().regex(/^1[0-5]\d{16}$/) }),
  amount: z.strictObject({ total: amountMinor, currency: z.literal("CNY").optional() }),
  scene_info: z.strictObject({
    device_id: z.string().max(32).optional(),
    device_ip: z.union([z.ipv4(), z.ipv6()]),
    store_info: z.strictObject({ id: z.string().max(32).optional(), out_id: z.string().max(32).optional() }),
  }),
});

/** What `reverse` takes. */
export const reverseSchema = z.strictObject({ appid: z.string().min(1).max(32), mchid: z.string().min(1).max(32) });

/** What `refunds` takes. */
export const refundSchema = z.strictObject({
  out_trade_no: orderNumber,
  out_refund_no: z.string().regex(/^[0-9A-Za-z_\-|*@]{1,64}$/),
  reason: z.string().max(80).optional(),
  amount: z.strictObject({ refund: amountMinor, total: amountMinor, currency: z.literal("CNY") }),
});
