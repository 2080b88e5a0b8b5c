import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyLedger } from "../../../../main/ledger/verify/verify.ts";
import { tamper } from "./forge.ts";
import { makeWholeTill, type WholeTill } from "./whole-till.ts";

const place = mkdtempSync(join(tmpdir(), "suanpan-verify-tables-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

let till: WholeTill;
beforeAll(() => {
  till = makeWholeTill(join(place, "till"));
});

/** What is found after somebody with the file in hand has run this on a copy of it. */
async function foundAfter(sql: string | ((database: Database.Database) => void)) {
  const run = typeof sql === "string" ? (database: Database.Database) => void database.exec(sql) : sql;
  const folder = tamper(till.folder, run);
  try {
    return await verifyLedger({ folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every table that is made from the journal, with the columns by which one of its rows is chosen. */
const tables: readonly [table: string, key: string, seqColumn: string | null][] = [
  ["postings", "seq, leg", "seq"],
  ["balances", "account, currency", null],
  ["sales", "seq", "seq"],
  ["payments", "payment_id", "last_seq"],
  ["shifts", "shift", "opened_seq"],
  ["prints", "seq", "seq"],
  ["enrolments", "seq", "seq"],
  ["business_days", "business_day", "first_seq"],
];

/** Columns of a payment that change while it goes on; the others are held against the entry that said them. */
const movingColumns: ReadonlySet<string> = new Set(["state", "last_seq", "reason", "paid_seq"]);

/** Columns that say which row it is, or which entry it is from: the row is missed in one place and too much in another. */
const placeColumns: ReadonlySet<string> = new Set(
  "seq first_seq opened_seq last_seq leg business_day shift payment_id".split(" "),
);

interface Change {
  table: string;
  column: string;
  sql: string;
  /** The entry that is to be named. */
  seq: number;
}

/** Each column of each table once, with a statement that changes it in one row. */
function changesOf(database: Database.Database): Change[] {
  const read = (sql: string) => database.prepare(sql).pluck().get();
  return tables.flatMap(([table, key, seqColumn]) => {
    const columns = database.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`).pluck().all();
    return columns.map((column) => {
      // The row in which the column says most.
      const row = `(${key}) = (SELECT ${key} FROM ${table} ORDER BY ${column} IS NULL, ${key} DESC LIMIT 1)`;
      const value = read(`SELECT ${column} FROM ${table} WHERE ${row}`);
      const sql = `UPDATE ${table} SET ${column} = ${otherThan(column, value)} WHERE ${row}`;
      const isOfPayment = table === "payments" && !movingColumns.has(column);
      const said = isOfPayment ? (column === "transaction_id" ? "paid_seq" : "created_seq") : seqColumn;
      const seq = said === null ? "SELECT max(seq) FROM journal" : `SELECT ${said} FROM ${table} WHERE ${row}`;
      return { table, column, sql, seq: Number(read(seq)) };
    });
  });
}

function otherThan(column: string, value: unknown): string {
  if (value === null) return "'x'";
  if (column === "kind") return "CASE kind WHEN 'sale' THEN 'refund' ELSE 'sale' END";
  return typeof value === "number" ? `${column} + 70` : `${column} || 'x'`;
}

test("a whole till verifies, with its personal values kept", async () => {
  expect(await verifyLedger({ folder: till.folder })).toMatchObject({
    ok: true,
    findings: [],
    follows: null,
    older: [],
    privateValues: { kept: 2, removedCount: 0, removed: [] },
  });
});

test("whatever column of a table made from the journal is changed in one row, the table and the entry are named", async () => {
  let changes: Change[] = [];
  tamper(till.folder, (database) => void (changes = changesOf(database)));
  expect(changes.length).toBeGreaterThan(50);
  for (const { table, column, sql, seq } of changes) {
    const { ok, firstBroken, entries, head } = await foundAfter(sql);
    expect(firstBroken, `${table}.${column}`).toMatchObject({ reason: "projection-differs", params: { table } });
    if (!placeColumns.has(column)) expect(firstBroken?.seq, `${table}.${column}`).toBe(seq);
    expect(ok).toBe(false);
    expect(head.seq).toBe(entries);
  }
}, 60_000);

test("a row that is taken out of a table, or put in, is found in every one of them", async () => {
  for (const [table, key] of tables) {
    const row = `(${key}) = (SELECT ${key} FROM ${table} ORDER BY ${key} LIMIT 1)`;
    const gone = await foundAfter(`DELETE FROM ${table} WHERE ${row}`);
    expect(gone.findings, table).toMatchObject([{ reason: "projection-differs", params: { table } }]);
    const [column = ""] = key.split(", ");
    const more = await foundAfter((database) => {
      const copied = database.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table} LIMIT 1`).all()[0] ?? {};
      const isNumber = typeof copied[column] === "number";
      const other: Record<string, unknown> = { ...copied, [column]: isNumber ? 9000 : "other" };
      if (table === "sales") Object.assign(other, { sale_id: "other" });
      const names = Object.keys(other);
      const marks = names.map(() => "?").join(", ");
      database.prepare(`INSERT INTO ${table} (${names.join(", ")}) VALUES (${marks})`).run(...Object.values(other));
    });
    expect(more.findings, table).toMatchObject([{ reason: "projection-differs", params: { table } }]);
  }
}, 60_000);

test("each table that differs is named once, and the journal is whole beside them", async () => {
  const { findings, entries, findingCount } = await foundAfter(
    "UPDATE sales SET person = 'x'; UPDATE prints SET outcome = 'x'",
  );
  expect(new Set(findings.map(({ params }) => params["table"]))).toEqual(new Set(["prints", "sales"]));
  expect(findingCount).toBe(2);
  expect(entries).toBeGreaterThan(20);
});

// A shopper may have a name taken out at any time: that must not look like tampering, and tampering not like that.
test("a personal value that was removed leaves the chain whole and is told, one that was changed is named", async () => {
  const { seq, id } = till.noted;
  const removed = await foundAfter(`DELETE FROM private_values WHERE entry_id = '${id}'`);
  expect(removed).toMatchObject({
    ok: true,
    privateValues: { kept: 1, removedCount: 1, removed: [{ seq, name: "note" }] },
  });
  const wrong = { seq, reason: "private-value", params: { name: "note" } };
  for (const change of ["value = 'For Mr Wang'", "salt = x'00'", "salt = zeroblob(16)"]) {
    const sql = `UPDATE private_values SET ${change} WHERE entry_id = '${id}'`;
    expect((await foundAfter(sql)).findings, change).toEqual([wrong]);
  }
  const moved = await foundAfter(`UPDATE private_values SET name = 'address' WHERE entry_id = '${id}'`);
  expect(moved.findings).toEqual([{ ...wrong, params: { name: "address" } }]);
  const stray = await foundAfter(
    "INSERT INTO private_values SELECT 'nobody', name, salt, value, checksum FROM private_values LIMIT 1",
  );
  expect(stray.findings).toEqual([{ seq: 0, reason: "private-value", params: { name: "note" } }]);
});

test("more removed values than anybody reads are counted and not listed", async () => {
  const { privateValues } = await foundAfter("DELETE FROM private_values");
  expect(privateValues).toMatchObject({ kept: 0, removedCount: 2 });
});

test("a row of working state that is not what its checksum says is told with its table; older tables have none", async () => {
  const checked = (database: Database.Database): void => {
    if (database.prepare("SELECT 1 FROM pragma_table_info('open_basket') WHERE name = 'checksum'").get() !== undefined)
      return;
    database.exec("ALTER TABLE open_basket ADD COLUMN checksum BLOB NOT NULL DEFAULT x'0000000000000000'");
    // printf '["open_basket",1,"basket"]' | sha256sum
    database.exec("UPDATE open_basket SET checksum = x'dc30a00752e4e2d0'");
  };
  expect((await foundAfter(checked)).findings).toEqual([]);
  const changed = await foundAfter((database) => {
    checked(database);
    database.exec("UPDATE open_basket SET text = 'basked'");
  });
  expect(changed.findings).toEqual([{ seq: 0, reason: "working-state", params: { table: "open_basket", rows: 1 } }]);
});

test("the table of incidents is held against the journal where the file has one", async () => {
  const made = `CREATE TABLE IF NOT EXISTS incidents (seq INTEGER PRIMARY KEY, at TEXT, code TEXT, detail TEXT) STRICT;
    INSERT OR REPLACE INTO incidents SELECT seq, text ->> '$.time', text ->> '$.body.code', text ->> '$.body.detail'
    FROM journal WHERE type = 'incident'`;
  expect((await foundAfter(made)).ok).toBe(true);
  for (const change of ["UPDATE incidents SET detail = ''", "DELETE FROM incidents"]) {
    const { findings } = await foundAfter(`${made}; ${change}`);
    expect(findings, change).toMatchObject([{ reason: "projection-differs", params: { table: "incidents" } }]);
  }
});
