import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeBadgeCode, parseBadgeCode } from "../../../../sync/protocol/badge-code.ts";
import { seededChance } from "../../../faults/random.ts";
import { signedText } from "../../../campaign/codes/valid-codes.ts";
import { createTokenWorld } from "../../../support/wallet-token.ts";
import { found } from "./known.ts";

const badgeId = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString("hex"));

describe("a staff badge", () => {
  test("gives back the id that it was made of", () => {
    fc.assert(
      fc.property(badgeId, (id) => {
        const text = encodeBadgeCode(id);
        expect(text).toMatch(/^PW1:[0-9A-Z $%*+./:-]{27}$/);
        expect(parseBadgeCode(text)).toBe(id);
        expect(found(text)).toEqual({ kind: "badge", fields: { badgeId: id }, reason: null });
      }),
    );
  });

  test("that is worn in one place is nobody's, and never a colleague's", () => {
    fc.assert(
      fc.property(
        badgeId,
        fc.integer({ min: 4, max: 30 }),
        fc.constantFrom(..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        (id, place, by) => {
          const text = encodeBadgeCode(id);
          fc.pre(text[place] !== by);
          const worn = text.slice(0, place) + by + text.slice(place + 1);
          expect(found(worn)).toMatchObject({ kind: "unknown", reason: "own-code" });
        },
      ),
    );
  });

  test("has an id of sixteen bytes", () => {
    expect(() => encodeBadgeCode("00")).toThrow(RangeError);
    expect(() => encodeBadgeCode("xy".repeat(16))).toThrow(RangeError);
  });
});

describe("codes that are signed", () => {
  test.each([
    ["PR1:", "payment-request"],
    ["PP1:", "payment-proof"],
    ["PX1:", "exit"],
    ["PB1:", "basket"],
  ])("%s is a %s where its form is whole", (prefix, kind) => {
    const chance = seededChance(5);
    const text = signedText(prefix, chance, "claims of somebody");
    expect(found(`${text}\r\n`)).toEqual({ kind, fields: { text }, reason: null });
    for (const wrong of [
      prefix,
      `${prefix}HELLO`,
      text.slice(0, -1),
      `${text}0`,
      text.replace(prefix, `${prefix} `),
      signedText(prefix, chance, "claims", 63),
      signedText(prefix, chance, "claims", 72),
      prefix + "A".repeat(300),
    ]) {
      expect(found(wrong), wrong).toMatchObject({ kind: "unknown", reason: "own-code" });
    }
    expect(found(text.toLowerCase()).kind).toBe("unknown");
    expect(found(text.slice(1)).kind).toBe("unknown");
  });

  test("one is never taken for another: the prefix is the only thing that tells them apart, and a token is more", async () => {
    const token = await (await createTokenWorld()).token();
    expect(found(token).kind).toBe("spend-token");
    // Its certificate is not protected there, which no other code of ours may have without a reader for it.
    expect(found(token.replace("PT1:", "PW1:")).kind).toBe("unknown");
    expect(found(token.replace("PT1:", "PC1:")).reason).toBe("receipt-code");
    const request = signedText("PT1:", seededChance(6), "not the claims of a token");
    expect(found(request)).toMatchObject({ kind: "unknown", reason: "wallet-code" });
  });

  test("half of a token, or one with a changed character, is said to be a wallet's code that was not read whole", async () => {
    const token = await (await createTokenWorld()).token();
    fc.assert(
      fc.property(fc.nat(token.length - 5), (length) => {
        expect(found(token.slice(0, length + 4))).toMatchObject({ kind: "unknown", reason: "wallet-code" });
      }),
    );
  });
});
