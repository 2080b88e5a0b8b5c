import { createHash, createPrivateKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { canonicalise, type CanonicalValue } from "../../../sync/protocol/canonical.ts";
import { emptyHead, entrySigningBytes } from "../../../sync/protocol/entry.ts";
import { openLedger } from "../../../main/ledger/open.ts";
import { rowChecksum } from "../../../main/ledger/work/row-checksum.ts";
import { handClock, ledgerOptions, seededIds } from "../../main/ledger/support.ts";
import { withoutTriggers } from "../../main/ledger/stored-fields.ts";

/** The fields of an entry, to be changed by somebody who has the till in their hands. */
export type Fields = {
  [name: string]: CanonicalValue;
  seq: number;
  id: string;
  type: string;
  previous: string;
  body: Record<string, CanonicalValue>;
};

/** A key to sign with: the till's own, taken from its folder, or another one. */
export type ForgersKey = { keyId: string; publicKey: string; privateKey: KeyObject };

/** Does something to the database file of a folder. */
export function inDatabase<Result>(folder: string, work: (database: Database.Database) => Result): Result {
  const database = new Database(join(folder, "ledger.db"));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** Runs SQL with the triggers taken away and put back. */
export function forcedSql(folder: string, sql: string): void {
  inDatabase(folder, (database) => withoutTriggers(database, () => void database.exec(sql)));
}

/** The till's own key, as it lies in the folder. */
export function ownKey(folder: string): ForgersKey {
  const [name = ""] = readdirSync(join(folder, "keys")).filter((each) => each.startsWith("journal-"));
  return describeKey(createPrivateKey(readFileSync(join(folder, "keys", name))));
}

/** A key that somebody has made, and put where the till looks for its own. */
export function anotherKey(folder: string): ForgersKey {
  const key = describeKey(generateKeyPairSync("ed25519").privateKey);
  const pem = key.privateKey.export({ type: "pkcs8", format: "pem" });
  writeFileSync(join(folder, "keys", `journal-${key.keyId}.pem`), pem, { mode: 0o600 });
  return key;
}

function describeKey(privateKey: KeyObject): ForgersKey {
  const { x = "" } = privateKey.export({ format: "jwk" });
  const raw = Buffer.from(x, "base64url");
  const keyId = createHash("sha256").update(raw).digest("hex").slice(0, 16);
  return { keyId, publicKey: raw.toString("hex"), privateKey };
}

/**
 * Writes the journal anew: `change` gives the entries as they are to be, in order; each gets the number of its place, the
 * hash of the one before it and a signature by `key`. Entries before the first changed one stay as they are.
 */
export function rewriteJournal(folder: string, key: ForgersKey, change: (entries: Fields[]) => Fields[]): void {
  inDatabase(folder, (database) => {
    const texts = database.prepare<[], string>("SELECT text FROM journal ORDER BY seq").pluck().all();
    const entries = change(texts.map((text) => JSON.parse(text) as Fields));
    withoutTriggers(database, () => {
      const insert = database.prepare("INSERT OR REPLACE INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
      let previous = emptyHead.hash;
      let isChanged = false;
      database.prepare("DELETE FROM journal WHERE seq > ?").run(entries.length);
      for (const [index, entry] of entries.entries()) {
        const text = canonicalise({ ...entry, seq: index + 1, previous });
        const hash = createHash("sha256").update(text).digest();
        previous = hash.toString("hex");
        isChanged ||= text !== texts[index];
        if (!isChanged) continue;
        const signature = sign(null, entrySigningBytes(hash), key.privateKey);
        insert.run(index + 1, entry["ledger"], entry.id, entry.type, text, hash, signature, key.keyId);
      }
    });
  });
}

/** Makes the tables that follow from the journal follow from what it says now, by the till's own repair. */
export function rebuildTables(folder: string): void {
  forgetTablesAfterEnd(folder);
  const clock = handClock();
  const ledger = openLedger(ledgerOptions(folder, { clock, ids: seededIds("forger", clock) }));
  try {
    ledger.rebuild();
  } finally {
    ledger.close();
  }
}

/** A till refuses to open where a table goes on behind the journal's end. */
function forgetTablesAfterEnd(folder: string): void {
  inDatabase(folder, (database) => {
    for (const table of ["postings", "sales", "incidents"])
      database.exec(`DELETE FROM ${table} WHERE seq > (SELECT max(seq) FROM journal)`);
  });
}

/** Where the journal ends now. */
function endOf(folder: string): { ledger: string; seq: number; hash: string; receiptNumber: number } {
  return inDatabase(folder, (database) => {
    const end = database
      .prepare<[], { ledger: string; seq: number; hash: string }>(
        "SELECT ledger, seq, lower(hex(hash)) AS hash FROM journal ORDER BY seq DESC LIMIT 1",
      )
      .get();
    const receipts = `SELECT max(text ->> '$.body.receiptNumber') FROM journal`;
    const receiptNumber = database.prepare<[], number | null>(receipts).pluck().get() ?? 0;
    return { ledger: "", seq: 0, hash: emptyHead.hash, ...end, receiptNumber };
  });
}

/** Puts marks in the folder that agree with the journal as it is now. */
export function forgeMarks(folder: string): void {
  const { ledger, seq, hash, receiptNumber } = endOf(folder);
  const text = JSON.stringify([ledger, seq, hash, receiptNumber, `1-${receiptNumber}`]);
  const checksum = createHash("sha256").update(text).digest("hex");
  writeFileSync(join(folder, "marks", "mark-a"), `${checksum} ${text}\n`.padEnd(512));
  rmSync(join(folder, "marks", "mark-b"), { force: true });
}

/** Makes the till forget how far it has read its own chain back. */
export function forgetVerified(folder: string): void {
  inDatabase(folder, (database) => void database.exec("DELETE FROM settings WHERE key LIKE 'verified%'"));
}

/** Moves the platform's mark to an entry of the journal as it is now, with a checksum that holds. */
export function forgePlatformMark(folder: string, seq: number): void {
  inDatabase(folder, (database) => {
    const { ledger, hash } = database
      .prepare<[number], { ledger: string; hash: string }>(
        "SELECT ledger, lower(hex(hash)) AS hash FROM journal WHERE seq = ?",
      )
      .get(seq) ?? { ledger: "", hash: "" };
    const values = [ledger, seq, hash, 1, "2026-11-22T08:00:00.000+08:00"];
    const insert = database.prepare("INSERT OR REPLACE INTO platform_marks VALUES (?, ?, ?, ?, ?, ?)");
    insert.run(...values, rowChecksum("platform_marks", values));
  });
}
