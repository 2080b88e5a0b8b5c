import { generateKeyPairSync } from "node:crypto";
import { SignJWT, UnsecuredJWT } from "jose";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { toHex, utf8 } from "../../../sync/protocol/bytes.ts";
import {
  requestLine,
  signRequestProof,
  verifyRequestProof,
  type RequestClaims,
} from "../../../sync/protocol/request-proof.ts";
import { exportPublicKey, generateSigningKey, sha256, type SigningKeyPair } from "../../../sync/protocol/web-crypto.ts";
import { refusalFrom } from "../../support/refusal.ts";

const nowSeconds = 1_795_156_200;
const keyId = "00112233aabbccdd";
let pair: SigningKeyPair;
let publicKey: Uint8Array;
let claims: RequestClaims;
beforeAll(async () => {
  pair = await generateSigningKey("Ed25519", { extractable: false });
  publicKey = await exportPublicKey("Ed25519", pair.publicKey);
  claims = {
    iss: "01890a5d-ac96-774b-bcce-b302099a8057",
    aud: "suanpan-platform",
    iat: nowSeconds,
    exp: nowSeconds + 60,
    nonce: "nonce-of-ours",
    request: requestLine("post", "/v1/charges?x=1"),
    bodyHash: toHex(await sha256(utf8("{}"))),
  };
});

type Expectation = Parameters<typeof verifyRequestProof>[1];
function verify(jwt: string, changes: Partial<Expectation> = {}) {
  return verifyRequestProof(jwt, {
    publicKeyFor: (id) => (id === keyId ? publicKey : null),
    nowSeconds,
    skewSeconds: 30,
    request: "POST /v1/charges?x=1",
    bodyHash: claims.bodyHash,
    isNonceValid: (nonce) => nonce === "nonce-of-ours",
    ...changes,
  });
}
const refusal = (jwt: string, changes: Partial<Expectation> = {}) => refusalFrom(() => verify(jwt, changes));
const proof = (
  changes: Partial<RequestClaims> = {},
  key: Parameters<typeof signRequestProof>[0]["privateKey"] = pair.privateKey,
) => signRequestProof({ privateKey: key, keyId, claims: { ...claims, ...changes } });

describe("a till's proof of one request", () => {
  test("is taken for that request, and says who asked", async () => {
    expect(await verify(await proof())).toEqual({ keyId, claims });
  });

  test("is made with a key of Node just as with one of a browser", async () => {
    const node = generateKeyPairSync("ed25519");
    const raw = new Uint8Array(Buffer.from(node.publicKey.export({ format: "jwk" }).x ?? "", "base64url"));
    expect(await refusal(await proof({}, node.privateKey), { publicKeyFor: () => Promise.resolve(raw) })).toBe(null);
  });

  test("is worth nothing for another request, another body, another platform nonce or from another till's key", async () => {
    const jwt = await proof();
    expect(await refusal(jwt, { request: "POST /v1/charges" })).toBe("proof.wrong-request");
    expect(await refusal(jwt, { request: "GET /v1/charges?x=1" })).toBe("proof.wrong-request");
    expect(await refusal(jwt, { bodyHash: "0".repeat(64) })).toBe("proof.wrong-body");
    expect(await refusal(jwt, { isNonceValid: () => Promise.resolve(false) })).toBe("proof.nonce");
    expect(await refusal(jwt, { publicKeyFor: () => null })).toBe("proof.unknown-key");
    expect(await refusal(jwt, { publicKeyFor: () => new Uint8Array(31) })).toBe("proof.unknown-key");
    const other = await generateSigningKey("Ed25519", { extractable: false });
    expect(await refusal(await proof({}, other.privateKey))).toBe("proof.bad-signature");
  });

  test("is taken within its time and the skew, to the second", async () => {
    const jwt = await proof();
    const at = (offset: number) => refusal(jwt, { nowSeconds: nowSeconds + offset });
    expect(await at(-31)).toBe("proof.not-yet-valid");
    expect(await at(-30)).toBe(null);
    expect(await at(89)).toBe(null);
    expect(await at(90)).toBe("proof.expired");
    expect(await refusal(await proof({ exp: nowSeconds + 301 }))).toBe("proof.malformed");
    expect(await refusal(await proof({ exp: nowSeconds }))).toBe("proof.malformed");
  });

  test("does not ask about the nonce before the signature is proven, so that no stranger uses nonces up", async () => {
    let asked = 0;
    const isNonceValid = () => {
      asked += 1;
      return true;
    };
    const other = await generateSigningKey("Ed25519", { extractable: false });
    await refusal(await proof({}, other.privateKey), { isNonceValid });
    await refusal(await proof(), { isNonceValid, bodyHash: "0".repeat(64) });
    expect(asked).toBe(0);
    await verify(await proof(), { isNonceValid });
    expect(asked).toBe(1);
  });

  test("is found by any single character that was changed", async () => {
    const jwt = await proof();
    const characters = fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");
    await fc.assert(
      fc.asyncProperty(fc.nat(jwt.length - 1), characters, async (place, character) => {
        const changed = jwt.slice(0, place) + character + jwt.slice(place + 1);
        // The last character of base64url has unused bits: another one may stand for the same signature bytes.
        const same = Buffer.from(changed.split(".")[2] ?? "", "base64url").equals(
          Buffer.from(jwt.split(".")[2] ?? "", "base64url"),
        );
        if (place === jwt.length - 1 && same) return;
        if (changed !== jwt) expect(await refusal(changed)).not.toBe(null);
      }),
      { numRuns: 400 },
    );
  });

  test("is refused under any other header: no algorithm, another one, a key of its own, or an extension", async () => {
    const signed = (
      header: { alg: string; [name: string]: unknown },
      key: Parameters<SignJWT["sign"]>[0] = pair.privateKey,
    ) => new SignJWT({ ...claims }).setProtectedHeader(header).sign(key);
    const secret = new Uint8Array(32);
    expect(await refusal(new UnsecuredJWT({ ...claims }).encode())).toBe("proof.malformed");
    expect(await refusal(await signed({ alg: "HS256", typ: "JWT", kid: keyId }, secret))).toBe("proof.malformed");
    expect(await refusal(await signed({ alg: "EdDSA", typ: "JWT" }))).toBe("proof.malformed");
    expect(await refusal(await signed({ alg: "EdDSA", kid: keyId }))).toBe("proof.malformed");
    expect(await refusal(await signed({ alg: "EdDSA", typ: "at+jwt", kid: keyId }))).toBe("proof.malformed");
    const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(publicKey).toString("base64url") };
    expect(await refusal(await signed({ alg: "EdDSA", typ: "JWT", kid: keyId, jwk }))).toBe("proof.malformed");
    expect(await refusal(await signed({ alg: "EdDSA", typ: "JWT", kid: "../../etc/passwd" }))).toBe("proof.malformed");
  });

  test("is refused with a claim too many, too few or of another type, though it is signed", async () => {
    const signed = (payload: Record<string, unknown>) =>
      new SignJWT(payload).setProtectedHeader({ alg: "EdDSA", typ: "JWT", kid: keyId }).sign(pair.privateKey);
    const { nonce, ...withoutNonce } = claims;
    expect(await refusal(await signed({ ...withoutNonce, nonce }))).toBe(null);
    expect(await refusal(await signed(withoutNonce))).toBe("proof.malformed");
    expect(await refusal(await signed({ ...claims, admin: true }))).toBe("proof.malformed");
    expect(await refusal(await signed({ ...claims, aud: "another-platform" }))).toBe("proof.malformed");
    expect(await refusal(await signed({ ...claims, iat: nowSeconds + 0.5 }))).toBe("proof.malformed");
    await expect(proof({ iss: "till" })).rejects.toThrow();
  });

  test("is refused and nothing worse when it is any text at all", async () => {
    expect(await refusal("a".repeat(2049))).toBe("proof.malformed");
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.array(fc.base64String()).map((parts) => parts.join(".")),
        ),
        async (text) => {
          expect(await refusal(text)).not.toBe(null);
        },
      ),
    );
  });
});
