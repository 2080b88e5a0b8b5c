import { damageInWords } from "../damaged-reads.ts";
import type { LedgerDatabase } from "../database.ts";
import type { NewEntry } from "../entries.ts";
import type { IdSource } from "../ids.ts";
import { answerCursorKey } from "./platform-answers.ts";
import { keyColumnsOf, lostRow, wholeRow, workTables, type WorkTable } from "./row-checksum.ts";

/** What becomes of rows of working state that are not what was written: they are told in the journal and taken away. */
export interface DamagedRows {
  /** Hears of each row that was read and passed over. */
  damaged(table: WorkTable): void;
  /**
   * Appends an `incident` for each table that had such rows and was not told yet in this run, and takes the rows away in
   * the same transaction. Without any this costs nothing.
   * @param append The journal's door.
   */
  settle(append: (entries: readonly NewEntry[], work: () => void) => unknown): void;
  /** Reads the newest rows of every table: as many as cost a start no time that anybody notices. */
  checkNewest(): void;
  /**
   * Reads every row of every table, the newest first, a page at each step. Other work may go on between the steps.
   * @throws TillError `ledger.damaged` where not even a row can be read.
   */
  checkAll(): Generator<undefined, void, undefined>;
}

/** Rows that are read at a time: some milliseconds. */
const rowsPerPage = 500;

/** The damaged rows of an open database whose stores have been made. */
export function createDamagedRows(database: LedgerDatabase, ids: IdSource): DamagedRows {
  const found = new Set<WorkTable>();
  const told = new Set<WorkTable>();
  /** Told tables in which nothing more can be taken away: looking again before every entry would find the same. */
  const kept = new Set<WorkTable>();
  return {
    damaged: (table) => void (kept.has(table) || found.add(table)),
    settle(append) {
      if (found.size === 0) return;
      const tables = [...found];
      const untold = tables.filter((table) => !told.has(table));
      append(
        untold.map((table) => incidentOf(table, ids)),
        () => {
          const unchanged = tables.filter((table) => removeLost(database, table) === 0);
          for (const table of unchanged) if (told.has(table)) kept.add(table);
        },
      );
      for (const table of tables) {
        told.add(table);
        found.delete(table);
      }
    },
    checkNewest() {
      for (const table of workTables) pagesOf(database, table).next();
    },
    *checkAll() {
      for (const table of workTables) yield* pagesOf(database, table);
    },
  };
}

function incidentOf(table: WorkTable, ids: IdSource): NewEntry {
  return { id: ids.uuid(), type: "incident", body: { code: "row.damaged", detail: table } };
}

/** Gives how many rows it has taken away. */
function removeLost(database: LedgerDatabase, table: WorkTable): number {
  // A note that somebody has taken out later must not be found on the disk because its row was damaged first.
  database.pragma("secure_delete = ON");
  try {
    // Where an index and not the row is damaged, the rows are right and the index is made again from them.
    database.exec(`REINDEX ${table}`);
    const { changes } = database.prepare(`DELETE FROM ${table} WHERE ${lostRow(table)}`).run();
    // Without the cursor the platform is asked for its answers from the first one on.
    if (table === "platform_answers") database.prepare("DELETE FROM settings WHERE key = ?").run(answerCursorKey);
    return changes;
  } finally {
    database.pragma("secure_delete = OFF");
  }
}

function* pagesOf(database: LedgerDatabase, table: WorkTable): Generator<undefined, void, undefined> {
  const keys = keyColumnsOf(table);
  const select = (where: string) =>
    database
      .prepare<unknown[], unknown[]>(
        `SELECT ${keys.join(", ")}, ${wholeRow(table)} FROM ${table} ${where}
         ORDER BY ${keys.map((key) => `${key} DESC`).join(", ")} LIMIT ${rowsPerPage}`,
      )
      .raw()
      // A flipped key may be larger than a double can hold, and the next page begins behind it.
      .safeIntegers(true);
  const after = select(`WHERE (${keys.join(", ")}) < (${keys.map(() => "?").join(", ")})`);
  const read = damageInWords({ first: () => select("").all(), next: (key: unknown[]) => after.all(...key) });
  let page = read.first();
  for (;;) {
    yield;
    const last = page.at(-1);
    if (last === undefined || page.length < rowsPerPage) return;
    page = read.next(last.slice(0, keys.length));
  }
}
