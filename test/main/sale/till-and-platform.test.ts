import fc from "fast-check";
import { expect, test } from "vitest";
import { judge } from "../../../platform/projection/judge.ts";
import { entryText, type EntryFields } from "../../../sync/protocol/entry.ts";
import type { EntryBody, Tender } from "../../../sync/protocol/entry-types.ts";
import {
  addToBasket,
  ageMinimumOf,
  emptyBasket,
  isRefused,
  removeAgeLimited,
  removeLine,
  setQuantity,
  type BasketChange,
  type BasketState,
} from "../../../main/sale/basket.ts";
import { cashDueMinor } from "../../../main/sale/cash.ts";
import type { Good } from "../../../main/sale/line.ts";
import { discountLine, discountSale, dropTooLarge, setPrice } from "../../../main/sale/reductions.ts";
import { refundSale } from "../../../main/sale/refund.ts";
import { cashTender, settleSale } from "../../../main/sale/settlement.ts";
import { totalsOf } from "../../../main/sale/totals.ts";
import { anyDiscount, testRates } from "./goods.ts";

type Sale = EntryBody<"sale.settled">;
type Refund = EntryBody<"refund.settled">;

/** Ids as a till makes them, told apart by a number. */
function id(kind: number, number: number): string {
  return `0192f3c0-0000-7000-800${kind}-${String(number).padStart(12, "0")}`;
}

const saleId = id(1, 1);
const paymentId = id(2, 1);

/** Whatever a shop sells: free, dear, weighed, with a deposit, an age, a typed price, of every tax class. */
const shelf: readonly Good[] = Array.from({ length: 24 }, (_, index) => ({
  itemId: `item-${index}`,
  name: { en: `Good ${index}`, "zh-CN": `商品 ${index}` },
  unit: index % 4 === 3 ? ("kilogram" as const) : ("each" as const),
  priceMinor: [0, 1, 3, 99, 450, 1299, 99_999][index % 7] ?? 1,
  taxClass: [...testRates.keys()][index % testRates.size] ?? "none",
  ...(index % 5 === 0 ? { depositMinor: 25 } : {}),
  ...(index % 6 === 0 ? { ageMinimum: index % 12 === 0 ? 16 : 18 } : {}),
  ...(index % 11 === 10 ? { openPrice: true as const } : {}),
}));

/** What a cashier does to a basket. `pick` chooses a good or a line. */
const act = fc.record({
  kind: fc.constantFrom("add", "add", "add", "add", "quantity", "price", "line-off", "sale-off", "remove", "no-age"),
  pick: fc.nat(23),
  quantity: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 9999 })),
  grams: fc.integer({ min: 1, max: 20_000 }),
  priceMinor: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 100_000 })),
  discount: fc.option(fc.oneof(anyDiscount, fc.constant({ ratePartsPerMillion: 1_000_000 })), { nil: undefined }),
});

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function changed(basket: BasketState, step: Act, count: number): BasketChange {
  const lineId = basket.lines[step.pick % Math.max(1, basket.lines.length)]?.lineId ?? "none";
  const good = shelf[step.pick] as Good;
  switch (step.kind) {
    case "add":
      return addToBasket(basket, {
        lineId: id(3, count),
        good,
        ...(good.unit === "kilogram" ? { weightGrams: step.grams } : { quantity: step.quantity }),
      });
    case "quantity":
      return setQuantity(basket, lineId, step.quantity % 13);
    case "price":
      return setPrice(basket, lineId, step.priceMinor);
    case "line-off":
      return discountLine(basket, lineId, step.discount);
    case "sale-off":
      return discountSale(basket, step.discount);
    case "no-age":
      return removeAgeLimited(basket);
    default:
      return removeLine(basket, lineId);
  }
}

/** The basket after all of it, with what the till drops by itself. What is refused changes nothing. */
function filled(steps: readonly Act[]): BasketState {
  let basket = emptyBasket(saleId);
  for (const [count, step] of steps.entries()) {
    const change = changed(basket, step, count);
    if (!isRefused(change)) basket = dropTooLarge(change).basket;
  }
  const minimum = ageMinimumOf(basket);
  if (minimum === null) return basket;
  const looked = { minimum, at: "2026-11-20T14:00:00.000+08:00", person: "p-1", name: { en: "Lin", "zh-CN": "林" } };
  return { ...basket, age: looked };
}

const paying = fc.record({
  stepMinor: fc.constantFrom(1, 5, 10, 50, 100),
  overMinor: fc.nat(100_000),
  by: fc.constantFrom("cash", "wallet", "both"),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
});

function tendersOf(totalMinor: number, { stepMinor, overMinor, by, share }: PayingOf): Tender[] {
  const partMinor = Math.floor((totalMinor * share) / stepMinor) * stepMinor;
  const wallet = (amountMinor: number): Tender => ({ kind: "wallet", amountMinor, paymentId, number: "12345678" });
  if (by === "wallet" && totalMinor > 0) return [wallet(totalMinor)];
  if (by === "both" && partMinor > 0 && partMinor < totalMinor) {
    return [cashTender(partMinor, partMinor, 1), wallet(totalMinor - partMinor)];
  }
  return [cashTender(totalMinor, cashDueMinor(totalMinor, stepMinor) + overMinor, stepMinor)];
}

type PayingOf = typeof paying extends fc.Arbitrary<infer T> ? T : never;

function sell(steps: readonly Act[], pay: PayingOf, priceIncludesTax: boolean): Sale | null {
  const basket = filled(steps);
  if (basket.lines.length === 0) return null;
  const included = new Map([["odd", !priceIncludesTax]]);
  const totals = totalsOf(basket.lines, { priceIncludesTax, rates: testRates, included }, basket.saleDiscount);
  return settleSale({
    basket,
    totals,
    tenders: tendersOf(totals.totalMinor, pay),
    currency: "CNY",
    drawer: "main",
    receiptNumber: 7,
    tillNumber: 3,
    priceIncludesTax,
    catalogCursor: 9,
  });
}

function giveBack(sale: Sale, { stepMinor }: PayingOf): Refund {
  return refundSale(sale, {
    refundId: id(4, 1),
    reason: "unwanted",
    drawer: "main",
    receiptNumber: 8,
    tillNumber: 3,
    cashRoundingMinor: stepMinor,
  });
}

/** What the platform says of an entry whose text has gone over the line. */
function saidOf(type: "sale.settled" | "refund.settled", body: Sale | Refund): string | null {
  const fields: EntryFields = {
    format: 1,
    ledger: id(5, 1),
    seq: 2,
    id: id(6, 1),
    time: "2026-11-20T14:32:09.120+08:00",
    zone: "Asia/Shanghai",
    businessDay: "2026-11-20",
    training: false,
    type,
    body: withoutNegativeZeros(body),
    previous: "0".repeat(64),
  };
  return judge(JSON.parse(entryText(fields)) as EntryFields).code;
}

/** As the journal stores them. */
function withoutNegativeZeros(body: Sale | Refund): Record<string, unknown> {
  return JSON.parse(JSON.stringify(body)) as Record<string, unknown>;
}

const steps = fc.array(act, { minLength: 1, maxLength: 40 });

// A right sale that "needs you" costs a manager's evening each; hundreds of them hide the one that really does.
test("whatever a cashier does to a basket, and however it is paid, the platform finds nothing in the sale nor in its refund", () => {
  let sold = 0;
  fc.assert(
    fc.property(steps, paying, fc.boolean(), (day, pay, included) => {
      const sale = sell(day, pay, included);
      if (sale === null) return;
      sold += 1;
      expect(saidOf("sale.settled", sale)).toBeNull();
      expect(saidOf("refund.settled", giveBack(sale, pay))).toBeNull();
    }),
    { numRuns: 600 },
  );
  expect(sold).toBeGreaterThan(400);
});

/** Every amount of money that a body names, as places to write another into. */
function amountsIn(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const key = Array.isArray(value) ? Number(name) : name;
    if (typeof inner === "number") return name.endsWith("Minor") ? [[...path, key]] : [];
    return amountsIn(inner, [...path, key]);
  });
}

/**
 * Amounts that say what was and not what counts: the price on the shelf, and what a weighing was before it was rounded. Those
 * of a refund are held against its sale besides (test/platform/judging.test.ts).
 */
function isOnlyTold(body: Sale | Refund, path: readonly (string | number)[]): boolean {
  const name = path.at(-1);
  if (name === "listPriceMinor") return true;
  const line = path[0] === "lines" ? body.lines[Number(path[1])] : undefined;
  if (line?.weightGrams === undefined) return false;
  return name === "unitPriceMinor" || ("refundId" in body && path.includes("discounts"));
}

function withAnother<T extends Sale | Refund>(body: T, path: readonly (string | number)[], byMinor: number): T {
  const copy = structuredClone(body);
  let place = copy as unknown as Record<string | number, never>;
  for (const key of path.slice(0, -1)) place = place[key] as unknown as Record<string | number, never>;
  const key = path.at(-1) ?? "";
  place[key] = (Number(place[key]) + byMinor) as never;
  return copy;
}

// A till with a fault in its sums, or somebody who changed one: whichever amount it is, by however little.
test("whichever amount of a sale or a refund is another one, by one unit or many, the platform finds it", () => {
  fc.assert(
    fc.property(
      steps,
      paying,
      fc.boolean(),
      fc.nat(),
      fc.oneof(fc.constantFrom(1, -1), fc.integer({ min: -5000, max: 5000 })),
      (day, pay, included, pick, byMinor) => {
        const sale = sell(day, pay, included);
        if (sale === null || byMinor === 0) return;
        for (const [type, body] of [
          ["sale.settled", sale],
          ["refund.settled", giveBack(sale, pay)],
        ] as const) {
          const places = amountsIn(body).filter((path) => !isOnlyTold(body, path));
          const path = places[pick % places.length] ?? [];
          const said = saidOf(type, withAnother(body, path, byMinor));
          expect(said, `${type} ${path.join(".")} by ${byMinor}`).not.toBeNull();
        }
      },
    ),
    { numRuns: 600 },
  );
});
