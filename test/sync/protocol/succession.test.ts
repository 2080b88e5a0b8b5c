import { createHash, generateKeyPairSync } from "node:crypto";
import { SignJWT, UnsecuredJWT } from "jose";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../../sync/protocol/bytes.ts";
import { signRequestProof } from "../../../sync/protocol/request-proof.ts";
import { signSuccession, verifySuccession, type SuccessionClaims } from "../../../sync/protocol/succession.ts";
import { exportPublicKey, generateSigningKey, type SigningKeyPair } from "../../../sync/protocol/web-crypto.ts";
import { refusalFrom } from "../../support/refusal.ts";

const claims: SuccessionClaims = {
  old: "01890a5d-ac96-774b-bcce-b302099a8057",
  oldSeq: 812,
  oldHash: "5a".repeat(32),
  missingFrom: 807,
  missingTo: 812,
  successor: "01890a5d-ac96-774b-bcce-b302099a8058",
  journalKey: "b1".repeat(32),
  receiptNumber: 340,
  reason: "entries-missing",
  iat: 1_795_156_200,
};
const { missingFrom: _from, missingTo: _to, ...withoutMissing } = claims;

let root: SigningKeyPair;
let rootKey: string;
let rootHash: string;
beforeAll(async () => {
  root = await generateSigningKey("Ed25519", { extractable: false });
  rootKey = toHex(await exportPublicKey("Ed25519", root.publicKey));
  rootHash = hashOf(rootKey);
});

function hashOf(key: string): string {
  return createHash("sha256").update(fromHex(key)).digest("hex");
}

function sign(changes: Partial<SuccessionClaims> = {}): Promise<string> {
  return signSuccession({ privateKey: root.privateKey, rootKey, claims: { ...claims, ...changes } });
}

function refusal(statement: string): Promise<string | null> {
  return refusalFrom(() => verifySuccession(statement, { rootHash }));
}

function header(changes: Record<string, unknown> = {}) {
  const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(rootKey, "hex").toString("base64url") };
  return { alg: "EdDSA", typ: "suanpan-succession+jwt", jwk, ...changes };
}

describe("a platform's statement on a new ledger", () => {
  test("says to whoever pins its root what was agreed, with or without missing entries", async () => {
    expect(await verifySuccession(await sign(), { rootHash })).toEqual(claims);
    const whole = await signSuccession({ privateKey: root.privateKey, rootKey, claims: withoutMissing });
    expect(await verifySuccession(whole, { rootHash })).toEqual(withoutMissing);
  });

  test("is made with a key of Node just as with one of a browser, and fits into an entry", async () => {
    const node = generateKeyPairSync("ed25519");
    const key = Buffer.from(node.publicKey.export({ format: "jwk" }).x ?? "", "base64url").toString("hex");
    const far = { oldSeq: Number.MAX_SAFE_INTEGER, missingTo: Number.MAX_SAFE_INTEGER, receiptNumber: 999_999_999_999 };
    const statement = await signSuccession({
      privateKey: node.privateKey,
      rootKey: key,
      claims: { ...claims, ...far },
    });
    expect(statement.length).toBeLessThan(1024);
    expect(await verifySuccession(statement, { rootHash: hashOf(key) })).toMatchObject(far);
  });

  test("of another platform is refused, though its signature holds: the root in the header is not the pinned one", async () => {
    const other = await generateSigningKey("Ed25519", { extractable: false });
    const otherKey = toHex(await exportPublicKey("Ed25519", other.publicKey));
    const statement = await signSuccession({ privateKey: other.privateKey, rootKey: otherKey, claims });
    expect(await refusal(statement)).toBe("succession.other-platform");
    const borrowed = await signSuccession({ privateKey: other.privateKey, rootKey, claims });
    expect(await refusal(borrowed)).toBe("succession.bad-signature");
  });

  test("is found by any single character that was changed, its very last one too", async () => {
    const statement = await sign();
    const characters = fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 9, arbitrary: fc.nat(statement.length - 1) }, fc.constant(statement.length - 1)),
        characters,
        async (place, character) => {
          const changed = statement.slice(0, place) + character + statement.slice(place + 1);
          if (changed !== statement) expect(await refusal(changed)).not.toBe(null);
        },
      ),
      { numRuns: 600 },
    );
  });

  test("is refused with anything added to it, cut off or taken from another statement", async () => {
    const [one, other] = [(await sign()).split("."), (await sign({ oldSeq: 813 })).split(".")];
    const mixed = [
      [one[0], other[1], one[2]],
      [one[0], one[1], other[2]],
      [one[0], one[1]],
      [...one, one[2]],
      [one[0], "", one[2]],
    ];
    for (const parts of mixed) expect(await refusal(parts.join("."))).not.toBe(null);
    const statement = one.join(".");
    for (const text of [`${statement}=`, ` ${statement}`, `${statement}\n`, statement.slice(0, -1), ""]) {
      expect(await refusal(text)).toBe("succession.malformed");
    }
    expect(await refusal("a".repeat(4097))).toBe("succession.malformed");
  });

  test("is no statement under any other header: another type or algorithm, a key missing, a key too many", async () => {
    const signed = (changes: Record<string, unknown>) =>
      new SignJWT({ ...claims }).setProtectedHeader(header(changes)).sign(root.privateKey);
    expect(await refusal(await signed({}))).toBe(null);
    const others = [
      { typ: "JWT" },
      { typ: undefined },
      { jwk: undefined },
      { jwk: { ...header().jwk, d: "AA" } },
      { jwk: { ...header().jwk, crv: "X25519" } },
      { jwk: { ...header().jwk, x: "AA" } },
      { kid: "00112233aabbccdd" },
      { jku: "https://shop.example/keys" },
    ];
    for (const other of others) expect(await refusal(await signed(other)), JSON.stringify(other)).not.toBe(null);
    const hmac = new SignJWT({ ...claims }).setProtectedHeader(header({ alg: "HS256" })).sign(fromHex(rootKey));
    expect(await refusal(await hmac)).toBe("succession.malformed");
    expect(await refusal(new UnsecuredJWT({ ...claims }).encode())).toBe("succession.malformed");
  });

  test("is not to be had from a proof of a request that the same key has signed", async () => {
    const proof = await signRequestProof({
      privateKey: root.privateKey,
      keyId: "00112233aabbccdd",
      claims: {
        iss: claims.old,
        aud: "suanpan-platform",
        iat: claims.iat,
        exp: claims.iat + 60,
        nonce: "nonce-of-ours",
        request: "POST /v1/charges",
        bodyHash: "0".repeat(64),
      },
    });
    expect(await refusal(proof)).toBe("succession.malformed");
  });

  test("is refused with a claim too many, too few or beside itself, though the root has signed it", async () => {
    const signed = (payload: Record<string, unknown>) =>
      new SignJWT(payload).setProtectedHeader(header()).sign(root.privateKey);
    const { oldHash, ...withoutHash } = claims;
    expect(await refusal(await signed({ ...withoutHash, oldHash }))).toBe(null);
    const others = [
      withoutHash,
      { ...claims, admin: true },
      { ...claims, reason: "whim" },
      { ...claims, oldSeq: -1 },
      { ...claims, receiptNumber: 1.5 },
      { ...claims, old: "ledger" },
      { ...withoutMissing, missingFrom: 807 },
      { ...withoutMissing, missingTo: 812 },
      { ...claims, missingFrom: 813 },
      { ...claims, missingTo: 813 },
    ];
    for (const other of others) expect(await refusal(await signed(other))).toBe("succession.malformed");
    for (const changes of [{ missingTo: 813 }, { oldSeq: 811 }, { journalKey: "no key" }]) {
      await expect(sign(changes)).rejects.toThrow();
    }
  });

  test("is refused and nothing worse when it is any text at all, or any bytes in the form of a statement", async () => {
    const part = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString("base64url"));
    const json = fc.json().map((text) => Buffer.from(text).toString("base64url"));
    const signature = fc
      .uint8Array({ minLength: 64, maxLength: 64 })
      .map((bytes) => Buffer.from(bytes).toString("base64url"));
    const own = fc.constant(Buffer.from(JSON.stringify(header())).toString("base64url"));
    const statement = fc
      .tuple(fc.oneof(part, json, own), fc.oneof(part, json), signature)
      .map((parts) => parts.join("."));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.string({ unit: "binary" }), statement), async (text) => {
        expect(await refusal(text)).not.toBe(null);
      }),
      { numRuns: 500 },
    );
  });
});
