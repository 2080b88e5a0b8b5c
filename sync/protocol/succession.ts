import { base64url, compactVerify, decodeProtectedHeader, errors, SignJWT, type CryptoKey, type KeyObject } from "jose";
import { z } from "zod";
import { successionStatementSchema } from "./api.ts";
import { fromHex, fromUtf8, toHex } from "./bytes.ts";
import { hashSchema, idSchema, publicKeySchema } from "./entry.ts";
import { successionReasonSchema } from "./entry-types.ts";
import { ProtocolError } from "./protocol-error.ts";
import { importPublicKey, sha256 } from "./web-crypto.ts";

/**
 * What a platform says of a ledger that takes another one's place. `oldSeq` and `oldHash` are the head that the new ledger
 * names: the higher of what the till knew and what the platform holds. `missingFrom` and `missingTo` are the first and the last
 * of the entries up to there that the platform did not have then, both there or neither. Receipts go on behind
 * `receiptNumber`. `iat` is in seconds since 1970.
 */
export const successionClaimsSchema = z
  .strictObject({
    old: idSchema,
    oldSeq: z.int().min(0),
    oldHash: hashSchema,
    missingFrom: z.int().min(1).optional(),
    missingTo: z.int().min(1).optional(),
    successor: idSchema,
    /** Of the new ledger, so that the statement is worth nothing to whoever lacks its private half. */
    journalKey: publicKeySchema,
    receiptNumber: z.int().min(0),
    reason: successionReasonSchema,
    iat: z.int().min(0),
  })
  .refine(
    ({ oldSeq, missingFrom, missingTo }) =>
      missingFrom === undefined || missingTo === undefined
        ? missingFrom === missingTo
        : missingFrom <= missingTo && missingTo <= oldSeq,
    "The missing entries are not a range up to the old head",
  );

/** What a platform says of a ledger that takes another one's place. */
export type SuccessionClaims = z.infer<typeof successionClaimsSchema>;

/** A type of its own, so that nothing else that a root key signs can pass as a statement (RFC 8725 section 3.11). */
const statementType = "suanpan-succession+jwt";

const base64UrlOf32Bytes = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/**
 * The root key stands in the header (RFC 7515 section 4.1.3), because a till that only pins its SHA-256 has no other way to
 * it. Nothing but these members is read.
 */
const headerSchema = z.strictObject({
  alg: z.literal("EdDSA"),
  typ: z.literal(statementType),
  jwk: z.strictObject({
    kty: z.literal("OKP"),
    crv: z.literal("Ed25519"),
    x: z.string().regex(base64UrlOf32Bytes),
  }),
});

/** Three parts, the last one 64 bytes in their one base64url form: of a statement there are no two texts. */
const compactForm = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{85}[AQgw]$/;

/**
 * Signs a statement as a JWS in compact form (RFC 7515) with EdDSA over Ed25519 (RFC 8037).
 * @param options `privateKey` is the platform's root key, of Web Crypto or of Node; `rootKey` its public half, raw in
 * hexadecimal.
 * @throws ZodError when the claims are not those of `successionClaimsSchema`, or the key is no key.
 */
export async function signSuccession(options: {
  privateKey: CryptoKey | KeyObject;
  rootKey: string;
  claims: SuccessionClaims;
}): Promise<string> {
  const claims = successionClaimsSchema.parse(options.claims);
  const x = base64url.encode(fromHex(publicKeySchema.parse(options.rootKey)));
  const header = headerSchema.parse({ alg: "EdDSA", typ: statementType, jwk: { kty: "OKP", crv: "Ed25519", x } });
  return await new SignJWT({ ...claims }).setProtectedHeader(header).sign(options.privateKey);
}

/**
 * What a statement says, once its signature and the pinned root have been seen to hold. Whether it is about the ledgers at
 * hand is the caller's to compare. It does not expire: a ledger's first entry is checked for as long as there is a ledger.
 * @param options `rootHash` is the pinned SHA-256 of the platform's raw root key, hexadecimal.
 * @throws ProtocolError `succession.malformed`, `succession.other-platform` for another root than the pinned one, or
 * `succession.bad-signature`.
 */
export async function verifySuccession(statement: string, options: { rootHash: string }): Promise<SuccessionClaims> {
  if (!successionStatementSchema.safeParse(statement).success || !compactForm.test(statement)) {
    throw new ProtocolError("succession.malformed", `${statement.length} characters that are no compact JWS`);
  }
  const rootKey = readRootKey(statement);
  if (toHex(await sha256(rootKey)) !== options.rootHash) {
    throw new ProtocolError("succession.other-platform", "The root key is not the one that is pinned");
  }
  return readClaims(await verifiedPayload(statement, rootKey));
}

function readRootKey(statement: string): Uint8Array {
  let header: unknown;
  try {
    header = decodeProtectedHeader(statement);
  } catch (cause) {
    throw new ProtocolError("succession.malformed", "The header is no JSON object", { cause });
  }
  const read = headerSchema.safeParse(header);
  if (!read.success) throw new ProtocolError("succession.malformed", "The header is not that of a statement");
  return base64url.decode(read.data.jwk.x);
}

async function verifiedPayload(statement: string, rootKey: Uint8Array): Promise<Uint8Array> {
  const key = await importPublicKey("Ed25519", rootKey);
  if (key === null) throw new ProtocolError("succession.malformed", "The root key is no Ed25519 key");
  try {
    return (await compactVerify(statement, key, { algorithms: ["EdDSA"] })).payload;
  } catch (cause) {
    if (cause instanceof errors.JWSSignatureVerificationFailed) {
      throw new ProtocolError("succession.bad-signature", "The signature is not the root key's", { cause });
    }
    if (cause instanceof errors.JOSEError) throw new ProtocolError("succession.malformed", cause.message, { cause });
    throw cause;
  }
}

function readClaims(payload: Uint8Array): SuccessionClaims {
  let claims: unknown;
  try {
    claims = JSON.parse(fromUtf8(payload));
  } catch (cause) {
    throw new ProtocolError("succession.malformed", "The claims are no JSON", { cause });
  }
  const read = successionClaimsSchema.safeParse(claims);
  if (!read.success) throw new ProtocolError("succession.malformed", "The claims are not those of a succession");
  return read.data;
}
