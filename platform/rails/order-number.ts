/**
 * The number of an order or a refund at a rail: our own id without its dashes, 32 small hexadecimal digits. WeChat Pay takes at
 * most 32 of `[0-9A-Za-z_\-*]`, Alipay 64 of letters, digits and underscores (their documents of `codepay` and `trade.pay`).
 * The id is in the database before the number leaves, and comes back from the number.
 */
export function orderNumberOf(id: string): string {
  return id.replaceAll("-", "");
}

/** The id that a number was made from, or null where it is none of ours. */
export function idOfOrderNumber(orderNumber: string): string | null {
  const parts = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(orderNumber);
  return parts === null ? null : parts.slice(1).join("-");
}
