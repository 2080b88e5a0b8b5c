import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalise, type CanonicalValue } from "../../../sync/protocol/canonical.ts";
import { entryBodySchemas, type EntryBody, type Tender } from "../../../sync/protocol/entry-types.ts";
import { refundDifference, saleDifference } from "../../../platform/projection/sale-arithmetic.ts";
import { cashDueMinor } from "../../../main/sale/cash.ts";
import type { BasketItemLine, GivenDiscount } from "../../../main/sale/line.ts";
import { refundSale } from "../../../main/sale/refund.ts";
import { cashTender, settleSale } from "../../../main/sale/settlement.ts";
import { totalsOf } from "../../../main/sale/totals.ts";
import { anyDiscount, anyReducedLine, pieceGood, testRates } from "./goods.ts";

const saleId = "0192f3c0-0000-7000-8000-000000000001";
const paymentId = "0192f3c0-0000-7000-8000-000000000002";

function settle(
  lines: readonly BasketItemLine[],
  priceIncludesTax: boolean,
  tendersFor: (total: number) => Tender[],
  saleDiscount?: GivenDiscount,
) {
  const included = new Map([["odd", !priceIncludesTax]]);
  const totals = totalsOf(lines, { priceIncludesTax, rates: testRates, included }, saleDiscount);
  return settleSale({
    basket: { saleId, lines, addedCount: lines.length },
    totals,
    tenders: tendersFor(totals.totalMinor),
    currency: "CNY",
    drawer: "main",
    receiptNumber: 7,
    tillNumber: 3,
    priceIncludesTax,
    catalogCursor: 9,
  });
}

const line: BasketItemLine = {
  lineId: "0192f3c0-0000-7000-8000-00000000000a",
  quantity: 2,
  good: pieceGood({ priceMinor: 4482 }),
};

// The drawer is counted by the account `cash:main`: it must hold what lies in it, not what the goods cost.
test("cash posts what stays in the drawer, and the rounding as a figure of its own", () => {
  const sale = settle([line], true, (total) => [cashTender(total, 10_000, 10)]);
  expect(sale.receiptCode).toBe("3-7");
  expect(sale.tenders).toEqual([
    { kind: "cash", amountMinor: 8964, roundingMinor: -4, tenderedMinor: 10_000, changeMinor: 1040 },
  ]);
  expect(sale.postings).toEqual([
    { account: "cash:main", amountMinor: 8960, currency: "CNY" },
    { account: "rounding", amountMinor: 4, currency: "CNY" },
    { account: "sales:vat13", amountMinor: -7933, currency: "CNY" },
    { account: "tax:130000", amountMinor: -1031, currency: "CNY" },
  ]);
});

test("less than is due is refused, and so are tenders that do not cover the total", () => {
  expect(() => cashTender(8964, 8959, 10)).toThrow(RangeError);
  const short: Tender = { kind: "wallet", amountMinor: 8963, paymentId, number: "00000001" };
  expect(() => settle([line], true, () => [short])).toThrow(RangeError);
  expect(() => settle([line], true, () => [])).toThrow(RangeError);
});

test("goods that cost nothing can be handed over, and the journal takes the entry", () => {
  const free = { ...line, good: pieceGood({ priceMinor: 0 }) };
  const sale = settle([free], true, (total) => [cashTender(total, 0, 10)]);
  expect(entryBodySchemas["sale.settled"].parse(sale)).toEqual(sale);
});

const anyTenders = fc.record({
  stepMinor: fc.constantFrom(1, 5, 10, 50, 100),
  overMinor: fc.nat(100_000),
  walletShare: fc.constantFrom("all", "none", "part"),
});

function tendersOf(
  totalMinor: number,
  choice: { stepMinor: number; overMinor: number; walletShare: string },
): Tender[] {
  const walletMinor =
    choice.walletShare === "all" ? totalMinor : choice.walletShare === "part" ? Math.floor(totalMinor / 3) : 0;
  const wallet: Tender = { kind: "wallet", amountMinor: walletMinor, paymentId, number: "12345678" };
  if (choice.walletShare === "all") return [wallet];
  const restMinor = totalMinor - walletMinor;
  const cash = cashTender(restMinor, cashDueMinor(restMinor, choice.stepMinor) + choice.overMinor, choice.stepMinor);
  return choice.walletShare === "part" ? [wallet, cash] : [cash];
}

test("postings sum to zero for any basket and any tenders, the platform finds the same sums, and no zero is negative", () => {
  fc.assert(
    fc.property(
      fc.array(anyReducedLine, { minLength: 1, maxLength: 20 }),
      fc.option(anyDiscount, { nil: undefined }),
      fc.boolean(),
      anyTenders,
      (lines, discount, included, choice) => {
        const sale = settle(lines, included, (total) => tendersOf(total, choice), discount);
        expectBooked("sale.settled", sale);
        expect(saleDifference(sale, false)).toBeNull();
        const refund = refundSale(sale, { ...back, cashRoundingMinor: choice.stepMinor });
        expectBooked("refund.settled", refund);
        expect(refundDifference(refund, false)).toBeNull();
        expectTakenBack(sale, refund);
      },
    ),
  );
});

const back = {
  refundId: "0192f3c0-0000-7000-8000-000000000003",
  reason: "faulty" as const,
  drawer: "main",
  receiptNumber: 8,
  tillNumber: 3,
};

/** Legs of one entry are balanced, one per account, and the journal takes them as they are. */
function expectBooked(type: "sale.settled" | "refund.settled", body: EntryBody<"sale.settled" | "refund.settled">) {
  expect(body.postings.reduce((sum, posting) => sum + posting.amountMinor, 0)).toBe(0);
  expect(new Set(body.postings.map((posting) => posting.account)).size).toBe(body.postings.length);
  // Refuses negative zeros, fractions and anything else that two readers could take for two things.
  expect(() => canonicalise(entryBodySchemas[type].parse(body) as CanonicalValue)).not.toThrow();
}

/** What goods, taxes and deposits came to is gone from the books, to the last unit. */
function expectTakenBack(sale: EntryBody<"sale.settled">, refund: EntryBody<"refund.settled">) {
  const sums = new Map<string, number>();
  for (const { account, amountMinor } of [...sale.postings, ...refund.postings]) {
    sums.set(account, (sums.get(account) ?? 0) + amountMinor);
  }
  for (const [account, sum] of sums) if (/^(?:sales|tax|deposit)/.test(account)) expect(sum).toBe(0);
}

test("a refund pays what cash can pay, and books the rounding", () => {
  const sale = settle([line], true, (total) => [cashTender(total, 10_000, 10)]);
  const refund = refundSale(sale, { ...back, cashRoundingMinor: 10 });
  expect(refund).toMatchObject({
    receiptCode: "3-8",
    originalReceiptCode: "3-7",
    totalMinor: 8964,
    roundingMinor: -4,
    paidOutMinor: 8960,
    lines: sale.lines,
  });
  expect(refund.postings).toEqual([
    { account: "cash:main", amountMinor: -8960, currency: "CNY" },
    { account: "rounding", amountMinor: -4, currency: "CNY" },
    { account: "sales:vat13", amountMinor: 7933, currency: "CNY" },
    { account: "tax:130000", amountMinor: 1031, currency: "CNY" },
  ]);
});

test("a sale says who looked at the shopper's age only where its goods ask for one", () => {
  const age = { minimum: 18, at: "2026-11-20T14:00:00.000+08:00", person: "p-1", name: { en: "Lin", "zh-CN": "林" } };
  for (const [goods, expected] of [
    [{ ageMinimum: 16 }, { minimum: 18, at: age.at, person: "p-1" }],
    [{}, undefined],
  ] as const) {
    const lines = [{ ...line, good: pieceGood(goods) }];
    const totals = totalsOf(lines, { priceIncludesTax: true, rates: testRates });
    const sale = settleSale({
      basket: { saleId, lines, addedCount: 1, age },
      totals,
      tenders: [cashTender(totals.totalMinor, totals.totalMinor, 1)],
      currency: "CNY",
      drawer: "main",
      receiptNumber: 7,
      tillNumber: 3,
      priceIncludesTax: true,
      catalogCursor: 9,
    });
    expect(sale.ageCheck).toEqual(expected);
  }
});
