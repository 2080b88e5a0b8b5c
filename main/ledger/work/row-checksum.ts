import { hash } from "node:crypto";
import { noPreviousHash } from "../../../sync/protocol/entry.ts";
import type { LedgerDatabase } from "../database.ts";

type ColumnKind = "text" | "integer" | "blob" | "text or null" | "integer or null";

/** Every table of working state with its columns, in the table's own order and without the checksum. */
const columnsOf = {
  open_basket: { one: "integer", text: "text" },
  print_jobs: {
    job_id: "text",
    sale_id: "text",
    kind: "text",
    bytes: "blob",
    state: "text",
    code: "text or null",
    created_at: "text",
    updated_at: "text",
  },
  platform_marks: { ledger: "text", acknowledged_seq: "integer", hash: "text", epoch: "integer", at: "text" },
  platform_answers: { ledger: "text", seq: "integer", state: "text", code: "text", at: "text", cursor: "integer" },
  push_failures: { seq: "integer", attempts: "integer", code: "text", at: "text" },
  settings: { key: "text", value: "text" },
  parked_sales: {
    sale_id: "text",
    at: "text",
    item_count: "integer",
    total_minor: "integer",
    goods: "text",
    basket: "text",
  },
  private_values: { entry_id: "text", name: "text", salt: "blob", value: "text" },
  arrivals: { ledger: "text", up_to_seq: "integer", from_seq: "integer", at: "text" },
  outages: {
    number: "integer",
    from_time: "text",
    after_seq: "integer",
    to_time: "text or null",
    up_to_seq: "integer or null",
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, ColumnKind>>>>;

/** A table of working state. */
export type WorkTable = keyof typeof columnsOf;

/** Every table of working state. */
export const workTables = Object.keys(columnsOf) as readonly WorkTable[];

/** The columns that are a table's key, the leading ones of it. */
export function keyColumnsOf(table: WorkTable): string[] {
  const isOfTwo = table === "platform_answers" || table === "private_values" || table === "arrivals";
  return Object.keys(columnsOf[table]).slice(0, isOfTwo ? 2 : 1);
}

type Column<Table extends WorkTable> = keyof (typeof columnsOf)[Table] & string;

/**
 * The checksum of a row: the first eight bytes of SHA-256 over the JSON text of the table's name and the values of all
 * other columns in the table's order, bytes as lower-case hexadecimal. It finds what a disk does to a row, not what a
 * person does who knows how it is made.
 */
export function rowChecksum(table: string, values: readonly unknown[]): Buffer {
  const plain = values.map((value) => (Buffer.isBuffer(value) ? value.toString("hex") : value));
  return hash("sha256", JSON.stringify([table, ...plain]), "buffer").subarray(0, 8);
}

/** Whether a row, as SQLite gives it by the names of its columns, is what its checksum says. */
export function isWholeRow(table: WorkTable, row: Readonly<Record<string, unknown>>): boolean {
  const values = Object.keys(columnsOf[table]).map((column) => row[column]);
  return isWhole(table, row["checksum"], values);
}

function isWhole(table: WorkTable, checksum: unknown, values: readonly unknown[]): boolean {
  const kinds: readonly ColumnKind[] = Object.values(columnsOf[table]);
  // A flipped type of a column keeps the checksum where the text is empty: no bytes and no letters look the same there.
  if (!kinds.every((kind, index) => isOfKind(kind, values[index]))) return false;
  return Buffer.isBuffer(checksum) && checksum.equals(rowChecksum(table, values));
}

function isOfKind(kind: ColumnKind, value: unknown): boolean {
  if (value === null) return kind.endsWith("null");
  if (kind === "blob") return Buffer.isBuffer(value);
  return typeof value === (kind.startsWith("text") ? "string" : "number");
}

/**
 * Whether the text of an entry holds the commitment to a personal value: SHA-256 over the salt and the value's UTF-8
 * text. Entries have one canonical text, so a commitment stands in it in one way only.
 */
export function isCommitted(entryText: string, name: string, salt: Uint8Array, value: string): boolean {
  const commitment = hash("sha256", Buffer.concat([salt, Buffer.from(value)]), "hex");
  return entryText.includes(`"${name}Commitment":"${commitment}"`);
}

/**
 * Gives the statements of a connection what `wholeRow`, `insertInto` and `updateOf` use.
 * @param damaged Hears of the table of each row that is read and is not what its checksum says.
 */
export function addRowFunctions(database: LedgerDatabase, damaged: (table: WorkTable) => void): void {
  const options = { deterministic: true, directOnly: true };
  addChecksumFunction(database);
  database.function(
    "row_is_whole",
    { ...options, varargs: true },
    (table: WorkTable, checksum: unknown, ...values: unknown[]) => {
      if (isWhole(table, checksum, values)) return 1;
      damaged(table);
      return 0;
    },
  );
  database.function("value_is_committed", options, (text: unknown, name: unknown, salt: unknown, value: unknown) => {
    const isRow = typeof name === "string" && Buffer.isBuffer(salt) && typeof value === "string";
    if (typeof text === "string" && isRow && isCommitted(text, name, salt, value)) return 1;
    damaged("private_values");
    return 0;
  });
}

/** Gives the statements of a connection `row_checksum(table, value, ...)`, all columns in the table's order. */
export function addChecksumFunction(database: LedgerDatabase): void {
  database.function(
    "row_checksum",
    { deterministic: true, directOnly: true, varargs: true },
    (table: string, ...values: unknown[]) => rowChecksum(table, values),
  );
}

/**
 * A mark whose hash is not the one of this ledger's entry at that place has no checksum that could be right: however it
 * came to be, it says of the wrong entries that they have arrived. The mark of a ledger that this one follows is held against
 * that one's own file when it is used.
 */
const markChecksum = `iif(
  platform_marks.ledger IS NOT (SELECT journal.ledger FROM journal WHERE journal.seq = 1) OR platform_marks.hash = CASE platform_marks.acknowledged_seq WHEN 0 THEN '${noPreviousHash}' ELSE
    (SELECT lower(hex(journal.hash)) FROM journal
     WHERE journal.seq = platform_marks.acknowledged_seq AND journal.ledger = platform_marks.ledger) END,
  platform_marks.checksum, NULL)`;

const committed = `value_is_committed(
  (SELECT journal.text FROM journal WHERE journal.id = private_values.entry_id),
  private_values.name, private_values.salt, private_values.value)`;

/** SQL that is true for a row as it was written. Of a personal value the judge is the commitment in its entry. */
export function wholeRow(table: WorkTable): string {
  return table === "private_values" ? committed : hasOwnChecksum(table);
}

/**
 * SQL that is true for a row that nobody can use any more. A personal value that is not the one of its entry, but has its
 * own checksum, is kept: the entry may be what is damaged, and if somebody forged the value it is evidence.
 */
export function lostRow(table: WorkTable): string {
  const isLost = `NOT ${hasOwnChecksum(table)}`;
  return table === "private_values" ? `${isLost} AND NOT ${committed}` : isLost;
}

function hasOwnChecksum(table: WorkTable): string {
  const columns = Object.keys(columnsOf[table]).map((column) => `${table}.${column}`);
  const checksum = table === "platform_marks" ? markChecksum : `${table}.checksum`;
  return `row_is_whole('${table}', ${checksum}, ${columns.join(", ")})`;
}

/** SQL that inserts a row with its checksum; the values are parameters by the names of the columns. */
export function insertInto(table: WorkTable, conflict: "" | "OR REPLACE" = ""): string {
  const columns = Object.keys(columnsOf[table]);
  const values = columns.map((column) => `@${column}`).join(", ");
  return `INSERT ${conflict} INTO ${table} (${columns.join(", ")}, checksum)
    VALUES (${values}, row_checksum('${table}', ${values}))`;
}

/** SQL that sets columns to what is given for each, with the checksum that the row has then. */
export function setColumns<Table extends WorkTable>(
  table: Table,
  changes: Readonly<Partial<Record<Column<Table>, string>>>,
): string {
  const given: Readonly<Record<string, string | undefined>> = changes;
  const columns = Object.keys(columnsOf[table]);
  const sets = columns.flatMap((column) => (given[column] === undefined ? [] : [`${column} = ${given[column]}`]));
  const after = columns.map((column) => given[column] ?? `${table}.${column}`);
  return `${sets.join(", ")}, checksum = row_checksum('${table}', ${after.join(", ")})`;
}
