import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { refundDifference, saleDifference } from "../../platform/projection/sale-arithmetic.ts";
import type { SaleLine } from "../../sync/protocol/entry-types.ts";
import { makeRefund, makeSale, type TestSale } from "./support/test-sale.ts";

const name = { en: "Thing", "zh-CN": "东西" };

function line(changes: Partial<SaleLine>): SaleLine {
  const ids = { lineId: randomUUID(), itemId: "g-1" };
  return { ...ids, name, unit: "each", quantity: 1, unitPriceMinor: 0, totalMinor: 0, taxClass: "vat13", ...changes };
}

/**
 * A sale with everything in it, worked out by hand: beer 2 x 7.00 less 10 %, with a deposit of 0.50 each and an age; pears
 * 0.5 kg at 7.99 = 4.00; a service of 10.00 whose tax of 6 % is added; and 5 % off the whole (of 12.60 + 4.00 + 10.00 =
 * 26.60, that is 1.33, shared 0.63, 0.20, 0.50). Paid with 10.00 by wallet and the rest in cash, rounded to ten fen.
 */
function fullSale(): TestSale {
  const lines = [
    line({
      quantity: 2,
      unitPriceMinor: 700,
      discounts: [
        { of: "line", ratePartsPerMillion: 100_000, amountMinor: 140 },
        { of: "sale", ratePartsPerMillion: 50_000, amountMinor: 63 },
      ],
      deposit: { eachMinor: 50, totalMinor: 100 },
      ageMinimum: 18,
      totalMinor: 1197,
    }),
    line({
      unit: "kilogram",
      quantity: undefined,
      weightGrams: 500,
      unitPriceMinor: 799,
      discounts: [{ of: "sale", ratePartsPerMillion: 50_000, amountMinor: 20 }],
      totalMinor: 380,
      taxClass: "vat9",
    }),
    line({
      unitPriceMinor: 1000,
      discounts: [{ of: "sale", ratePartsPerMillion: 50_000, amountMinor: 50 }],
      totalMinor: 950,
      taxClass: "service",
    }),
  ];
  // 1197 * 13 / 113 = 137.7; 380 * 9 / 109 = 31.4; 950 * 6 % = 57.
  const taxes = [
    { taxClass: "vat13", ratePartsPerMillion: 130_000, included: true, grossMinor: 1197, taxMinor: 138 },
    { taxClass: "vat9", ratePartsPerMillion: 90_000, included: true, grossMinor: 380, taxMinor: 31 },
    { taxClass: "service", ratePartsPerMillion: 60_000, included: false, grossMinor: 1007, taxMinor: 57 },
  ];
  const totalMinor = 1197 + 380 + 1007 + 100;
  const currency = "CNY" as const;
  return {
    ...makeSale(1),
    lines: lines.map((each) => JSON.parse(JSON.stringify(each)) as SaleLine),
    taxes,
    depositMinor: 100,
    discountMinor: 140 + 63 + 20 + 50,
    ageCheck: { minimum: 18, at: "2026-11-20T14:00:00.000+08:00", person: "p-01" },
    totalMinor,
    tenders: [
      { kind: "wallet", amountMinor: 1000, paymentId: randomUUID(), number: "12345678" },
      { kind: "cash", amountMinor: 1684, roundingMinor: -4, tenderedMinor: 2000, changeMinor: 320 },
    ],
    postings: [
      { account: "suspense", amountMinor: 1000, currency },
      { account: "cash:1", amountMinor: 1680, currency },
      { account: "rounding", amountMinor: 4, currency },
      { account: "sales:vat13", amountMinor: -1059, currency },
      { account: "tax:130000", amountMinor: -138, currency },
      { account: "sales:vat9", amountMinor: -349, currency },
      { account: "tax:90000", amountMinor: -31, currency },
      { account: "sales:service", amountMinor: -950, currency },
      { account: "tax:60000", amountMinor: -57, currency },
      { account: "deposit", amountMinor: -100, currency },
    ],
  };
}

function changed(change: (sale: TestSale) => void): TestSale {
  const sale = structuredClone(fullSale());
  change(sale);
  return sale;
}

function firstLine(sale: TestSale): SaleLine {
  const [first] = sale.lines;
  if (first === undefined) throw new Error("Not the sale it was");
  return first;
}

test("a sale with discounts, deposits, two kinds of tax, two tenders and an age check adds up", () => {
  expect(saleDifference(fullSale(), false)).toBeNull();
  expect(saleDifference(makeSale(1), false)).toBeNull();
});

const wrong: [string, (sale: TestSale) => void][] = [
  ["line.differs", (sale) => void (firstLine(sale).quantity = 3)],
  ["line.differs", (sale) => void (firstLine(sale).weightGrams = 100)],
  ["line.differs", (sale) => void (firstLine(sale).totalMinor += 1)],
  [
    "discount.differs",
    (sale) => {
      // A tenth that is no tenth, made up for by the share of the sale.
      const [own, share] = firstLine(sale).discounts ?? [];
      if (own !== undefined) own.amountMinor += 5;
      if (share !== undefined) share.amountMinor -= 5;
    },
  ],
  [
    "discount.differs",
    (sale) => {
      for (const each of firstLine(sale).discounts ?? []) each.of = "line";
    },
  ],
  ["discount.differs", (sale) => void (sale.discountMinor = 272)],
  ["deposit.differs", (sale) => void (firstLine(sale).deposit = { eachMinor: 50, totalMinor: 50 })],
  ["deposit.differs", (sale) => void (sale.depositMinor = 50)],
  ["tax.differs", (sale) => void sale.taxes.pop()],
  ["tax.differs", (sale) => void (sale.taxes = sale.taxes.map((tax) => ({ ...tax, taxMinor: tax.taxMinor + 2 })))],
  ["tax.differs", (sale) => void (sale.taxes = sale.taxes.map((tax) => ({ ...tax, included: true })))],
  ["total.differs", (sale) => void (sale.totalMinor += 1)],
  ["tender.differs", (sale) => void sale.tenders.pop()],
  [
    "tender.differs",
    (sale) =>
      void (sale.tenders = sale.tenders.map((each) => (each.kind === "cash" ? { ...each, changeMinor: 0 } : each))),
  ],
  ["postings.differs", (sale) => void sale.postings.pop()],
  [
    // They balance, and still the tax went to the wrong account.
    "postings.differs",
    (sale) =>
      void (sale.postings = sale.postings.map((each) =>
        each.account === "tax:90000" ? { ...each, account: "tax:130000" } : each,
      )),
  ],
  ["age-check.missing", (sale) => void delete sale.ageCheck],
  ["age-check.missing", (sale) => void (sale.ageCheck = { ...fullSale().ageCheck!, minimum: 16 })],
];

test.each(wrong)("says %s of a sale with that part wrong, so that a manager knows where to look", (code, change) => {
  expect(saleDifference(changed(change), false)).toBe(code);
});

test("an amount beyond what a number holds adds up to nothing, rather than stopping the platform", () => {
  const sale = changed((each) => {
    firstLine(each).totalMinor = Number.MAX_SAFE_INTEGER;
  });
  expect(saleDifference(sale, false)).toBe("total.differs");
});

test("training posts to accounts of its own, so that only its balance is judged", () => {
  const sale = changed((each) => {
    each.postings = each.postings.map((posting) => ({ ...posting, account: "training" }));
  });
  expect(saleDifference(sale, false)).toBe("postings.differs");
  expect(saleDifference(sale, true)).toBeNull();
});

test("a refund adds up as the sale it gives back, paid out in what cash can pay", () => {
  const refund = makeRefund(makeSale(1), 2);
  expect(refundDifference(refund, false)).toBeNull();
  expect(refundDifference({ ...refund, paidOutMinor: 1299 }, false)).toBe("tender.differs");
  expect(refundDifference({ ...refund, totalMinor: 1299, paidOutMinor: 1299 }, false)).toBe("total.differs");
  expect(refundDifference({ ...refund, postings: makeSale(1).postings }, false)).toBe("postings.differs");
});
