import type { Basket, BasketLine, Discount, Outcome, Snapshot, StaffView } from "../../main/contract/snapshot.ts";
import { galleryId, snapshots } from "./snapshots.ts";

/** The shop rounds cash to ten minor units; baskets of the gallery do so too. */
const cashStepMinor = 10;
const million = 1_000_000;

const [standardTax, foodTax] = snapshots.selling.basket.taxes as [Basket["taxes"][number], Basket["taxes"][number]];

type LinePlan = Partial<BasketLine> & { rate?: number };

function planned(line: BasketLine, plan: LinePlan): BasketLine {
  const { rate, ...rest } = plan;
  const unitPriceMinor = rest.unitPriceMinor ?? line.unitPriceMinor;
  const grossMinor =
    line.weightGrams === undefined ? unitPriceMinor * (rest.quantity ?? line.quantity ?? 1) : line.grossMinor;
  const amountMinor = rate === undefined ? 0 : Math.round((grossMinor * rate) / million);
  const discounts: BasketLine["discounts"] =
    rate === undefined ? [] : [{ of: "line", ratePartsPerMillion: rate, amountMinor }];
  return { ...line, ...rest, unitPriceMinor, grossMinor, discounts, totalMinor: grossMinor - amountMinor };
}

/** Divides a discount of the sale among the lines; the last one takes what rounding leaves. */
function withSaleDiscount(lines: readonly BasketLine[], discount: Discount): BasketLine[] {
  const base = lines.reduce((sum, line) => sum + line.totalMinor, 0);
  const isRate = "ratePartsPerMillion" in discount;
  const wholeMinor = isRate ? Math.round((base * discount.ratePartsPerMillion) / million) : discount.amountMinor;
  let left = wholeMinor;
  return lines.map((line, index) => {
    const share = index === lines.length - 1 ? left : Math.floor((wholeMinor * line.totalMinor) / base);
    left -= share;
    const given = { of: "sale" as const, ...(isRate ? discount : {}), amountMinor: share };
    return { ...line, discounts: [...line.discounts, given], totalMinor: line.totalMinor - share };
  });
}

/** A basket of these lines: its sums follow from them. */
function basketOf(lines: readonly BasketLine[], extra: Partial<Basket> = {}): Basket {
  const depositMinor = lines.reduce((sum, line) => sum + (line.deposit?.totalMinor ?? 0), 0);
  const goodsMinor = lines.reduce((sum, line) => sum + line.totalMinor, 0);
  const discountMinor = lines.reduce((sum, line) => sum + line.grossMinor - line.totalMinor, 0);
  const totalMinor = goodsMinor + depositMinor;
  const dueMinor = totalMinor - (extra.cashPartMinor ?? 0);
  const cashMinor = Math.round(dueMinor / cashStepMinor) * cashStepMinor;
  const tendered = [cashMinor, ...[1000, 10_000].map((note) => (Math.floor(cashMinor / note) + 1) * note)];
  const foodMinor = Math.round(goodsMinor / 4);
  return {
    ...snapshots.selling.basket,
    lines: [...lines],
    newestLineId: lines.at(-1)?.lineId ?? "",
    itemCount: lines.reduce((count, line) => count + (line.quantity ?? 1), 0),
    taxes: [
      {
        ...standardTax,
        grossMinor: goodsMinor - foodMinor,
        taxMinor: Math.round(((goodsMinor - foodMinor) * 13) / 113),
      },
      { ...foodTax, grossMinor: foodMinor, taxMinor: Math.round((foodMinor * 9) / 109) },
    ],
    discountMinor,
    depositMinor,
    totalMinor,
    dueMinor,
    cash: {
      dueMinor: cashMinor,
      suggestions: tendered.map((tenderedMinor) => ({ tenderedMinor, changeMinor: tenderedMinor - cashMinor })),
    },
    ...extra,
  };
}

const { selling } = snapshots;
const [tea, apples, milk, lager, dumplings, crackers] = selling.basket.lines as [
  BasketLine,
  BasketLine,
  BasketLine,
  BasketLine,
  BasketLine,
  BasketLine,
];

const limited = { ageMinimum: 18, deposit: { eachMinor: 50, totalMinor: 200 } };
const age = { minimum: 18, bornOnOrBefore: "2008-11-20" };
const checkedAge = {
  ...age,
  checked: { at: "2026-11-20T14:30:12.000+08:00", by: { en: "Chen Yu", "zh-CN": "陈宇" } },
};
const tenPercent: Discount = { ratePartsPerMillion: 100_000 };

const milkOff = planned(milk, { rate: 100_000 });
const cheaperCrackers = planned(crackers, { unitPriceMinor: 700, listPriceMinor: 880 });
const checkedLager = planned(lager, limited);
const flowers = planned(dumplings, {
  lineId: galleryId(140),
  name: { en: "Flowers", "zh-CN": "鲜花" },
  unitPriceMinor: 3500,
  openPrice: true,
});

const discountedLines = [tea, apples, milkOff, checkedLager, dumplings, cheaperCrackers];
const discounted: Basket = basketOf(withSaleDiscount(discountedLines, tenPercent), {
  age: checkedAge,
  saleDiscount: tenPercent,
});
const lineDiscounts: Basket = basketOf([tea, apples, flowers, checkedLager, dumplings, milkOff], { age: checkedAge });
const ageOpen: Basket = basketOf([tea, apples, milk, crackers, dumplings, checkedLager], { age });
const parted: Basket = basketOf(discountedLines, { age: checkedAge, cashPartMinor: 5000 });
const noted: Basket = basketOf([tea, apples, milk, dumplings], {
  note: "Keep the milk cold, Mrs Wang collects at five",
});

const { outcome } = snapshots.paid;

const mixedOutcome: Outcome = {
  ...outcome,
  receiptCode: "2-20703",
  tender: "mixed",
  totalMinor: parted.totalMinor,
  cashMinor: 5000,
  walletMinor: parted.dueMinor,
  tenderedMinor: 5000,
  changeMinor: 0,
  roundingMinor: 0,
  print: "printed",
  drawer: "opened",
};

const refundOutcome: Outcome = {
  kind: "refund",
  saleId: galleryId(1),
  receiptCode: "2-20704",
  originalReceiptCode: "2-20688",
  totalMinor: selling.basket.totalMinor,
  tender: "cash",
  storedAt: "2026-11-20T14:31:20.120+08:00",
  changeMinor: 9120,
  roundingMinor: -4,
  print: "printing",
  copies: 1,
  drawer: "opened",
};

const parkedSales = [
  {
    saleId: galleryId(71),
    at: "2026-11-20T14:22:00.000+08:00",
    itemCount: 3,
    totalMinor: 3605,
    goods: [
      { en: "Bananas", "zh-CN": "香蕉" },
      { en: "Jasmine tea 500 ml", "zh-CN": "茉莉花茶 500 毫升" },
      { en: "AA batteries, pack of 4", "zh-CN": "五号电池 4 节" },
    ],
  },
  {
    saleId: galleryId(72),
    at: "2026-11-20T13:58:00.000+08:00",
    itemCount: 1,
    totalMinor: 2490,
    goods: [{ en: "Pork and chive dumplings 500 g", "zh-CN": "猪肉韭菜水饺 500 克" }],
  },
];
const withParked: StaffView = {
  parked: parkedSales,
  catalog: { items: 15 },
};

/** The sale basics of the till: discounts, deposits, open prices, age, notes, parked sales, mixed payments, refunds. */
export const saleStates = {
  discounted: { ...selling, basket: discounted },
  "line-discounts": { ...selling, basket: lineDiscounts },
  "age-open": { ...selling, basket: ageOpen },
  "age-refused": {
    ...selling,
    basket: ageOpen,
    notice: {
      ...snapshots.declined.notice,
      fault: { code: "basket.age-unchecked", params: { years: 18 } },
    },
  },
  noted: { ...selling, basket: noted },
  parked: { ...snapshots.empty, staff: withParked },
  /** One was set aside while its wallet was asked. */
  "parked-paying": {
    ...snapshots.empty,
    staff: {
      ...withParked,
      parked: withParked.parked.map((sale, index) =>
        index === 0 && snapshots.waiting.payment !== undefined ? { ...sale, payment: snapshots.waiting.payment } : sale,
      ),
    },
  },
  part: { ...selling, basket: parted },
  "part-offline": { ...snapshots.offline, basket: parted },
  mixed: { ...selling, basket: parted, outcome: mixedOutcome },
  "paid-discounted": { ...selling, basket: discounted, outcome: { ...outcome, totalMinor: discounted.totalMinor } },
  refunded: { ...selling, outcome: refundOutcome },
} as const satisfies Record<string, Snapshot>;
