import { describe, expect, test } from "vitest";
import { isCreditorReference, isIban, isQrReference } from "../../../../main/payment/recognise/account-checks.ts";
import { minorOfDecimal, minorOfDigits } from "../../../../main/payment/recognise/decimal-amount.ts";
import { found } from "./known.ts";

/** A bill with the account and the reference that the Swiss guidelines use in their examples. */
const swissLines = [
  "SPC",
  "0200",
  "1",
  "CH4431999123000889012",
  "S",
  "Max Muster & Söhne",
  "Musterstrasse",
  "123",
  "8000",
  "Seldwyla",
  "CH",
  "",
  "",
  "",
  "",
  "",
  "",
  "",
  "1949.75",
  "CHF",
  "S",
  "Simon Muster",
  "Musterstrasse",
  "1",
  "8000",
  "Seldwyla",
  "CH",
  "QRR",
  "210000000003139471430009017",
  "Order of 15.06.2020",
  "EPD",
];

const transferLines = [
  "BCD",
  "002",
  "1",
  "SCT",
  "",
  "Red Cross",
  "BE72000000001616",
  "EUR1",
  "CHAR",
  "",
  "Urgency fund",
  "",
];

const changed = (lines: readonly string[], at: number, line: string) =>
  lines.map((each, index) => (index === at ? line : each)).join("\n");

describe("a Swiss bill", () => {
  test("is told with its amount in whole minor units, whatever ends its lines", () => {
    for (const end of ["\n", "\r\n"]) {
      expect(found({ text: swissLines.join(end) + end, symbology: "]Q1" })).toEqual({
        kind: "bill",
        fields: {
          scheme: "swiss-qr",
          iban: "CH4431999123000889012",
          creditorName: "Max Muster & Söhne",
          amountMinor: 194_975,
          currency: "CHF",
          reference: "210000000003139471430009017",
        },
        reason: null,
      });
    }
    expect(found(changed(swissLines, 18, "")).fields).not.toHaveProperty("amountMinor");
  });

  test.each([
    [1, "0100"],
    [2, "2"],
    [3, "CH4431999123000889013"],
    [3, "DE89370400440532013000"],
    [4, "X"],
    [5, ""],
    [12, "Somebody"],
    [18, "1949,75"],
    [18, "1949.7"],
    [19, "USD"],
    [26, "Switzerland"],
    [27, "NON"],
    [28, "210000000003139471430009018"],
    [30, "END"],
  ])("with another line %i is none: %s", (at, line) => {
    expect(found(changed(swissLines, at, line))).toMatchObject({ kind: "unknown", reason: "bill" });
  });

  test("may have a creditor's reference or none where its account is an ordinary one", () => {
    const ordinary = changed(swissLines, 3, "CH9300762011623852957").split("\n");
    expect(found(ordinary.join("\n")).reason).toBe("bill");
    const withReference = changed(changed(ordinary, 27, "SCOR").split("\n"), 28, "RF18539007547034");
    expect(found(withReference)).toMatchObject({ kind: "bill", fields: { reference: "RF18539007547034" } });
    expect(found(changed(changed(ordinary, 27, "NON").split("\n"), 28, "")).kind).toBe("bill");
  });
});

describe("a European transfer", () => {
  test("is told with its amount", () => {
    expect(found(transferLines.join("\n"))).toEqual({
      kind: "bill",
      fields: { scheme: "epc", iban: "BE72000000001616", creditorName: "Red Cross", amountMinor: 100, currency: "EUR" },
      reason: null,
    });
  });

  test.each([
    [1, "003"],
    [1, "001"],
    [3, "SDD"],
    [5, "x".repeat(71)],
    [6, "BE72000000001617"],
    [7, "USD1"],
    [7, "EUR1.234"],
    [9, "RF18539007547035"],
    [9, "A reference beside a message"],
    [10, "x".repeat(300)],
  ])("with another line %i is none: %s", (at, line) => {
    expect(found(changed(transferLines, at, line))).toMatchObject({ kind: "unknown", reason: "bill" });
  });
});

test("account numbers and references have their check digits", () => {
  expect(["GB82WEST12345698765432", "DE89370400440532013000", "CH9300762011623852957"].map(isIban)).toEqual([
    true,
    true,
    true,
  ]);
  expect(["GB82WEST12345698765433", "GB82 WEST", "", "DE00370400440532013000"].map(isIban)).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(isCreditorReference("RF18539007547034")).toBe(true);
  expect(isCreditorReference("RF19539007547034")).toBe(false);
  expect(isQrReference("210000000003139471430009017")).toBe(true);
  expect(isQrReference("210000000003139471430009071")).toBe(false);
});

test.each([
  ["0.29", 2, 29],
  ["1.15", 2, 115],
  ["12", 2, 1200],
  ["12.", 2, 1200],
  ["12.5", 3, 12_500],
  ["12.50", 0, null],
  ["12.00", 0, 12],
  ["9999999999999.99", 2, 999_999_999_999_999],
  ["9999999999999.999", 3, null],
  ["1e3", 2, null],
  ["-1", 2, null],
  ["", 2, null],
  [".5", 2, null],
])("%s with %i digits of the minor unit is %s", (text, digits, amountMinor) => {
  expect(minorOfDecimal(text, digits)).toBe(amountMinor);
});

test("an implied point is never rounded away", () => {
  expect(minorOfDigits("125", 0, 2)).toBe(12_500);
  expect(minorOfDigits("5", 9, 2)).toBeNull();
  expect(minorOfDigits("0", 9, 2)).toBe(0);
});

describe("a link of UPI", () => {
  test("is told with payee and amount in whole minor units", () => {
    expect(found("upi://pay?pa=tea.house@okbank&pn=Tea%20House&am=120.5&cu=INR&tr=A1&mc=5411")).toEqual({
      kind: "upi",
      fields: {
        payee: "tea.house@okbank",
        payeeName: "Tea House",
        amountMinor: 12_050,
        currency: "INR",
        reference: "A1",
      },
      reason: null,
    });
    expect(found("UPI://PAY?pa=a1@bank&pn=A").kind).toBe("upi");
  });

  test.each([
    "upi://pay?",
    "upi://pay?pa=shop@bank",
    "upi://pay?pn=Shop&am=1.00",
    "upi://pay?pa=shop&pn=Shop",
    "upi://pay?pa=shop@bank&pn=Shop&am=1.234",
    "upi://pay?pa=shop@bank&pn=Shop&am=-1",
    "upi://pay?pa=shop@bank&pn=Shop&cu=USD",
    "upi://pay?pa=shop@bank&pa=thief@bank&pn=Shop",
    "upi://pay?pa=shop@bank&pn=%E0%A4%A",
    "upi://pay?pa=shop@bank&pn=A%00B",
    "upi://pay?pa=shop@bank&pn=Shop&",
  ])("%s is none", (text) => {
    expect(found(text)).toMatchObject({ kind: "unknown", reason: "merchant-code" });
  });

  test("of another kind is a link like any other", () => {
    expect(found("upi://mandate?pa=a@b").reason).toBe("link");
  });
});
