import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { chargeRequestSchema, enrolmentRequestSchema } from "../../../sync/protocol/api.ts";
import { decodeBase45 } from "../../../sync/protocol/base45.ts";
import { utf8 } from "../../../sync/protocol/bytes.ts";
import { CanonicalError, canonicalise, parseCanonical } from "../../../sync/protocol/canonical.ts";
import { decodeCbor } from "../../../sync/protocol/cbor.ts";
import { readSign1 } from "../../../sync/protocol/cose.ts";
import { parseEnrolmentCode } from "../../../sync/protocol/enrolment-code.ts";
import { signedEntrySchema } from "../../../sync/protocol/entry.ts";
import { verifyRequestProof } from "../../../sync/protocol/request-proof.ts";
import { readSpendToken } from "../../../sync/protocol/token.ts";
import { refusalFrom, refusalOf } from "../../support/refusal.ts";
import { describeWithVectors, readVector } from "../../support/vectors.ts";

/** Puts a text into everything that reads a stranger's text. Each may refuse; none may fail otherwise or take it. */
async function tryEverywhere(text: string): Promise<void> {
  refusalOf(() => decodeBase45(text));
  refusalOf(() => decodeCbor(utf8(text), { maximumBytes: 4096 }));
  refusalOf(() => readSign1(utf8(text), { maximumBytes: 4096 }));
  expect(refusalOf(() => readSpendToken(text))).not.toBe(null);
  expect(refusalOf(() => readSpendToken(`PT1:${text}`))).not.toBe(null);
  expect(parseEnrolmentCode(text)).toBe(null);
  expect(await refusalFrom(() => verifyRequestProof(text, refuseAll))).not.toBe(null);
  expect(chargeRequestSchema.safeParse({ token: text }).success).toBe(false);
  expect(enrolmentRequestSchema.safeParse({ code: text }).success).toBe(false);
  expect(signedEntrySchema.safeParse({ text, signature: text, keyId: text }).success).toBe(false);
  if (text.isWellFormed()) {
    expect(parseCanonical(canonicalise({ [text]: text }))).toEqual({ [text]: text });
  } else {
    expect(() => canonicalise(text)).toThrow(CanonicalError);
  }
}

const refuseAll: Parameters<typeof verifyRequestProof>[1] = {
  publicKeyFor: () => null,
  nowSeconds: 0,
  skewSeconds: 0,
  request: "",
  bodyHash: "",
  isNonceValid: () => false,
};

describe("a code with hostile content is refused in words, at the till and at the platform", () => {
  test.each([
    ["nothing", ""],
    ["control characters", "\u0000\u0001\u001b[2J\u007f"],
    ["right-to-left override", "\u202egpj.exe"],
    ["a lone surrogate", "\ud800"],
    ["zero width", "\u200b\ufeff"],
    ["SQL", "1'; DROP TABLE entries; --"],
    ["HTML", "<script>alert(1)</script>"],
    ["JavaScript's own names", "__proto__"],
    ["a path", "../../../../etc/passwd"],
    ["very long", "A".repeat(100_000)],
    ["full-width digits", "１３４５"],
    ["a JWT without a signature", "eyJhbGciOiJub25lIn0.e30."],
  ])("%s", async (_, text) => {
    await tryEverywhere(text);
  });

  test("and so is any text at all", async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: "binary" }), tryEverywhere));
  });
});

describeWithVectors("the big list of naughty strings", "strings", (folder) => {
  test("is refused everywhere and stops nothing", async () => {
    const texts = z.array(z.string()).parse(readVector(folder, "blns.json"));
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) await tryEverywhere(text);
  });
});
