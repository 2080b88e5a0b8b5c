import fc from "fast-check";
import { expect, test } from "vitest";
import type { WalletKind } from "../../../../sync/protocol/change.ts";
import { found } from "./known.ts";

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: length, maxLength: length });

const walletCode = fc.oneof(
  fc
    .tuple(fc.constantFrom("10", "11", "12", "13", "14", "15"), digits(16))
    .map(([start, rest]) => ["wechat-pay", start + rest] as const),
  fc
    .tuple(fc.constantFrom("25", "26", "27", "28", "29", "30"), fc.integer({ min: 14, max: 22 }).chain(digits))
    .map(([start, rest]) => ["alipay", start + rest] as const),
  digits(17).map((rest) => ["unionpay", `62${rest}`] as const),
);

test("digits are a wallet's code where the shop takes that wallet, and for no other shop", () => {
  const sets = fc.uniqueArray(fc.constantFrom<WalletKind>("wechat-pay", "alipay", "unionpay", "emvco-consumer"));
  fc.assert(
    fc.property(walletCode, sets, ([kind, text], taken) => {
      const code = found(text, { wallets: new Set(taken) });
      if (taken.includes(kind)) expect(code).toEqual({ kind, fields: { text }, reason: null });
      else expect(code).toEqual({ kind: "unknown", fields: { text, wallets: kind }, reason: "wallet-not-enabled" });
    }),
  );
});

test("one digit more or less, or another start, is no wallet's code", () => {
  for (const text of [
    "13456789012345678",
    "1345678901234567890",
    "163456789012345678",
    "093456789012345678",
    "251234567890123",
    "2512345678901234567890123",
    "3112345678901234",
    "62123456789012345",
    "63123456789012345678",
    "13456789012345678x",
    "１３4567890123456789",
  ]) {
    expect(found(text), text).toMatchObject({ kind: "unknown", reason: "not-known" });
  }
});

// An 18-digit number of a pallet may begin like a payment code: where it was read from is what tells them apart.
test("the symbol decides: wallets show Code 128 and QR codes, pallets carry GS1-128, goods carry EAN", () => {
  const wallet = "134567890123456789";
  for (const symbology of [undefined, "]C0", "]Q1"]) expect(found({ text: wallet, symbology }).kind).toBe("wechat-pay");
  for (const symbology of ["]C1", "]d2", "]Q3", "]E0", "]E3", "]I1", "]A0", "]d1"]) {
    expect(found({ text: wallet, symbology }).kind, symbology).not.toBe("wechat-pay");
  }
  expect(found({ text: "00106141411234567897", symbology: "]C1" })).toEqual({
    kind: "gs1",
    fields: { sscc: "106141411234567897" },
    reason: null,
  });
  expect(found("00106141411234567897").kind).toBe("gs1");
  expect(found("]C000106141411234567897").kind).toBe("unknown");
  expect(found(`]C0${wallet}`).kind).toBe("wechat-pay");
});

test("goods are goods, whatever wallets are on", () => {
  fc.assert(
    fc.property(fc.constantFrom("4006381333931", "96385074", "036000291452", "10614141000415"), (text) => {
      expect(found(text).kind).toBe("gtin");
    }),
  );
});
