import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hash as hashOf } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { verifyLedger } from "../../../../main/ledger/verify/verify.ts";
import { temporaryFolder } from "../support.ts";
import { forgedFolder, nameOf, tamper } from "./forge.ts";
import { nth, openShop } from "./shop.ts";

/** A till whose older ledger lies in `ledgers/`, and what is known of that one's end. */
interface Pair {
  folder: string;
  older: { ledger: string; seq: number; hash: string; file: string };
}

const perpetual = { zNumber: 0, sales: 2, salesMinor: 1630, refunds: 0, refundsMinor: 0 };

/** Sells on an older ledger, then on a new one that follows it as `follows` says. */
function makePair(follows: Record<string, unknown> = {}, changeOlder?: (folder: string) => string): Pair {
  const place = temporaryFolder();
  const old = openShop("older", join(place, "old"));
  old.sell(1130);
  old.sell(500);
  const { seq, hash } = old.ledger.head();
  const { ledger } = old.ledger.identity;
  old.ledger.close();
  const shop = openShop("newer", join(place, "new"));
  shop.sell(330);
  shop.ledger.close();
  const named = { ledger, seq, hash, reason: "key-missing", receiptNumber: 2, perpetual, ...follows };
  const approval = { by: "manager", person: "p-1" };
  const folder = forgedFolder(join(place, "new"), (entries) => {
    nth(entries, "ledger.opened").body["follows"] = { ...named, approval };
    nth(entries, "sale.settled").body["receiptNumber"] = 3;
  });
  mkdirSync(join(folder, "ledgers"));
  const file = join(folder, "ledgers", `${ledger}.db`);
  cpSync(join(changeOlder?.(old.folder) ?? old.folder, "ledger.db"), file);
  // The marks are of the time before the entries were changed.
  rmSync(join(folder, "marks"), { recursive: true });
  tableOf(folder);
  return { folder, older: { ledger, seq, hash, file } };
}

/** The row of the sale whose number was changed with its entry. */
function tableOf(folder: string): void {
  const mended = tamper(folder, (database) => void database.exec("UPDATE sales SET receipt_number = 3"));
  renameSync(join(mended, "ledger.db"), join(folder, "ledger.db"));
}

function mark(folder: string, [ledger, seq, hash]: [string, number, string]): void {
  const text = JSON.stringify([ledger, seq, hash, 2, "1-2"]);
  mkdirSync(join(folder, "marks"), { recursive: true });
  writeFileSync(join(folder, "marks", "mark-a"), `${hashOf("sha256", text, "hex")} ${text}\n`.padEnd(512));
}

test("a ledger that goes on from an older one says so, and the older one has a result of its own", async () => {
  const { folder, older } = makePair();
  const result = await verifyLedger({ folder });
  expect(result.findings).toEqual([]);
  expect(result.follows).toEqual({
    atSeq: 1,
    ledger: older.ledger,
    seq: older.seq,
    hash: older.hash,
    reason: "key-missing",
    missing: null,
    receiptNumber: 2,
    approvedBy: "manager",
    file: "agrees",
  });
  const own = { ok: true, entries: 3, ledger: older.ledger, head: { seq: older.seq, hash: older.hash } };
  expect(result.older).toMatchObject([
    { file: `${older.ledger}.db`, followedBy: result.ledger, fault: null, result: own },
  ]);
});

test("without the older file the ledger is whole, and it is said that the file is not there", async () => {
  const { folder, older } = makePair();
  rmSync(older.file);
  expect(await verifyLedger({ folder })).toMatchObject({ ok: true, follows: { file: "absent" }, older: [] });
  expect(await verifyLedger({ database: join(folder, "ledger.db") })).toMatchObject({
    ok: true,
    follows: { file: "absent" },
  });
});

const cut = (folder: string) =>
  tamper(folder, (database) => {
    const of = "WHERE seq = 3";
    database.exec(`DELETE FROM journal ${of}; DELETE FROM postings ${of}; DELETE FROM sales ${of}`);
    database.exec(
      "DELETE FROM balances; INSERT INTO balances SELECT account, currency, sum(amount_minor) FROM postings GROUP BY 1, 2",
    );
  });

test("an end that is missing and named is no finding; one that is gone without a word is", async () => {
  const missing = { fromSeq: 3, toSeq: 3 };
  const named = await verifyLedger({ folder: makePair({ reason: "entries-missing", missing }, cut).folder });
  expect(named).toMatchObject({ ok: true, follows: { missing, file: "agrees" }, older: [{ result: { entries: 2 } }] });
  const silent = await verifyLedger({ folder: makePair({}, cut).folder });
  expect(silent.findings).toMatchObject([
    { seq: 1, reason: "follows-differs", params: { what: "less", stated: 3, counted: 2 } },
  ]);
  expect(silent.follows?.file).toBe("differs");
});

test.each<[string, Record<string, unknown>, object]>([
  ["ends in another entry", { hash: "a".repeat(64) }, { what: "hash" }],
  ["sold on after it was left", { seq: 2, hash: "a".repeat(64) }, { what: "more", stated: 2, counted: 3 }],
  ["has receipts that were used again", { receiptNumber: 1 }, { what: "receipt", stated: 1, counted: 2 }],
  ["sold more than the new one counts on", { perpetual: { ...perpetual, salesMinor: 1000 } }, { what: "totals" }],
])("an older ledger that %s is named by the entry that follows it", async (_, follows, params) => {
  const { findings } = await verifyLedger({ folder: makePair(follows).folder });
  expect(findings[0]).toMatchObject({ seq: 1, reason: "follows-differs", params });
});

test("an older file that holds another ledger, or was changed, is found from the new one", async () => {
  const other = makePair({ ledger: "018f0000-0000-7000-8000-000000000000" });
  renameSync(other.older.file, join(other.folder, "ledgers", "018f0000-0000-7000-8000-000000000000.db"));
  expect((await verifyLedger({ folder: other.folder })).firstBroken).toMatchObject({ params: { what: "ledger" } });
  const changed = makePair({}, (folder) =>
    tamper(
      folder,
      (database) => void database.exec("UPDATE journal SET text = replace(text, '1130', '1131') WHERE seq = 2"),
    ),
  );
  const result = await verifyLedger({ folder: changed.folder });
  expect(result.firstBroken).toMatchObject({ reason: "follows-differs", params: { what: "less", counted: 1 } });
  expect(result.older).toMatchObject([{ result: { ok: false, firstBroken: { seq: 2, reason: "stored-hash" } } }]);
});

test("an older file that cannot be read at all is told, and that is no finding where the ledger was left for it", async () => {
  const unreadable = (reason: string) => {
    const pair = makePair({ reason });
    writeFileSync(pair.older.file, "no database".repeat(1000));
    return verifyLedger({ folder: pair.folder });
  };
  expect(await unreadable("damaged")).toMatchObject({
    ok: true,
    follows: { file: "unreadable" },
    older: [{ result: null, fault: { code: "ledger.damaged" } }],
  });
  expect((await unreadable("key-missing")).firstBroken).toMatchObject({ params: { what: "unreadable" } });
});

test("a file of a ledger that none goes on from is verified and told, and one that names itself ends", async () => {
  const { folder, older } = makePair();
  const stray = "018f0000-0000-7000-8000-00000000000a";
  cpSync(older.file, join(folder, "ledgers", `${stray}.db`));
  writeFileSync(join(folder, "ledgers", "notes.txt"), "not a ledger");
  const result = await verifyLedger({ folder });
  expect(result.older.map(({ file, followedBy }) => [file, followedBy])).toEqual([
    [`${older.ledger}.db`, result.ledger],
    [`${stray}.db`, null],
  ]);
  const own = nameOf(folder);
  cpSync(join(folder, "ledger.db"), join(folder, "ledgers", `${own}.db`));
  expect((await verifyLedger({ folder })).older).toHaveLength(3);
});

test("a mark of the older ledger counts as known up to the place that is named, and behind it as sales that are gone", async () => {
  const { folder, older } = makePair();
  mark(folder, [older.ledger, 2, "b".repeat(64)]);
  expect(await verifyLedger({ folder })).toMatchObject({ ok: true, marks: [{ seq: 2, state: "followed" }] });
  mark(folder, [older.ledger, older.seq, older.hash]);
  expect(await verifyLedger({ folder })).toMatchObject({ ok: true, marks: [{ state: "followed" }] });
  mark(folder, [older.ledger, older.seq, "b".repeat(64)]);
  expect((await verifyLedger({ folder })).firstBroken).toMatchObject({ reason: "mark-differs", seq: older.seq });
  mark(folder, [older.ledger, older.seq + 1, older.hash]);
  expect((await verifyLedger({ folder })).firstBroken).toMatchObject({ reason: "behind-mark", seq: older.seq + 1 });
  mark(folder, ["018f0000-0000-7000-8000-000000000000", 1, older.hash]);
  expect((await verifyLedger({ folder })).firstBroken).toMatchObject({ reason: "behind-mark", seq: 1 });
});
