import { z } from "zod";
import type { BillLine, BillOutcome } from "../rail.ts";
import { readYuan } from "../yuan.ts";
import { refusalCode } from "./answers.ts";
import type { WechatPayClient } from "./client.ts";

const addressSchema = z.object({
  hash_type: z.literal("SHA1"),
  hash_value: z.string().regex(/^[0-9A-Fa-f]{40}$/),
  download_url: z.url().max(2048),
});

/** Columns by their names: WeChat Pay puts new ones at the end and between. */
const columns = {
  transaction: "微信订单号",
  order: "商户订单号",
  state: "交易状态",
  amount: "订单金额",
  total: "应结订单金额",
  refundTransaction: "微信退款单号",
  refundNumber: "商户退款单号",
  refundAmount: "退款金额",
} as const;

const maximumLines = 1_000_000;

/**
 * The day's bill (`/v3/bill/tradebill`, ready after ten o'clock of the next morning; only what was paid, amounts in yuan). The
 * file itself is not signed; the signed answer names its SHA-1.
 */
export async function wechatPayBill(client: WechatPayClient, day: string, withinMs: number): Promise<BillOutcome> {
  const answer = await client.call({
    method: "GET",
    path: "/v3/bill/tradebill",
    query: { bill_date: day, bill_type: "ALL" },
    withinMs,
  });
  if (answer.kind === "failure") return { kind: "unknown", reason: answer.reason, detail: answer.detail };
  if (answer.status !== 200) return refusedBill(refusalCode(answer));
  const address = addressSchema.safeParse(answer.body);
  if (!address.success) return { kind: "unknown", reason: "not-readable" };
  const file = await client.download(address.data.download_url, address.data.hash_value);
  if (!Buffer.isBuffer(file)) return { kind: "unknown", reason: file.reason, detail: file.detail };
  const lines = readWechatPayBill(file.toString("utf8"));
  return lines === null ? { kind: "unknown", reason: "not-readable" } : { kind: "bill", lines };
}

function refusedBill(code: string): BillOutcome {
  // A day on which nothing was paid has no statement; one that is still being made says so.
  if (code === "NOSTATEMENTEXIST") return { kind: "bill", lines: [] };
  if (code === "STATEMENTCREATING") return { kind: "not-ready" };
  return { kind: "unknown", reason: "refused", detail: code };
}

/** The lines of a bill, or null where the text is none: a field that cannot be read makes the whole of it doubtful. */
export function readWechatPayBill(text: string): BillLine[] | null {
  const rows = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const names = rows[0]?.split(",") ?? [];
  const place = (name: string): number => names.indexOf(name);
  const known = [columns.transaction, columns.order, columns.state, columns.refundNumber, columns.refundAmount];
  if (rows.length > maximumLines || known.some((name) => place(name) < 0)) return null;
  const amountAt = place(columns.amount) >= 0 ? place(columns.amount) : place(columns.total);
  if (amountAt < 0) return null;
  const lines: BillLine[] = [];
  for (const row of rows.slice(1)) {
    // Each line's fields begin with a backtick; the summary below has a heading without.
    if (!row.startsWith("`")) break;
    const fields = row.slice(1).split(",`");
    if (fields.length !== names.length) return null;
    const line = readLine((name) => fields[place(name)] ?? "", fields[amountAt] ?? "");
    if (line === null) return null;
    lines.push(line);
  }
  return lines;
}

function readLine(field: (name: string) => string, amount: string): BillLine | null {
  const state = field(columns.state);
  const [orderNumber, transactionId] = [field(columns.order), field(columns.transaction)];
  if (state === "SUCCESS") {
    const amountMinor = readYuan(amount);
    return amountMinor === null
      ? null
      : { kind: "payment", orderNumber, refundNumber: null, transactionId, amountMinor };
  }
  if (state !== "REFUND" && state !== "REVOKED") return null;
  const amountMinor = readYuan(field(columns.refundAmount));
  if (amountMinor === null) return null;
  const kind = state === "REFUND" ? "refund" : "reversal";
  const refundNumber = field(columns.refundNumber);
  return { kind, orderNumber, refundNumber: refundNumber === "" ? null : refundNumber, transactionId, amountMinor };
}
