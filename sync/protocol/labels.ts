/**
 * Every label of the project's COSE and CWT objects. The private ones lie below -65536, where both registries leave
 * room for private use; a number that was once given out is never given another meaning.
 */

/** COSE header parameters: RFC 9052 section 3.1, and the project's own. */
export const headerLabels = {
  algorithm: 1,
  critical: 2,
  contentType: 3,
  keyId: 4,
  /** Private: the wallet certificate, as bytes, beside a spend token. */
  walletCertificate: -65_537,
} as const;

/** CWT claims: RFC 8392 section 4, RFC 8747 (`cnf`), RFC 9711 (`nonce`), and the project's own. */
export const claimLabels = {
  issuer: 1,
  subject: 2,
  audience: 3,
  expiresAt: 4,
  issuedAt: 6,
  tokenId: 7,
  confirmation: 8,
  nonce: 10,
  /** Private, wallet certificate: [per token, cumulative, currency, count]; amounts in minor units. */
  limits: -65_537,
  /** Private, wallet certificate: the wallet's place in the status list. */
  statusIndex: -65_538,
  /** Private, spend token: the wallet's own count of its tokens, always rising. */
  counter: -65_539,
  /** Private, spend token: [most that it may pay in minor units, currency]. */
  cap: -65_540,
} as const;

/** Members of `cnf`: RFC 8747 section 3.1. */
export const confirmationLabels = { coseKey: 1 } as const;

/** Parameters of a COSE_Key on a curve: RFC 9052 section 7.1, RFC 9053 section 7.1.1. */
export const keyLabels = { keyType: 1, curve: -1, x: -2, y: -3 } as const;

/** Values of a COSE_Key on P-256: RFC 9053 tables 17 and 18. */
export const keyValues = { keyTypeEc2: 2, curveP256: 1 } as const;

/** CBOR tags: COSE_Sign1 (RFC 9052 section 2) and CWT (RFC 8392 section 6). */
export const tagNumbers = { sign1: 18, cwt: 61 } as const;
