import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { verifyLedger } from "../../../main/ledger/verify/verify.ts";
import { cashSale } from "./sales.ts";
import { openTestLedger, seededIds, temporaryFolder } from "./support.ts";

/** A closed till with five sales (entries 2 to 6). */
function soldFolder(): string {
  const folder = join(temporaryFolder(), "till");
  const ledger = openTestLedger(folder);
  const ids = seededIds("tampering");
  for (let count = 0; count < 5; count += 1) ledger.append([cashSale(ledger, ids)]);
  ledger.close();
  return folder;
}

/** A copy of the folder after somebody with access to the file, who drops the triggers first and puts them back, has run `sql`. */
function tampered(folder: string, sql: string): string {
  const copy = join(temporaryFolder(), "till");
  cpSync(folder, copy, { recursive: true });
  const database = new Database(join(copy, "ledger.db"));
  const triggers = database.prepare<[], string>("SELECT sql FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
  database.exec("DROP TRIGGER journal_refuses_update; DROP TRIGGER journal_refuses_delete");
  database.exec(sql);
  database.exec(triggers.join(";"));
  database.close();
  return copy;
}

test("an untouched ledger verifies to its head, and so does its export", async () => {
  const folder = soldFolder();
  const result = await verifyLedger({ folder });
  expect(result).toMatchObject({ ok: true, entries: 6, firstBroken: null });
  expect(result.marks.length).toBeGreaterThan(0);
  expect(result.marks.every(({ state }) => state === "agrees")).toBe(true);
  const ledger = openTestLedger(folder);
  expect(result.head).toEqual(ledger.head());
  const file = join(folder, "export.jsonl");
  writeFileSync(file, [...ledger.exportLines()].join(""));
  const { privateValues, ...ofJournal } = result;
  expect(privateValues).toEqual({ kept: 0, removedCount: 0, removed: [] });
  expect(await verifyLedger({ export: file })).toEqual({ ...ofJournal, marks: [] });
});

test("whatever stored field of an entry is changed, the verifier names that entry", async () => {
  const folder = soldFolder();
  const changes: [string, string][] = [
    ["seq = 40", "sequence"],
    ["ledger = '018f0000-0000-7000-8000-000000000000'", "columns-differ"],
    ["id = '018f0000-0000-7000-8000-000000000000'", "columns-differ"],
    ["type = 'incident'", "columns-differ"],
    ["text = replace(text, '1130', '1131')", "stored-hash"],
    ["text = text || ' '", "not-canonical"],
    ["text = replace(text, '\"training\":false', '\"training\":null')", "not-canonical"],
    ["text = replace(text, '\"seq\":4', '\"seq\":5')", "sequence"],
    ["hash = zeroblob(32)", "stored-hash"],
    ["signature = zeroblob(64)", "signature"],
    ["key_id = '0000000000000000'", "unknown-key"],
  ];
  for (const [change, reason] of changes) {
    const result = await verifyLedger({ folder: tampered(folder, `UPDATE journal SET ${change} WHERE seq = 4`) });
    expect(result.firstBroken, change).toMatchObject({ seq: 4, reason });
    expect(result).toMatchObject({ ok: false, entries: 3, head: { seq: 3 } });
  }
});

test("an entry that is taken out, put in or cut off the end is found", async () => {
  const folder = soldFolder();
  const removed = await verifyLedger({ folder: tampered(folder, "DELETE FROM journal WHERE seq = 4") });
  expect(removed.firstBroken).toMatchObject({ seq: 4, reason: "sequence" });
  const cut = tampered(folder, "DELETE FROM journal WHERE seq = 6; DELETE FROM postings WHERE seq = 6");
  const found = await verifyLedger({ folder: cut });
  expect(found).toMatchObject({ ok: false, entries: 5 });
  expect(found.marks.some(({ state }) => state === "ahead")).toBe(true);
});

test("an end that is cut off with everything made from it is still found by the mark", async () => {
  const folder = soldFolder();
  const short = temporaryFolder();
  const ledger = openTestLedger(folder);
  await ledger.copyTo(join(short, "ledger.db"));
  ledger.append([cashSale(ledger, seededIds("late"))]);
  ledger.close();
  cpSync(join(folder, "marks"), join(short, "marks"), { recursive: true });
  const result = await verifyLedger({ folder: short });
  expect(result.firstBroken).toEqual({ seq: 7, reason: "behind-mark", params: { receipt: "1-6" } });
});

test("a hash and signature made anew by another key do not pass", async () => {
  const folder = soldFolder();
  const other = soldFolder();
  const sql = `ATTACH '${join(other, "ledger.db")}' AS other;
    UPDATE journal SET text = o.text, hash = o.hash, signature = o.signature, key_id = o.key_id, id = o.id, ledger = o.ledger
    FROM other.journal AS o WHERE o.seq = 4 AND journal.seq = 4`;
  const result = await verifyLedger({ folder: tampered(folder, sql) });
  expect(result.firstBroken).toMatchObject({ seq: 4, reason: "other-ledger" });
});

test("changed balances, postings and sales are told apart from a changed journal", async () => {
  const folder = soldFolder();
  const changes: [string, number, string][] = [
    ["UPDATE balances SET amount_minor = amount_minor + 1 WHERE account = 'cash:1'", 6, "balances"],
    ["DELETE FROM balances WHERE account = 'cash:1'", 6, "balances"],
    ["UPDATE postings SET amount_minor = 1 WHERE seq = 3 AND leg = 1", 3, "postings"],
    ["DELETE FROM postings WHERE seq = 3", 3, "postings"],
    ["INSERT INTO postings VALUES (3, 7, 'cash:1', 'CNY', 0)", 3, "postings"],
    ["UPDATE sales SET total_minor = 1 WHERE seq = 3", 3, "sales"],
  ];
  for (const [sql, seq, table] of changes) {
    const result = await verifyLedger({ folder: tampered(folder, sql) });
    expect(result.firstBroken, sql).toEqual({ seq, reason: "projection-differs", params: { table } });
    expect(result.entries).toBe(6);
  }
});

test("an export with a line that is changed, lost or no JSON is refused at that line", async () => {
  const folder = soldFolder();
  const ledger = openTestLedger(folder);
  const lines = [...ledger.exportLines()];
  const file = join(folder, "export.jsonl");
  const brokenAt = async (changed: readonly string[]) => {
    writeFileSync(file, changed.join(""));
    return (await verifyLedger({ export: file })).firstBroken?.seq;
  };
  expect(await brokenAt(lines.with(3, (lines[3] ?? "").replace("1130", "1131")))).toBe(4);
  expect(await brokenAt(lines.toSpliced(3, 1))).toBe(4);
  expect(await brokenAt(lines.with(3, "{\n"))).toBe(4);
  expect(await brokenAt(lines.with(3, "7\n"))).toBe(4);
});

test("a till that is running cannot be verified in place, and a missing file is said", async () => {
  const folder = soldFolder();
  openTestLedger(folder);
  await expect(verifyLedger({ folder })).rejects.toMatchObject({ code: "folder.in-use" });
  await expect(verifyLedger({ folder: join(folder, "nowhere") })).rejects.toMatchObject({ code: "ledger.damaged" });
});
