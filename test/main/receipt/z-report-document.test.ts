import { expect, test } from "vitest";
import { encodeReceipt } from "../../../devices/printer/escpos-encode.ts";
import { printerProfile, printerProfiles } from "../../../devices/printer/profiles.ts";
import { EscposParser } from "../../../devices/simulators/escpos-parse.ts";
import type { Locale } from "../../../main/contract/snapshot.ts";
import { type ZReport, zReportSchema } from "../../../main/contract/z-report.ts";
import { zReportDocument } from "../../../main/receipt/z-report-document.ts";
import { demoStore } from "../../../platform/demo/goods/demo-shop.ts";

const report: ZReport = zReportSchema.parse({
  number: 12,
  seq: 902,
  hash: "ab".repeat(32),
  shift: "0192f3c0-0000-7000-8000-000000000001",
  businessDay: "2026-11-20",
  openedAt: "2026-11-20T07:28:12.000+08:00",
  openedBy: { en: "Chen Yu", "zh-CN": "陈宇" },
  closedAt: "2026-11-21T01:02:03.000+08:00",
  closedBy: { en: "Li Wei", "zh-CN": "李伟" },
  currency: "CNY",
  firstReceipt: "3-40",
  lastReceipt: "3-52",
  sales: 12,
  salesMinor: 123_450,
  refunds: 1,
  refundsMinor: 1000,
  netMinor: 122_450,
  discountsMinor: 500,
  depositsMinor: 100,
  roundingMinor: -3,
  abandoned: 2,
  abandonedMinor: 777,
  priceChanges: 4,
  ageChecks: 5,
  drawerOpenings: 6,
  taxes: [
    {
      taxClass: "vat13",
      name: { en: "VAT 13 %", "zh-CN": "增值税 13%" },
      ratePartsPerMillion: 130_000,
      grossMinor: 122_350,
      taxMinor: 14_076,
    },
  ],
  tenders: [
    { kind: "cash", count: 7, amountMinor: 23_450 },
    { kind: "wallet", count: 5, amountMinor: 100_000 },
  ],
  payouts: [
    { kind: "cash", count: 1, amountMinor: 400 },
    { kind: "wallet", count: 1, amountMinor: 600 },
  ],
  commission: [{ rail: "wallet", payments: 5, paidMinor: 100_000, commissionMinor: 600 }],
  drawer: {
    floatMinor: 50_000,
    inMinor: 23_450,
    outMinor: 400,
    expectedMinor: 73_050,
    countedMinor: 72_600,
    differenceMinor: -450,
  },
  perpetual: { zNumber: 12, sales: 800, salesMinor: 9_999_900, refunds: 9, refundsMinor: 8800 },
});

/** The lines that a printer makes of the bytes, their blanks drawn together. */
function paper(of: ZReport, locale: Locale, copy = 1): string[] {
  const profile = printerProfile("gb18030-80mm");
  if (profile === undefined) throw new Error("There is no such profile");
  const source = { report: of, store: demoStore, tillNumber: 3, copy };
  const events = new EscposParser(48).push(encodeReceipt(zReportDocument(source, locale), profile));
  expect(events.filter((event) => event.kind === "unknown" || event.kind === "pulse")).toEqual([]);
  expect(events.some((event) => event.kind === "cut")).toBe(true);
  return events.flatMap((event) => (event.kind === "text" ? [event.text.replaceAll(/\s+/g, " ").trim()] : []));
}

const rule = expect.stringMatching(/^-+$/);

// It is what the cashier signs and the accountant files.
test("a Z report on paper says what was sold, what the drawer should hold, what was counted, and where it stands in the record", () => {
  expect(paper(report, "en")).toEqual([
    "Lantern Lane Grocery",
    "18 Lantern Lane, Huangpu District, Shanghai",
    "Z REPORT 12",
    expect.stringMatching(/^Till 3 [·.] 2026-11-20$/),
    "Opened 2026-11-20 07:28:12",
    "Chen Yu",
    "Closed 2026-11-21 01:02:03",
    "Li Wei",
    "Receipts 3-40 to 3-52",
    rule,
    "Sales, 12 1234.50",
    "Refunds, 1 -10.00",
    expect.stringMatching(/^Net [¥￥]1224\.50$/),
    rule,
    "Tax",
    "VAT 13 % in 1223.50 140.76",
    rule,
    "Paid by",
    "Cash, 7 234.50",
    "Wallet, 5 1000.00",
    "Given back by",
    "Cash, 1 -4.00",
    "Wallet, 1 -6.00",
    "Commission on 1000.00 6.00",
    rule,
    "Cash drawer",
    "Float 500.00",
    "Taken in 234.50",
    "Paid out -4.00",
    "Expected 730.50",
    "Counted 726.00",
    "Difference -4.50",
    rule,
    "Discounts 5.00",
    "Deposits 1.00",
    "Cash rounding -0.03",
    "Given up, 2 7.77",
    "Changed prices 4",
    "Age checks 5",
    "Drawer openings 6",
    rule,
    "Since this till began",
    "Sales, 800 99999.00",
    "Refunds, 9 -88.00",
    rule,
    expect.stringMatching(/^Record 902 .+ abababababab$/),
  ]);
});

test("a copy says which one it is, and what could not be read or does not agree is said on the paper too", () => {
  const lines = paper({ ...report, unread: 2, differs: true }, "en", 3);
  expect(lines).toContain("COPY 3");
  const text = lines.join(" ");
  expect(text).toContain("2 entries could not be read. The figures leave them out.");
  expect(text).toContain("The entries of this shift add up to something else now. Check the ledger.");
  expect(paper(report, "en").join(" ")).not.toMatch(/COPY|could not be read|something else/);
});

test("in Chinese the same amounts stand on it, and the paper of an older version's report leaves out what it lacks", () => {
  const lines = paper({ ...report, unread: 1 }, "zh-CN");
  for (const words of ["Z 报表 12", "应有现金 730.50", "实点 726.00", "差异 -4.50", "销售 800 笔 99999.00"]) {
    expect(lines).toContain(words);
  }
  const { perpetual: _perpetual, openedBy: _openedBy, closedBy: _closedBy, ...old } = report;
  expect(paper(old, "zh-CN").join(" ")).not.toContain("本机启用以来");
});

test("every printer that the till knows can print it", () => {
  for (const profile of printerProfiles) {
    for (const locale of ["en", "zh-CN"] as const) {
      const document = zReportDocument({ report, store: demoStore, tillNumber: 3, copy: 2 }, locale);
      expect(encodeReceipt(document, profile).length, profile.name).toBeGreaterThan(500);
    }
  }
});
