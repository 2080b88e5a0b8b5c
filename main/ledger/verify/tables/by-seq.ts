import type { Bodies, KnownBody } from "../bodies.ts";
import type { Cell, LedgerFile } from "../ledger-file.ts";
import type { Report } from "../reasons.ts";
import type { WalkedEntry } from "../walk.ts";
import { type Column, isSameRow, presentColumns, reportOnce, type TableCheck } from "./table-check.ts";

/** A table whose rows stand in the order of the entries that made them; its first column is the entry's number. */
interface Ordered {
  table: string;
  columns: readonly string[];
  order: string;
  /** The rows that an entry makes, without the number. */
  rowsOf(entry: WalkedEntry): readonly (readonly Cell[])[];
}

/**
 * Reads a table beside the journal and holds it against the entries row by row. It keeps one row in memory, however long
 * the table is. Of an entry that a newer version wrote the rows may be there or not.
 */
function createOrderedCheck(file: LedgerFile, ordered: Ordered, report: Report): TableCheck {
  const { table, columns, order, rowsOf } = ordered;
  const rows = file.cursor(`SELECT ${["seq", ...columns].join(", ")} FROM ${table} ORDER BY ${order}`);
  const differs = reportOnce(table, report);

  function skip(seq: number): void {
    while (rows.row !== undefined && Number(rows.row[0]) <= seq) rows.advance();
  }

  return {
    next(entry) {
      const { seq } = entry;
      const isStrange = entry.isStrange || entry.problem !== undefined;
      for (const expected of isStrange ? [] : rowsOf(entry)) {
        if (rows.row === undefined || !isSameRow(rows.row, [seq, ...expected])) {
          differs(seq);
          break;
        }
        rows.advance();
      }
      const next = rows.row?.[0];
      if (next === undefined || Number(next) > seq) return;
      if (!isStrange) differs(seq);
      skip(seq);
    },
    finish(lastSeq) {
      if (rows.row !== undefined) differs(lastSeq);
    },
  };
}

const noRows: readonly (readonly Cell[])[] = [];

/** The legs of all entries. */
export function createPostingsCheck(file: LedgerFile, report: Report): TableCheck {
  return createOrderedCheck(
    file,
    {
      table: "postings",
      columns: ["leg", "account", "currency", "amount_minor"],
      order: "seq, leg",
      rowsOf: ({ legs }) =>
        legs.length === 0
          ? noRows
          : legs.map(({ account, currency, amountMinor }, leg) => [leg, account, currency, amountMinor]),
    },
    report,
  );
}

type Settled = Extract<KnownBody, { type: "sale.settled" | "refund.settled" }>;

/** What only one of the two has, the other's in the same places. */
function ownOf({ type, body }: Settled): {
  id: string;
  totalMinor: number;
  tenders: string;
  kind: string;
  gaveBack: string | null;
} {
  if (type === "sale.settled") {
    const tenders = body.tenders.map(({ kind }) => kind).join(",");
    return { id: body.saleId, totalMinor: body.totalMinor, tenders, kind: "sale", gaveBack: null };
  }
  const totalMinor = body.totalMinor === 0 ? 0 : -body.totalMinor;
  const tenders = body.payouts === undefined ? "cash" : body.payouts.map(({ kind }) => kind).join(",");
  return { id: body.refundId, totalMinor, tenders, kind: "refund", gaveBack: body.saleId };
}

interface SaleRow {
  fields: WalkedEntry["fields"];
  body: Settled["body"];
  own: ReturnType<typeof ownOf>;
}

const saleColumns: readonly Column<SaleRow>[] = [
  { name: "sale_id", of: ({ own }) => own.id },
  { name: "receipt_number", of: ({ body }) => body.receiptNumber },
  { name: "receipt_code", of: ({ body }) => body.receiptCode },
  { name: "total_minor", of: ({ own }) => own.totalMinor },
  { name: "currency", of: ({ body }) => body.currency },
  { name: "business_day", of: ({ fields }) => fields["businessDay"] as string },
  { name: "shift", of: ({ fields }) => (fields["shift"] as string | undefined) ?? null },
  { name: "person", of: ({ fields }) => (fields["person"] as string | undefined) ?? null },
  { name: "time", of: ({ fields }) => fields["time"] as string },
  { name: "training", of: ({ fields }) => (fields["training"] === true ? 1 : 0) },
  { name: "tender_kinds", of: ({ own }) => own.tenders },
  { name: "kind", of: ({ own }) => own.kind },
  { name: "refunds_sale", of: ({ own }) => own.gaveBack },
];

/** Settled sales and refunds. */
export function createSalesCheck(file: LedgerFile, report: Report): TableCheck {
  const columns = presentColumns(saleColumns, file.columns("sales"));
  return createOrderedCheck(
    file,
    {
      table: "sales",
      columns: columns.map(({ name }) => name),
      order: "seq",
      rowsOf({ known, fields }) {
        if (known?.type !== "sale.settled" && known?.type !== "refund.settled") return noRows;
        const from = { fields, body: known.body, own: ownOf(known) };
        return [columns.map((column) => column.of(from))];
      },
    },
    report,
  );
}

/** What became of the paper of sales. */
export function createPrintsCheck(file: LedgerFile, report: Report): TableCheck {
  const columns = ["sale_id", "receipt_code", "job_id", "kind", "outcome", "copy"];
  return createOrderedCheck(file, { table: "prints", columns, order: "seq", rowsOf: printRows }, report);
}

function printRows({ known }: WalkedEntry): readonly (readonly Cell[])[] {
  switch (known?.type) {
    case "receipt.printed":
      return [printRow(known.body, "printed", known.body.proof, null)];
    case "receipt.failed":
      return [printRow(known.body, "failed", known.body.code, null)];
    case "receipt.reprinted":
      return [printRow(known.body, "reprinted", "", known.body.copy)];
    default:
      return noRows;
  }
}

type Paper = Pick<Bodies["receipt.printed"], "saleId" | "receiptCode" | "jobId">;

function printRow({ saleId, receiptCode, jobId }: Paper, kind: string, outcome: string, copy: Cell): Cell[] {
  return [saleId, receiptCode, jobId, kind, outcome, copy];
}

/** What happened to the ledger itself. */
export function createIncidentsCheck(file: LedgerFile, report: Report): TableCheck {
  const rowsOf = ({ known, fields }: WalkedEntry): readonly (readonly Cell[])[] =>
    known?.type === "incident" ? [[fields["time"] as string, known.body.code, known.body.detail]] : noRows;
  return createOrderedCheck(
    file,
    { table: "incidents", columns: ["at", "code", "detail"], order: "seq", rowsOf },
    report,
  );
}
