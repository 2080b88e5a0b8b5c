import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { TillError } from "../../../main/contract/errors.ts";
import { openRequestKey } from "../../../main/ledger/keys.ts";
import { openLedger } from "../../../main/ledger/open.ts";
import { cashSale } from "./sales.ts";
import { withoutTriggers } from "./stored-fields.ts";
import { codeThrownBy, ledgerOptions, openTestLedger, seededIds, temporaryFolder } from "./support.ts";

function sell(folder: string, sales: number): void {
  const ledger = openTestLedger(folder);
  const ids = seededIds(`sell ${ledger.head().seq}`);
  for (let count = 0; count < sales; count += 1) ledger.append([cashSale(ledger, ids)]);
  ledger.close();
}

function faultOfOpening(folder: string): TillError {
  try {
    openLedger(ledgerOptions(folder)).close();
  } catch (error) {
    if (error instanceof TillError) return error;
    throw error;
  }
  throw new Error("The ledger was opened");
}

test("a new ledger begins with its own id and key, and goes on with both after a restart", () => {
  const folder = join(temporaryFolder(), "new", "till");
  const first = openTestLedger(folder);
  expect(JSON.parse(first.entry(1)?.text ?? "")).toMatchObject({
    type: "ledger.opened",
    ledger: first.identity.ledger,
    body: { keyId: first.identity.keyId, publicKey: first.identity.publicKey, epoch: 1 },
  });
  first.append([cashSale(first, seededIds("a"))]);
  const head = first.head();
  first.close();
  const second = openTestLedger(folder);
  expect(second.identity).toEqual(first.identity);
  expect(second.head()).toEqual(head);
  expect(second.nextReceiptNumber()).toBe(2);
});

test.skipIf(process.platform === "win32")("only the owner can read the ledger and its keys", () => {
  const folder = join(temporaryFolder(), "till");
  openTestLedger(folder).close();
  const mode = (path: string) => statSync(join(folder, path)).mode & 0o777;
  expect([".", "marks", "keys"].map(mode)).toEqual([0o700, 0o700, 0o700]);
  expect([join("keys", readdirSync(join(folder, "keys"))[0] ?? ""), "ledger.db"].map(mode)).toEqual([0o600, 0o600]);
});

// Somebody takes the last sale out, and the marks with it. The next one could not be stored: its places are taken.
test("a journal that ends before the tables made from it is refused, and is not sold on until it is put in order", () => {
  const folder = temporaryFolder();
  sell(folder, 3);
  rmSync(join(folder, "marks"), { recursive: true });
  const database = new Database(join(folder, "ledger.db"));
  withoutTriggers(database, () => database.exec("DELETE FROM journal WHERE seq = 4; DELETE FROM settings"));
  database.close();
  expect(faultOfOpening(folder)).toMatchObject({ code: "ledger.damaged", params: { seq: 4, detail: "sequence" } });
});

test("a till that is opened twice refuses the second opening, so no two tills number the same receipts", () => {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  expect(faultOfOpening(folder).code).toBe("folder.in-use");
  ledger.append([cashSale(ledger, seededIds("a"))]);
});

test("a folder that cannot be made is named, not guessed around", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  expect(faultOfOpening(join(file, "till")).code).toBe("folder.not-writable");
});

test("without its key the ledger stays closed, so no entry is signed by a key that nobody knows", () => {
  const folder = temporaryFolder();
  sell(folder, 1);
  const keys = join(folder, "keys");
  const [name = ""] = readdirSync(keys);
  const pem = readFileSync(join(keys, name));
  rmSync(join(keys, name));
  expect(faultOfOpening(folder).code).toBe("ledger.key-missing");
  writeFileSync(join(keys, name), "not a key");
  expect(faultOfOpening(folder).code).toBe("ledger.key-missing");
  writeFileSync(join(keys, name), pem);
  openTestLedger(folder);
});

test("an older copy of the ledger is found out by the mark, so lost sales are told and no number is used twice", () => {
  const folder = temporaryFolder();
  sell(folder, 2);
  const copy = join(temporaryFolder(), "old.db");
  cpSync(join(folder, "ledger.db"), copy);
  sell(folder, 3);
  cpSync(copy, join(folder, "ledger.db"));
  const fault = faultOfOpening(folder);
  expect(fault.code).toBe("ledger.behind-mark");
  expect(fault.params).toEqual({ missing: 3, entries: 3, receipt: "1-5" });
});

test("a ledger that was deleted is missed, so the till does not quietly begin again at receipt 1", () => {
  const folder = temporaryFolder();
  sell(folder, 2);
  rmSync(join(folder, "ledger.db"));
  const fault = faultOfOpening(folder);
  expect(fault.code).toBe("ledger.behind-mark");
  expect(fault.params).toEqual({ missing: 2, entries: 3, receipt: "1-2" });
});

test("a torn slot and an old one beside it cost nothing; two torn slots are told in the journal", () => {
  const folder = temporaryFolder();
  sell(folder, 2);
  const slots = ["mark-a", "mark-b"].map((name) => join(folder, "marks", name));
  for (const slot of slots) {
    const whole = readFileSync(slot);
    writeFileSync(slot, whole.subarray(0, 100));
    openTestLedger(folder).close();
    writeFileSync(slot, whole);
  }
  for (const slot of slots) writeFileSync(slot, "torn");
  const ledger = openTestLedger(folder);
  expect(JSON.parse(ledger.entry(ledger.head().seq)?.text ?? "")).toMatchObject({
    type: "incident",
    body: { code: "marks.unreadable" },
  });
});

test("another text at the marked place is damage, because the chain behind it may be made anew", () => {
  const folder = temporaryFolder();
  sell(folder, 2);
  const other = temporaryFolder();
  cpSync(folder, other, { recursive: true });
  sell(folder, 1);
  const ledger = openTestLedger(other);
  ledger.append([cashSale(ledger, seededIds("other"), 999)]);
  ledger.close();
  cpSync(join(other, "ledger.db"), join(folder, "ledger.db"));
  expect(faultOfOpening(folder).code).toBe("ledger.damaged");
});

test("a database of a newer program is refused and left as it is", () => {
  const folder = temporaryFolder();
  sell(folder, 1);
  const file = join(folder, "ledger.db");
  const database = new Database(file);
  database.pragma("user_version = 99");
  database.close();
  const before = readFileSync(file);
  expect(faultOfOpening(folder).code).toBe("ledger.newer-version");
  expect(readFileSync(file).equals(before)).toBe(true);
});

test("a file that is no database, or whose pages are broken, is told as damage", () => {
  const folder = temporaryFolder();
  sell(folder, 40);
  const file = join(folder, "ledger.db");
  const whole = readFileSync(file);
  writeFileSync(file, whole.subarray(0, whole.length - 3 * 4096));
  expect(faultOfOpening(folder).code).toBe("ledger.damaged");
  writeFileSync(file, "This is not a database. ".repeat(500));
  expect(faultOfOpening(folder).code).toBe("ledger.damaged");
});

test("new software is told once in the journal, so a strange receipt can be traced to its version", () => {
  const folder = temporaryFolder();
  sell(folder, 1);
  openTestLedger(folder, { softwareVersion: "1.1.0" }).close();
  const ledger = openTestLedger(folder, { softwareVersion: "1.1.0" });
  expect(JSON.parse(ledger.entry(3)?.text ?? "")).toMatchObject({
    type: "software.updated",
    body: { from: "1.0.0", to: "1.1.0" },
  });
  expect(ledger.head().seq).toBe(3);
});

test("the request key survives an enrolment that broke off, so the platform sees the same till again", () => {
  const folder = temporaryFolder();
  openTestLedger(folder);
  const keys = join(folder, "keys");
  const made = openRequestKey(keys);
  expect(openRequestKey(keys).publicKey).toBe(made.publicKey);
  expect(openRequestKey(keys, made.keyId).publicKey).toBe(made.publicKey);
  expect(codeThrownBy(() => openRequestKey(keys, "0".repeat(16)))).toBe("ledger.key-missing");
  expect(existsSync(join(keys, `request-${made.keyId}.pem`))).toBe(true);
});
