import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { createIdSource } from "../../../main/ledger/ids.ts";
import { openLedger } from "../../../main/ledger/open.ts";
import { softwareVersion } from "../../../main/version.ts";
import type { Finding } from "./journal-book.ts";

const projections = "postings balances sales payments shifts prints enrolments business_days".split(" ");

/** Makes the projections of a copy again and says which of them were otherwise before. */
export function checkProjections(folder: string): Finding[] {
  const copy = mkdtempSync(join(tmpdir(), "suanpan-kill-rebuild-"));
  try {
    for (const name of ["ledger.db", "ledger.db-wal", "marks", "keys"]) {
      if (existsSync(join(folder, name))) cpSync(join(folder, name), join(copy, name), { recursive: true });
    }
    const before = tablesIn(copy);
    const ids = createIdSource({ now: Date.now, random: (count) => crypto.getRandomValues(Buffer.alloc(count)) });
    const clock = { now: Date.now, zone: "Asia/Shanghai" };
    const ledger = openLedger({ folder: copy, clock, ids, softwareVersion });
    ledger.rebuild();
    ledger.close();
    const after = tablesIn(copy);
    return projections
      .filter((_table, index) => before[index] !== after[index])
      .map((table) => ({ kind: "wrong", words: `The table ${table} is otherwise than the journal makes it` }));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function tablesIn(folder: string): string[] {
  const database = new Database(join(folder, "ledger.db"), { readonly: true });
  try {
    return projections.map((table) =>
      JSON.stringify(
        database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).safeIntegers(true).all(),
        (_name, value) => (typeof value === "bigint" ? String(value) : (value as unknown)),
      ),
    );
  } finally {
    database.close();
  }
}
