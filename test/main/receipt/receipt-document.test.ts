import { hash } from "node:crypto";
import { expect, test } from "vitest";
import { encodeReceipt } from "../../../devices/printer/escpos-encode.ts";
import { printerProfile } from "../../../devices/printer/profiles.ts";
import { EscposParser } from "../../../devices/simulators/escpos-parse.ts";
import type { Locale } from "../../../main/contract/snapshot.ts";
import { receiptDocument, type ReceiptSource } from "../../../main/receipt/receipt-document.ts";
import { demoStore } from "../../../platform/demo/goods/demo-shop.ts";
import { parseReceiptCode } from "../../../sync/protocol/receipt-code.ts";
import type { EntryBody, SaleLine, Tender } from "../../../sync/protocol/entry-types.ts";

const line = (changes: Partial<SaleLine>): SaleLine => ({
  lineId: "0192f3c0-0000-7000-8000-00000000000a",
  itemId: "g",
  name: { en: "Jasmine tea 500 ml", "zh-CN": "茉莉花茶 500 毫升" },
  unit: "each",
  quantity: 2,
  unitPriceMinor: 450,
  totalMinor: 900,
  taxClass: "vat13",
  ...changes,
});

const bananas = line({
  name: { en: "Bananas", "zh-CN": "香蕉" },
  unit: "kilogram",
  weightGrams: 1234,
  unitPriceMinor: 690,
  totalMinor: 851,
  taxClass: "vat9",
});
const { quantity: _pieces, ...weighed } = bananas;

const cash: Tender = { kind: "cash", amountMinor: 1751, roundingMinor: -1, tenderedMinor: 2000, changeMinor: 250 };

type Sale = EntryBody<"sale.settled">;

const place = {
  saleId: "0192f3c0-0000-7000-8000-000000000001",
  ledger: "0192f3c0-0000-7000-8000-000000000009",
  seq: 77,
  hash: "ab".repeat(32),
  time: "2026-11-20T14:32:09.120+08:00",
  businessDay: "2026-11-20",
};

/** A known sale, as the journal has it. */
function knownSale(tender: Tender = cash): Sale {
  return {
    saleId: place.saleId,
    receiptNumber: 42,
    receiptCode: "3-42",
    currency: "CNY",
    priceIncludesTax: true,
    catalogCursor: 1,
    lines: [line({}), weighed],
    taxes: [
      { taxClass: "vat13", ratePartsPerMillion: 130_000, grossMinor: 900, taxMinor: 104 },
      { taxClass: "vat9", ratePartsPerMillion: 90_000, grossMinor: 851, taxMinor: 70 },
    ],
    totalMinor: 1751,
    tenders: [tender],
    postings: [],
  };
}

/** What a receipt is made of, for a sale that differs from the known one in this. */
function source(changes: Partial<Sale> = {}, around: Partial<ReceiptSource> = {}): ReceiptSource {
  return {
    settled: { ...place, kind: "sale", body: { ...knownSale(), ...changes } },
    store: { name: demoStore.name, address: demoStore.address },
    cashier: { en: "Chen Yu", "zh-CN": "陈宇" },
    tillNumber: 3,
    taxNames: new Map([["vat13", { en: "VAT 13 %", "zh-CN": "增值税 13%" }]]),
    copy: 1,
    ...around,
  };
}

function bytesOf(from: ReceiptSource, locale: Locale): Uint8Array {
  const profile = printerProfile("gb18030-80mm");
  if (profile === undefined) throw new Error("There is no such profile");
  return encodeReceipt(receiptDocument(from, locale), profile);
}

/** What a customer would hold: the lines that a printer makes of the bytes, and whether it cut them off. */
function paper(from: ReceiptSource, locale: Locale): { lines: string[]; isCut: boolean; codes: string[] } {
  const events = new EscposParser(48).push(bytesOf(from, locale));
  expect(events.filter((event) => event.kind === "unknown" || event.kind === "pulse")).toEqual([]);
  const lines = events.flatMap((event) => (event.kind === "text" ? [event.text.replaceAll(/\s+/g, " ").trim()] : []));
  const codes = events.flatMap((event) => (event.kind === "qr" ? [event.text] : []));
  return { lines, isCut: events.some((event) => event.kind === "cut"), codes };
}

test("an English receipt says what was bought, what was paid, and where it stands in the record", () => {
  const { lines, isCut, codes } = paper(source(), "en");
  expect(isCut).toBe(true);
  expect(codes.map(parseReceiptCode)).toEqual([{ ledger: place.ledger, seq: 77, hashStart: "ab".repeat(8) }]);
  expect(lines).toEqual([
    "Lantern Lane Grocery",
    "18 Lantern Lane, Huangpu District, Shanghai",
    expect.stringMatching(/^Till 3 [·.] Chen Yu$/),
    "2026-11-20 14:32:09 Receipt 3-42",
    expect.stringMatching(/^-+$/),
    "Jasmine tea 500 ml 9.00",
    expect.stringMatching(/^2 [x×] 4\.50$/),
    "Bananas 8.51",
    expect.stringMatching(/^1\.234 kg [x×] 6\.90$/),
    expect.stringMatching(/^-+$/),
    expect.stringMatching(/^Total [¥￥]17\.51$/),
    "3 items",
    "Cash rounding -0.01",
    "Cash 17.50",
    "Cash given 20.00",
    "Change 2.50",
    expect.stringMatching(/^-+$/),
    "VAT 13 % included in 9.00 1.04",
    "9 % included in 8.51 0.70",
    expect.stringMatching(/^-+$/),
    expect.stringMatching(/^Record 77 .+ abababababab$/),
    "Keep this receipt for returns.",
    "Thank you. Come again soon.",
  ]);
});

test("a Chinese receipt says the same with the same amounts", () => {
  const { lines } = paper(source(), "zh-CN");
  for (const words of [
    "灯笼巷便利店",
    "2026-11-20 14:32:09 小票 3-42",
    "茉莉花茶 500 毫升 9.00",
    "香蕉 8.51",
    "共 3 件",
    "现金抹零 -0.01",
    "现金 17.50",
    "实收现金 20.00",
    "找零 2.50",
    "9.00 中含增值税 13% 1.04",
    "谢谢惠顾，欢迎再来",
  ]) {
    expect(lines).toContain(words);
  }
  expect(lines.some((text) => /^合计 [¥￥]17\.51$/.test(text))).toBe(true);
});

test("a wallet's receipt has the number by which shopper and till find the payment together", () => {
  const wallet: Tender = {
    kind: "wallet",
    amountMinor: 1751,
    paymentId: "0192f3c0-0000-7000-8000-000000000002",
    number: "01234567",
  };
  const { lines } = paper(source({ tenders: [wallet] }), "en");
  expect(lines).toContain("Wallet 17.51");
  expect(lines).toContain("Payment 0123 4567");
  expect(lines.join("\n")).not.toMatch(/Change|Cash/);
});

test("a copy says that it is one, so that goods are not given back twice on one sale", () => {
  expect(paper(source({}, { copy: 3 }), "en").lines).toContain("COPY 3");
  expect(paper(source(), "en").lines.join("\n")).not.toContain("COPY");
});

test("the same entry gives the same bytes, today and in ten years", () => {
  const digest = (locale: Locale) => hash("sha256", bytesOf(source(), locale));
  expect(digest("en")).toBe(digest("en"));
  expect(digest("zh-CN")).not.toBe(digest("en"));
  expect(bytesOf(structuredClone(source()), "en")).toEqual(bytesOf(source(), "en"));
});

test.each([
  ["JPY", 1751, "¥1751"],
  ["KWD", 1751, "KWD 1.751"],
  ["EUR", 5, "0.05"],
] as const)("amounts in %s have the decimals of that currency", (currency, totalMinor, words) => {
  const from = source({ currency, totalMinor, tenders: [], taxes: [], lines: [line({ quantity: 1, totalMinor })] });
  const total = paper(from, "en").lines.find((text) => text.startsWith("Total"));
  expect(total?.replace("￥", "¥")).toContain(words);
});

// Names come from an office, and from whoever can write into it.
test.each([
  ["commands for the printer", "Tea\u001bp\u0000\u0019\u0019 \u0010\u0014\u0001"],
  ["right-to-left and emoji", "שוקולד 🍫 \u202e123"],
  ["half a character", "bad \ud800 name"],
  ["only spaces", "   "],
  ["two hundred wide letters", "茶".repeat(200)],
])("a good whose name has %s in it prints, and neither opens the drawer nor swallows the amounts", (_what, name) => {
  const from = source({ lines: [line({ name: { en: name, "zh-CN": name } })] });
  for (const locale of ["en", "zh-CN"] as const) {
    const text = paper(from, locale).lines.join("\n");
    expect(text).toContain("9.00");
    expect(text).toContain("17.51");
  }
});

// Whoever adds the right column up finds the total, whatever was taken off or put on.
test("discounts, changed and typed prices and deposits stand under their line, and the column adds up", () => {
  const lines = [
    line({
      unitPriceMinor: 400,
      listPriceMinor: 450,
      totalMinor: 650,
      discounts: [
        { of: "line", ratePartsPerMillion: 125_000, amountMinor: 100 },
        { of: "sale", amountMinor: 50 },
      ],
      deposit: { eachMinor: 25, totalMinor: 50 },
    }),
    line({ quantity: 1, unitPriceMinor: 1000, totalMinor: 1000, openPrice: true }),
  ];
  const tenders: Tender[] = [
    { kind: "cash", amountMinor: 700, roundingMinor: 0, tenderedMinor: 700, changeMinor: 0 },
    { kind: "wallet", amountMinor: 1000, paymentId: place.saleId, number: "01234567" },
  ];
  const taxes = [
    { taxClass: "vat13", ratePartsPerMillion: 130_000, included: true, grossMinor: 650, taxMinor: 75 },
    { taxClass: "bag", ratePartsPerMillion: 90_000, included: false, grossMinor: 1000, taxMinor: 83 },
  ];
  const ageCheck = { minimum: 18, at: place.time, person: "p-1" };
  const from = source({ lines, taxes, tenders, ageCheck, totalMinor: 1700, depositMinor: 50, discountMinor: 150 });
  const text = paper({ ...from, settled: { ...from.settled, note: "For the neighbour" } }, "en").lines;
  const rule = text.findIndex((each) => /^-+$/.test(each));
  expect(text.slice(rule + 1, rule + 10)).toEqual([
    "Jasmine tea 500 ml 8.00",
    expect.stringMatching(/^2 [x×] 4\.00$/),
    "Price changed from 4.50",
    "Discount 12.5 % -1.00",
    "Off the whole sale -0.50",
    expect.stringMatching(/^Deposit 2 [x×] 0\.25 0\.50$/),
    "Jasmine tea 500 ml 10.00",
    "Price entered by hand",
    expect.stringMatching(/^-+$/),
  ]);
  for (const words of [
    "Discounts in all 1.50",
    "Cash 7.00",
    "Wallet 10.00",
    "VAT 13 % included in 6.50 0.75",
    "9 % of 10.00 0.83",
    "Age checked: 18 or older",
    "Note: For the neighbour",
  ]) {
    expect(text).toContain(words);
  }
  const chinese = paper({ ...from, settled: { ...from.settled, note: "给邻居" } }, "zh-CN").lines.join("\n");
  for (const words of ["优惠 12.5%", "整单优惠", "押金 2", "手工输入价格", "已核对年龄：年满 18 岁", "备注：给邻居"]) {
    expect(chinese).toContain(words);
  }
});

test("a refund says so at its top, names the sale, and its amounts have a minus, so that it never passes for a sale", () => {
  const { tenders: _tenders, catalogCursor: _cursor, ...sale } = knownSale();
  const settled = {
    ...place,
    kind: "refund" as const,
    body: {
      ...sale,
      refundId: place.saleId,
      originalReceiptCode: "3-41",
      reason: "faulty" as const,
      roundingMinor: -1,
      paidOutMinor: 1750,
    },
  };
  const { lines, codes } = paper(source({}, { settled }), "en");
  for (const words of [
    "REFUND",
    "Of receipt 3-41",
    "Reason: faulty",
    "Jasmine tea 500 ml -9.00",
    "Cash rounding 0.01",
    "Paid out in cash 17.50",
    "VAT 13 % included in -9.00 -1.04",
  ]) {
    expect(lines).toContain(words);
  }
  expect(lines.some((text) => /^Total -[¥￥]17\.51$/.test(text))).toBe(true);
  expect(lines.join("\n")).not.toMatch(/Thank you|Change/);
  expect(codes).toHaveLength(1);
});

test("a part that goes back to the wallet says so with its payment, and never that the money is there already", () => {
  const { tenders: _tenders, catalogCursor: _cursor, ...sale } = knownSale();
  const refund = {
    ...sale,
    refundId: place.saleId,
    originalReceiptCode: "3-41",
    reason: "faulty" as const,
    lines: sale.lines.slice(0, 1).map((line) => ({ ...line, givenBackMinor: 100 })),
    totalMinor: 1751,
    payouts: [
      { kind: "wallet" as const, amountMinor: 1251, paymentId: place.saleId, number: "40217758" },
      { kind: "cash" as const, amountMinor: 500, roundingMinor: 0, paidOutMinor: 500 },
    ],
    roundingMinor: 0,
    paidOutMinor: 500,
  };
  const { lines } = paper(source({}, { settled: { ...place, kind: "refund" as const, body: refund } }), "en");
  for (const words of [
    "Jasmine tea 500 ml -10.00",
    "Given back before 1.00",
    "Back to the wallet 12.51",
    "Payment 4021 7758",
    "Paid out in cash 5.00",
  ]) {
    expect(lines).toContain(words);
  }
  expect(lines.join(" ")).toMatch(/once the platform\s+confirms/);
  const money = { ...refund, lines: [], payouts: [{ ...refund.payouts[0]!, amountMinor: 1751 }], paidOutMinor: 0 };
  const alone = paper(source({}, { settled: { ...place, kind: "refund" as const, body: money } }), "en").lines;
  expect(alone).toContain("Money back, no goods");
  expect(alone.join("\n")).not.toMatch(/items?$|Paid out in cash/m);
});

test("a kiosk's receipt names nobody", () => {
  const { cashier: _nobody, ...kiosk } = source();
  expect(paper(kiosk, "en").lines[2]).toMatch(/^Till 3 [·.] Self-checkout$/);
  expect(paper(kiosk, "zh-CN").lines[2]).toMatch(/自助结账$/);
});
