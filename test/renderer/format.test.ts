import fc from "fast-check";
import { expect, test } from "vitest";
import {
  formatName,
  decimalOfMinor,
  formatCode,
  formatColumn,
  formatDay,
  formatKilograms,
  formatMoney,
  formatNote,
  formatPercent,
  formatPaymentNumber,
  formatTime,
  formatTimeToSecond,
  weighedPriceMinor,
} from "../../renderer/shared/format.ts";
import { usCharacter } from "../../renderer/shared/wedge-keys.ts";
import { segmentsOf } from "../../renderer/counter/paper-cells.ts";

test("amounts carry their sign, their decimals and a true minus in both languages", () => {
  expect(formatMoney(8964, "CNY", "en")).toBe("¥89.64");
  expect(formatMoney(8964, "CNY", "zh-CN")).toBe("¥89.64");
  expect(formatMoney(-1250, "CNY", "en")).toBe("−¥12.50");
  expect(formatMoney(500, "JPY", "en")).toBe("¥500");
  expect(formatMoney(1234, "KWD", "en")).toMatch(/1\.234/);
  expect(formatColumn(123_456, "CNY", "en")).toBe("1,234.56");
  expect(formatNote(10_000, "CNY", "en")).toBe("¥100");
  expect(formatNote(8960, "CNY", "en")).toBe("¥89.60");
});

test("no amount, however large, loses a cent on its way to the screen", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.constantFrom(0, 2, 3), (amountMinor, digits) => {
      const text = decimalOfMinor(amountMinor, digits);
      expect(BigInt(text.replace(".", ""))).toBe(BigInt(amountMinor));
      expect(text.split(".")[1]?.length ?? 0).toBe(digits);
    }),
  );
});

test("the price of a weight is the one the till will take: half a cent goes up", () => {
  expect(weighedPriceMinor(842, 1180)).toBe(994);
  expect(weighedPriceMinor(1036, 690)).toBe(715);
  expect(weighedPriceMinor(500, 1)).toBe(1);
  expect(weighedPriceMinor(499, 1)).toBe(0);
  expect(formatKilograms(842, "en")).toBe("0.842");
});

test("codes are grouped as under their bars, so that a cashier can compare them", () => {
  expect(formatCode("06972145300182")).toBe("6 972145 300182");
  expect(formatCode("6972145300182")).toBe("6 972145 300182");
  expect(formatCode("00000096385074")).toBe("9638 5074");
  expect(formatCode("16972145300189")).toBe("16972145300189");
  expect(formatCode("KITCHEN-7")).toBe("KITCHEN-7");
  expect(formatPaymentNumber("40217796")).toBe("4021 7796");
});

test("times are the shop's, whatever zone the screen is in", () => {
  expect(formatTime("2026-11-20T06:31:00.000Z", "Asia/Shanghai")).toBe("14:31");
  expect(formatTimeToSecond("2026-11-20T14:32:09.120+08:00", "Asia/Shanghai")).toBe("14:32:09");
});

test("a scanner behind an input method still types its own characters", () => {
  expect(usCharacter("Digit6", false)).toBe("6");
  expect(usCharacter("Numpad6", true)).toBe("6");
  expect(usCharacter("KeyP", true)).toBe("P");
  expect(usCharacter("Semicolon", true)).toBe(":");
  expect(usCharacter("F5", false)).toBeNull();
});

test("what the printer put into columns is in columns on the drawn paper", () => {
  const line = `茉莉花茶 500 毫升${" ".repeat(27)}9.00`;
  expect(segmentsOf(line)).toEqual([
    { text: "茉莉花茶 500 毫升", start: 0, end: 17 },
    { text: "9.00", start: 44, end: 48 },
  ]);
});

test("a unit never stands alone on the next line of a tile", () => {
  expect(formatName("Lager 330 ml can")).toBe("Lager 330\u00a0ml can");
  expect(formatName("芝麻米饼 150 克")).toBe("芝麻米饼 150\u00a0克");
  expect(formatName("AA batteries, pack of 4 long")).toBe("AA batteries, pack of 4 long");
});

test("a birth day reads the same wherever the window stands, in the words of its language", () => {
  expect(formatDay("2008-11-21", "en")).toBe("21 Nov 2008");
  expect(formatDay("2008-11-21", "zh-CN")).toBe("2008年11月21日");
});

test("a percentage is written as it was typed, not rounded and not with zeros that nobody typed", () => {
  expect([50_000, 100_000, 125_000, 1_000_000, 1].map(formatPercent)).toEqual(["5", "10", "12.5", "100", "0.0001"]);
});
