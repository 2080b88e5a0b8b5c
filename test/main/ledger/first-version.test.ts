import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import Database from "better-sqlite3";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { readKnownEntry } from "../../../main/ledger/entries.ts";
import { verifyLedger } from "../../../main/ledger/verify/verify.ts";
import { openTill } from "../../../main/till.ts";
import { unpackTar } from "../../support/unpack-tar.ts";
import { openTestLedger } from "./support.ts";

/**
 * The data folder of a till of the first version, as that version left it on its last evening: cash with rounding, a wallet's
 * sale, one that was declined and undone and then paid in cash, a closed shift, a basket that was given up, and in front
 * of the cashier two bottles of tea whose wallet payment got no answer. Its keys never were any shop's.
 */
const archive = join(import.meta.dirname, "vectors", "first-version.tar.gz");

async function unpacked(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "suanpan-first-version-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await unpackTar(gunzipSync(readFileSync(archive)), folder);
  return folder;
}

const projections = "postings balances sales payments shifts prints enrolments business_days".split(" ");

function tablesIn(folder: string): unknown[][] {
  const database = new Database(join(folder, "ledger.db"), { readonly: true });
  try {
    return projections.map((table) => database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all());
  } finally {
    database.close();
  }
}

// An operator verifies a backup that nobody has opened with a newer till.
test("a ledger of the first version verifies as it lies there, without the tables that came later", async () => {
  const folder = await unpacked();
  const result = await verifyLedger({ database: join(folder, "ledger.db"), marks: join(folder, "marks") });
  expect(result).toMatchObject({ ok: true, findings: [] });
  expect(result.entries).toBeGreaterThan(10);
});

// The update must not cost a sale, nor leave tables that a repair would then make otherwise.
test("a ledger of the first version is whole after the update, and made anew its tables are the same to the row", async () => {
  const folder = await unpacked();
  const before = new Database(join(folder, "ledger.db"), { readonly: true });
  const texts = before.prepare("SELECT text, hex(hash), hex(signature) FROM journal ORDER BY seq").raw().all();
  expect(before.pragma("user_version", { simple: true })).toBe(1);
  before.close();
  const ledger = openTestLedger(folder);
  expect(ledger.recentSales(10).map(({ kind, totalMinor }) => [kind, totalMinor])).toEqual([
    ["sale", 450],
    ["sale", 1350],
    ["sale", 900],
    ["sale", expect.any(Number)],
  ]);
  const [wallet] = ledger.recentSales(10).filter(({ tenderKinds }) => tenderKinds.includes("wallet"));
  const [payment] = ledger.paymentsOfSale(wallet?.saleId ?? "");
  // The legs that a reversal would have to take back, found without the migration having read a body.
  expect(ledger.bookedOfPayment(payment?.paymentId ?? "")).toEqual([
    { account: "wallet:online", amountMinor: 900, currency: "CNY" },
    { account: "suspense", amountMinor: -900, currency: "CNY" },
  ]);
  ledger.close();
  const migrated = tablesIn(folder);
  const again = openTestLedger(folder);
  again.rebuild();
  again.close();
  expect(tablesIn(folder)).toEqual(migrated);
  const after = new Database(join(folder, "ledger.db"), { readonly: true });
  const kept = after.prepare("SELECT text, hex(hash), hex(signature) FROM journal ORDER BY seq LIMIT ?").raw();
  expect(kept.all(texts.length)).toEqual(texts);
  after.close();
  expect(await verifyLedger({ folder })).toMatchObject({ ok: true });
});

test("the till of that folder opens with its basket set aside and its payment in doubt, sells on, and gives an old sale back", async () => {
  const folder = await unpacked();
  const till = await openTill({
    folder,
    // Nobody listens there: the shop's line is down on the morning after the update.
    platformUrl: "http://127.0.0.1:9",
    devices: {},
    floatMinor: 500_00,
    log: pino({ level: "silent" }),
  });
  onTestFinished(() => till.close());
  const { snapshot, handlers } = till.service;
  const cashier = { role: "cashier" };
  const [parked] = snapshot().staff?.parked.filter(({ payment }) => payment !== undefined) ?? [];
  expect(parked).toMatchObject({ itemCount: 2, totalMinor: 900, payment: { state: "unknown", amountMinor: 900 } });
  const saleId = parked?.saleId ?? "";
  await handlers["payment.undo"]({ paymentId: parked?.payment?.paymentId ?? "" }, cashier);
  await handlers["sale.resume"]({ saleId }, cashier);
  await handlers["tender.cash"]({ saleId, tenderedMinor: 900 }, cashier);
  const { receipts } = await handlers["receipts.list"]({}, cashier);
  const old = receipts.find(({ paidBy, totalMinor }) => paidBy === "wallet" && totalMinor === 900);
  const refund = await handlers["refund.settle"](
    { refundId: randomUUID(), saleId: old?.saleId ?? "", of: { kind: "all" }, reason: "faulty" },
    cashier,
  );
  expect(refund).toMatchObject({ paidOutMinor: 0, walletMinor: 900 });
  const report = await handlers["report.x"]({}, cashier);
  expect(report).toMatchObject({ sales: 2, salesMinor: 1350, refunds: 1, drawer: { expectedMinor: 51_000 + 1350 } });
  // The shift that the first version closed has its report too, and is in the totals of all time.
  const manager = { role: "manager" };
  const oldReport = await handlers["report.z"]({ number: 1 }, manager);
  expect(oldReport).toMatchObject({ number: 1, refunds: 0 });
  expect([oldReport.perpetual, oldReport.differs, oldReport.unread]).toEqual([undefined, undefined, undefined]);
  const { number } = await handlers["shift.close"]({ countedMinor: report.drawer.expectedMinor }, manager);
  expect(number).toBe(2);
  expect((await handlers["report.z"]({ number: 2 }, manager)).perpetual).toEqual({
    zNumber: 2,
    sales: oldReport.sales + 2,
    salesMinor: oldReport.salesMinor + 1350,
    refunds: 1,
    refundsMinor: 900,
  });
  await till.close();
  expect(await verifyLedger({ folder })).toMatchObject({ ok: true });
  const ledger = openTestLedger(folder);
  const numbers = [...ledger.exportLines()].flatMap((line) => {
    const entry = readKnownEntry((JSON.parse(line) as { text: string }).text);
    return entry?.type === "sale.settled" || entry?.type === "refund.settled" ? [entry.body.receiptNumber] : [];
  });
  expect(numbers).toEqual([1, 2, 3, 4, 5, 6]);
});
