import fc from "fast-check";
import { expect, test } from "vitest";
import { TillError } from "../../../main/contract/errors.ts";
import { cashDueMinor } from "../../../main/sale/cash.ts";
import { leftOfSale, unitsOf } from "../../../main/sale/refund-left.ts";
import { refundSale, type Wanted } from "../../../main/sale/refund.ts";
import { cashTender, settleSale } from "../../../main/sale/settlement.ts";
import { totalsOf } from "../../../main/sale/totals.ts";
import { refundVerdict } from "../../../platform/projection/refund-left.ts";
import { refundDifference } from "../../../platform/projection/sale-arithmetic.ts";
import { canonicalise, type CanonicalValue } from "../../../sync/protocol/canonical.ts";
import { entryBodySchemas, type EntryBody, type Tender } from "../../../sync/protocol/entry-types.ts";
import { anyDiscount, anyReducedLine, pieceGood, testRates } from "./goods.ts";

type Sale = EntryBody<"sale.settled">;
type Refund = EntryBody<"refund.settled">;

const saleId = "0192f3c0-0000-7000-8000-000000000001";
const paymentId = "0192f3c0-0000-7000-8000-000000000002";

/** A share of what is left, in thousandths: of units of some lines, or of the money. */
type Step = { kind: "lines"; shares: number[] } | { kind: "amount"; share: number } | { kind: "all" };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(fc.nat(1000), { minLength: 1, maxLength: 8 })
      .map((shares) => ({ kind: "lines" as const, shares })),
  },
  { weight: 3, arbitrary: fc.nat(1000).map((share) => ({ kind: "amount" as const, share })) },
  { weight: 1, arbitrary: fc.constant({ kind: "all" as const }) },
);

const anySale: fc.Arbitrary<{ sale: Sale; stepMinor: number }> = fc
  .record({
    lines: fc.uniqueArray(anyReducedLine, { minLength: 1, maxLength: 8, selector: ({ lineId }) => lineId }),
    discount: fc.option(anyDiscount, { nil: undefined }),
    priceIncludesTax: fc.boolean(),
    stepMinor: fc.constantFrom(1, 5, 10, 50, 100),
    walletThousandths: fc.constantFrom(0, 1, 333, 500, 1000),
  })
  .map(({ lines, discount, priceIncludesTax, stepMinor, walletThousandths }) => {
    const included = new Map([["odd", !priceIncludesTax]]);
    const totals = totalsOf(lines, { priceIncludesTax, rates: testRates, included }, discount);
    const walletMinor = Math.floor((totals.totalMinor * walletThousandths) / 1000);
    const cashMinor = totals.totalMinor - walletMinor;
    const wallet: Tender = { kind: "wallet", amountMinor: walletMinor, paymentId, number: "12345678" };
    const cash = cashTender(cashMinor, cashDueMinor(cashMinor, stepMinor), stepMinor);
    const sale = settleSale({
      basket: { saleId, lines, addedCount: lines.length },
      totals,
      tenders: [...(walletMinor > 0 ? [wallet] : []), ...(cashMinor > 0 ? [cash] : [])],
      currency: "CNY",
      drawer: "main",
      receiptNumber: 7,
      tillNumber: 3,
      priceIncludesTax,
      catalogCursor: 9,
    });
    return { sale, stepMinor };
  });

function wantedOf(sale: Sale, before: readonly Refund[], step: Step): Wanted | null {
  const left = leftOfSale(sale, before);
  if (step.kind === "all") return step;
  if (step.kind === "amount") {
    const open = left.taxes.reduce((sum, { grossMinor }) => sum + grossMinor, 0);
    const amountMinor = Math.ceil((open * step.share) / 1000);
    return amountMinor === 0 ? null : { kind: "amount", amountMinor };
  }
  const lines = left.lines.flatMap(({ line, units }, index) => {
    const wanted = Math.ceil((units * (step.shares[index % step.shares.length] ?? 0)) / 1000);
    return wanted === 0 ? [] : [{ lineId: line.lineId, units: wanted }];
  });
  return lines.length === 0 ? null : { kind: "lines", lines };
}

function giveBack(sale: Sale, before: readonly Refund[], wanted: Wanted, stepMinor: number): Refund | null {
  try {
    return refundSale(sale, {
      refundId: `0192f3c0-0000-7000-8000-0000000001${String(before.length).padStart(2, "0")}`,
      reason: "unwanted",
      drawer: "main",
      receiptNumber: 8 + before.length,
      tillNumber: 3,
      cashRoundingMinor: stepMinor,
      before,
      wanted,
    });
  } catch (error) {
    if (error instanceof TillError && error.code === "refund.nothing-left") return null;
    throw error;
  }
}

const sum = (amounts: readonly number[]) => amounts.reduce((all, each) => all + each, 0);

/** Everything of a sale that refunds give back, each by its name. */
function figuresOf(bodies: readonly (Sale | Refund)[]): Map<string, number> {
  const figures = new Map<string, number>();
  const add = (name: string, amount: number) => void figures.set(name, (figures.get(name) ?? 0) + amount);
  for (const body of bodies) {
    add("total", body.totalMinor);
    add("deposits", body.depositMinor ?? 0);
    for (const tax of body.taxes) {
      add(`gross ${tax.taxClass}`, tax.grossMinor);
      add(`tax ${tax.taxClass}`, tax.taxMinor);
    }
    for (const line of body.lines) add(`units ${line.lineId}`, unitsOf(line));
    for (const line of body.lines) add(`money ${line.lineId}`, line.totalMinor);
    for (const { lineId, amountMinor } of ("reductions" in body && body.reductions) || [])
      add(`money ${lineId}`, amountMinor);
    const legs = "tenders" in body ? body.tenders : (body.payouts ?? []);
    for (const leg of legs) add(leg.kind, leg.amountMinor);
  }
  return figures;
}

test("any refunds of a sale stay within it, and together with the last of it are exactly the sale, the platform agreeing to each", () => {
  fc.assert(
    fc.property(anySale, fc.array(anyStep, { maxLength: 8 }), ({ sale, stepMinor }, steps) => {
      const whole = figuresOf([sale]);
      const refunds: Refund[] = [];
      for (const step of [...steps, { kind: "all" } as const]) {
        const wanted = wantedOf(sale, refunds, step);
        const refund = wanted === null ? null : giveBack(sale, refunds, wanted, stepMinor);
        if (refund === null) continue;
        expect(refund.postings.reduce((all, { amountMinor }) => all + amountMinor, 0)).toBe(0);
        expect(() => canonicalise(entryBodySchemas["refund.settled"].parse(refund) as CanonicalValue)).not.toThrow();
        expect(refundDifference(refund, false)).toBeNull();
        expect(refundVerdict(sale, refunds, refund)).toBeNull();
        refunds.push(refund);
        for (const [name, amount] of figuresOf(refunds))
          expect([name, amount <= (whole.get(name) ?? 0)]).toEqual([name, true]);
      }
      const back = figuresOf(refunds);
      for (const [name, amount] of whole) {
        // Bottles that nobody brought back once the money is gone are no refund of money.
        if (!name.startsWith("units")) expect([name, back.get(name) ?? 0]).toEqual([name, amount]);
      }
      const cashMinor = sum(sale.tenders.map((tender) => (tender.kind === "cash" ? tender.amountMinor : 0)));
      expect(sum(refunds.map(({ paidOutMinor }) => paidOutMinor))).toBe(cashDueMinor(cashMinor, stepMinor));
    }),
    { numRuns: 400 },
  );
});

test("more than is left of a line, of the money or of anything at all is refused, however it is asked for", () => {
  fc.assert(
    fc.property(anySale, fc.array(anyStep, { maxLength: 4 }), fc.integer({ min: 1, max: 50 }), (sold, steps, more) => {
      const { sale, stepMinor } = sold;
      const refunds: Refund[] = [];
      for (const step of steps) {
        const wanted = wantedOf(sale, refunds, step);
        const refund = wanted === null ? null : giveBack(sale, refunds, wanted, stepMinor);
        if (refund !== null) refunds.push(refund);
      }
      const left = leftOfSale(sale, refunds);
      const [first] = left.lines;
      if (first === undefined) return;
      const { lineId } = first.line;
      const open = sum(left.taxes.map(({ grossMinor }) => grossMinor));
      const asked: Wanted[] = [
        { kind: "amount", amountMinor: open + more },
        { kind: "lines", lines: [{ lineId, units: first.units + more }] },
        {
          kind: "lines",
          lines: [
            { lineId, units: 1 },
            { lineId, units: 1 },
          ],
        },
        { kind: "lines", lines: [{ lineId: saleId, units: 1 }] },
      ];
      for (const wanted of asked) {
        const codes = ["refund.above-remaining", "refund.nothing-left"];
        expect(codes).toContain(codeOf(() => refundSale(sale, partsOf(refunds, wanted))));
      }
    }),
  );
});

function partsOf(before: readonly Refund[], wanted: Wanted) {
  const refundId = "0192f3c0-0000-7000-8000-000000000003";
  const shared = { reason: "other" as const, drawer: "main", receiptNumber: 90, tillNumber: 3, cashRoundingMinor: 1 };
  return { refundId, ...shared, before, wanted };
}

function codeOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof TillError) return error.code;
    throw error;
  }
}

/** Three teas at 4.50 with 10 % off, and a bottle with a deposit, paid with a wallet and 5.00 in cash. */
function mixedSale(): Sale {
  const lines = [
    {
      lineId: "0192f3c0-0000-7000-8000-00000000000a",
      quantity: 3,
      good: pieceGood({}),
      discount: { ratePartsPerMillion: 100_000 },
    },
    { lineId: "0192f3c0-0000-7000-8000-00000000000b", quantity: 2, good: pieceGood({ depositMinor: 50 }) },
  ];
  const totals = totalsOf(lines, { priceIncludesTax: true, rates: testRates });
  const wallet: Tender = { kind: "wallet", amountMinor: totals.totalMinor - 500, paymentId, number: "12345678" };
  return settleSale({
    basket: { saleId, lines, addedCount: 2 },
    totals,
    tenders: [cashTender(500, 500, 1), wallet],
    currency: "CNY",
    drawer: "main",
    receiptNumber: 7,
    tillNumber: 3,
    priceIncludesTax: true,
    catalogCursor: 9,
  });
}

test("a piece goes back with its share of the discount, to the wallet first, and the rest of a mixed sale in cash", () => {
  const sale = mixedSale();
  const [tea, bottle] = sale.lines.map(({ lineId }) => lineId) as [string, string];
  const one = refundSale(
    sale,
    partsOf([], {
      kind: "lines",
      lines: [
        { lineId: tea, units: 1 },
        { lineId: bottle, units: 1 },
      ],
    }),
  );
  expect(one.lines).toMatchObject([
    { lineId: tea, quantity: 1, totalMinor: 405, discounts: [{ of: "line", amountMinor: 45 }] },
    { lineId: bottle, quantity: 1, totalMinor: 450, deposit: { eachMinor: 50, totalMinor: 50 } },
  ]);
  expect(one).toMatchObject({ totalMinor: 905, depositMinor: 50, paidOutMinor: 0, roundingMinor: 0 });
  expect(one.payouts).toEqual([{ kind: "wallet", amountMinor: 905, paymentId, number: "12345678" }]);
  expect(one.postings.find(({ account }) => account === "wallet:online")?.amountMinor).toBe(-905);
  const rest = refundSale(sale, partsOf([one], { kind: "all" }));
  expect(rest.payouts).toEqual([
    { kind: "wallet", amountMinor: sale.totalMinor - 500 - 905, paymentId, number: "12345678" },
    { kind: "cash", amountMinor: 500, roundingMinor: 0, paidOutMinor: 500 },
  ]);
});

test("money without goods takes its share off every line, and a line that comes back later says so", () => {
  const sale = mixedSale();
  const [tea] = sale.lines.map(({ lineId }) => lineId) as [string];
  const money = refundSale(sale, partsOf([], { kind: "amount", amountMinor: 423 }));
  expect(money).toMatchObject({ lines: [], totalMinor: 423 });
  expect(money.reductions?.reduce((all, { amountMinor }) => all + amountMinor, 0)).toBe(423);
  const goods = refundSale(sale, partsOf([money], { kind: "lines", lines: [{ lineId: tea, units: 3 }] }));
  const [line] = goods.lines;
  expect((line?.totalMinor ?? 0) + (line?.givenBackMinor ?? 0)).toBe(1215);
  expect(line?.givenBackMinor).toBe(money.reductions?.find(({ lineId }) => lineId === tea)?.amountMinor);
});

test("what another wallet paid is booked with that company", () => {
  const sale = mixedSale();
  const tenders = sale.tenders.map((tender) =>
    tender.kind === "wallet" ? { ...tender, rail: "alipay" as const } : tender,
  );
  const refund = refundSale({ ...sale, tenders }, partsOf([], { kind: "amount", amountMinor: 100 }));
  expect(refund.payouts).toMatchObject([{ kind: "wallet", rail: "alipay", amountMinor: 100 }]);
  expect(refund.postings.find(({ account }) => account === "wallet:alipay")?.amountMinor).toBe(-100);
});
