import fc from "fast-check";
import { expect, test } from "vitest";
import { dayReportSchema, xReportSchema } from "../../../main/contract/manager.ts";
import type { NewEntry } from "../../../main/ledger/entries.ts";
import { Reports } from "../../../main/manager/reports.ts";
import { paidPostings } from "../../../main/payment/payment-postings.ts";
import type { BasketItemLine, GivenDiscount } from "../../../main/sale/line.ts";
import { refundSale } from "../../../main/sale/refund.ts";
import { cashTender, settleSale } from "../../../main/sale/settlement.ts";
import { totalsOf } from "../../../main/sale/totals.ts";
import { RunningFigures } from "../../../main/shift/running-figures.ts";
import { closeShift, ensureShift, type ShiftParts } from "../../../main/shift/shift.ts";
import type { EntryBody, Tender } from "../../../sync/protocol/entry-types.ts";
import { temporaryFolder } from "../ledger/support.ts";
import { anyDiscount, anyReducedLine, pieceGood, testRates } from "../sale/goods.ts";
import { openDesk } from "./support.ts";

const currency = "CNY" as const;

type SaleOrder = {
  lines: readonly BasketItemLine[];
  discount?: GivenDiscount | undefined;
  /** How much of a thousandth of the total the wallet pays. */
  walletShare: number;
  commissionShare: number;
};

/** A till's open shift over a real ledger, and its reports. */
function openTill(floatMinor: number) {
  const desk = openDesk(temporaryFolder());
  const { ledger, newId, clock } = desk;
  const shiftParts: ShiftParts = { ledger, newId, currency, person: "p-02" };
  ensureShift(shiftParts, floatMinor);
  const reports = new Reports({
    ...desk.parts,
    figures: new RunningFigures(ledger),
    currency: () => currency,
    dayStartMinutes: () => 0,
    taxName: () => undefined,
    personName: (id) => ({ en: `Person ${id}`, "zh-CN": `店员 ${id}` }),
  });
  const sold: EntryBody<"sale.settled">[] = [];

  function append(...entries: NewEntry[]): void {
    clock.nowMs += 1000;
    const shift = ledger.openShift()?.shift ?? "";
    ledger.append(entries.map((entry) => ({ ...entry, shift })));
  }

  return {
    ledger,
    clock,
    sold,
    reports,
    append,
    newId,
    /** Sells, with the payment's entries where a wallet pays a part. */
    sell({ lines, discount, walletShare, commissionShare }: SaleOrder): void {
      const own = lines.map((line) => ({ ...line, lineId: newId() }));
      const totals = totalsOf(own, { priceIncludesTax: true, rates: testRates }, discount);
      const saleId = newId();
      const walletMinor = Math.floor((totals.totalMinor * walletShare) / 1000);
      const cashMinor = totals.totalMinor - walletMinor;
      const tenders: Tender[] = [];
      if (cashMinor > 0 || walletMinor === 0) tenders.push(cashTender(cashMinor, cashMinor + 100_00, 10));
      if (walletMinor > 0) {
        const paymentId = newId();
        const payment = { paymentId, saleId };
        const number = "00000001";
        const commissionMinor = Math.floor((walletMinor * commissionShare) / 1000);
        const money = { amountMinor: walletMinor, currency };
        append(
          {
            id: newId(),
            type: "payment.created",
            body: { ...payment, ...money, rail: "wallet", number, codeHash: "0".repeat(64) },
          },
          { id: newId(), type: "payment.sent", body: payment },
          {
            id: newId(),
            type: "payment.paid",
            body: {
              ...payment,
              ...money,
              transactionId: "t",
              paidAt: "2026-11-20T06:32:09.120Z",
              commissionMinor,
              postings: paidPostings({ rail: "wallet", ...money, commissionMinor }),
            },
          },
        );
        tenders.push({ kind: "wallet", amountMinor: walletMinor, paymentId, number });
      }
      const body = settleSale({
        basket: { saleId, lines: own, addedCount: own.length },
        totals,
        tenders,
        currency,
        drawer: "main",
        receiptNumber: ledger.nextReceiptNumber(),
        tillNumber: 1,
        priceIncludesTax: true,
        catalogCursor: 1,
      });
      append({ id: newId(), type: "sale.settled", body });
      sold.push(body);
    },
    /** Gives back the sale that was made at this place, once. */
    giveBack(index: number): void {
      const [sale] = sold.splice(index % Math.max(1, sold.length), 1);
      if (sale === undefined) return;
      const receiptNumber = ledger.nextReceiptNumber();
      const parts = { refundId: newId(), reason: "unwanted", drawer: "main", receiptNumber } as const;
      append({
        id: newId(),
        type: "refund.settled",
        body: refundSale(sale, { ...parts, tillNumber: 1, cashRoundingMinor: 10 }),
      });
    },
    balance: (account: string) =>
      ledger
        .balances()
        .filter((each) => each.account === account || each.account.startsWith(`${account}:`))
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  };
}

const anySale: fc.Arbitrary<SaleOrder> = fc.record({
  lines: fc.array(anyReducedLine, { minLength: 1, maxLength: 3 }),
  discount: fc.option(anyDiscount, { nil: undefined }),
  walletShare: fc.constantFrom(0, 0, 1000, 333),
  commissionShare: fc.constantFrom(0, 6, 1000),
});

const anyStep = fc.oneof(
  { arbitrary: anySale.map((sale) => ({ kind: "sale" as const, sale })), weight: 4 },
  { arbitrary: fc.nat(20).map((index) => ({ kind: "refund" as const, index })), weight: 1 },
  { arbitrary: fc.constant({ kind: "report" as const }), weight: 1 },
);

// The books and the paper that the manager signs must never tell two stories.
test("for any shift of sales, refunds and split payments, the X report is what the accounts say, and the close says the same", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50_000 }), fc.array(anyStep, { maxLength: 14 }), (floatMinor, steps) => {
      const till = openTill(floatMinor);
      for (const step of steps) {
        if (step.kind === "sale") till.sell(step.sale);
        else if (step.kind === "refund") till.giveBack(step.index);
        // What was read before must not be added a second time.
        else till.reports.x();
      }
      const x = xReportSchema.parse(till.reports.x());
      const grossMinor = x.taxes.reduce((sum, tax) => sum + tax.grossMinor - tax.taxMinor, 0);
      expect(x.netMinor).toBe(x.salesMinor - x.refundsMinor);
      expect(grossMinor).toBe(0 - till.balance("sales"));
      expect(x.taxes.reduce((sum, tax) => sum + tax.taxMinor, 0)).toBe(0 - till.balance("tax"));
      expect(x.depositsMinor).toBe(0 - till.balance("deposit"));
      expect(x.roundingMinor).toBe(0 - till.balance("rounding"));
      expect(x.drawer.expectedMinor).toBe(till.balance("cash"));
      expect(x.drawer.floatMinor + x.drawer.inMinor - x.drawer.outMinor).toBe(x.drawer.expectedMinor);
      expect(x.tenders.reduce((sum, tender) => sum + tender.amountMinor, 0)).toBe(x.salesMinor);
      const commission = x.commission[0] ?? { paidMinor: 0, commissionMinor: 0 };
      expect(commission.commissionMinor).toBe(till.balance("fee"));
      // The platform keeps its commission on what goes back, so that the wallet's account is less by all of it.
      const walletBackMinor = x.payouts.find(({ kind }) => kind === "wallet")?.amountMinor ?? 0;
      expect(commission.paidMinor - commission.commissionMinor - walletBackMinor).toBe(till.balance("wallet"));
      expect(x.payouts.reduce((sum, payout) => sum + payout.amountMinor, 0)).toBe(x.refundsMinor);
      expect(till.balance("suspense")).toBe(0);
      expect(dayReportSchema.parse(till.reports.day())).toMatchObject({
        sales: x.sales,
        salesMinor: x.salesMinor,
        refundsMinor: x.refundsMinor,
        tenders: x.tenders,
        commissionMinor: commission.commissionMinor,
      });
      const closed = closeShift({ ledger: till.ledger, newId: till.newId, currency, person: "p-02" }, 0);
      expect(closed).toMatchObject({
        sales: x.sales,
        salesMinor: x.salesMinor,
        refunds: x.refunds,
        refundsMinor: x.refundsMinor,
        expectedCashMinor: x.drawer.expectedMinor,
        walletMinor: commission.paidMinor,
        commissionMinor: commission.commissionMinor,
      });
    }),
    { numRuns: 40 },
  );
}, 60_000);

test("a report of a shift begins anew with the next shift, and reading it changes nothing", () => {
  const till = openTill(100_00);
  till.sell({ lines: [tea(3)], walletShare: 0, commissionShare: 0 });
  const head = till.ledger.head();
  expect(till.reports.x()).toMatchObject({
    sales: 1,
    firstReceipt: "1-1",
    lastReceipt: "1-1",
    openedBy: { en: "Person p-02" },
    drawer: { floatMinor: 100_00, inMinor: 13_50, outMinor: 0, expectedMinor: 113_50 },
  });
  expect(till.ledger.head()).toEqual(head);
  closeShift({ ledger: till.ledger, newId: till.newId, currency, person: "p-02" }, 113_50);
  const next = till.reports.x();
  expect(next).toMatchObject({ sales: 0, taxes: [], tenders: [], commission: [], drawer: { expectedMinor: 113_50 } });
  expect(next).not.toHaveProperty("firstReceipt");
});

test("what was given up, sold at another price, looked at for its age and how often the drawer opened is counted", () => {
  const till = openTill(0);
  const saleId = till.newId();
  till.append(
    {
      id: till.newId(),
      type: "sale.abandoned",
      body: { saleId, reason: "cashier", lines: 2, totalMinor: 990, currency },
    },
    {
      id: till.newId(),
      type: "price.overridden",
      body: { saleId, lineId: till.newId(), itemId: "tea", currency, fromMinor: 450, toMinor: 400, reason: "damaged" },
    },
    { id: till.newId(), type: "approval.granted", body: { kind: "age", saleId, minimum: 18, approvedBy: "p-02" } },
    { id: till.newId(), type: "drawer.opened", body: { drawer: "main", reason: "no-sale" } },
  );
  const counted = { abandoned: 1, abandonedMinor: 990, priceChanges: 1, ageChecks: 1, drawerOpenings: 1 };
  expect(till.reports.x()).toMatchObject(counted);
});

test("the day names its hours by the shop's clock and the goods that brought the most, and forgets yesterday", () => {
  const till = openTill(0);
  for (let good = 0; good < 12; good += 1) {
    const goods = pieceGood({ itemId: `g-${good}`, priceMinor: 100 + good });
    till.sell({ lines: [{ lineId: "", quantity: 2, good: goods }], walletShare: 0, commissionShare: 0 });
  }
  till.clock.nowMs += 2 * 3600 * 1000;
  const rice = pieceGood({ itemId: "rice", unit: "kilogram", priceMinor: 1000 });
  till.sell({ lines: [{ lineId: "", weightGrams: 1500, good: rice }], walletShare: 0, commissionShare: 0 });
  const day = till.reports.day();
  expect(day).toMatchObject({ businessDay: "2026-11-20", sales: 13, items: 25 });
  expect(day.hours.map(({ hour, sales }) => [hour, sales])).toEqual([
    [14, 12],
    [16, 1],
  ]);
  expect(day.goods).toHaveLength(10);
  expect(day.goods[0]).toMatchObject({ itemId: "rice", weightGrams: 1500, quantity: 0, totalMinor: 1500 });
  expect(day.goods[1]).toMatchObject({ itemId: "g-11", quantity: 2, totalMinor: 222 });
  till.clock.nowMs += 24 * 3600 * 1000;
  expect(till.reports.day()).toMatchObject({ businessDay: "2026-11-21", sales: 0, hours: [], goods: [] });
});

function tea(quantity: number): BasketItemLine {
  return { lineId: "", quantity, good: pieceGood() };
}
