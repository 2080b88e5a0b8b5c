import type { Basket, BasketLine, Outcome, PaymentView, Snapshot } from "../../main/contract/snapshot.ts";
import { categories, pictureOf } from "./goods.ts";

function id(number: number): string {
  return `01930000-0000-7000-8000-${String(number).padStart(12, "0")}`;
}

type LineRow = {
  en: string;
  zh: string;
  priceMinor: number;
  quantity?: number;
  weightGrams?: number;
  totalMinor: number;
  savedMinor?: number;
  picture?: string;
  ageMinimum?: number;
  depositMinor?: number;
};

function line(row: LineRow, index: number): BasketLine {
  const { savedMinor = 0, depositMinor } = row;
  const { weightGrams, quantity = 1 } = row;
  return {
    lineId: id(700 + index),
    itemId: `kiosk-${index}`,
    name: { en: row.en, "zh-CN": row.zh },
    unit: weightGrams === undefined ? "each" : "kilogram",
    ...(weightGrams === undefined ? { quantity } : { weightGrams }),
    unitPriceMinor: row.priceMinor,
    grossMinor: row.totalMinor + savedMinor,
    discounts: savedMinor === 0 ? [] : [{ of: "line", amountMinor: savedMinor }],
    ...(depositMinor === undefined
      ? {}
      : { deposit: { eachMinor: depositMinor, totalMinor: depositMinor * quantity } }),
    ...(row.ageMinimum === undefined ? {} : { ageMinimum: row.ageMinimum }),
    ...(row.picture === undefined ? {} : { picture: pictureOf(row.picture) }),
    totalMinor: row.totalMinor,
  };
}

const shopperLines = (
  [
    { en: "Wholemeal bread 400 g", zh: "全麦面包 400 克", priceMinor: 1250, totalMinor: 1250, picture: "bread" },
    { en: "Eggs, box of 10", zh: "鲜鸡蛋 10 只", priceMinor: 1580, totalMinor: 1580, picture: "egg-box" },
    { en: "Tomatoes", zh: "番茄", priceMinor: 760, weightGrams: 624, totalMinor: 474, picture: "tomato" },
    {
      en: "Fresh milk 250 ml",
      zh: "鲜牛奶 250 毫升",
      priceMinor: 420,
      quantity: 3,
      totalMinor: 1100,
      savedMinor: 160,
      picture: "milk-carton",
    },
    {
      en: "Lager 330 ml can",
      zh: "拉格啤酒 330 毫升罐",
      priceMinor: 650,
      quantity: 2,
      totalMinor: 1300,
      picture: "lager-can",
      ageMinimum: 18,
    },
    { en: "Jasmine tea 500 ml", zh: "茉莉花茶 500 毫升", priceMinor: 450, totalMinor: 450, picture: "tea-bottle" },
  ] satisfies LineRow[]
).map(line);

/** A basket of these lines, as the till would add it up. */
function basketOf(saleNumber: number, lines: readonly BasketLine[], age?: Basket["age"]): Basket {
  const sum = (of: (each: BasketLine) => number) => lines.reduce((total, each) => total + of(each), 0);
  const depositMinor = sum((each) => each.deposit?.totalMinor ?? 0);
  const goodsMinor = sum((each) => each.totalMinor);
  const totalMinor = goodsMinor + depositMinor;
  const newest = lines.at(-1);
  return {
    saleId: id(saleNumber),
    lines: [...lines],
    ...(newest === undefined ? {} : { newestLineId: newest.lineId }),
    addedCount: lines.length,
    itemCount: sum((each) => each.quantity ?? 1),
    taxes:
      lines.length === 0
        ? []
        : [
            {
              taxClass: "standard",
              name: { en: "VAT 13 %", "zh-CN": "增值税 13%" },
              ratePartsPerMillion: 130_000,
              included: true,
              grossMinor: goodsMinor,
              taxMinor: Math.round((goodsMinor * 130_000) / 1_130_000),
            },
          ],
    discountMinor: sum((each) => each.discounts.reduce((all, { amountMinor }) => all + amountMinor, 0)),
    depositMinor,
    ...(age === undefined ? {} : { age }),
    totalMinor,
    dueMinor: totalMinor,
    cash: { dueMinor: totalMinor, suggestions: [] },
  };
}

const unchecked = { minimum: 18, bornOnOrBefore: "2008-11-20" };
const checked = {
  ...unchecked,
  checked: { at: "2026-11-20T14:30:10.000+08:00", by: { en: "Chen Yu", "zh-CN": "陈宇" } },
};
const plainLines = shopperLines.filter((each) => each.ageMinimum === undefined);

/** A shopper's basket, with and without something that a person has to look at. */
export const shopperBaskets = {
  unchecked: basketOf(71, shopperLines, unchecked),
  checked: basketOf(71, shopperLines, checked),
  plain: basketOf(71, plainLines),
  empty: basketOf(72, []),
  deposit: basketOf(71, [
    ...plainLines,
    line(
      {
        en: "Spring water 500 ml",
        zh: "山泉水 500 毫升",
        priceMinor: 200,
        quantity: 2,
        totalMinor: 400,
        depositMinor: 50,
      },
      20,
    ),
  ]),
  long: basketOf(
    71,
    Array.from({ length: 30 }, (_, index) => ({ ...shopperLines[index % 4]!, lineId: id(800 + index) })),
  ),
} as const;

/** The payment of that basket, asked a moment ago. */
export const shopperPayment: PaymentView = {
  paymentId: id(60),
  number: "40217796",
  rail: "wallet",
  amountMinor: 4854,
  state: "asking",
  askedAt: "2026-11-20T14:31:07.000+08:00",
  asks: ["2026-11-20T14:31:07.000+08:00"],
};

/** The same sale, paid and stored. */
export const shopperOutcome: Outcome = {
  kind: "sale",
  saleId: id(71),
  receiptCode: "5-20701",
  totalMinor: 6154,
  tender: "wallet",
  storedAt: "2026-11-20T14:31:19.120+08:00",
  paymentNumber: "40217758",
  print: "none",
  copies: 1,
  drawer: "none",
};

/** A kiosk with a shopper's items, as its till tells it to a window of shoppers. */
export const kioskSnapshot: Snapshot = {
  run: "gallery",
  version: 1,
  till: {
    number: 3,
    ledger: id(9),
    store: { en: "Lantern Lane Grocery", "zh-CN": "灯笼巷杂货店" },
    address: { en: "18 Lantern Lane", "zh-CN": "灯笼巷 18 号" },
    currency: "CNY",
    zone: "Asia/Shanghai",
    mode: "kiosk",
    businessDay: "2026-11-20",
    priceIncludesTax: true,
  },
  locale: "en",
  catalogCursor: 1,
  categories,
  basket: shopperBaskets.unchecked,
  devices: [
    { id: "printer", kind: "printer", state: "ready" },
    { id: "scanner", kind: "scanner", state: "ready" },
  ],
  sync: { state: "online", salesWaiting: 0, moneyWaitingMinor: 0 },
};
