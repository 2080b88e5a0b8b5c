import { compactVerify, decodeProtectedHeader, errors, SignJWT, type CryptoKey, type KeyObject } from "jose";
import { z } from "zod";
import { requestClaimsSchema, requestKeyIdSchema } from "./api.ts";
import { fromUtf8 } from "./bytes.ts";
import { ProtocolError, type ProtocolErrorCode } from "./protocol-error.ts";
import { importPublicKey } from "./web-crypto.ts";

/** The claims of one request: who asks for what, when, over which nonce and body. */
export type RequestClaims = z.infer<typeof requestClaimsSchema>;

/** Longer ones are refused before they are decoded. */
const maximumProofLength = 2048;

/** The longest life that is taken: a proof is made for one request, and a till's clock is corrected by the platform's. */
const maximumLifetimeSeconds = 300;

/** Nothing but these is read, so that no header can bring its own key or algorithm (RFC 8725 sections 3.1 and 3.5). */
const headerSchema = z.strictObject({ alg: z.literal("EdDSA"), typ: z.literal("JWT"), kid: requestKeyIdSchema });

/** What a proof says it is for, for example `GET /v1/changes?after=7`: the method in capitals, the path with its query. */
export function requestLine(method: string, pathWithQuery: string): string {
  return `${method.toUpperCase()} ${pathWithQuery}`;
}

/**
 * Signs the claims of one request as a JWT (RFC 7519) with EdDSA over Ed25519 (RFC 8037).
 * @param options `privateKey` is an Ed25519 key of Web Crypto, or of Node where the till runs there; `keyId` is 16
 * hexadecimal digits, see `keyIdSchema`.
 * @throws ZodError when the claims are not those of `requestClaimsSchema`.
 */
export async function signRequestProof(options: {
  privateKey: CryptoKey | KeyObject;
  keyId: string;
  claims: RequestClaims;
}): Promise<string> {
  const claims = requestClaimsSchema.parse(options.claims);
  const header = headerSchema.parse({ alg: "EdDSA", typ: "JWT", kid: options.keyId });
  return await new SignJWT({ ...claims }).setProtectedHeader(header).sign(options.privateKey);
}

/**
 * Verifies the proof of one request, the signature before anything that it says. The nonce is asked about last, so that
 * nobody without a key can use one up.
 * @param options `publicKeyFor` gives the raw Ed25519 key (32 bytes) of an id, or null; `request` is `requestLine` of
 * what arrived, `bodyHash` the hexadecimal SHA-256 of the body's bytes.
 * @throws ProtocolError `proof.*`, see `ProtocolErrorCode`.
 */
export async function verifyRequestProof(
  jwt: string,
  options: {
    publicKeyFor: (keyId: string) => Uint8Array | null | Promise<Uint8Array | null>;
    nowSeconds: number;
    skewSeconds: number;
    request: string;
    bodyHash: string;
    isNonceValid: (nonce: string) => boolean | Promise<boolean>;
  },
): Promise<{ keyId: string; claims: RequestClaims }> {
  if (jwt.length > maximumProofLength) throw new ProtocolError("proof.malformed", `${jwt.length} characters`);
  const { kid: keyId } = readHeader(jwt);
  const publicKey = await options.publicKeyFor(keyId);
  if (publicKey === null) throw new ProtocolError("proof.unknown-key", `Key ${keyId}`);
  const claims = readClaims(await verifiedPayload(jwt, publicKey));
  checkTimes(claims, options);
  requireThat(claims.request === options.request, "proof.wrong-request", `It is for ${claims.request}`);
  requireThat(claims.bodyHash === options.bodyHash, "proof.wrong-body", "It is for another body");
  requireThat(await options.isNonceValid(claims.nonce), "proof.nonce", "Its nonce is not one of ours, or too old");
  return { keyId, claims };
}

function readHeader(jwt: string): z.infer<typeof headerSchema> {
  let header: unknown;
  try {
    header = decodeProtectedHeader(jwt);
  } catch (cause) {
    throw new ProtocolError("proof.malformed", "The header is no JSON object", { cause });
  }
  const read = headerSchema.safeParse(header);
  if (!read.success) throw new ProtocolError("proof.malformed", "The header is not that of a proof");
  return read.data;
}

async function verifiedPayload(jwt: string, publicKey: Uint8Array): Promise<Uint8Array> {
  const key = await importPublicKey("Ed25519", publicKey);
  if (key === null) throw new ProtocolError("proof.unknown-key", "The key that is known is no Ed25519 key");
  try {
    return (await compactVerify(jwt, key, { algorithms: ["EdDSA"] })).payload;
  } catch (cause) {
    if (cause instanceof errors.JWSSignatureVerificationFailed) {
      throw new ProtocolError("proof.bad-signature", "The signature is not this key's", { cause });
    }
    if (cause instanceof errors.JOSEError) throw new ProtocolError("proof.malformed", cause.message, { cause });
    throw cause;
  }
}

function readClaims(payload: Uint8Array): RequestClaims {
  let claims: unknown;
  try {
    claims = JSON.parse(fromUtf8(payload));
  } catch (cause) {
    throw new ProtocolError("proof.malformed", "The claims are no JSON", { cause });
  }
  const read = requestClaimsSchema.safeParse(claims);
  if (!read.success) throw new ProtocolError("proof.malformed", "The claims are not those of a request");
  return read.data;
}

function checkTimes(claims: RequestClaims, { nowSeconds, skewSeconds }: { nowSeconds: number; skewSeconds: number }) {
  const lifetimeSeconds = claims.exp - claims.iat;
  const isBounded = lifetimeSeconds > 0 && lifetimeSeconds <= maximumLifetimeSeconds;
  requireThat(isBounded, "proof.malformed", `A life of ${lifetimeSeconds} s`);
  requireThat(nowSeconds - skewSeconds < claims.exp, "proof.expired", `At ${claims.exp}`);
  requireThat(claims.iat <= nowSeconds + skewSeconds, "proof.not-yet-valid", `It is of ${claims.iat}`);
}

function requireThat(holds: boolean, code: ProtocolErrorCode, detail: string): void {
  if (!holds) throw new ProtocolError(code, detail);
}
