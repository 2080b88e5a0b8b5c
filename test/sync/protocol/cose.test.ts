import { decode, encode } from "cborg";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { concatBytes, fromHex, toHex, utf8 } from "../../../sync/protocol/bytes.ts";
import { encodeCbor, type CborLabel, type CborValue } from "../../../sync/protocol/cbor.ts";
import { createSign1, readSign1, verifySign1 } from "../../../sync/protocol/cose.ts";
import type { Sign, VerificationKey } from "../../../sync/protocol/crypto.ts";
import {
  exportPublicKey,
  generateSigningKey,
  signWithWebCrypto,
  verifyWithWebCrypto,
} from "../../../sync/protocol/web-crypto.ts";
import { refusalFrom, refusalOf } from "../../support/refusal.ts";
import { describeWithVectors, readVector, vectorFiles } from "../../support/vectors.ts";

const limits = { maximumBytes: 4096 };
const payload = utf8("This is the content.");
const verify = verifyWithWebCrypto;

describe.each(["Ed25519", "ES256"] as const)("COSE_Sign1 with %s", (algorithm) => {
  let sign: Sign;
  let key: VerificationKey;
  beforeAll(async () => {
    const pair = await generateSigningKey(algorithm, { extractable: false });
    sign = signWithWebCrypto(algorithm, pair.privateKey);
    key = { algorithm, publicKey: await exportPublicKey(algorithm, pair.publicKey) };
  });

  test("what is signed verifies, with and without data beside it, tagged or not", async () => {
    const externalData = utf8("beside");
    const bytes = await createSign1({ sign, algorithm, payload, externalData });
    for (const tagged of [bytes, concatBytes(fromHex("d2"), bytes), concatBytes(fromHex("d83dd2"), bytes)]) {
      const message = readSign1(tagged, limits);
      expect(await verifySign1(message, { verify, key, externalData })).toEqual(payload);
      expect(await refusalFrom(() => verifySign1(message, { verify, key }))).toBe("cose.signature");
    }
  });

  test("no changed bit of a message verifies as something else", async () => {
    const bytes = await createSign1({ sign, algorithm, payload, protectedHeader: new Map([[4, utf8("11")]]) });
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length * 8 - 1), async (bit) => {
        const changed = new Uint8Array(bytes);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const code = await refusalFrom(() => verifySign1(readSign1(changed, limits), { verify, key }));
        expect(code).not.toBe(null);
      }),
      { numRuns: 300 },
    );
  });

  test("the key decides what is verified with, never the header", async () => {
    const bytes = await createSign1({ sign, algorithm, payload });
    const other = algorithm === "ES256" ? "Ed25519" : "ES256";
    const wrong = { algorithm: other, publicKey: key.publicKey } as const;
    expect(await refusalFrom(() => verifySign1(readSign1(bytes, limits), { verify, key: wrong }))).toBe(
      "cose.algorithm",
    );
  });

  test("a payload may travel apart from the message, but not be there twice or never", async () => {
    const [head, unprotectedHeader, , signature] = z
      .tuple([z.instanceof(Uint8Array), z.unknown(), z.unknown(), z.instanceof(Uint8Array)])
      .parse(decode(await createSign1({ sign, algorithm, payload }), { useMaps: true }));
    const detached = readSign1(encode([head, unprotectedHeader, null, signature]), limits);
    expect(await verifySign1(detached, { verify, key, detachedPayload: payload })).toEqual(payload);
    expect(await refusalFrom(() => verifySign1(detached, { verify, key }))).toBe("cose.structure");
    expect(await refusalFrom(() => verifySign1(detached, { verify, key, detachedPayload: utf8("x") }))).toBe(
      "cose.signature",
    );
    const attached = readSign1(await createSign1({ sign, algorithm, payload }), limits);
    expect(await refusalFrom(() => verifySign1(attached, { verify, key, detachedPayload: payload }))).toBe(
      "cose.structure",
    );
  });

  test("a header without parameters is signed as no bytes, whether it came as nothing or as an empty map", async () => {
    const identifier = algorithm === "ES256" ? -7 : -8;
    const signature = await sign(encodeCbor(["Signature1", new Uint8Array(0), new Uint8Array(0), payload]));
    for (const head of ["", "a0"]) {
      const message = readSign1(encodeCbor([fromHex(head), new Map([[1, identifier]]), payload, signature]), limits);
      expect(await verifySign1(message, { verify, key })).toEqual(payload);
    }
  });
});

describe("the form of a message", () => {
  const message = (parts: {
    head?: [CborLabel, CborValue][];
    tail?: [CborLabel, CborValue][];
    rest?: CborValue[];
  }): Uint8Array =>
    encodeCbor([
      encodeCbor(new Map(parts.head ?? [[1, -7]])),
      new Map(parts.tail ?? []),
      ...(parts.rest ?? [payload, new Uint8Array(64)]),
    ]);
  const refusal = (bytes: Uint8Array) => refusalOf(() => readSign1(bytes, limits));

  test("both names of each of the two algorithms are read, and no other algorithm is", () => {
    for (const identifier of [-7, -9])
      expect(readSign1(message({ head: [[1, identifier]] }), limits).algorithm).toBe("ES256");
    for (const identifier of [-8, -19]) {
      expect(readSign1(message({ head: [[1, identifier]] }), limits).algorithm).toBe("Ed25519");
    }
    // RS256, PS256, ES384, ES512, HS256, Ed448, none of any kind.
    for (const identifier of [-257, -37, -35, -36, 5, -53, 0, "none", "ES256", null, true]) {
      expect(refusal(message({ head: [[1, identifier]] }))).toBe("cose.algorithm");
    }
    expect(refusal(message({ head: [] }))).toBe("cose.algorithm");
  });

  test("a label in both headers is refused, whichever is right", () => {
    expect(refusal(message({ tail: [[1, -7]] }))).toBe("cose.duplicate-label");
    expect(
      refusal(
        message({
          head: [
            [1, -7],
            [4, utf8("a")],
          ],
          tail: [[4, utf8("a")]],
        }),
      ),
    ).toBe("cose.duplicate-label");
  });

  test("a message that asks to be understood is refused by a till that does not", () => {
    expect(
      refusal(
        message({
          head: [
            [1, -7],
            [2, [1]],
          ],
        }),
      ),
    ).toBe(null);
    expect(
      refusal(
        message({
          head: [
            [1, -7],
            [2, [1, -70_000]],
            [-70_000, true],
          ],
        }),
      ),
    ).toBe("cose.critical");
    expect(
      refusal(
        message({
          head: [
            [1, -7],
            [2, [4]],
          ],
        }),
      ),
    ).toBe("cose.critical");
    expect(
      refusal(
        message({
          head: [
            [1, -7],
            [2, []],
          ],
        }),
      ),
    ).toBe("cose.critical");
    expect(
      refusal(
        message({
          head: [
            [1, -7],
            [2, 1],
          ],
        }),
      ),
    ).toBe("cose.critical");
    expect(
      refusal(
        message({
          head: [
            [1, -7],
            [2, [[1]]],
          ],
        }),
      ),
    ).toBe("cose.critical");
    expect(refusal(message({ tail: [[2, [1]]] }))).toBe("cose.critical");
  });

  test("other shapes and tags are no COSE_Sign1", () => {
    expect(refusal(message({ rest: [payload] }))).toBe("cose.structure");
    expect(refusal(message({ rest: [payload, new Uint8Array(64), 1] }))).toBe("cose.structure");
    expect(refusal(message({ rest: ["text", new Uint8Array(64)] }))).toBe("cose.structure");
    expect(refusal(encodeCbor(new Map()))).toBe("cose.structure");
    expect(refusal(encodeCbor([utf8("x"), new Map(), payload, new Uint8Array(64)]))).toMatch(/^cbor\./);
    expect(refusal(encodeCbor([encodeCbor([]), new Map(), payload, new Uint8Array(64)]))).toBe("cose.header");
    for (const tag of ["d1", "d862", "d903e6", "d2d2", "d83d", "d2d83d"]) {
      expect(refusal(concatBytes(fromHex(tag), message({})))).toBe("cose.structure");
    }
  });

  test("hostile bytes are refused with a code and never stop the till", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 8 }), (bytes, head) => {
        refusal(bytes);
        refusal(encodeCbor([head, new Map(), bytes, bytes]));
      }),
    );
  });
});

const keySchema = z.object({
  crv: z.string(),
  x: z.string().optional(),
  y: z.string().optional(),
  x_hex: z.string().optional(),
  y_hex: z.string().optional(),
});
const fileSchema = z.object({
  fail: z.boolean().optional(),
  input: z.object({
    sign0: z.object({ alg: z.string().optional(), key: keySchema, external: z.string().optional() }).loose().optional(),
  }),
  output: z.object({ cbor: z.string() }).optional(),
});

describeWithVectors("COSE working group examples", "cose", (folder) => {
  test.each(vectorFiles(folder, ".json"))("%s", async (file) => {
    const parsed = fileSchema.safeParse(readVector(folder, file));
    // Other kinds of message (several signers, MACs, encryption) in the same folders are not for this reader.
    if (!parsed.success || parsed.data.output === undefined) return;
    const { fail, input, output } = parsed.data;
    const bytes = fromHex(output.cbor);
    const { sign0 } = input;
    if (sign0 === undefined) {
      expect(refusalOf(() => readSign1(bytes, limits))).not.toBe(null);
      return;
    }
    const key = keyOf(sign0.key);
    const externalData = fromHex(sign0.external ?? "");
    const code = await refusalFrom(() =>
      verifySign1(readSign1(bytes, limits), {
        verify,
        key: key ?? { algorithm: "ES256", publicKey: new Uint8Array(0) },
        externalData,
      }),
    );
    const isOurs = key !== null && sign0.alg === (key.algorithm === "ES256" ? "ES256" : "EdDSA");
    if (fail === true || !isOurs) expect(code).not.toBe(null);
    else expect(code).toBe(null);
  });
});

function keyOf(key: z.infer<typeof keySchema>): VerificationKey | null {
  const coordinate = (text: string | undefined, hex: string | undefined) =>
    hex === undefined ? new Uint8Array(Buffer.from(text ?? "", "base64url")) : fromHex(hex);
  const x = coordinate(key.x, key.x_hex);
  if (key.crv === "Ed25519") return { algorithm: "Ed25519", publicKey: x };
  if (key.crv !== "P-256") return null;
  return { algorithm: "ES256", publicKey: concatBytes(Uint8Array.of(4), x, coordinate(key.y, key.y_hex)) };
}

test("the bytes that are signed are those of RFC 9052 section 4.4", async () => {
  const signed: string[] = [];
  const sign: Sign = (message) => {
    signed.push(toHex(message));
    return Promise.resolve(new Uint8Array(64));
  };
  await createSign1({ sign, algorithm: "ES256", payload, externalData: fromHex("11aa22bb33cc44dd55006699") });
  expect(signed).toEqual([`846a5369676e61747572653143a101284c11aa22bb33cc44dd5500669954${toHex(payload)}`]);
});
