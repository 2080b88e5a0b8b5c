import iconv from "iconv-lite";
import { z } from "zod";
import type { BillLine, BillOutcome } from "../rail.ts";
import { maximumBillBytes } from "../transport.ts";
import { readYuan } from "../yuan.ts";
import type { AlipayClient } from "./client.ts";
import { unzip } from "./unzip.ts";

const addressSchema = z.looseObject({ bill_download_url: z.url().max(4096) });

/** The columns that are used, by their names. */
const columns = {
  transaction: "支付宝交易号",
  order: "商户订单号",
  kind: "业务类型",
  amount: "订单金额（元）",
  refundNumber: "退款批次号/请求号",
} as const;

/** The archive holds the lines and a summary of them; the lines are the file whose name does not say so. */
const summaryName = "汇总";
const maximumLines = 1_000_000;

/**
 * The day's bill (`alipay.data.dataservice.bill.downloadurl.query`, bill type `trade`): a ZIP of CSV files in GBK, at an
 * address that a signed answer names and that is good for thirty seconds. It is ready in the course of the next morning.
 */
export async function alipayBill(client: AlipayClient, day: string, withinMs: number): Promise<BillOutcome> {
  const content = { bill_type: "trade", bill_date: day };
  const answer = await client.call("alipay.data.dataservice.bill.downloadurl.query", content, withinMs);
  if (answer.kind === "failure") return { kind: "unknown", reason: answer.reason, detail: answer.detail };
  const { code, sub_code: subCode = "" } = answer.fields;
  if (code !== "10000") {
    // Of a day without any business there is none either, so it stays open until somebody has looked.
    if (/BILL_NOT_EXIST/i.test(subCode)) return { kind: "not-ready" };
    return { kind: "unknown", reason: "refused", detail: subCode };
  }
  const address = addressSchema.safeParse(answer.fields);
  if (!address.success) return { kind: "unknown", reason: "not-readable" };
  const archive = await client.download(address.data.bill_download_url, withinMs * 6);
  if (!Buffer.isBuffer(archive)) return { kind: "unknown", reason: archive.reason, detail: archive.detail };
  const files = unzip(archive, maximumBillBytes);
  const detail = files?.find(({ name }) => !iconv.decode(name, "gbk").includes(summaryName));
  const lines = detail === undefined ? null : readAlipayBill(iconv.decode(detail.bytes, "gbk"));
  return lines === null ? { kind: "unknown", reason: "not-readable" } : { kind: "bill", lines };
}

/** The lines of the detail file, or null where it is none. Rows that begin with `#` are remarks around the table. */
export function readAlipayBill(text: string): BillLine[] | null {
  const rows = text.split(/\r?\n/).filter((row) => row.trim() !== "" && !row.startsWith("#"));
  const names = (rows[0] ?? "").split(",").map((name) => name.trim());
  const place = (name: string): number => names.indexOf(name);
  if (rows.length > maximumLines || Object.values(columns).some((name) => place(name) < 0)) return null;
  const lines: BillLine[] = [];
  for (const row of rows.slice(1)) {
    const fields = splitRow(row);
    const line = readLine((name) => (fields[place(name)] ?? "").trim());
    if (line === null) return null;
    lines.push(line);
  }
  return lines;
}

/** Fields end at commas, but for those between quotation marks: a goods' name may hold some. */
function splitRow(row: string): string[] {
  const fields = row.match(/("(?:[^"]|"")*"\s*|[^,]*)(?:,|$)/g) ?? [];
  const bare = fields.map((field) => field.replace(/,$/, "").trim());
  return bare.map((field) => field.replace(/^"([\s\S]*)"$/, "$1").replaceAll('""', '"'));
}

function readLine(field: (name: string) => string): BillLine | null {
  const amountMinor = readYuan(field(columns.amount));
  if (amountMinor === null) return null;
  const kind = field(columns.kind);
  const [orderNumber, transactionId] = [field(columns.order), field(columns.transaction)];
  if (kind === "交易") return { kind: "payment", orderNumber, refundNumber: null, transactionId, amountMinor };
  if (kind !== "退款") return null;
  const refundNumber = field(columns.refundNumber);
  return {
    kind: "refund",
    orderNumber,
    refundNumber: refundNumber === "" ? null : refundNumber,
    transactionId,
    amountMinor: Math.abs(amountMinor),
  };
}
