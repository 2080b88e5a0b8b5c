import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, readdirSync, writeSync } from "node:fs";
import { join } from "node:path";
import { TillError } from "../contract/errors.ts";
import { flushFolder } from "./flush-folder.ts";

/** An Ed25519 key pair of this till (RFC 8032). The private half never leaves `keys/`. */
export interface SigningKey {
  /** The first eight bytes of the SHA-256 of the raw public key, in hexadecimal. */
  keyId: string;
  /** The raw public key, 32 bytes in hexadecimal. */
  publicKey: string;
  privateKey: KeyObject;
}

type KeyPurpose = "journal" | "request";

/**
 * Makes a key pair and stores its private half as PKCS #8 PEM in `folder`, readable by its owner only, flushed before
 * this returns: an entry must never be signed by a key that a power cut can take away.
 */
export function createSigningKey(folder: string, purpose: KeyPurpose): SigningKey {
  const { privateKey } = generateKeyPairSync("ed25519");
  const key = describeKey(privateKey);
  const file = openSync(keyFile(folder, purpose, key.keyId), "wx", 0o600);
  try {
    writeSync(file, privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  flushFolder(folder);
  return key;
}

/**
 * Loads the key with this id.
 * @throws TillError `ledger.key-missing` when its file is gone, unreadable or holds another key.
 */
export function loadSigningKey(folder: string, purpose: KeyPurpose, keyId: string): SigningKey {
  let key: SigningKey;
  try {
    key = describeKey(createPrivateKey(readFileSync(keyFile(folder, purpose, keyId))));
  } catch (cause) {
    throw new TillError("ledger.key-missing", { keyId }, cause);
  }
  if (key.keyId !== keyId) throw new TillError("ledger.key-missing", { keyId });
  return key;
}

/**
 * The key that signs this till's requests to the platform. With `keyId` (once enrolled) exactly that one; without it
 * the one that an earlier try to enrol has made, or a new one, so that a repeated enrolment names the same key.
 * @throws TillError `ledger.key-missing` when the key that is asked for is not there.
 */
export function openRequestKey(folder: string, keyId?: string): SigningKey {
  if (keyId !== undefined) return loadSigningKey(folder, "request", keyId);
  const made = readdirSync(folder)
    .map((name) => /^request-([0-9a-f]{16})\.pem$/.exec(name)?.[1])
    .filter((id) => id !== undefined)
    .sort();
  const [first] = made;
  return first === undefined ? createSigningKey(folder, "request") : loadSigningKey(folder, "request", first);
}

function keyFile(folder: string, purpose: KeyPurpose, keyId: string): string {
  return join(folder, `${purpose}-${keyId}.pem`);
}

function describeKey(privateKey: KeyObject): SigningKey {
  const { x } = createPublicKey(privateKey).export({ format: "jwk" });
  if (privateKey.asymmetricKeyType !== "ed25519" || x === undefined) throw new TypeError("Not an Ed25519 key");
  const raw = Buffer.from(x, "base64url");
  return { keyId: hash("sha256", raw, "hex").slice(0, 16), publicKey: raw.toString("hex"), privateKey };
}
