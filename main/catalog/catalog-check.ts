import type Database from "better-sqlite3";
import { itemSchema } from "../../sync/protocol/change.ts";
import { indexColumns, isIndexOf, isWholeRecord, type IndexRow, type RecordRow } from "./catalog-rows.ts";

/** Reads a catalogue through, some rows at a time, for as long as the till runs. */
export type CatalogCheck = {
  /** Reads the next rows, at most `limit`, and says whether all of them are as they were written and can be found. */
  next(limit: number): boolean;
};

/** By which a good is looked for, and the index that finds it. */
const lookups = [
  ["gtin14", "items_gtin14"],
  ["code", "items_code"],
  ["category", "items_category"],
] as const;

/**
 * A check of an open catalogue, which begins anew when it has come to the end. What is asked for is held against its
 * checksum when it is read; a row that can no longer be found is only missed by somebody who reads all of them.
 */
export function createCatalogCheck(database: Database.Database): CatalogCheck {
  const after = database.prepare<[number, number], RecordRow & { rowid: number }>(
    "SELECT rowid, kind, id, body, checksum FROM records WHERE rowid > ? ORDER BY rowid LIMIT ?",
  );
  const byKey = database
    .prepare<[string, string], number>("SELECT rowid FROM records WHERE kind = ? AND id = ?")
    .pluck();
  const index = database.prepare<[string], IndexRow & { rowid: number }>(
    `SELECT rowid, ${indexColumns.join(", ")} FROM items WHERE id = ?`,
  );
  const byIndex = lookups.map(([column, name]) => ({
    column,
    find: database
      .prepare<[string, number]>(`SELECT 1 FROM items INDEXED BY ${name} WHERE ${column} = ? AND rowid = ?`)
      .pluck(),
  }));
  let last = 0;

  function isItemFound(body: string, id: string): boolean {
    const found = index.get(id);
    if (found === undefined || !isIndexOf(found, itemSchema.parse(JSON.parse(body)))) return false;
    return byIndex.every(({ column, find }) => {
      const value = found[column];
      return value === null || find.get(value, found.rowid) === 1;
    });
  }

  return {
    next(limit) {
      const rows = after.all(last, limit);
      last = rows.length < limit ? 0 : (rows.at(-1)?.rowid ?? 0);
      return rows.every((row) => {
        if (!isWholeRecord(row) || byKey.get(row.kind, row.id) !== row.rowid) return false;
        return row.kind !== "item" || isItemFound(row.body, row.id);
      });
    },
  };
}
