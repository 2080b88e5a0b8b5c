import { z } from "zod";
import { decodeBase45, encodeBase45 } from "./base45.ts";
import { concatBytes, toHex, utf8 } from "./bytes.ts";
import { decodeCbor, encodeCbor, type CborLabel, type CborMap, type CborValue } from "./cbor.ts";
import { bytesClaim, secondsClaim, textClaim, wholeNumberClaim } from "./claims.ts";
import { createSign1, readSign1, verifySign1, type Sign1 } from "./cose.ts";
import type { Sign, VerificationKey, Verify } from "./crypto.ts";
import { claimLabels, headerLabels } from "./labels.ts";
import { currencySchema, type Currency } from "./money.ts";
import { ProtocolError, type ProtocolErrorCode } from "./protocol-error.ts";
import {
  certificateDomain,
  readWalletCertificate,
  type WalletCertificate,
  type WalletLimits,
} from "./wallet-certificate.ts";

/** The most that a token may pay. */
export type TokenCap = { readonly amountMinor: number; readonly currency: Currency };

/** What a spend token says. Nothing of it is proven before `verifySpendToken`. */
export type SpendTokenParts = {
  readonly message: Sign1;
  readonly certificateBytes: Uint8Array;
  readonly certificate: WalletCertificate;
  readonly issuedAtSeconds: number;
  readonly expiresAtSeconds: number;
  /** The token's own id, 8 bytes; a cti is charged at most once ever. */
  readonly cti: Uint8Array;
  /** Rises with each token of the wallet. */
  readonly counter: number;
  readonly cap?: TokenCap;
  /** The till that it is bound to, where it is. */
  readonly audience?: string;
  /** The nonce of that till. */
  readonly nonce?: Uint8Array;
};

/** What a spend token proves. Ids are lower-case hexadecimal. */
export type VerifiedSpendToken = {
  readonly walletId: string;
  readonly cti: string;
  readonly counter: number;
  readonly issuedAtSeconds: number;
  readonly expiresAtSeconds: number;
  readonly certificateExpiresAtSeconds: number;
  readonly cap?: TokenCap;
  readonly limits?: WalletLimits;
  readonly statusIndex?: number;
};

/** Longer texts are refused before anything else is done with them. */
const maximumTextLength = 1024;
const grammar = /^PT1:[0-9A-Z $%*+./:-]{100,700}$/;
const prefix = "PT1:";
/** 700 characters of base45 hold no more. */
const maximumTokenBytes = 467;
/** A phone shows a token for a minute and may be a minute wrong; ten minutes would be a bearer note. */
const maximumLifetimeSeconds = 600;
const idBytes = 8;
const nonceBytes = 16;
const maximumAudienceLength = 64;

/** What is signed beside a token: its purpose, and the certificate that travels with it unprotected. */
const tokenDomain = utf8("suanpan spend token 1\u0000");

const capSchema = z.tuple([z.int().min(0), currencySchema]);

/**
 * Makes a spend token: `PT1:` and the base45 of an untagged COSE_Sign1 over CWT claims. `sign` is the wallet's P-256 key,
 * the one that the certificate names. The certificate is signed too, as external data, so that none can be exchanged.
 * @param options `bound` ties the token to a till's id and to the nonce of 16 bytes that the till showed.
 * @throws RangeError when a value is out of its bounds: a cti of 8 bytes, a life of 1 to 600 seconds, at most 700
 * characters of base45.
 */
export async function createSpendToken(options: {
  sign: Sign;
  certificate: Uint8Array;
  issuedAtSeconds: number;
  expiresAtSeconds: number;
  cti: Uint8Array;
  counter: number;
  cap?: TokenCap;
  bound?: { audience: string; nonce: Uint8Array };
}): Promise<string> {
  const { certificate, cap, bound } = options;
  const claims = new Map<CborLabel, CborValue>([
    [claimLabels.expiresAt, options.expiresAtSeconds],
    [claimLabels.issuedAt, options.issuedAtSeconds],
    [claimLabels.tokenId, options.cti],
    [claimLabels.counter, options.counter],
  ]);
  if (cap !== undefined) claims.set(claimLabels.cap, [cap.amountMinor, cap.currency]);
  if (bound !== undefined) claims.set(claimLabels.audience, bound.audience).set(claimLabels.nonce, bound.nonce);
  const message = await createSign1({
    sign: options.sign,
    algorithm: "ES256",
    unprotectedHeader: new Map([[headerLabels.walletCertificate, certificate]]),
    payload: encodeCbor(claims),
    externalData: concatBytes(tokenDomain, certificate),
  });
  const text = prefix + encodeBase45(message);
  try {
    readSpendToken(text);
  } catch (cause) {
    throw new RangeError("No till would read a token with these values", { cause });
  }
  return text;
}

/**
 * Reads the form of a spend token and nothing else: length, prefix and characters, base45, strict deterministic CBOR,
 * structure, in this order. Claims that are not known are passed over (RFC 8392 section 3); unsigned ones are refused.
 * @throws ProtocolError `token.too-long`, `token.not-a-token` or `token.malformed`, the last with its cause.
 */
export function readSpendToken(text: string): SpendTokenParts {
  if (text.length > maximumTextLength) throw new ProtocolError("token.too-long", `${text.length} characters`);
  if (!grammar.test(text)) throw new ProtocolError("token.not-a-token", "Not of the form of a spend token");
  return asCode("token.malformed", () => readMessage(decodeBase45(text.slice(prefix.length))));
}

/**
 * Verifies a spend token alone, without a network. Proven then: a platform key issued the certificate, the wallet made
 * the token for now, and it is bound to nobody else. Left to the caller: limits, status, and whether it was used.
 * @param options `issuingKeys` by the lower-case hexadecimal of their 8-byte ids; `skewSeconds` is how wrong a phone's
 * clock may be; `bound` is this till's id and the nonce that it showed, without which a bound token is refused.
 * @throws ProtocolError `token.*`, see `ProtocolErrorCode`.
 */
export async function verifySpendToken(
  text: string,
  options: {
    verify: Verify;
    issuingKeys: ReadonlyMap<string, VerificationKey>;
    nowSeconds: number;
    skewSeconds: number;
    bound?: { audience: string; nonce: Uint8Array };
  },
): Promise<VerifiedSpendToken> {
  const token = readSpendToken(text);
  const { certificate } = token;
  await verifyCertificate(certificate, options);
  try {
    await verifySign1(token.message, {
      verify: options.verify,
      key: { algorithm: "ES256", publicKey: certificate.walletKey },
      externalData: concatBytes(tokenDomain, token.certificateBytes),
    });
  } catch (cause) {
    throw withCode("token.bad-signature", cause);
  }
  checkBinding(token, options.bound);
  checkTimes(token, options);
  return {
    walletId: toHex(certificate.walletId),
    cti: toHex(token.cti),
    counter: token.counter,
    issuedAtSeconds: token.issuedAtSeconds,
    expiresAtSeconds: token.expiresAtSeconds,
    certificateExpiresAtSeconds: certificate.expiresAtSeconds,
    ...(token.cap === undefined ? {} : { cap: token.cap }),
    ...(certificate.limits === undefined ? {} : { limits: certificate.limits }),
    ...(certificate.statusIndex === undefined ? {} : { statusIndex: certificate.statusIndex }),
  };
}

function readMessage(bytes: Uint8Array): SpendTokenParts {
  const limits = { maximumBytes: maximumTokenBytes, deterministic: true };
  const message = readSign1(bytes, limits);
  if (message.algorithm !== "ES256") throw new ProtocolError("cose.algorithm", "Wallet keys are P-256 keys");
  if (!message.protectedHeader.has(headerLabels.algorithm) || message.unprotectedHeader.size !== 1) {
    throw new ProtocolError("cose.header", "The certificate has to be the only thing that is not protected");
  }
  const certificateBytes = message.unprotectedHeader.get(headerLabels.walletCertificate);
  if (!(certificateBytes instanceof Uint8Array)) throw new ProtocolError("cose.header", "There is no certificate");
  if (message.payload === null) throw new ProtocolError("cose.structure", "The token has no claims");
  const claims = decodeCbor(message.payload, limits);
  if (!(claims instanceof Map)) throw new ProtocolError("token.malformed", "The claims are no map");
  return { message, certificateBytes, certificate: readWalletCertificate(certificateBytes), ...readClaims(claims) };
}

function readClaims(claims: CborMap): Omit<SpendTokenParts, "message" | "certificateBytes" | "certificate"> {
  const issuedAtSeconds = secondsClaim(claims, claimLabels.issuedAt);
  const expiresAtSeconds = secondsClaim(claims, claimLabels.expiresAt);
  if (expiresAtSeconds <= issuedAtSeconds || expiresAtSeconds - issuedAtSeconds > maximumLifetimeSeconds) {
    throw new ProtocolError("token.malformed", `The token's life is not between 1 and ${maximumLifetimeSeconds} s`);
  }
  const isBound = claims.has(claimLabels.audience) || claims.has(claimLabels.nonce);
  return {
    issuedAtSeconds,
    expiresAtSeconds,
    cti: bytesClaim(claims, claimLabels.tokenId, idBytes),
    counter: wholeNumberClaim(claims, claimLabels.counter),
    ...(claims.has(claimLabels.cap) ? { cap: readCap(claims.get(claimLabels.cap)) } : {}),
    ...(isBound
      ? {
          audience: textClaim(claims, claimLabels.audience, maximumAudienceLength),
          nonce: bytesClaim(claims, claimLabels.nonce, nonceBytes),
        }
      : {}),
  };
}

function readCap(value: CborValue | undefined): TokenCap {
  const parsed = capSchema.safeParse(value);
  if (!parsed.success) throw new ProtocolError("token.malformed", "The cap is malformed");
  return { amountMinor: parsed.data[0], currency: parsed.data[1] };
}

async function verifyCertificate(
  certificate: WalletCertificate,
  options: {
    verify: Verify;
    issuingKeys: ReadonlyMap<string, VerificationKey>;
    nowSeconds: number;
    skewSeconds: number;
  },
): Promise<void> {
  const key = options.issuingKeys.get(toHex(certificate.keyId));
  if (key === undefined) throw new ProtocolError("token.unknown-issuer", `Key ${toHex(certificate.keyId)}`);
  try {
    await verifySign1(certificate.message, { verify: options.verify, key, externalData: certificateDomain });
  } catch (cause) {
    throw withCode("token.bad-certificate", cause);
  }
  // The platform's clock made this time, not the phone's: no skew is allowed at its end.
  if (options.nowSeconds >= certificate.expiresAtSeconds) {
    throw new ProtocolError("token.certificate-expired", `At ${certificate.expiresAtSeconds}`);
  }
  if (certificate.issuedAtSeconds > options.nowSeconds + options.skewSeconds) {
    throw new ProtocolError("token.not-yet-valid", `The certificate is of ${certificate.issuedAtSeconds}`);
  }
}

function checkBinding(token: SpendTokenParts, bound: { audience: string; nonce: Uint8Array } | undefined): void {
  if (token.audience === undefined || token.nonce === undefined) return;
  if (bound === undefined || token.audience !== bound.audience || toHex(token.nonce) !== toHex(bound.nonce)) {
    throw new ProtocolError("token.wrong-audience", "The token is bound to another till or to another moment");
  }
}

function checkTimes(token: SpendTokenParts, { nowSeconds, skewSeconds }: { nowSeconds: number; skewSeconds: number }) {
  if (nowSeconds - skewSeconds >= token.expiresAtSeconds) {
    throw new ProtocolError("token.expired", `At ${token.expiresAtSeconds}`);
  }
  if (token.issuedAtSeconds > nowSeconds + skewSeconds) {
    throw new ProtocolError("token.not-yet-valid", `It is of ${token.issuedAtSeconds}`);
  }
}

function asCode<T>(code: ProtocolErrorCode, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw withCode(code, cause);
  }
}

/** The refusal under the code that the till has words for; faults of ours pass as they are. */
function withCode(code: ProtocolErrorCode, cause: unknown): unknown {
  return cause instanceof ProtocolError ? new ProtocolError(code, cause.message, { cause }) : cause;
}
