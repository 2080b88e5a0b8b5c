import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { EntryFields } from "../../sync/protocol/entry.ts";
import { addToTotals, noTotals, type LedgerTotals } from "../../platform/projection/ledger-totals.ts";
import { makeRefund, makeSale } from "./support/test-sale.ts";

type Step = [type: string, body: Record<string, unknown>, changes?: Partial<EntryFields>];

const opened: Step = ["ledger.opened", { epoch: 1 }];
const report = { zNumber: 41, sales: 900, salesMinor: 1_000_000, refunds: 10, refundsMinor: 5000 };

function totalsOf(...steps: Step[]): LedgerTotals {
  return steps.map(fieldsOf).reduce(addToTotals, noTotals);
}

function fieldsOf([type, body, changes = {}]: Step): EntryFields {
  return {
    format: 1,
    ledger: randomUUID(),
    seq: 1,
    id: randomUUID(),
    time: "2026-11-20T14:00:00.000+08:00",
    zone: "Asia/Shanghai",
    businessDay: "2026-11-20",
    training: false,
    type,
    body,
    previous: "0".repeat(64),
    ...changes,
  };
}

test("a till's first ledger counts from nothing: sales, refunds and reports as they come", () => {
  const sale = makeSale(1);
  expect(totalsOf(opened, ["sale.settled", sale], ["refund.settled", makeRefund(sale, 2)])).toEqual({
    receipt: { number: 2, code: "1-2" },
    perpetual: { zNumber: 0, sales: 1, salesMinor: 1300, refunds: 1, refundsMinor: 1300 },
  });
  expect(totalsOf(opened, ["shift.closed", {}], ["shift.closed", {}]).perpetual).toMatchObject({ zNumber: 2 });
});

test("the newest Z report is believed over what was counted before it, and sales after it are added", () => {
  const { perpetual } = totalsOf(
    opened,
    ["sale.settled", makeSale(1)],
    ["shift.closed", { perpetual: report }],
    ["sale.settled", makeSale(2)],
  );
  expect(perpetual).toEqual({ ...report, sales: 901, salesMinor: 1_001_300 });
});

test("a new ledger goes on from what it says of the old one; where it says nothing, nobody makes a total up", () => {
  const follows = { receiptNumber: 77, receiptCode: "1-77", perpetual: report };
  const sale: Step = ["sale.settled", makeSale(78)];
  expect(totalsOf(["ledger.opened", { follows }])).toEqual({
    receipt: { number: 77, code: "1-77" },
    perpetual: report,
  });
  expect(totalsOf(opened, ["till.enrolled", { follows }], sale)).toEqual({
    receipt: { number: 78, code: "1-78" },
    perpetual: { ...report, sales: 901, salesMinor: 1_001_300 },
  });
  expect(totalsOf(opened, ["till.enrolled", {}], sale).perpetual).toMatchObject({ sales: 1 });
  expect(totalsOf(["ledger.opened", { follows: { receiptNumber: 77 } }], sale).perpetual).toBe(null);
  expect(totalsOf(opened, ["till.enrolled", { follows: {} }], sale).perpetual).toBe(null);
});

test("training is no turnover, but its receipts were printed and their numbers are not used again", () => {
  expect(totalsOf(opened, ["sale.settled", makeSale(9), { training: true }])).toEqual({
    receipt: { number: 9, code: "1-9" },
    perpetual: { zNumber: 0, sales: 0, salesMinor: 0, refunds: 0, refundsMinor: 0 },
  });
});

test("a receipt of an entry that is otherwise unreadable counts, or the next till would print its number again", () => {
  const unknown: Step = ["sale.settled", { receiptNumber: 12, receiptCode: 5, totalMinor: "much" }, { format: 9 }];
  expect(totalsOf(opened, unknown)).toEqual({ receipt: { number: 12, code: null }, perpetual: null });
  expect(totalsOf(opened, ["sale.invented", { receiptNumber: 13 }]).receipt.number).toBe(13);
});

test("a number that no receipt has room for is nobody's, or no till could ever print the next one", () => {
  for (const receiptNumber of [1_000_000_000_000, -1, 1.5, "7", null, {}]) {
    expect(totalsOf(opened, ["sale.settled", { ...makeSale(3), receiptNumber }]).receipt.number).toBe(0);
  }
  expect(totalsOf(opened, ["sale.settled", { ...makeSale(3), totalMinor: Number.MAX_SAFE_INTEGER }]).perpetual).toEqual(
    {
      zNumber: 0,
      sales: 1,
      salesMinor: Number.MAX_SAFE_INTEGER,
      refunds: 0,
      refundsMinor: 0,
    },
  );
  const twice: Step = ["sale.settled", { ...makeSale(3), totalMinor: Number.MAX_SAFE_INTEGER }];
  expect(totalsOf(opened, twice, twice).perpetual).toBe(null);
});

test("whatever stands in an entry, the receipt never goes down and reading goes on", () => {
  const types = fc.constantFrom(
    "ledger.opened",
    "till.enrolled",
    "shift.closed",
    "sale.settled",
    "refund.settled",
    "x",
  );
  const body = fc.dictionary(
    fc.constantFrom("receiptNumber", "receiptCode", "follows", "perpetual", "totalMinor", "other"),
    fc.oneof(fc.nat(), fc.anything(), fc.dictionary(fc.constantFrom("receiptNumber", "perpetual"), fc.anything())),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(types, body), { maxLength: 20 }), (steps) => {
      let totals = noTotals;
      for (const [type, each] of steps) {
        const next = addToTotals(totals, fieldsOf([type, each]));
        expect(next.receipt.number).toBeGreaterThanOrEqual(totals.receipt.number);
        totals = next;
      }
    }),
  );
});
