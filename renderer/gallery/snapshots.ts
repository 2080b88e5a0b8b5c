import type { Basket, BasketLine, Locale, Outcome, Snapshot } from "../../main/contract/snapshot.ts";
import { categories } from "./goods.ts";

/** An id that says nothing but its number. */
export function galleryId(number: number): string {
  return `01930000-0000-7000-8000-${String(number).padStart(12, "0")}`;
}

/** The gallery's clock stands here: 14:31 in Shanghai. */
export const galleryNow = Date.parse("2026-11-20T14:31:24.000+08:00");

type LineRow = [
  en: string,
  zh: string,
  amount: { quantity: number } | { weightGrams: number },
  priceMinor: number,
  totalMinor: number,
  code?: string,
];

function line([en, zh, amount, unitPriceMinor, totalMinor, code]: LineRow, index: number): BasketLine {
  return {
    lineId: galleryId(100 + index),
    itemId: `item-${index}`,
    name: { en, "zh-CN": zh },
    unit: "weightGrams" in amount ? "kilogram" : "each",
    ...amount,
    unitPriceMinor,
    grossMinor: totalMinor,
    discounts: [],
    totalMinor,
    ...(code === undefined ? {} : { code }),
  };
}

const sellingLines = (
  [
    ["Jasmine tea 500 ml", "茉莉花茶 500 毫升", { quantity: 2 }, 450, 900, "06971234560014"],
    ["Fuji apples", "红富士苹果", { weightGrams: 842 }, 1180, 994],
    ["Fresh milk 250 ml", "鲜牛奶 250 毫升", { quantity: 3 }, 420, 1260, "06971234560021"],
    ["Lager 330 ml can", "拉格啤酒 330 毫升罐", { quantity: 4 }, 650, 2600, "06971234560038"],
    ["Pork and chive dumplings 500 g", "猪肉韭菜水饺 500 克", { quantity: 1 }, 2490, 2490, "06971234560045"],
    ["Sesame rice crackers 150 g", "芝麻米饼 150 克", { quantity: 1 }, 880, 880, "06972145300182"],
  ] satisfies LineRow[]
).map(line);

const unknownLines = (
  [
    ["AA batteries, pack of 4", "五号电池 4 节", { quantity: 1 }, 1990, 1990],
    ["Jasmine tea 500 ml", "茉莉花茶 500 毫升", { quantity: 2 }, 450, 900],
    ["Bananas", "香蕉", { weightGrams: 1036 }, 690, 715],
  ] satisfies LineRow[]
).map(line);

const vat13 = {
  taxClass: "standard",
  name: { en: "VAT 13 %", "zh-CN": "增值税 13%" },
  ratePartsPerMillion: 130_000,
  included: true,
};
const vat9 = {
  taxClass: "food",
  name: { en: "VAT 9 %", "zh-CN": "增值税 9%" },
  ratePartsPerMillion: 90_000,
  included: true,
};

const sellingBasket: Basket = {
  saleId: galleryId(1),
  lines: sellingLines,
  newestLineId: galleryId(105),
  addedCount: 6,
  itemCount: 12,
  taxes: [
    { ...vat13, grossMinor: 7030, taxMinor: 809 },
    { ...vat9, grossMinor: 2094, taxMinor: 173 },
  ],
  discountMinor: 0,
  depositMinor: 0,
  totalMinor: 9124,
  dueMinor: 9124,
  cash: {
    dueMinor: 9120,
    suggestions: [
      { tenderedMinor: 9120, changeMinor: 0 },
      { tenderedMinor: 9500, changeMinor: 380 },
      { tenderedMinor: 10000, changeMinor: 880 },
    ],
  },
};

const unknownBasket: Basket = {
  saleId: galleryId(2),
  lines: unknownLines,
  newestLineId: galleryId(102),
  addedCount: 3,
  itemCount: 4,
  taxes: [
    { ...vat13, grossMinor: 2890, taxMinor: 332 },
    { ...vat9, grossMinor: 715, taxMinor: 59 },
  ],
  discountMinor: 0,
  depositMinor: 0,
  totalMinor: 3605,
  dueMinor: 3605,
  cash: { dueMinor: 3600, suggestions: [{ tenderedMinor: 3600, changeMinor: 0 }] },
};

const emptyBasket: Basket = {
  saleId: galleryId(3),
  lines: [],
  addedCount: 0,
  itemCount: 0,
  taxes: [],
  discountMinor: 0,
  depositMinor: 0,
  totalMinor: 0,
  dueMinor: 0,
  cash: { dueMinor: 0, suggestions: [] },
};

const walletOutcome: Outcome = {
  kind: "sale",
  saleId: galleryId(1),
  receiptCode: "2-20701",
  totalMinor: 9124,
  tender: "wallet",
  storedAt: "2026-11-20T14:32:09.120+08:00",
  paymentNumber: "40217758",
  print: "printing",
  copies: 1,
  drawer: "none",
};

const cashOutcome: Outcome = {
  kind: "sale",
  saleId: galleryId(1),
  receiptCode: "2-20702",
  totalMinor: 9124,
  tender: "cash",
  storedAt: "2026-11-20T14:32:09.120+08:00",
  tenderedMinor: 10000,
  changeMinor: 880,
  roundingMinor: -4,
  print: "printed",
  copies: 1,
  drawer: "opened",
};

const staff: NonNullable<Snapshot["staff"]> = {
  lastSale: { saleId: galleryId(8), receiptCode: "2-20700" },
  parked: [],
  catalog: { items: 15, changedAt: "2026-11-20T08:02:00.000+08:00", checkedAt: "2026-11-20T14:31:00.000+08:00" },
};

const selling: Snapshot = {
  run: "gallery",
  version: 1,
  till: {
    number: 2,
    ledger: galleryId(9),
    store: { en: "Lantern Lane Grocery", "zh-CN": "灯笼巷杂货店" },
    address: { en: "18 Lantern Lane", "zh-CN": "灯笼巷 18 号" },
    currency: "CNY",
    zone: "Asia/Shanghai",
    cashier: { en: "Chen Yu", "zh-CN": "陈宇" },
    mode: "till",
    businessDay: "2026-11-20",
    priceIncludesTax: true,
  },
  locale: "en",
  catalogCursor: 1,
  categories,
  basket: sellingBasket,
  devices: [
    { id: "printer", kind: "printer", state: "ready" },
    { id: "scanner", kind: "scanner", state: "ready" },
  ],
  staff,
  sync: { state: "online", salesWaiting: 3, moneyWaitingMinor: 12345 },
};

const unknownPayment = {
  rail: "wallet" as const,
  paymentId: galleryId(50),
  number: "40217796",
  amountMinor: 3605,
  askedAt: "2026-11-20T14:31:07.000+08:00",
  asks: ["2026-11-20T14:31:07.000+08:00", "2026-11-20T14:31:12.000+08:00", "2026-11-20T14:31:22.000+08:00"],
  nextAskAt: "2026-11-20T14:31:28.000+08:00",
};

const notice = { id: 1, at: "2026-11-20T14:31:20.000+08:00" } as const;

/** The screens of the cashier's page, each as the till would tell it. */
export const snapshots = {
  selling,
  empty: { ...selling, basket: emptyBasket, sync: { ...selling.sync, salesWaiting: 0 } },
  offline: {
    ...selling,
    sync: { ...selling.sync, state: "offline", salesWaiting: 12, offlineSince: "2026-11-20T13:05:00.000+08:00" },
  },
  paused: { ...selling, sync: { ...selling.sync, state: "paused", salesWaiting: 12 } },
  asking: { ...selling, payment: { ...unknownPayment, amountMinor: 9124, state: "asking", asks: [] } },
  unknown: {
    ...selling,
    basket: unknownBasket,
    payment: { ...unknownPayment, state: "unknown", undoAt: "2026-11-20T14:31:52.000+08:00" },
    sync: { ...selling.sync, salesWaiting: 2 },
  },
  waiting: {
    ...selling,
    basket: unknownBasket,
    payment: { ...unknownPayment, rail: "wechat-pay", state: "waiting", undoAt: "2026-11-20T14:31:52.000+08:00" },
  },
  reversing: { ...selling, basket: unknownBasket, undoing: 1 },
  paid: { ...selling, outcome: walletOutcome, sync: { ...selling.sync, salesWaiting: 4 } },
  change: { ...selling, outcome: cashOutcome },
  "paid-no-paper": {
    ...selling,
    outcome: {
      ...walletOutcome,
      print: "failed",
      printFault: { code: "printer.out-of-paper", params: {} },
    },
    devices: [
      { id: "printer", kind: "printer", state: "degraded", fault: { code: "printer.out-of-paper", params: {} } },
      { id: "scanner", kind: "scanner", state: "ready" },
    ],
  },
  "paid-mended": {
    ...selling,
    outcome: { ...walletOutcome, print: "failed", printFault: { code: "printer.out-of-paper", params: {} } },
  },
  "unknown-code": {
    ...selling,
    notice: {
      ...notice,
      tone: "unknown-item",
      fault: { code: "scan.unknown-code", params: { text: "6901234567892" } },
    },
  },
  declined: { ...selling, notice: { ...notice, tone: "blocked", fault: { code: "wallet.insufficient", params: {} } } },
  "disk-low": { ...selling, staff: { ...staff, disk: { state: "low", freeBytes: 430_000_000 } } },
  "disk-full": {
    ...selling,
    staff: { ...staff, disk: { state: "full", freeBytes: 2_000_000 }, unseenIncidents: 1 },
    devices: [
      { id: "printer", kind: "printer", state: "degraded", fault: { code: "printer.out-of-paper", params: {} } },
      { id: "scanner", kind: "scanner", state: "absent" },
    ],
    sync: { ...selling.sync, state: "offline", salesWaiting: 12, offlineSince: "2026-11-20T13:05:00.000+08:00" },
  },
  incidents: { ...selling, staff: { ...staff, unseenIncidents: 2 } },
  unplugged: { ...selling, devices: [{ id: "scanner", kind: "scanner", state: "absent" }] },
} as const satisfies Record<string, Snapshot>;

/** A basket that is longer than the screen, with a large total and three tax rates. */
export const longBasket: Basket = {
  ...sellingBasket,
  lines: Array.from({ length: 40 }, (_, index) => ({ ...sellingLines[index % 6]!, lineId: galleryId(200 + index) })),
  newestLineId: galleryId(239),
  itemCount: 84,
  taxes: [...sellingBasket.taxes, { ...vat9, taxClass: "exempt", grossMinor: 500, taxMinor: 0 }],
  totalMinor: 1234567,
  dueMinor: 1234567,
  cash: {
    dueMinor: 1234560,
    suggestions: [
      { tenderedMinor: 1234560, changeMinor: 0 },
      { tenderedMinor: 1234600, changeMinor: 40 },
      { tenderedMinor: 1240000, changeMinor: 5440 },
    ],
  },
};

/** The same screen with another total, and with the notes that could pay it. */
export function withTotal(snapshot: Snapshot, totalMinor: number): Snapshot {
  const dueMinor = Math.floor(totalMinor / 10) * 10;
  const tendered = [
    dueMinor,
    ...[1_000, 10_000].map((noteMinor) => (Math.floor(dueMinor / noteMinor) + 1) * noteMinor),
  ];
  const suggestions = tendered.map((tenderedMinor) => ({ tenderedMinor, changeMinor: tenderedMinor - dueMinor }));
  return {
    ...snapshot,
    basket: { ...snapshot.basket, totalMinor, dueMinor: totalMinor, cash: { dueMinor, suggestions } },
  };
}

/** The same screen in another language. */
export function inLocale(snapshot: Snapshot, locale: Locale): Snapshot {
  return { ...snapshot, locale };
}
