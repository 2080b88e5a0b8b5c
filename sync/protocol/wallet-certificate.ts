import { z } from "zod";
import { utf8 } from "./bytes.ts";
import { decodeCbor, encodeCbor, type CborLabel, type CborMap, type CborValue } from "./cbor.ts";
import { createSign1, readSign1, type Sign1 } from "./cose.ts";
import type { Sign, SignatureAlgorithm } from "./crypto.ts";
import { claimLabels, confirmationLabels, headerLabels, keyLabels, keyValues } from "./labels.ts";
import { currencySchema, type Currency } from "./money.ts";
import { bytesClaim, mapClaim, secondsClaim, textClaim, wholeNumberClaim } from "./claims.ts";
import { ProtocolError } from "./protocol-error.ts";

/** What a wallet may spend offline under one certificate. Issuing it sets `cumulativeMinor` aside from the balance. */
export type WalletLimits = {
  readonly perTokenMinor: number;
  readonly cumulativeMinor: number;
  readonly currency: Currency;
  /** How many tokens. */
  readonly count: number;
};

/** What a wallet certificate says. Nothing of it is proven before the issuing key's signature is. */
export type WalletCertificate = {
  readonly message: Sign1;
  /** The issuing key's id, 8 bytes. */
  readonly keyId: Uint8Array;
  readonly issuer: string;
  /** The wallet's id towards tills, 8 bytes; it is not the id of a person or a chat account. */
  readonly walletId: Uint8Array;
  /** The wallet's P-256 public key, a compressed point of 33 bytes. */
  readonly walletKey: Uint8Array;
  readonly issuedAtSeconds: number;
  readonly expiresAtSeconds: number;
  readonly limits?: WalletLimits;
  readonly statusIndex?: number;
};

/** Signed beside the certificate, so that no other thing an issuing key signs can pass as one. */
export const certificateDomain: Uint8Array = utf8("suanpan wallet certificate 1");

/** The longest life of a certificate: a stolen wallet key is worth no more than this. */
const maximumLifetimeSeconds = 7 * 24 * 60 * 60;

const maximumCertificateBytes = 512;
const maximumIssuerLength = 64;
const idBytes = 8;
const compressedPointBytes = 33;
const coordinateBytes = 32;

const limitsSchema = z.tuple([z.int().min(0), z.int().min(0), currencySchema, z.int().min(0)]);

/**
 * Issues a wallet certificate: COSE_Sign1 (RFC 9052) over CWT claims (RFC 8392) with the wallet's key in `cnf` (RFC 8747).
 * @throws RangeError when a value is out of its bounds: ids of 8 bytes, a compressed point of 33, a life of at most 7 days.
 */
export async function createWalletCertificate(options: {
  sign: Sign;
  algorithm: SignatureAlgorithm;
  keyId: Uint8Array;
  issuer: string;
  walletId: Uint8Array;
  walletKey: Uint8Array;
  issuedAtSeconds: number;
  expiresAtSeconds: number;
  limits?: WalletLimits;
  statusIndex?: number;
}): Promise<Uint8Array<ArrayBuffer>> {
  const { keyId, walletKey, limits, statusIndex } = options;
  if (keyId.length !== idBytes) throw new RangeError("The issuing key's id has to have 8 bytes");
  const claims = new Map<CborLabel, CborValue>([
    [claimLabels.issuer, options.issuer],
    [claimLabels.subject, options.walletId],
    [claimLabels.expiresAt, options.expiresAtSeconds],
    [claimLabels.issuedAt, options.issuedAtSeconds],
    [claimLabels.confirmation, new Map([[confirmationLabels.coseKey, walletKeyMap(walletKey)]])],
  ]);
  if (limits !== undefined) {
    const { perTokenMinor, cumulativeMinor, currency, count } = limits;
    claims.set(claimLabels.limits, [perTokenMinor, cumulativeMinor, currency, count]);
  }
  if (statusIndex !== undefined) claims.set(claimLabels.statusIndex, statusIndex);
  const certificate = await createSign1({
    sign: options.sign,
    algorithm: options.algorithm,
    protectedHeader: new Map([[headerLabels.keyId, keyId]]),
    payload: encodeCbor(claims),
    externalData: certificateDomain,
  });
  try {
    readWalletCertificate(certificate);
  } catch (cause) {
    throw new RangeError("No till would read a certificate with these values", { cause });
  }
  return certificate;
}

/**
 * Reads the form of a wallet certificate, without its signature.
 * @throws ProtocolError with the code of the first thing that is wrong; `token.malformed` where its claims are.
 */
export function readWalletCertificate(bytes: Uint8Array): WalletCertificate {
  const limits = { maximumBytes: maximumCertificateBytes, deterministic: true };
  const message = readSign1(bytes, limits);
  if (message.unprotectedHeader.size > 0) throw new ProtocolError("cose.header", "Something is not protected");
  if (message.payload === null) throw new ProtocolError("cose.structure", "The certificate has no claims");
  const claims = decodeCbor(message.payload, limits);
  if (!(claims instanceof Map)) throw new ProtocolError("token.malformed", "The certificate's claims are no map");
  const issuedAtSeconds = secondsClaim(claims, claimLabels.issuedAt);
  const expiresAtSeconds = secondsClaim(claims, claimLabels.expiresAt);
  if (expiresAtSeconds <= issuedAtSeconds || expiresAtSeconds - issuedAtSeconds > maximumLifetimeSeconds) {
    throw new ProtocolError("token.malformed", "The certificate's life is not between 1 second and 7 days");
  }
  return {
    message,
    keyId: bytesClaim(message.protectedHeader, headerLabels.keyId, idBytes),
    issuer: textClaim(claims, claimLabels.issuer, maximumIssuerLength),
    walletId: bytesClaim(claims, claimLabels.subject, idBytes),
    walletKey: readWalletKey(mapClaim(mapClaim(claims, claimLabels.confirmation), confirmationLabels.coseKey)),
    issuedAtSeconds,
    expiresAtSeconds,
    ...(claims.has(claimLabels.limits) ? { limits: readLimits(claims.get(claimLabels.limits)) } : {}),
    ...(claims.has(claimLabels.statusIndex) ? { statusIndex: wholeNumberClaim(claims, claimLabels.statusIndex) } : {}),
  };
}

function readLimits(value: CborValue | undefined): WalletLimits {
  const parsed = limitsSchema.safeParse(value);
  if (!parsed.success) throw new ProtocolError("token.malformed", "The certificate's limits are malformed");
  const [perTokenMinor, cumulativeMinor, currency, count] = parsed.data;
  return { perTokenMinor, cumulativeMinor, currency, count };
}

/** A COSE_Key with a compressed point: its y is the sign bit alone (RFC 9053 section 7.1.1). */
function walletKeyMap(point: Uint8Array): CborMap {
  if (point.length !== compressedPointBytes || (point[0] !== 2 && point[0] !== 3)) {
    throw new RangeError("The wallet's key has to be a compressed P-256 point");
  }
  return new Map<CborLabel, CborValue>([
    [keyLabels.keyType, keyValues.keyTypeEc2],
    [keyLabels.curve, keyValues.curveP256],
    [keyLabels.x, point.subarray(1)],
    [keyLabels.y, point[0] === 3],
  ]);
}

function readWalletKey(key: CborMap): Uint8Array {
  const odd = key.get(keyLabels.y);
  const isP256 =
    key.get(keyLabels.keyType) === keyValues.keyTypeEc2 && key.get(keyLabels.curve) === keyValues.curveP256;
  if (!isP256 || typeof odd !== "boolean") {
    throw new ProtocolError("token.malformed", "The wallet's key is no compressed P-256 point");
  }
  const point = new Uint8Array(compressedPointBytes);
  point[0] = odd ? 3 : 2;
  point.set(bytesClaim(key, keyLabels.x, coordinateBytes), 1);
  return point;
}
