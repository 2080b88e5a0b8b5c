import { createPublicKey, generateKeyPairSync, sign as signWithNode } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { concatBytes, fromHex, toHex, utf8 } from "../../../sync/protocol/bytes.ts";
import { compressPoint, uncompressPoint } from "../../../sync/protocol/p256-point.ts";
import {
  exportPublicKey,
  generateSigningKey,
  sha256,
  signWithWebCrypto,
  verifyWithWebCrypto,
} from "../../../sync/protocol/web-crypto.ts";
import { describeWithVectors, readVector } from "../../support/vectors.ts";

const message = utf8("ten yuan");

describe.each(["Ed25519", "ES256"] as const)("%s", (algorithm) => {
  test("what a key signs, its public key verifies, and nothing else", async () => {
    const pair = await generateSigningKey(algorithm, { extractable: false });
    const publicKey = await exportPublicKey(algorithm, pair.publicKey);
    expect(publicKey.length).toBe(algorithm === "ES256" ? 33 : 32);
    const signature = await signWithWebCrypto(algorithm, pair.privateKey)(message);
    expect(signature.length).toBe(64);
    expect(await verifyWithWebCrypto(algorithm, publicKey, message, signature)).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.nat(511), fc.nat(63), async (bit, messageBit) => {
        expect(await verifyWithWebCrypto(algorithm, publicKey, message, flip(signature, bit))).toBe(false);
        expect(await verifyWithWebCrypto(algorithm, publicKey, flip(message, messageBit), signature)).toBe(false);
      }),
    );
  });

  test("the phone's private key cannot be read out unless that was asked for", async () => {
    const kept = await generateSigningKey(algorithm, { extractable: false });
    await expect(crypto.subtle.exportKey("jwk", kept.privateKey)).rejects.toThrow();
    const open = await generateSigningKey(algorithm, { extractable: true });
    expect(await crypto.subtle.exportKey("jwk", open.privateKey)).toHaveProperty("d");
  });

  test("keys and signatures of other lengths are false and never an error: they come from strangers", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 70 }), fc.uint8Array({ maxLength: 70 }), async (key, signature) => {
        expect(await verifyWithWebCrypto(algorithm, key, message, signature)).toBe(false);
      }),
    );
    const zeros = new Uint8Array(64);
    expect(await verifyWithWebCrypto(algorithm, new Uint8Array(33).fill(255, 0, 33), message, zeros)).toBe(false);
    expect(await verifyWithWebCrypto(algorithm, new Uint8Array(65).fill(4), message, zeros)).toBe(false);
  });
});

test("a signature of one scheme is never taken for the other", async () => {
  const pair = await generateSigningKey("ES256", { extractable: false });
  const signature = await signWithWebCrypto("ES256", pair.privateKey)(message);
  const point = await exportPublicKey("ES256", pair.publicKey);
  expect(await verifyWithWebCrypto("Ed25519", point.subarray(1), message, signature)).toBe(false);
});

test("a till verifies what Node's own crypto signed, with the compressed and with the uncompressed point", async () => {
  for (let run = 0; run < 20; run += 1) {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const jwk = publicKey.export({ format: "jwk" });
    const raw = concatBytes(
      Uint8Array.of(4),
      Buffer.from(jwk.x ?? "", "base64url"),
      Buffer.from(jwk.y ?? "", "base64url"),
    );
    const compressed = compressPoint(raw);
    expect(uncompressPoint(compressed)).toEqual(raw);
    expect(uncompressPoint(raw)).toEqual(raw);
    const signature = signWithNode("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" });
    expect(await verifyWithWebCrypto("ES256", compressed, message, signature)).toBe(true);
    expect(await verifyWithWebCrypto("ES256", raw, message, signature)).toBe(true);
  }
});

test("bytes that are no point of P-256 are no key, so that no invalid-curve point reaches the verifier", () => {
  const generator = "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";
  expect(uncompressPoint(fromHex(`03${generator}`))?.length).toBe(65);
  // About half of all x have no point: each must be null or lie on the curve.
  let none = 0;
  for (let x = 1; x <= 64; x += 1) {
    const point = uncompressPoint(fromHex(`02${x.toString(16).padStart(64, "0")}`));
    if (point === null) none += 1;
    else expect(createPublicKey({ key: jwkOf(point), format: "jwk" }).asymmetricKeyType).toBe("ec");
  }
  expect(none).toBeGreaterThan(10);
  expect(none).toBeLessThan(54);
  const prime = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
  for (const bytes of ["", "02", `02${prime}`, `05${generator}`, `04${generator}${generator}`, `00${generator}`]) {
    expect(uncompressPoint(fromHex(bytes))).toBe(null);
  }
  expect(() => compressPoint(fromHex(`02${generator}`))).toThrow(RangeError);
});

test("SHA-256 is that of FIPS 180-4", async () => {
  expect(toHex(await sha256(utf8("abc")))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

const wycheproofSchema = z.object({
  testGroups: z.array(
    z.object({
      publicKey: z.object({ pk: z.string() }),
      tests: z.array(
        z.object({
          tcId: z.int(),
          comment: z.string(),
          msg: z.string(),
          sig: z.string(),
          result: z.enum(["valid", "invalid", "acceptable"]),
        }),
      ),
    }),
  ),
});

describeWithVectors("Wycheproof Ed25519", "wycheproof", (folder) => {
  test("every edge case is judged as the file says", async () => {
    const { testGroups } = wycheproofSchema.parse(readVector(folder, "ed25519_test.json"));
    let judged = 0;
    for (const { publicKey, tests } of testGroups) {
      for (const { tcId, comment, msg, sig, result } of tests) {
        const valid = await verifyWithWebCrypto("Ed25519", fromHex(publicKey.pk), fromHex(msg), fromHex(sig));
        if (result !== "acceptable") expect(valid, `${tcId} ${comment}`).toBe(result === "valid");
        judged += 1;
      }
    }
    expect(judged).toBeGreaterThan(0);
  });
});

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = new Uint8Array(bytes);
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

function jwkOf(point: Uint8Array): { kty: string; crv: string; x: string; y: string } {
  const coordinate = (from: number) => Buffer.from(point.subarray(from, from + 32)).toString("base64url");
  return { kty: "EC", crv: "P-256", x: coordinate(1), y: coordinate(33) };
}
