import { existsSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { storeSchema, type Store } from "../../sync/protocol/change.ts";
import { isWholeRecord, type RecordRow } from "./catalog-rows.ts";

/**
 * The shop as the catalogue of a data folder has it, for a command that only looks: nothing is made, mended or upgraded, and
 * a till that runs on the folder is not disturbed. Null where there is no catalogue, or none that can be read.
 */
export function readStore(folder: string): Store | null {
  const file = join(folder, "catalog.db");
  if (!existsSync(file)) return null;
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    try {
      const rows = database.prepare<[], RecordRow>(
        "SELECT kind, id, body, checksum FROM records WHERE kind = 'store' ORDER BY id",
      );
      const row = rows.all().find(isWholeRecord);
      return row === undefined ? null : (storeSchema.safeParse(JSON.parse(row.body)).data ?? null);
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof Database.SqliteError) return null;
    throw error;
  }
}
