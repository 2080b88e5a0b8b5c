import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { canonicalise, parseCanonical } from "../sync/protocol/canonical.ts";
import { hashSchema, keyIdSchema, publicKeySchema, signatureSchema } from "../sync/protocol/entry.ts";
import { StartError } from "./start-error.ts";

/** An Ed25519 key of the platform. `publicKey` is raw (32 bytes) in hexadecimal. */
export type PlatformKey = { keyId: string; publicKey: string; privateKey: KeyObject };

/** A public key that wallet certificates are signed with; times are in seconds since 1970. */
const issuingKeySchema = z.strictObject({
  keyId: keyIdSchema,
  publicKey: publicKeySchema,
  notBefore: z.int(),
  expires: z.int(),
});

const issuingListSchema = z.strictObject({
  version: z.int().min(1),
  keys: z.array(issuingKeySchema).min(1).max(64),
});

const signedListSchema = z.strictObject({ text: z.string().max(64 * 1024), signature: signatureSchema });

/** The keys that certificates may be signed with, newest last. The version never goes down. */
export type IssuingList = z.infer<typeof issuingListSchema>;

/** The platform's keys, all of them from `folder/keys`, readable by its owner alone and never in the database. */
export type PlatformKeys = {
  root: PlatformKey;
  /** SHA-256 of the raw root key, hexadecimal: what an enrolment code pins. */
  rootHash: string;
  /** The key that signs wallet certificates today. */
  issuing: PlatformKey;
  list: IssuingList;
  /** The list's canonical text and the root's signature over it. */
  signedList: z.infer<typeof signedListSchema>;
  operatorToken: string;
};

const listDomain = "suanpan issuing keys 1\u0000";
const issuingLifeSeconds = 90 * 24 * 3600;
/** A new key is made this long before the old one ends, so that a certificate of seven days never outlives its key. */
const renewBeforeSeconds = 30 * 24 * 3600;

/**
 * Reads the keys and makes what is missing. `minimumVersion` is the highest version of the list that was ever given
 * out: a folder from a backup is signed anew above it.
 * @throws StartError when a key cannot be read, or the list is not signed by the root.
 */
export async function openKeys(folder: string, nowMs: number, minimumVersion: number): Promise<PlatformKeys> {
  const place = join(folder, "keys");
  await mkdir(place, { recursive: true, mode: 0o700 });
  const root = await openKey(join(place, "platform-root.pem"));
  const { list, signedList } = await openList(place, root, Math.floor(nowMs / 1000), minimumVersion);
  const newest = list.keys.at(-1);
  if (newest === undefined) throw new StartError("The list of issuing keys is empty.");
  const issuing = await openKey(join(place, `issuing-${newest.keyId}.pem`), newest.keyId);
  const operatorToken = await openSecret(join(place, "operator-token"));
  const rootHash = createHash("sha256").update(Buffer.from(root.publicKey, "hex")).digest("hex");
  return { root, rootHash: hashSchema.parse(rootHash), issuing, list, signedList, operatorToken };
}

/** The id of a raw public key: the first eight bytes of its SHA-256, hexadecimal. */
export function keyIdOf(rawPublicKey: Uint8Array): string {
  return createHash("sha256").update(rawPublicKey).digest("hex").slice(0, 16);
}

/** A raw Ed25519 public key (RFC 8032, 32 bytes) as Node wants it. */
export function ed25519PublicKey(raw: Uint8Array): KeyObject {
  return createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(raw).toString("base64url") },
    format: "jwk",
  });
}

async function openList(
  place: string,
  root: PlatformKey,
  nowSeconds: number,
  minimumVersion: number,
): Promise<Pick<PlatformKeys, "list" | "signedList">> {
  const file = join(place, "issuing-keys.json");
  const stored = await readIfThere(file);
  const before = stored === null ? null : readList(stored, root, file);
  const newest = before?.list.keys.at(-1);
  const endsSoon = newest === undefined || newest.expires - nowSeconds < renewBeforeSeconds;
  if (before !== null && !endsSoon && before.list.version >= minimumVersion) return before;

  const kept = (before?.list.keys ?? []).filter((key) => key.expires > nowSeconds);
  const keys = endsSoon ? [...kept, await makeIssuingKey(place, nowSeconds)] : kept;
  const list: IssuingList = { version: Math.max(before?.list.version ?? 0, minimumVersion) + 1, keys };
  const text = canonicalise(list);
  const signature = sign(null, Buffer.from(listDomain + text, "utf8"), root.privateKey).toString("hex");
  const signedList = { text, signature };
  await writeSafely(file, `${JSON.stringify(signedList)}\n`);
  return { list, signedList };
}

function readList(stored: string, root: PlatformKey, file: string): Pick<PlatformKeys, "list" | "signedList"> {
  const signedList = signedListSchema.parse(JSON.parse(stored));
  const bytes = Buffer.from(listDomain + signedList.text, "utf8");
  const key = ed25519PublicKey(Buffer.from(root.publicKey, "hex"));
  if (!verify(null, bytes, key, Buffer.from(signedList.signature, "hex"))) {
    throw new StartError(`The list of issuing keys in ${file} is not signed by this platform's root key.`);
  }
  return { list: issuingListSchema.parse(parseCanonical(signedList.text)), signedList };
}

async function makeIssuingKey(place: string, nowSeconds: number): Promise<z.infer<typeof issuingKeySchema>> {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const raw = rawPublicKey(publicKey);
  const keyId = keyIdOf(raw);
  await writeSafely(join(place, `issuing-${keyId}.pem`), pem(privateKey));
  return { keyId, publicKey: raw.toString("hex"), notBefore: nowSeconds, expires: nowSeconds + issuingLifeSeconds };
}

async function openKey(file: string, expectedId?: string): Promise<PlatformKey> {
  let text = await readIfThere(file);
  if (text === null) {
    if (expectedId !== undefined) throw new StartError(`The key ${file} is missing; restore it from a backup.`);
    text = pem(generateKeyPairSync("ed25519").privateKey);
    await writeSafely(file, text);
  }
  const privateKey = createPrivateKey(text);
  const raw = rawPublicKey(createPublicKey(privateKey));
  return { keyId: keyIdOf(raw), publicKey: raw.toString("hex"), privateKey };
}

async function openSecret(file: string): Promise<string> {
  const stored = await readIfThere(file);
  if (stored !== null) return stored.trim();
  const made = randomBytes(24).toString("base64url");
  await writeSafely(file, `${made}\n`);
  return made;
}

function pem(privateKey: KeyObject): string {
  return String(privateKey.export({ format: "pem", type: "pkcs8" }));
}

function rawPublicKey(publicKey: KeyObject): Buffer {
  return Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new StartError(`The key ${file} cannot be read.`, error);
  }
}

/** Writes beside the file and renames, flushed, so that a power cut leaves the old one or the new one, never half. */
async function writeSafely(file: string, text: string): Promise<void> {
  const fresh = `${file}.new`;
  const handle = await open(fresh, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}
