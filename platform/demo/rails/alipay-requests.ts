import { z } from "zod";

const orderNumber = z.string().regex(/^[0-9A-Za-z_]{1,64}$/);
const yuan = z.string().regex(/^(?:0\.(?:0[1-9]|[1-9]\d)|[1-9]\d{0,8}\.\d\d)$/);
const code = z.string().regex(/^(?:2[5-9]|30)\d{14,22}$/);

/** What `alipay.trade.pay` takes for a bar code; a field that it does not know is refused, as a slip of ours. */
export const paySchema = z.strictObject({
  out_trade_no: orderNumber,
  scene: z.literal("bar_code"),
  auth_code: code,
  product_code: z.literal("FACE_TO_FACE_PAYMENT"),
  subject: z.string().regex(/^[^/=&]{1,256}$/),
  total_amount: yuan,
  store_id: z.string().max(32).optional(),
  terminal_id: z.string().max(32).optional(),
});

/** What `trade.query` and `trade.cancel` take. */
export const orderSchema = z.strictObject({ out_trade_no: orderNumber });

/** What `trade.refund` takes. */
export const refundSchema = z.strictObject({
  out_trade_no: orderNumber,
  out_request_no: orderNumber,
  refund_amount: yuan,
  refund_reason: z.string().max(256).optional(),
});

/** What `trade.fastpay.refund.query` takes. */
export const refundQuerySchema = z.strictObject({ out_trade_no: orderNumber, out_request_no: orderNumber });

/** What the bill's address is asked for with. */
export const billSchema = z.strictObject({
  bill_type: z.literal("trade"),
  bill_date: z.string().regex(/^\d{4}-\d\d-\d\d$/),
});
