import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalise, type CanonicalValue } from "../../../sync/protocol/canonical.ts";
import { entryBodySchemas, type Tender } from "../../../sync/protocol/entry-types.ts";
import { saleAddsUp } from "../../../platform/projection/sale-arithmetic.ts";
import { cashDueMinor } from "../../../main/sale/cash.ts";
import type { BasketItemLine } from "../../../main/sale/line.ts";
import { cashTender, settleSale } from "../../../main/sale/settlement.ts";
import { totalsOf } from "../../../main/sale/totals.ts";
import { anyLine, pieceGood, testRates } from "./goods.ts";

const saleId = "0192f3c0-0000-7000-8000-000000000001";
const paymentId = "0192f3c0-0000-7000-8000-000000000002";

function settle(lines: readonly BasketItemLine[], priceIncludesTax: boolean, tendersFor: (total: number) => Tender[]) {
  const totals = totalsOf(lines, { priceIncludesTax, rates: testRates });
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
      fc.array(anyLine, { minLength: 1, maxLength: 20 }),
      fc.boolean(),
      anyTenders,
      (lines, included, choice) => {
        const sale = settle(lines, included, (total) => tendersOf(total, choice));
        expect(sale.postings.reduce((sum, posting) => sum + posting.amountMinor, 0)).toBe(0);
        expect(new Set(sale.postings.map((posting) => posting.account)).size).toBe(sale.postings.length);
        // Refuses negative zeros, fractions and anything else that two readers could take for two things.
        expect(() => canonicalise(entryBodySchemas["sale.settled"].parse(sale) as CanonicalValue)).not.toThrow();
        expect(saleAddsUp(sale)).toBe(true);
      },
    ),
  );
});
