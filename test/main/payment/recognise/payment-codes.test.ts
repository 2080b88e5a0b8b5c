import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../../sync/protocol/bytes.ts";
import { crc16 } from "../../../../sync/protocol/crc16.ts";
import { seededChance } from "../../../faults/random.ts";
import { crcOf } from "../../../campaign/codes/arithmetic.ts";
import { berObject, consumerCode, merchantCode, slipCode } from "../../../campaign/codes/valid-codes.ts";
import { found } from "./known.ts";

/** The example of the Brazilian central bank's manual for the BR Code. */
const pixExample =
  "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D";

/** The example of EMVCo's standard for merchant-presented codes, with a name in Chinese. */
const emvcoExample =
  "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME91320016A0112233449988770708123456786304A13A";

/** The example of EMVCo's standard for consumer-presented codes: two cards and what they have in common. */
const consumerExample =
  "hQVDUFYwMWETTwegAAAAVVVVUAhQcm9kdWN0MWETTwegAAAAZmZmUAhQcm9kdWN0MmJJWggSNFZ4kBI0WF8gDkNBUkRIT0xERVIvRU1WXy0IcnVlc2RlZW5kIZ8QBwYBCgMAAACfJghYT9OF+iNLzJ82AgABnzcEbVjvEw==";

describe("a payee's code", () => {
  test("has the checksum of its standard", () => {
    expect(crc16(utf8("123456789"))).toBe(0x29b1);
    fc.assert(fc.property(fc.uint8Array(), (bytes) => crc16(bytes) === crcOf(bytes)));
  });

  test("is read as the examples of its standards say", () => {
    expect(found(pixExample)).toEqual({
      kind: "emvco-merchant",
      fields: {
        scheme: "pix",
        use: "not-said",
        merchantName: "Fulano de Tal",
        merchantCity: "BRASILIA",
        country: "BR",
        currency: "BRL",
        reference: "***",
      },
      reason: null,
    });
    expect(found(emvcoExample)).toMatchObject({
      kind: "emvco-merchant",
      fields: { scheme: "emvco", use: "dynamic", merchantName: "BEST TRANSPORT", amountMinor: 2372, currency: "CNY" },
    });
    expect(found("00020101021129370016A000000677010111011300660000000005802TH530376463048956")).toMatchObject({
      kind: "emvco-merchant",
      fields: { scheme: "promptpay", use: "static", country: "TH", currency: "THB" },
    });
  });

  test("with any character changed is none, and says that it was not read whole", () => {
    fc.assert(
      fc.property(fc.nat(pixExample.length - 1), fc.constantFrom(..."0123456789ABCXYZ "), (place, by) => {
        const wrong = pixExample.slice(0, place) + by + pixExample.slice(place + 1);
        fc.pre(wrong.toLowerCase() !== pixExample.toLowerCase());
        const code = found(wrong);
        expect(code.kind, wrong).toBe("unknown");
        if (place > 5) expect(["checksum", "merchant-code"]).toContain(code.reason);
      }),
    );
  });

  test("that says two things, or not all that it has to, is none in spite of its checksum", () => {
    const account = ["29", "0016A00000067701011101130066812345678"] as const;
    const thai = [
      ["58", "TH"],
      ["53", "764"],
    ] as const;
    expect(found(merchantCode(account, ...thai)).kind).toBe("emvco-merchant");
    expect(found(merchantCode(account, ["58", "TH"])).reason).toBe("merchant-code");
    expect(found(merchantCode(account, ...thai, ["53", "156"])).reason).toBe("merchant-code");
    expect(found(merchantCode(...thai)).reason).toBe("merchant-code");
    expect(found(merchantCode(["29", "000"], ...thai)).reason).toBe("merchant-code");
    expect(found(merchantCode(["26", "0004ABCD"], ...thai)).reason).toBe("merchant-code");
    expect(found(merchantCode(account, ...thai, ["54", "1.2.3"])).reason).toBe("merchant-code");
    // A key and an address in one code would be two payees.
    const pix = "0014br.gov.bcb.pix0103key2503url";
    const brazil = [
      ["52", "0000"],
      ["53", "986"],
      ["58", "BR"],
      ["59", "A"],
      ["60", "B"],
    ] as const;
    expect(found(merchantCode(["26", pix], ...brazil)).reason).toBe("merchant-code");
    expect(found(merchantCode(["26", pix.slice(0, -7)], ...brazil)).kind).toBe("emvco-merchant");
    expect(found(merchantCode(["26", pix.slice(0, -14)], ...brazil)).reason).toBe("merchant-code");
  });

  test("has its amount in whole minor units, or as it stands where the till does not know the currency", () => {
    const shop = (number: string, amount: string) =>
      found(
        merchantCode(
          ["29", "0005OTHER"],
          ["52", "0000"],
          ["53", number],
          ["54", amount],
          ["58", "XX"],
          ["59", "A"],
          ["60", "B"],
        ),
      ).fields;
    expect(shop("764", "0.29")).toMatchObject({ amountMinor: 29, currency: "THB" });
    expect(shop("392", "120.00")).toMatchObject({ amountMinor: 120, currency: "JPY" });
    expect(shop("392", "120.50")).toMatchObject({ amount: "120.50", currency: "JPY" });
    expect(shop("414", "1.5")).toMatchObject({ amountMinor: 1500, currency: "KWD" });
    expect(shop("999", "1.5")).toMatchObject({ amount: "1.5", currency: "999" });
  });
});

test("a bank's slip is never a payment: it has a reason of its own", () => {
  const slip = slipCode(seededChance(3));
  expect(found(slip)).toEqual({ kind: "unknown", fields: { text: slip }, reason: "bank-slip" });
  expect(found(`${slip.slice(0, -1)}${slip.endsWith("0") ? "1" : "0"}`).reason).toBe("checksum");
});

describe("a payment code of a card scheme", () => {
  const unionPay = berObject("4F", "A000000333010102");

  test("is read as the example of its standard says, and no more of the card than four digits", () => {
    const code = found(consumerExample);
    expect(code).toEqual({
      kind: "emvco-consumer",
      fields: { aid: "A0000000555555", scheme: "other", label: "Product1", panLast4: "3458" },
      reason: null,
    });
    expect(JSON.stringify(code)).not.toContain("12345678");
  });

  test("of a card is never quoted whole, neither where it is taken nor where it is not", () => {
    const pan = "6212345678901234";
    const text = consumerCode(berObject("61", unionPay + berObject("57", `${pan}D301210100000000`)));
    expect(found(text)).toEqual({
      kind: "emvco-consumer",
      fields: { aid: "A000000333010102", scheme: "unionpay", panLast4: "1234" },
      reason: null,
    });
    for (const wallets of [[], ["wechat-pay" as const]]) {
      const code = found(text, { wallets: new Set(wallets) });
      expect(code).toMatchObject({
        kind: "unknown",
        reason: "wallet-not-enabled",
        fields: { wallets: "emvco-consumer" },
      });
      expect(JSON.stringify(code).length).toBeLessThan(130);
    }
    expect(found(text, { wallets: new Set(["unionpay"]) }).kind).toBe("emvco-consumer");
  });

  test("begins in every way that base64 can put a further data object", () => {
    for (let tag = 0x40; tag < 0x80; tag += 1) {
      const start = consumerCode(tag.toString(16)).slice(9, 10);
      expect(start).toMatch(/[Q-Za-f]/);
    }
  });

  test.each([
    ["has no card in it", consumerCode()],
    ["has a card without an id", consumerCode(berObject("61", berObject("50", "4142")))],
    ["says an id twice", consumerCode(berObject("61", unionPay + unionPay))],
    ["ends early", consumerCode(berObject("61", unionPay)).slice(0, -4)],
    ["has a length that is written too long", consumerCode(`618112${unionPay}${berObject("50", "41424344454647")}`)],
    ["has something else beside the card", consumerCode(berObject("61", unionPay), berObject("70", "00"))],
    ["has another character in it", consumerCode(berObject("61", unionPay)).replace("A", "-")],
  ])("that %s is refused", (_, text) => {
    expect(found(text)).toMatchObject({ kind: "unknown", reason: "payment-code" });
  });

  test("stops at nothing that a stranger's bytes may be", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = consumerCode(Buffer.from(bytes).toString("hex"));
        expect(["emvco-consumer", "unknown"]).toContain(found(text).kind);
      }),
    );
  });
});
