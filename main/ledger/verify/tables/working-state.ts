import { hash as hashOf } from "node:crypto";
import type { Cell, LedgerFile } from "../ledger-file.ts";
import type { Report } from "../reasons.ts";
import { reportDamage, type Schema } from "../schema-check.ts";

/**
 * The tables that hold what is not in the journal. Rows of an older version's have no checksum and are passed over; of personal
 * values the commitments in the entries are the judge.
 */
const workTables = [
  "open_basket",
  "parked_sales",
  "print_jobs",
  "platform_marks",
  "platform_answers",
  "push_failures",
  "arrivals",
  "outages",
  "settings",
];

/**
 * Holds each row of working state against its checksum: the first eight bytes of SHA-256 over the JSON text of the table's
 * name and the values of all its other columns in order, bytes in lower-case hexadecimal.
 */
export function checkWorkingState(file: LedgerFile, schema: Schema, report: Report): void {
  for (const table of workTables.filter((name) => schema.isTable(name))) {
    try {
      const rows = wrongRows(file, table);
      if (rows > 0) report({ seq: 0, reason: "working-state", params: { table, rows } });
    } catch (error) {
      reportDamage(table, error, report);
    }
  }
}

function wrongRows(file: LedgerFile, table: string): number {
  const columns = file.columns(table);
  if (!columns.includes("checksum")) return 0;
  const values = columns.filter((name) => name !== "checksum");
  const rows = file.cursor(`SELECT checksum, ${values.map(quoted).join(", ")} FROM ${table}`);
  let wrong = 0;
  for (; rows.row !== undefined; rows.advance()) if (!isWhole(table, rows.row)) wrong += 1;
  return wrong;
}

function isWhole(table: string, [checksum, ...values]: readonly Cell[]): boolean {
  const plain = values.map((value) => (Buffer.isBuffer(value) ? value.toString("hex") : value));
  const found = hashOf("sha256", JSON.stringify([table, ...plain]), "buffer").subarray(0, 8);
  return Buffer.isBuffer(checksum) && checksum.equals(found);
}

/** A column's name as SQLite takes it, whatever it is. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
