import type { CryptoKey } from "jose";
import type { Sha256, Sign, SignatureAlgorithm, Verify } from "./crypto.ts";
import { compressPoint, uncompressPoint } from "./p256-point.ts";

/** A pair made by `generateSigningKey`. */
export type SigningKeyPair = { readonly privateKey: CryptoKey; readonly publicKey: CryptoKey };

const importParameters = {
  Ed25519: { name: "Ed25519" },
  ES256: { name: "ECDSA", namedCurve: "P-256" },
} as const satisfies Record<SignatureAlgorithm, object>;

const signParameters = {
  Ed25519: { name: "Ed25519" },
  ES256: { name: "ECDSA", hash: "SHA-256" },
} as const satisfies Record<SignatureAlgorithm, object>;

const signatureBytes = 64;
const ed25519KeyBytes = 32;

/** `Verify` over the Web Cryptography API, which Node and browsers both have. */
export const verifyWithWebCrypto: Verify = async (algorithm, publicKey, message, signature) => {
  if (signature.length !== signatureBytes) return false;
  const key = await importPublicKey(algorithm, publicKey);
  if (key === null) return false;
  return crypto.subtle.verify(signParameters[algorithm], key, new Uint8Array(signature), new Uint8Array(message));
};

/** `Sha256` over the Web Cryptography API. */
export const sha256: Sha256 = async (bytes) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes)));

/** `Sign` with a private key of this scheme that the Web Cryptography API holds, extractable or not. */
export function signWithWebCrypto(algorithm: SignatureAlgorithm, privateKey: CryptoKey): Sign {
  return async (message) =>
    new Uint8Array(await crypto.subtle.sign(signParameters[algorithm], privateKey, new Uint8Array(message)));
}

/** A new key pair. Unless `extractable`, the private key can never be read out, only used and stored as an object. */
export async function generateSigningKey(
  algorithm: SignatureAlgorithm,
  { extractable }: { extractable: boolean },
): Promise<SigningKeyPair> {
  const pair = await crypto.subtle.generateKey(importParameters[algorithm], extractable, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new TypeError(`The runtime made no key pair for ${algorithm}`);
  return pair;
}

/** The bytes of a public key as the protocol sends it: Ed25519 32 raw bytes, ES256 the compressed point of 33. */
export async function exportPublicKey(
  algorithm: SignatureAlgorithm,
  publicKey: CryptoKey,
): Promise<Uint8Array<ArrayBuffer>> {
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
  return algorithm === "ES256" ? compressPoint(raw) : raw;
}

/** The key object of a public key's bytes, or null where they are no key of this scheme. */
export async function importPublicKey(algorithm: SignatureAlgorithm, publicKey: Uint8Array): Promise<CryptoKey | null> {
  const raw = rawPublicKey(algorithm, publicKey);
  if (raw === null) return null;
  try {
    return await crypto.subtle.importKey("raw", raw, importParameters[algorithm], true, ["verify"]);
  } catch (error) {
    // Its length and curve are checked, but a runtime may decode Ed25519 points here and refuse one with a DataError.
    if (error instanceof DOMException && error.name === "DataError") return null;
    throw error;
  }
}

function rawPublicKey(algorithm: SignatureAlgorithm, publicKey: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (algorithm === "ES256") return uncompressPoint(publicKey);
  return publicKey.length === ed25519KeyBytes ? new Uint8Array(publicKey) : null;
}
