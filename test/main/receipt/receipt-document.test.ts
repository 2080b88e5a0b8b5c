import { hash } from "node:crypto";
import { expect, test } from "vitest";
import { encodeReceipt } from "../../../devices/printer/escpos-encode.ts";
import { printerProfile } from "../../../devices/printer/profiles.ts";
import { EscposParser } from "../../../devices/simulators/escpos-parse.ts";
import type { Locale } from "../../../main/contract/snapshot.ts";
import { receiptDocument, type ReceiptSource } from "../../../main/receipt/receipt-document.ts";
import { demoStore } from "../../../platform/demo/goods/demo-shop.ts";
import type { SaleLine, Tender } from "../../../sync/protocol/entry-types.ts";

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

/** A known sale, as the journal has it. */
function source(changes: Partial<ReceiptSource> = {}, tender: Tender = cash): ReceiptSource {
  return {
    sale: {
      saleId: "0192f3c0-0000-7000-8000-000000000001",
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
    },
    time: "2026-11-20T14:32:09.120+08:00",
    ledger: { seq: 77, hash: "ab".repeat(32) },
    store: { name: demoStore.name, address: demoStore.address },
    cashier: { en: "Chen Yu", "zh-CN": "陈宇" },
    tillNumber: 3,
    taxNames: new Map([["vat13", { en: "VAT 13 %", "zh-CN": "增值税 13%" }]]),
    copy: 1,
    ...changes,
  };
}

function bytesOf(from: ReceiptSource, locale: Locale): Uint8Array {
  const profile = printerProfile("gb18030-80mm");
  if (profile === undefined) throw new Error("There is no such profile");
  return encodeReceipt(receiptDocument(from, locale), profile);
}

/** What a customer would hold: the lines that a printer makes of the bytes, and whether it cut them off. */
function paper(from: ReceiptSource, locale: Locale): { lines: string[]; isCut: boolean } {
  const events = new EscposParser(48).push(bytesOf(from, locale));
  expect(events.filter((event) => event.kind === "unknown" || event.kind === "pulse")).toEqual([]);
  const lines = events.flatMap((event) => (event.kind === "text" ? [event.text.replaceAll(/\s+/g, " ").trim()] : []));
  return { lines, isCut: events.some((event) => event.kind === "cut") };
}

test("an English receipt says what was bought, what was paid, and where it stands in the record", () => {
  const { lines, isCut } = paper(source(), "en");
  expect(isCut).toBe(true);
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
  const { lines } = paper(source({}, wallet), "en");
  expect(lines).toContain("Wallet 17.51");
  expect(lines).toContain("Payment 0123 4567");
  expect(lines.join("\n")).not.toMatch(/Change|Cash/);
});

test("a copy says that it is one, so that goods are not given back twice on one sale", () => {
  expect(paper(source({ copy: 3 }), "en").lines).toContain("COPY 3");
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
  const from = source();
  const sale = {
    ...from.sale,
    currency,
    totalMinor,
    tenders: [],
    taxes: [],
    lines: [line({ quantity: 1, totalMinor })],
  };
  const total = paper({ ...from, sale }, "en").lines.find((text) => text.startsWith("Total"));
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
  const from = source();
  const sale = { ...from.sale, lines: [line({ name: { en: name, "zh-CN": name } })] };
  for (const locale of ["en", "zh-CN"] as const) {
    const text = paper({ ...from, sale }, locale).lines.join("\n");
    expect(text).toContain("9.00");
    expect(text).toContain("17.51");
  }
});
