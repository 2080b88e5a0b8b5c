import { createHash, generateKeyPairSync, sign as signWithNode, X509Certificate } from "node:crypto";
import { deflateSync, inflateSync } from "node:zlib";
import { decode, encode, Tagged } from "cborg";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { decodeBase45, encodeBase45 } from "../../../sync/protocol/base45.ts";
import { concatBytes, toHex, utf8 } from "../../../sync/protocol/bytes.ts";
import { decodeCbor, encodeCbor, type CborLabel, type CborValue } from "../../../sync/protocol/cbor.ts";
import { readSign1, verifySign1, type Sign1 } from "../../../sync/protocol/cose.ts";
import type { VerificationKey } from "../../../sync/protocol/crypto.ts";
import { ProtocolError } from "../../../sync/protocol/protocol-error.ts";
import { verifyWithWebCrypto } from "../../../sync/protocol/web-crypto.ts";
import { refusalOf } from "../../support/refusal.ts";
import { describeWithVectors, readVector, vectorFiles } from "../../support/vectors.ts";

/*
 * EU health certificates are the widest used codes of the same making as ours: base45, COSE_Sign1, CWT claims. Whoever
 * reads these by the book reads another maker's wallet by the book. They are compressed, which ours are not.
 */

const fileSchema = z.object({
  PREFIX: z.string().optional(),
  COSE: z.string().optional(),
  TESTCTX: z.object({ CERTIFICATE: z.string().nullish(), VALIDATIONCLOCK: z.string().nullish() }).loose(),
  EXPECTEDRESULTS: z.record(z.string(), z.unknown()),
});

const limits = { maximumBytes: 16_384 };
const maximumInflatedBytes = 65_536;

/** Where reading stopped, or "verified". */
type Outcome =
  | { stage: "prefix" | "base45" | "zlib" | "unknown-key" }
  | { stage: "refused"; error: ProtocolError; cose: Uint8Array }
  | { stage: "verified"; cose: Uint8Array; payload: Uint8Array };

async function readCertificateCode(text: string, keys: ReadonlyMap<string, VerificationKey>): Promise<Outcome> {
  if (!text.startsWith("HC1:")) return { stage: "prefix" };
  let compressed: Uint8Array = new Uint8Array(0);
  if (refusalOf(() => (compressed = decodeBase45(text.slice(4)))) !== null) return { stage: "base45" };
  const cose = inflate(compressed);
  if (cose === null) return { stage: "zlib" };
  try {
    const message = readSign1(cose, limits);
    const key = keys.get(keyIdOf(message));
    if (key === undefined) return { stage: "unknown-key" };
    return { stage: "verified", cose, payload: await verifySign1(message, { verify: verifyWithWebCrypto, key }) };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return { stage: "refused", error, cose };
  }
}

function inflate(bytes: Uint8Array): Uint8Array | null {
  try {
    return new Uint8Array(inflateSync(bytes, { maxOutputLength: maximumInflatedBytes }));
  } catch {
    // Not compressed, cut, or larger than allowed: the caller says which file it was.
    return null;
  }
}

function keyIdOf(message: Sign1): string {
  const keyId = message.protectedHeader.get(4) ?? message.unprotectedHeader.get(4);
  return keyId instanceof Uint8Array ? toHex(keyId) : "";
}

function keysOf(certificateBase64: string): { keys: Map<string, VerificationKey>; isOurs: boolean } {
  const der = Buffer.from(certificateBase64, "base64");
  const { publicKey } = new X509Certificate(der);
  const jwk = publicKey.export({ format: "jwk" });
  const coordinate = (text: string | undefined) => new Uint8Array(Buffer.from(text ?? "", "base64url"));
  const id = createHash("sha256").update(der).digest("hex").slice(0, 16);
  const isOurs = jwk.crv === "P-256";
  const point = isOurs ? concatBytes(Uint8Array.of(4), coordinate(jwk.x), coordinate(jwk.y)) : new Uint8Array(0);
  return { keys: new Map([[id, { algorithm: "ES256", publicKey: point }]]), isOurs };
}

describeWithVectors("EU health certificates", "dgc", (folder) => {
  const files = vectorFiles(folder, ".json");

  test.each(files)("%s", async (name) => {
    const parsed = fileSchema.safeParse(readVector(folder, name));
    if (!parsed.success || typeof parsed.data.TESTCTX.CERTIFICATE !== "string") return;
    const { PREFIX, COSE, TESTCTX, EXPECTEDRESULTS: expected } = parsed.data;
    const { keys, isOurs } = keysOf(parsed.data.TESTCTX.CERTIFICATE);
    const outcome = await readCertificateCode(PREFIX ?? "", keys);

    if (expected["EXPECTEDUNPREFIX"] === false) expect(outcome.stage).toBe("prefix");
    if (expected["EXPECTEDB45DECODE"] === false) expect(outcome.stage).toBe("base45");
    if (expected["EXPECTEDCOMPRESSION"] === false) expect(outcome.stage).toBe("zlib");
    if (expected["EXPECTEDVERIFY"] === false) expect(outcome.stage).not.toBe("verified");
    if (expected["EXPECTEDVERIFY"] === true && outcome.stage !== "verified") expectExplained(outcome, isOurs);
    if (outcome.stage === "verified") {
      if (COSE !== undefined && expected["EXPECTEDB45DECODE"] === true)
        expect(toHex(outcome.cose)).toBe(COSE.toLowerCase());
      if (expected["EXPECTEDEXPIRATIONCHECK"] === false && typeof TESTCTX.VALIDATIONCLOCK === "string") {
        expect(isInTime(outcome.payload, Date.parse(TESTCTX.VALIDATIONCLOCK) / 1000)).not.toBe(true);
      }
    }
  });

  test("most of the codes verify, so that the strict rules are no excuse", async () => {
    let verified = 0;
    let due = 0;
    for (const name of files) {
      const parsed = fileSchema.safeParse(readVector(folder, name));
      if (!parsed.success || parsed.data.EXPECTEDRESULTS["EXPECTEDVERIFY"] !== true) continue;
      if (typeof parsed.data.TESTCTX.CERTIFICATE !== "string") continue;
      const { keys, isOurs } = keysOf(parsed.data.TESTCTX.CERTIFICATE);
      if (!isOurs) continue;
      due += 1;
      if ((await readCertificateCode(parsed.data.PREFIX ?? "", keys)).stage === "verified") verified += 1;
    }
    expect(verified).toBeGreaterThan(due * 0.8);
  });
});

/** A code that is good by the file may stop only at a rule of ours, and the rule has to apply to it. */
function expectExplained(outcome: Outcome, isOurs: boolean): void {
  if (outcome.stage !== "refused") {
    // The certificate beside the file is not the one that the code names, or there is no code in the file.
    expect(["unknown-key", "prefix"]).toContain(outcome.stage);
    return;
  }
  const { code } = outcome.error;
  if (!isOurs) {
    expect(["cose.algorithm", "cose.signature"]).toContain(code);
  } else if (code === "cose.duplicate-label") {
    const [head, tail] = partsOf(outcome.cose);
    expect([...tail.keys()].some((label) => head.has(label))).toBe(true);
  } else {
    expect(code).toMatch(/^cbor\./);
    expect(isWrittenStrictly(outcome.cose)).toBe(false);
  }
}

const tags = Tagged.preserve(18, 61);

function partsOf(cose: Uint8Array): [Map<unknown, unknown>, Map<unknown, unknown>] {
  let value: unknown = decode(cose, { useMaps: true, tags });
  while (value instanceof Tagged) value = value.value;
  const parts = z
    .tuple([z.instanceof(Uint8Array), z.instanceof(Map)])
    .rest(z.unknown())
    .parse(value);
  return [z.instanceof(Map).parse(decode(parts[0], { useMaps: true })), parts[1]];
}

/** Whether a lenient reader would write the message as it came. */
function isWrittenStrictly(cose: Uint8Array): boolean {
  try {
    return toHex(encode(decode(cose, { useMaps: true, tags }))) === toHex(cose);
  } catch {
    return false;
  }
}

/** Whether the claims' times hold a clock; null where a strict reader does not take the claims. */
function isInTime(payload: Uint8Array, nowSeconds: number): boolean | null {
  let claims: CborValue = null;
  if (refusalOf(() => (claims = decodeCbor(payload, limits))) !== null) return null;
  const read = z.instanceof(Map).parse(claims);
  const [expiresAt, issuedAt] = [z.number().parse(read.get(4)), z.number().parse(read.get(6))];
  return issuedAt <= nowSeconds && nowSeconds < expiresAt;
}

describe("a code of the same making, made here", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const jwk = publicKey.export({ format: "jwk" });
  const point = concatBytes(
    Uint8Array.of(4),
    Buffer.from(jwk.x ?? "", "base64url"),
    Buffer.from(jwk.y ?? "", "base64url"),
  );
  const keyId = utf8("12345678");
  const keys = new Map<string, VerificationKey>([[toHex(keyId), { algorithm: "ES256", publicKey: point }]]);
  const claims = encodeCbor(
    new Map<CborLabel, CborValue>([
      [4, 2_000_000_000],
      [6, 1_600_000_000],
      [-260, new Map()],
    ]),
  );

  /** Signed by Node's own crypto over bytes that another CBOR writer made. */
  function code(head: Map<number, unknown>, tail: Map<number, unknown>, prefix: number[]): string {
    const protectedBytes = encode(head);
    const signed = encode(["Signature1", protectedBytes, new Uint8Array(0), claims]);
    const signature = signWithNode("sha256", signed, { key: privateKey, dsaEncoding: "ieee-p1363" });
    const message = concatBytes(
      Uint8Array.from(prefix),
      encode([protectedBytes, tail, claims, new Uint8Array(signature)]),
    );
    return `HC1:${encodeBase45(deflateSync(message))}`;
  }
  const alg: [number, unknown] = [1, -7];
  const kid: [number, unknown] = [4, keyId];
  const tail = new Map<number, unknown>();

  test("verifies untagged, with tag 18, and with tags 61 and 18; with the key's id in either header", async () => {
    for (const prefix of [[], [0xd2], [0xd8, 61, 0xd2]]) {
      expect((await readCertificateCode(code(new Map([alg, kid]), tail, prefix), keys)).stage).toBe("verified");
      expect((await readCertificateCode(code(new Map([alg]), new Map([kid]), prefix), keys)).stage).toBe("verified");
    }
  });

  test("stops where it is damaged, and says where", async () => {
    const good = code(new Map([alg, kid]), tail, [0xd2]);
    expect((await readCertificateCode(good.replace("HC1:", "HC2:"), keys)).stage).toBe("prefix");
    expect((await readCertificateCode(`${good.slice(0, -2)}::`, keys)).stage).not.toBe("verified");
    expect((await readCertificateCode(`HC1:${good.slice(5)}`, keys)).stage).not.toBe("verified");
    expect((await readCertificateCode(code(new Map([alg]), tail, []), keys)).stage).toBe("unknown-key");
    const twice = await readCertificateCode(code(new Map([alg, kid]), new Map([kid]), []), keys);
    expect(twice).toMatchObject({ stage: "refused", error: { code: "cose.duplicate-label" } });
    const bomb = `HC1:${encodeBase45(deflateSync(new Uint8Array(3_000_000)))}`;
    expect((await readCertificateCode(bomb, keys)).stage).toBe("zlib");
  });
});
