import fc from "fast-check";
import { expect, test } from "vitest";
import { addToBasket, emptyBasket, isRefused, removeLine, setQuantity } from "../../../main/sale/basket.ts";
import type { BasketChange, BasketState } from "../../../main/sale/basket.ts";
import type { BasketItemLine, GivenDiscount } from "../../../main/sale/line.ts";
import { discountLine, discountSale, dropTooLarge, priceOf, setPrice } from "../../../main/sale/reductions.ts";
import { totalsOf, type TaxRules } from "../../../main/sale/totals.ts";
import { anyDiscount, anyReducedLine, pieceGood, testRates } from "./goods.ts";

const rules: TaxRules = { priceIncludesTax: true, rates: testRates };

function good(itemId: string, priceMinor: number, changes = {}) {
  return pieceGood({ itemId, priceMinor, ...changes });
}

function after(change: BasketChange): BasketState {
  if (isRefused(change)) throw new Error(change.refused);
  return change;
}

/** Three bottles at 4.50 on line `a`, and two loaves at 3.33 on line `b`. */
function shelf(): BasketState {
  const bottles = after(addToBasket(emptyBasket("sale"), { lineId: "a", good: good("tea", 450), quantity: 3 }));
  return after(addToBasket(bottles, { lineId: "b", good: good("bread", 333), quantity: 2 }));
}

function totals(basket: BasketState) {
  return totalsOf(basket.lines, rules, basket.saleDiscount);
}

function refusal(change: BasketChange): string | null {
  return isRefused(change) ? change.refused : null;
}

test("ten of a hundred off a line is rounded once, and what is off the sale is of what is left", () => {
  const off = after(discountLine(shelf(), "b", { ratePartsPerMillion: 100_000 }));
  const { lines, totalMinor, discountMinor } = totals(after(discountSale(off, { amountMinor: 300 })));
  expect(lines.map(({ grossMinor }) => grossMinor)).toEqual([1350, 666]);
  // 66.6 is 67. 3.00 is divided as 1350 stands to 599: 207.8 and 92.2.
  expect(lines.map(({ discounts }) => discounts)).toEqual([
    [{ of: "sale", amountMinor: 208 }],
    [
      { of: "line", ratePartsPerMillion: 100_000, amountMinor: 67 },
      { of: "sale", amountMinor: 92 },
    ],
  ]);
  expect({ totalMinor, discountMinor }).toEqual({ totalMinor: 2016 - 367, discountMinor: 367 });
});

// The cashier gives 10 % on a drink, and the shopper brings a second one.
test("goods that join a line get its percentage too, and an amount stays the amount", () => {
  const more = { lineId: "c", good: good("tea", 450) };
  const rate = after(addToBasket(after(discountLine(shelf(), "a", { ratePartsPerMillion: 100_000 })), more));
  expect(totals(rate).lines.find(({ line }) => line.lineId === "a")).toMatchObject({
    grossMinor: 1800,
    totalMinor: 1620,
  });
  const amount = after(addToBasket(after(discountLine(shelf(), "a", { amountMinor: 100 })), more));
  expect(totals(amount).lines.find(({ line }) => line.lineId === "a")).toMatchObject({
    grossMinor: 1800,
    totalMinor: 1700,
  });
});

test("a discount is taken off again, replaced by another one, and refused where the goods are worth less", () => {
  const discounted = after(discountLine(shelf(), "a", { amountMinor: 1350 }));
  expect(totals(discounted).totalMinor).toBe(666);
  expect(totals(after(discountLine(discounted, "a", { amountMinor: 50 }))).totalMinor).toBe(2016 - 50);
  expect(totals(after(discountLine(discounted, "a", undefined))).totalMinor).toBe(2016);
  expect(refusal(discountLine(shelf(), "a", { amountMinor: 1351 }))).toBe("basket.discount-too-large");
  expect(refusal(discountSale(discounted, { amountMinor: 667 }))).toBe("basket.discount-too-large");
  expect(refusal(discountLine(shelf(), "z", { amountMinor: 1 }))).toBe("basket.line-unknown");
  expect(refusal(discountSale(emptyBasket("sale"), { amountMinor: 1 }))).toBe("basket.empty");
  expect(totals(after(discountSale(after(discountSale(shelf(), { amountMinor: 5 })), undefined))).totalMinor).toBe(
    2016,
  );
});

// 10.00 off three bottles must not become two bottles for nothing without anybody saying so.
test("an amount that no longer fits the goods falls away whole, and says so; a percentage always fits", () => {
  const off = after(discountLine(shelf(), "a", { amountMinor: 1000 }));
  expect(dropTooLarge(off)).toEqual({ basket: off, dropped: false });
  const fewer = dropTooLarge(after(setQuantity(off, "a", 2)));
  expect(fewer.dropped).toBe(true);
  expect(totals(fewer.basket)).toMatchObject({ totalMinor: 900 + 666, discountMinor: 0 });
  const wholeOff = after(discountSale(shelf(), { amountMinor: 700 }));
  const without = dropTooLarge(after(removeLine(wholeOff, "a")));
  expect(without).toMatchObject({ dropped: true });
  expect(totals(without.basket).totalMinor).toBe(666);
  const rate = after(discountSale(shelf(), { ratePartsPerMillion: 500_000 }));
  expect(dropTooLarge(after(removeLine(rate, "a"))).dropped).toBe(false);
});

test("a basket that was emptied keeps nothing that was given to its goods", () => {
  const given: BasketState = {
    ...after(discountSale(shelf(), { ratePartsPerMillion: 500_000 })),
    note: "from the window",
    cashPartMinor: 100,
    age: { minimum: 18, at: "2026-11-20T14:00:00.000+08:00", person: "p-1", name: { en: "Lin", "zh-CN": "林" } },
  };
  const empty = after(removeLine(after(removeLine(given, "a")), "b"));
  expect(empty).toEqual({ saleId: "sale", lines: [], addedCount: 2 });
});

test("a changed price keeps the catalogue's beside it, and the next piece that is scanned has its own line and price", () => {
  const changed = after(setPrice(shelf(), "a", 300));
  expect(priceOf(changed, "a")).toEqual({ itemId: "tea", priceMinor: 300 });
  expect(changed.lines.find(({ lineId }) => lineId === "a")).toMatchObject({
    changedPriceMinor: 300,
    good: { priceMinor: 450 },
  });
  const more = after(addToBasket(changed, { lineId: "c", good: good("tea", 450) }));
  expect(totals(more).totalMinor).toBe(900 + 666 + 450);
  expect(after(setPrice(changed, "a", 450)).lines[0]).not.toHaveProperty("changedPriceMinor");
  expect(refusal(setPrice(shelf(), "z", 1))).toBe("basket.line-unknown");
  expect(refusal(setPrice(after(setQuantity(shelf(), "a", 9999)), "a", 100_000_000))).toBe("basket.total-too-large");
});

test("a typed price is the good's own: changing it leaves no other price behind", () => {
  const typed = after(
    addToBasket(emptyBasket("sale"), { lineId: "a", good: good("repair", 1000, { openPrice: true }) }),
  );
  const changed = after(setPrice(typed, "a", 1200));
  expect(changed.lines[0]).toMatchObject({ good: { priceMinor: 1200, openPrice: true } });
  expect(changed.lines[0]).not.toHaveProperty("changedPriceMinor");
  const second = after(addToBasket(changed, { lineId: "b", good: good("repair", 1200, { openPrice: true }) }));
  expect(second.lines).toHaveLength(2);
});

test("a deposit is paid for each piece, and no discount and no tax touches it", () => {
  const crate = good("beer", 500, { depositMinor: 25, taxClass: "vat13" });
  const basket = after(addToBasket(emptyBasket("sale"), { lineId: "a", good: crate, quantity: 4 }));
  const sums = totals(after(discountSale(basket, { ratePartsPerMillion: 1_000_000 })));
  expect(sums).toMatchObject({ depositMinor: 100, totalMinor: 100, discountMinor: 2000 });
  expect(sums.taxes).toEqual([
    { taxClass: "vat13", ratePartsPerMillion: 130_000, included: true, grossMinor: 0, taxMinor: 0 },
  ]);
  expect(sums.lines[0]?.deposit).toEqual({ eachMinor: 25, totalMinor: 100 });
});

test("a class says for itself whether its prices hold the tax, and both stand in one sale", () => {
  const lines: BasketItemLine[] = [
    { lineId: "a", quantity: 1, good: good("tea", 1130) },
    { lineId: "b", quantity: 1, good: good("bag", 1000, { taxClass: "vat9" }) },
  ];
  const mixed = totalsOf(lines, { ...rules, included: new Map([["vat9", false]]) });
  expect(mixed.taxes).toEqual([
    { taxClass: "vat13", ratePartsPerMillion: 130_000, included: true, grossMinor: 1130, taxMinor: 130 },
    { taxClass: "vat9", ratePartsPerMillion: 90_000, included: false, grossMinor: 1090, taxMinor: 90 },
  ]);
  expect(mixed.totalMinor).toBe(2220);
});

test("whatever is taken off whatever, no line is below 0, shares and sums agree, and no unit is lost", () => {
  fc.assert(
    fc.property(
      fc.array(anyReducedLine, { minLength: 1, maxLength: 15 }),
      fc.option(anyDiscount, { nil: undefined }),
      fc.boolean(),
      (lines, saleDiscount, priceIncludesTax) => {
        const sums = totalsOf(lines, { priceIncludesTax, rates: testRates }, saleDiscount);
        let takenOffSale = 0;
        let base = 0;
        for (const { grossMinor, discounts, totalMinor } of sums.lines) {
          expect(totalMinor).toBeGreaterThanOrEqual(0);
          expect(totalMinor).toBe(grossMinor - discounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
          base += totalMinor;
          for (const { of, amountMinor } of discounts) {
            if (of !== "sale") continue;
            takenOffSale += amountMinor;
            base += amountMinor;
          }
        }
        expect(takenOffSale).toBe(expectedMinor(saleDiscount, base));
        const lineSum = sums.lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
        const taxOnTop = priceIncludesTax ? 0 : sums.taxes.reduce((sum, { taxMinor }) => sum + taxMinor, 0);
        expect(sums.totalMinor).toBe(lineSum + taxOnTop + sums.depositMinor);
      },
    ),
  );
});

/** What a discount of the sale is, worked out with fractions of its own. */
function expectedMinor(discount: GivenDiscount | undefined, base: number): number {
  if (discount === undefined) return 0;
  if ("amountMinor" in discount) return Math.min(discount.amountMinor, base);
  return Number((BigInt(base) * BigInt(discount.ratePartsPerMillion) * 2n + 1_000_000n) / 2_000_000n);
}
