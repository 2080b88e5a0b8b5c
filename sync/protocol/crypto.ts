/**
 * The two signature schemes of the protocol: Ed25519 (RFC 8032) and ECDSA over P-256 with SHA-256 (FIPS 186-5), the
 * latter because the secure hardware of phones offers nothing else everywhere.
 */
export type SignatureAlgorithm = "Ed25519" | "ES256";

/** A public key together with the one scheme it is for. */
export type VerificationKey = {
  readonly algorithm: SignatureAlgorithm;
  /** Ed25519: 32 raw bytes. ES256: a SEC 1 point, 33 bytes compressed or 65 uncompressed. */
  readonly publicKey: Uint8Array;
};

/**
 * Whether a 64-byte signature (for ES256 r and s, 32 bytes each) is this key's over this message. A key that is no key
 * and a signature of another length are false, never an error: both come from outside.
 */
export type Verify = (
  algorithm: SignatureAlgorithm,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => Promise<boolean>;

/** Signs a message with a key that stays where it is; gives 64 bytes. */
export type Sign = (message: Uint8Array) => Promise<Uint8Array>;

/** SHA-256 (FIPS 180-4): 32 bytes. */
export type Sha256 = (bytes: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>;
