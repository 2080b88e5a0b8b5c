import fc from "fast-check";
import { expect, test } from "vitest";
import type { NewEntry } from "../../../main/ledger/entries.ts";
import { paidPostings } from "../../../main/payment/wallet-postings.ts";
import { refundSale } from "../../../main/sale/refund.ts";
import { cashTender, settleSale } from "../../../main/sale/settlement.ts";
import { totalsOf } from "../../../main/sale/totals.ts";
import { closeShift, ensureShift, type ShiftParts } from "../../../main/shift/shift.ts";
import type { Tender } from "../../../sync/protocol/entry-types.ts";
import { pieceGood, testRates } from "../sale/goods.ts";
import { openTestLedger, seededIds, temporaryFolder } from "../ledger/support.ts";

function makeTill(floatMinor: number) {
  const folder = temporaryFolder();
  const ids = seededIds("shift");
  const ledger = openTestLedger(folder);
  const parts: ShiftParts = { ledger, newId: () => ids.uuid(), currency: "CNY", person: "p-02" };
  ensureShift(parts, floatMinor);
  return { ledger, parts, newId: () => ids.uuid() };
}

type TestTill = ReturnType<typeof makeTill>;

type WalletTender = Extract<Tender, { kind: "wallet" }>;

type Paid = "cash" | "wallet" | "mixed";

/** One sale, given back at once where it is said so; gives by how much the drawer holds more. */
function sell(
  { ledger, newId }: TestTill,
  { priceMinor, paid, isRefunded }: { priceMinor: number; paid: Paid; isRefunded: boolean },
): number {
  const lines = [{ lineId: newId(), quantity: 1, good: pieceGood({ priceMinor }) }];
  const totals = totalsOf(lines, { priceIncludesTax: true, rates: testRates });
  const partMinor = paid === "mixed" ? Math.floor(priceMinor / 20) * 10 : 0;
  const cash = paid === "mixed" ? cashTender(partMinor, partMinor, 10) : cashTender(priceMinor, priceMinor + 7_00, 10);
  const wallet: WalletTender = {
    kind: "wallet",
    amountMinor: priceMinor - partMinor,
    paymentId: newId(),
    number: "00000001",
  };
  const body = settleSale({
    basket: { saleId: newId(), lines, addedCount: 1 },
    totals,
    tenders: paid === "cash" ? [cash] : paid === "wallet" ? [wallet] : [cash, wallet],
    currency: "CNY",
    drawer: "main",
    receiptNumber: ledger.nextReceiptNumber(),
    tillNumber: 1,
    priceIncludesTax: true,
    catalogCursor: 1,
  });
  const shift = ledger.openShift()?.shift ?? "";
  if (paid !== "cash") ledger.append(paymentOf(newId, body.saleId, wallet));
  ledger.append([{ id: newId(), type: "sale.settled", body, person: "p-02", shift }]);
  const inMinor = paid === "wallet" ? 0 : cash.tenderedMinor - cash.changeMinor;
  if (!isRefunded) return inMinor;
  const refund = refundSale(body, {
    refundId: newId(),
    reason: "unwanted",
    drawer: "main",
    receiptNumber: ledger.nextReceiptNumber(),
    tillNumber: 1,
    cashRoundingMinor: 10,
  });
  ledger.append([{ id: newId(), type: "refund.settled", body: refund, person: "p-02", shift }]);
  return inMinor - refund.paidOutMinor;
}

/** What the wallet paid before the sale is settled with it. */
function paymentOf(newId: () => string, saleId: string, tender: WalletTender): NewEntry[] {
  const { paymentId, number, amountMinor } = tender;
  const currency = "CNY" as const;
  const payment = { paymentId, saleId };
  const money = { amountMinor, currency };
  const intent = { ...payment, ...money, rail: "wallet" as const, number, codeHash: "0".repeat(64) };
  const answer = { transactionId: "t-1", paidAt: "2026-11-20T14:32:09.120+08:00" };
  const postings = paidPostings({ ...money, commissionMinor: 0 });
  return [
    { id: newId(), type: "payment.created", body: intent },
    { id: newId(), type: "payment.sent", body: payment },
    { id: newId(), type: "payment.paid", body: { ...payment, ...money, ...answer, postings } },
  ];
}

function balance({ ledger }: TestTill, account: string): number {
  return ledger.balances().find((each) => each.account === account)?.amountMinor ?? 0;
}

test("a till that is started again goes on with the shift that is open, and with its float", () => {
  const till = makeTill(500_00);
  const open = till.ledger.openShift();
  expect(ensureShift(till.parts, 900_00)).toEqual(open);
  expect(balance(till, "cash:main")).toBe(500_00);
});

test("a till that stops between closing and opening has lost neither: both are one commit", () => {
  const till = makeTill(100_00);
  const before = till.ledger.head().seq;
  closeShift(till.parts, 100_00);
  expect(till.ledger.head().seq).toBe(before + 2);
  expect(till.ledger.openShift()).toMatchObject({ floatMinor: 100_00, openedSeq: before + 2 });
});

// The cashier answers for this figure with her own money.
test("for any day, the drawer should hold the float and what cash brought, and the accounts add up to nothing", () => {
  const sale = fc.record({
    priceMinor: fc.integer({ min: 1, max: 50_000 }),
    paid: fc.constantFrom<Paid[]>("cash", "wallet", "mixed"),
    isRefunded: fc.boolean(),
  });
  const shift = fc.record({ sales: fc.array(sale, { maxLength: 6 }), offMinor: fc.integer({ min: -100, max: 100 }) });
  fc.assert(
    fc.property(
      fc.integer({ min: 200, max: 50_000 }),
      fc.array(shift, { minLength: 1, maxLength: 4 }),
      (float, shifts) => {
        const till = makeTill(float);
        let drawerMinor = float;
        let overMinor = 0;
        for (const { sales, offMinor } of shifts) {
          const cashMinor = sales.reduce((sum, each) => sum + sell(till, each), 0);
          const refunded = sales.filter(({ isRefunded }) => isRefunded);
          const countedMinor = Math.max(0, drawerMinor + cashMinor + offMinor);
          const report = closeShift(till.parts, countedMinor);
          expect(report).toMatchObject({
            sales: sales.length,
            cashMinor,
            salesMinor: sales.reduce((sum, { priceMinor }) => sum + priceMinor, 0),
            refunds: refunded.length,
            refundsMinor: refunded.reduce((sum, { priceMinor }) => sum + priceMinor, 0),
            expectedCashMinor: drawerMinor + cashMinor,
            differenceMinor: countedMinor - drawerMinor - cashMinor,
          });
          overMinor += report.differenceMinor;
          drawerMinor = countedMinor;
          expect(balance(till, "cash:main")).toBe(countedMinor);
          expect(balance(till, "over-short")).toBe(0 - overMinor);
        }
        expect(till.ledger.balances().reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
      },
    ),
    { numRuns: 12 },
  );
});

test("more sales than are read at once are all in the report", () => {
  const till = makeTill(0);
  for (let sale = 0; sale < 510; sale += 1) sell(till, { priceMinor: 100, paid: "wallet", isRefunded: false });
  expect(closeShift(till.parts, 0)).toMatchObject({
    sales: 510,
    salesMinor: 51_000,
    walletMinor: 51_000,
    cashMinor: 0,
  });
});
