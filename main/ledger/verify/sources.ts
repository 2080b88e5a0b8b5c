import { createReadStream, existsSync } from "node:fs";
import { TillError } from "../../contract/errors.ts";
import type { Cell, LedgerFile } from "./ledger-file.ts";
import type { JournalRow } from "./walk.ts";

/** A line of an export is not longer than this: the longest entry, with everything in it escaped. */
const longestLine = 8 * 1024 * 1024;

/** The longest text of an entry, in bytes. */
const longestText = 1024 * 1024;

/** Rows that are handed over at a time: going from one to the next by a promise costs as much as reading it. */
const rowsAtOnce = 256;

/** The rows of a journal as they lie in a database. What has not the form of a row's part is left out of it. */
export function* databaseRows(file: LedgerFile): Generator<JournalRow[]> {
  const rows = file.cursor(
    `SELECT seq, ledger, id, type,
       CASE WHEN typeof(text) = 'text' AND octet_length(text) <= ${longestText} THEN text END,
       CASE WHEN length(hash) = 32 THEN hex(hash) END,
       CASE WHEN typeof(signature) = 'blob' AND length(signature) = 64 THEN signature END, key_id
     FROM journal ORDER BY seq`,
  );
  let batch: JournalRow[] = [];
  try {
    for (; rows.row !== undefined; rows.advance()) {
      batch.push(toRow(rows.row));
      if (batch.length < rowsAtOnce) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    // What came before the damage is read, and the damage is told behind it.
    yield batch;
    throw error;
  }
  yield batch;
}

function toRow([seq, ledger, id, type, text, hash, signature, keyId]: readonly Cell[]): JournalRow {
  return {
    seq,
    ledger,
    id,
    type,
    text: typeof text === "string" ? text : undefined,
    hash: typeof hash === "string" ? hash : "",
    signature: Buffer.isBuffer(signature) ? signature : undefined,
    keyId,
  };
}

/**
 * The rows of an export: JSON lines `{seq, text, signature, keyId, hash}`, read as they are asked for.
 * @throws TillError `ledger.damaged` where there is no such file.
 */
export async function* exportRows(file: string): AsyncGenerator<JournalRow[]> {
  if (!existsSync(file)) throw new TillError("ledger.damaged", { detail: "not found" });
  let rest = "";
  for await (const chunk of createReadStream(file, { encoding: "utf8", highWaterMark: 256 * 1024 })) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    yield lines.map(readLine);
    if (rest.length > longestLine) break;
  }
  if (rest !== "") yield [readLine(rest)];
}

const nothing: JournalRow = { seq: undefined, text: undefined, signature: undefined, keyId: undefined };

/** A line that is not JSON, or too long, is a broken entry, which the walk names by its place. */
function readLine(line: string): JournalRow {
  if (line.length > longestLine) return nothing;
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    return nothing;
  }
  if (typeof row !== "object" || row === null) return nothing;
  const { seq, text, signature, keyId, hash } = row as Record<string, unknown>;
  return {
    seq,
    text: typeof text === "string" ? text : undefined,
    signature: bytesOf(signature, 64),
    keyId,
    // Exports of other makers may leave it out.
    ...(hash === undefined ? {} : { hash: typeof hash === "string" ? hash : "" }),
  };
}

/** Exactly so many bytes in lower-case hexadecimal. */
function bytesOf(value: unknown, count: number): Buffer | undefined {
  if (typeof value !== "string" || value.length !== count * 2 || !/^[0-9a-f]*$/.test(value)) return undefined;
  return Buffer.from(value, "hex");
}
