import type { LedgerDatabase } from "./database.ts";
import { minorFromBigInt } from "./minor.ts";

/** A settled sale or refund as lists show it. The whole of it is in the entry `seq`. */
export interface SaleSummary {
  seq: number;
  kind: "sale" | "refund";
  /** Of a refund its own id. */
  saleId: string;
  /** The sale that a refund gives back. */
  refundsSale?: string;
  receiptNumber: number;
  receiptCode: string;
  /** Below zero for a refund. */
  totalMinor: number;
  currency: string;
  businessDay: string;
  shift?: string;
  person?: string;
  time: string;
  training: boolean;
  tenderKinds: string[];
}

/** What happened to the paper of a sale, as a projection of the `receipt.*` entries. */
export interface PrintSummary {
  seq: number;
  jobId: string;
  kind: "printed" | "failed" | "reprinted";
  /** The proof of a printed receipt, the code of a failed one, empty for the start of a reprint. */
  outcome: string;
  copy?: number;
}

/** Sales and refunds, and what they still wait for. */
export interface SaleReads {
  sale(saleId: string): SaleSummary | undefined;
  /** The refunds that gave a sale back, the oldest first. */
  refundsOf(saleId: string): SaleSummary[];
  saleByReceipt(receiptNumber: number): SaleSummary | undefined;
  /** The newest sales first, at most `limit`, those before entry `beforeSeq` where it is given. */
  recentSales(limit: number, beforeSeq?: number): SaleSummary[];
  /** Sales after an entry, oldest first: with the platform's mark, those that it has not confirmed. */
  salesAfter(seq: number, limit: number): SaleSummary[];
  /** How many sales and refunds stand after an entry, and their money per currency: sales less refunds. */
  waitingSales(afterSeq: number): { count: number; totals: { currency: string; totalMinor: number }[] };
  prints(saleId: string): PrintSummary[];
}

interface SaleRow {
  seq: bigint;
  sale_id: string;
  receipt_number: bigint;
  receipt_code: string;
  total_minor: bigint;
  currency: string;
  business_day: string;
  shift: string | null;
  person: string | null;
  time: string;
  training: bigint;
  tender_kinds: string;
  /** Not there in a ledger that knows no refunds yet. */
  kind?: SaleSummary["kind"];
  refunds_sale?: string | null;
}

interface PrintRow {
  seq: number;
  job_id: string;
  kind: PrintSummary["kind"];
  outcome: string;
  copy: number | null;
}

/** Reads of an open database. */
export function createSaleReads(database: LedgerDatabase): SaleReads {
  const prepare = <Parameters extends unknown[]>(rest: string) =>
    database.prepare<Parameters, SaleRow>(`SELECT * FROM sales ${rest}`).safeIntegers(true);
  const byId = prepare<[string]>("WHERE sale_id = ?");
  // Prepared when it is first asked for: a copy of an older ledger, which a tool reads, has no such column.
  let refundsOf: ReturnType<typeof prepare<[string]>> | undefined;
  const lastSeq = database.prepare<[], { seq: number }>("SELECT seq FROM sales ORDER BY seq DESC LIMIT 1");
  const before = prepare<[number, number]>("WHERE seq < ? ORDER BY seq DESC LIMIT ?");
  const after = prepare<[number, number]>("WHERE seq > ? ORDER BY seq LIMIT ?");
  const waiting = database
    .prepare<[number], { count: bigint; currency: string; total: bigint }>(
      "SELECT count(*) AS count, currency, sum(total_minor) AS total FROM sales WHERE seq > ? GROUP BY currency",
    )
    .safeIntegers(true);
  const prints = database.prepare<[string], PrintRow>("SELECT * FROM prints WHERE sale_id = ? ORDER BY seq");
  return {
    sale: (saleId) => byId.all(saleId).map(toSaleSummary)[0],
    refundsOf(saleId) {
      refundsOf ??= prepare<[string]>("WHERE refunds_sale = ? ORDER BY seq");
      return refundsOf.all(saleId).map(toSaleSummary);
    },
    saleByReceipt(receiptNumber) {
      // Halves the range of seq, in which receipt numbers rise, until it begins at the sale that is looked for.
      let low = 1;
      let high = lastSeq.get()?.seq ?? 0;
      while (low <= high) {
        const middle = Math.floor((low + high) / 2);
        const [sale] = after.all(middle - 1, 1).map(toSaleSummary);
        if (sale === undefined || sale.receiptNumber > receiptNumber) high = middle - 1;
        else if (sale.receiptNumber === receiptNumber) return sale;
        else low = sale.seq + 1;
      }
      return undefined;
    },
    recentSales: (limit, beforeSeq = Number.MAX_SAFE_INTEGER) => before.all(beforeSeq, limit).map(toSaleSummary),
    salesAfter: (seq, limit) => after.all(seq, limit).map(toSaleSummary),
    waitingSales(afterSeq) {
      const rows = waiting.all(afterSeq);
      const totals = rows.map(({ currency, total }) => ({ currency, totalMinor: minorFromBigInt(total) }));
      return { count: rows.reduce((sum, row) => sum + Number(row.count), 0), totals };
    },
    prints: (saleId) => prints.all(saleId).map(toPrintSummary),
  };
}

function toSaleSummary(row: SaleRow): SaleSummary {
  return {
    seq: Number(row.seq),
    kind: row.kind ?? "sale",
    saleId: row.sale_id,
    ...(typeof row.refunds_sale === "string" ? { refundsSale: row.refunds_sale } : {}),
    receiptNumber: Number(row.receipt_number),
    receiptCode: row.receipt_code,
    totalMinor: minorFromBigInt(row.total_minor),
    currency: row.currency,
    businessDay: row.business_day,
    ...(row.shift === null ? {} : { shift: row.shift }),
    ...(row.person === null ? {} : { person: row.person }),
    time: row.time,
    training: row.training === 1n,
    tenderKinds: row.tender_kinds === "" ? [] : row.tender_kinds.split(","),
  };
}

function toPrintSummary({ seq, job_id: jobId, kind, outcome, copy }: PrintRow): PrintSummary {
  return { seq, jobId, kind, outcome, ...(copy === null ? {} : { copy }) };
}
