import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readKnownEntry, type NewEntry } from "../../../main/ledger/entries.ts";
import type { Ledger } from "../../../main/ledger/open.ts";
import { verifyLedger } from "../../../main/ledger/verify/verify.ts";
import { refundSale } from "../../../main/sale/refund.ts";
import { closeShift, ensureShift } from "../../../main/shift/shift.ts";
import { cashSale } from "./sales.ts";
import { handClock, openTestLedger, seededIds, temporaryFolder } from "./support.ts";

/** What can happen at a till: time passes, goods are sold and given back, a payment runs its course, the till restarts. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant("cash" as const), totalMinor: fc.integer({ min: 0, max: 10_000_000 }) }),
  fc.record({
    kind: fc.constant("wallet" as const),
    amountMinor: fc.integer({ min: 1, max: 10_000_000 }),
    end: fc.constantFrom("paid", "declined", "reversed", "open"),
  }),
  fc.record({ kind: fc.constant("time" as const), ms: fc.integer({ min: -7_200_000, max: 90_000_000 }) }),
  fc.record({ kind: fc.constant("refund" as const), pick: fc.nat(100) }),
  fc.record({ kind: fc.constant("shift" as const), floatMinor: fc.nat(100_000) }),
  fc.record({ kind: fc.constant("paper" as const), end: fc.constantFrom("printed", "failed", "copy") }),
  fc.record({ kind: fc.constant("enrolment" as const), ends: fc.boolean() }),
  fc.record({ kind: fc.constant("restart" as const) }),
  fc.record({ kind: fc.constant("again" as const) }),
);

function walletEntries(ids: { uuid(): string }, amountMinor: number, end: string): NewEntry[] {
  const payment = { paymentId: ids.uuid(), saleId: ids.uuid() };
  const money = { amountMinor, currency: "CNY" as const };
  const legs = (sign: 1 | -1) => [
    { account: "wallet:online", ...money, amountMinor: sign * amountMinor },
    { account: "suspense", ...money, amountMinor: -sign * amountMinor },
  ];
  const paid = { ...payment, ...money, transactionId: "t", paidAt: "2026-11-20T14:32:09.120+08:00", postings: legs(1) };
  const created = { ...payment, ...money, rail: "wallet" as const, number: "00000001", codeHash: "c".repeat(64) };
  const entries: NewEntry[] = [{ id: ids.uuid(), type: "payment.created", body: created }];
  if (end === "open") return entries;
  entries.push({ id: ids.uuid(), type: "payment.sent", body: payment });
  if (end === "declined") entries.push({ id: ids.uuid(), type: "payment.declined", body: { ...payment, code: "x" } });
  if (end === "paid" || end === "reversed") entries.push({ id: ids.uuid(), type: "payment.paid", body: paid });
  if (end === "reversed") {
    entries.push({ id: ids.uuid(), type: "payment.reversing", body: { ...payment, reason: "cashier" } });
    entries.push({ id: ids.uuid(), type: "payment.reversed", body: { ...payment, ...money, postings: legs(-1) } });
  }
  return entries;
}

/** What gives a sale back; none where all of them are. */
function refundEntry(ledger: Ledger, ids: { uuid(): string }, pick: number): NewEntry[] {
  const open = ledger
    .recentSales(100)
    .filter(({ kind, saleId }) => kind === "sale" && ledger.refundsOf(saleId).length === 0);
  const entry = ledger.entry(open[pick % Math.max(1, open.length)]?.seq ?? 0);
  const sale = entry === undefined ? undefined : readKnownEntry(entry.text);
  if (sale?.type !== "sale.settled") return [];
  const body = refundSale(sale.body, {
    refundId: ids.uuid(),
    reason: "faulty",
    drawer: "1",
    receiptNumber: ledger.nextReceiptNumber(),
    tillNumber: 1,
    cashRoundingMinor: 10,
  });
  return [{ id: ids.uuid(), type: "refund.settled", body }];
}

/** The next shift, and the end of the one before. */
function shiftEntries(ledger: Ledger, ids: { uuid(): string }, floatMinor: number): NewEntry[] {
  const parts = { ledger, newId: () => ids.uuid(), currency: "CNY" as const };
  if (ledger.openShift() === undefined) ensureShift(parts, floatMinor);
  else closeShift(parts, floatMinor);
  return [];
}

function paperEntries(ids: { uuid(): string }, end: string): NewEntry[] {
  const paper = { saleId: ids.uuid(), receiptCode: "1-1", jobId: ids.uuid() };
  const id = ids.uuid();
  if (end === "copy") return [{ id, type: "receipt.reprinted", body: { ...paper, copy: 2 } }];
  if (end === "failed") return [{ id, type: "receipt.failed", body: { ...paper, code: "printer.offline" } }];
  return [{ id, type: "receipt.printed", body: { ...paper, proof: "probably", evidence: "" } }];
}

function enrolmentEntry(ids: { uuid(): string }, ends: boolean): NewEntry[] {
  const tillId = ids.uuid();
  if (ends) return [{ id: ids.uuid(), type: "till.signed-out", body: { tillId } }];
  const body = { tillId, tillNumber: 3, storeId: "s", platformRoot: "a".repeat(64), requestKeyId: "b".repeat(16) };
  return [{ id: ids.uuid(), type: "till.enrolled", body }];
}

const tables = ["postings", "balances", "sales", "payments", "shifts", "prints", "enrolments", "business_days"];

function readTables(folder: string): unknown[][] {
  const database = new Database(join(folder, "ledger.db"), { readonly: true });
  try {
    return tables.map((table) => database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all());
  } finally {
    database.close();
  }
}

test(
  "whatever a day brings, the books balance, the chain verifies and a rebuild gives the same tables",
  { timeout: 60_000 },
  async () => {
    let run = 0;
    const day = fc.asyncProperty(fc.array(happening, { maxLength: 30 }), async (happenings) => {
      const folder = temporaryFolder();
      const clock = handClock();
      const ids = seededIds(`day ${(run += 1)}`, clock);
      let ledger = openTestLedger(folder, { clock, ids });
      let last: NewEntry[] = [];
      let soldMinor = 0;
      let paidOutMinor = 0;
      for (const event of happenings) {
        if (event.kind === "time") clock.nowMs += event.ms;
        else if (event.kind === "restart") {
          ledger.close();
          ledger = openTestLedger(folder, { clock, ids });
        } else {
          if (event.kind === "cash") last = [cashSale(ledger, ids, event.totalMinor)];
          if (event.kind === "wallet") last = walletEntries(ids, event.amountMinor, event.end);
          if (event.kind === "refund") last = refundEntry(ledger, ids, event.pick);
          if (event.kind === "shift") last = shiftEntries(ledger, ids, event.floatMinor);
          if (event.kind === "paper") last = paperEntries(ids, event.end);
          if (event.kind === "enrolment") last = enrolmentEntry(ids, event.ends);
          if (event.kind === "cash") soldMinor += event.totalMinor;
          const [newest] = last;
          if (event.kind === "refund" && newest?.type === "refund.settled") paidOutMinor += newest.body.paidOutMinor;
          ledger.append(last);
        }
      }
      const balances = ledger.balances();
      expect(balances.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
      expect(balances.find(({ account }) => account === "cash:1")?.amountMinor ?? 0).toBe(soldMinor - paidOutMinor);
      const { seq, hash } = ledger.head();
      ledger.close();
      expect(await verifyLedger({ folder })).toMatchObject({ ok: true, entries: seq, head: { seq, hash } });
      const before = readTables(folder);
      const again = openTestLedger(folder, { clock, ids });
      expect(again.rebuild()).toBe(seq);
      again.close();
      expect(readTables(folder)).toEqual(before);
    });
    await fc.assert(day, { numRuns: 60, seed: 20_261_120 });
  },
);
