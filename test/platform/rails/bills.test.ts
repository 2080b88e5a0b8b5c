import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { zip } from "../../../platform/demo/rails/zip.ts";
import { readAlipayBill } from "../../../platform/rails/alipay/bill.ts";
import { unzip } from "../../../platform/rails/alipay/unzip.ts";
import { chinaDay, chinaTime, readChinaTime, startOfChinaDay } from "../../../platform/rails/china-time.ts";
import { idOfOrderNumber, orderNumberOf } from "../../../platform/rails/order-number.ts";
import { readWechatPayBill } from "../../../platform/rails/wechat-pay/bill.ts";
import { readYuan, yuanText } from "../../../platform/rails/yuan.ts";

const wechatHead = "交易时间,微信订单号,商户订单号,交易状态,商户退款单号,退款金额,订单金额";
const wechatLine = "`2026-11-20 14:00:00,`4200,`0a,`SUCCESS,`,`0.00,`12.50";
const sums = "总交易单数,订单总金额\r\n`1,`12.50";

test("a bill of WeChat Pay is read by its columns' names, up to the sums", () => {
  const text = `\uFEFF${[wechatHead, wechatLine, sums].join("\r\n")}\r\n`;
  expect(readWechatPayBill(text)).toEqual([
    { kind: "payment", orderNumber: "0a", refundNumber: null, transactionId: "4200", amountMinor: 1250 },
  ]);
});

test.each([
  ["a column that is gone", wechatHead.replace("商户订单号", "?"), wechatLine],
  ["a field too few", wechatHead, wechatLine.replace(",`SUCCESS", "")],
  ["a state that nobody knows", wechatHead, wechatLine.replace("SUCCESS", "MAYBE")],
  ["an amount that is none", wechatHead, wechatLine.replace("12.50", "12.505")],
])("%s makes the whole bill doubtful, and none of it is believed", (_what, head, line) => {
  expect(readWechatPayBill([head, wechatLine, line].join("\n"))).toBeNull();
});

const alipayHead = "支付宝交易号,商户订单号,业务类型,商品名称,订单金额（元）,退款批次号/请求号";

test("a bill of Alipay is read around its remarks, with commas in the names of goods", () => {
  const rows = [
    "#账单",
    alipayHead,
    '2026\t,0a\t,交易\t,"tea, green"\t,3.00\t,\t',
    "2026,0a,退款,tea,-1.00,r1",
    "#结束",
  ];
  expect(readAlipayBill(rows.join("\r\n"))).toEqual([
    { kind: "payment", orderNumber: "0a", refundNumber: null, transactionId: "2026", amountMinor: 300 },
    { kind: "refund", orderNumber: "0a", refundNumber: "r1", transactionId: "2026", amountMinor: 100 },
  ]);
  expect(readAlipayBill([alipayHead, "2026,0a,提现,tea,3.00,"].join("\n"))).toBeNull();
  expect(readAlipayBill("<html>")).toBeNull();
});

test("what was packed comes out again; what is damaged, too large or lies about its size does not", () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 4 }),
      fc.nat(),
      fc.nat(255),
      (files, at, byte) => {
        const named = files.map((bytes, index) => ({ name: Buffer.from(`${index}.csv`), bytes: Buffer.from(bytes) }));
        const archive = zip(named);
        expect(unzip(archive, 10_000)).toEqual(named);
        // Any byte may be another one: nothing is thrown, and never more comes out than was allowed.
        archive[at % archive.length] = byte;
        const read = unzip(archive, 500) ?? [];
        expect(read.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThanOrEqual(500);
      },
    ),
  );
  const bomb = zip([{ name: Buffer.from("a.csv"), bytes: Buffer.alloc(5_000_000) }]);
  expect(bomb.length).toBeLessThan(10_000);
  expect(unzip(bomb, 1_000_000)).toBeNull();
  const lying = Buffer.from(bomb);
  // The directory says ten bytes; the packed content is five million.
  lying.writeUInt32LE(10, lying.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
  expect(unzip(lying, 1_000_000)).toBeNull();
  expect(unzip(deflateRawSync(Buffer.from("no archive")), 1000)).toBeNull();
});

test("yuan, China's clock and order numbers go there and back without a loss", () => {
  fc.assert(
    fc.property(
      fc.nat(10 ** 12),
      fc.uuid(),
      fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
      (minor, id, at) => {
        expect(readYuan(yuanText(minor))).toBe(minor);
        expect(idOfOrderNumber(orderNumberOf(id))).toBe(id);
        const whole = new Date(Math.floor(at.getTime() / 1000) * 1000);
        expect(readChinaTime(chinaTime(whole))).toEqual(whole);
        const start = startOfChinaDay(chinaDay(at)).getTime();
        expect(at.getTime() - start).toBeGreaterThanOrEqual(0);
        expect(at.getTime() - start).toBeLessThan(24 * 3_600_000);
      },
    ),
  );
  expect(chinaTime(new Date("2026-11-20T16:00:00Z"))).toBe("2026-11-21 00:00:00");
  for (const text of ["", "1.234", "1,00", "+1", "1e3", "--1"]) expect(readYuan(text)).toBeNull();
  expect(readYuan("-0.5")).toBe(-50);
  expect(idOfOrderNumber("20150320010101001")).toBeNull();
});
