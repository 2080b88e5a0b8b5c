import { decodeCbor, decodeTaggedCbor, encodeCbor, type CborLabel, type CborMap, type CborValue } from "./cbor.ts";
import type { Sign, SignatureAlgorithm, VerificationKey, Verify } from "./crypto.ts";
import { headerLabels, tagNumbers } from "./labels.ts";
import { ProtocolError } from "./protocol-error.ts";

/** A COSE_Sign1 message (RFC 9052 section 4.2) whose form has been checked and whose signature has not. */
export type Sign1 = {
  /** What the header says it was signed with. It is compared with the key's own scheme and never chooses a key. */
  readonly algorithm: SignatureAlgorithm;
  readonly protectedHeader: CborMap;
  readonly unprotectedHeader: CborMap;
  /** The protected header as it came, and empty where it has no parameters: the form that is signed. */
  readonly protectedBytes: Uint8Array;
  /** Null where the payload travels apart from the message. */
  readonly payload: Uint8Array | null;
  readonly signature: Uint8Array;
};

/** The algorithms that are read (RFC 9053 section 2, RFC 9864 section 2). Others are refused, whatever they are. */
const algorithmOfIdentifier = new Map<CborValue, SignatureAlgorithm>([
  [-8, "Ed25519"],
  [-19, "Ed25519"],
  [-7, "ES256"],
  [-9, "ES256"],
]);

/** The fully specified identifiers of RFC 9864 are the ones that are written. */
const identifierOfAlgorithm = { Ed25519: -19, ES256: -9 } as const satisfies Record<SignatureAlgorithm, number>;

/** What `crit` may name: what every reader has to understand anyway (RFC 9052 section 3.1). */
const understoodLabels: ReadonlySet<CborValue> = new Set([
  headerLabels.algorithm,
  headerLabels.critical,
  headerLabels.contentType,
  headerLabels.keyId,
]);

const noHeader: CborMap = new Map();
const noBytes = new Uint8Array(0);

/**
 * Signs a payload as COSE_Sign1. The algorithm is put into the protected header. The message is written without
 * tag 18: where it stands says what it is.
 */
export async function createSign1(options: {
  sign: Sign;
  algorithm: SignatureAlgorithm;
  protectedHeader?: CborMap;
  unprotectedHeader?: CborMap;
  payload: Uint8Array;
  externalData?: Uint8Array;
}): Promise<Uint8Array<ArrayBuffer>> {
  const { sign, algorithm, payload, externalData = noBytes } = options;
  const protectedBytes = encodeCbor(
    new Map<CborLabel, CborValue>([
      ...(options.protectedHeader ?? noHeader),
      [headerLabels.algorithm, identifierOfAlgorithm[algorithm]],
    ]),
  );
  const signature = await sign(signedBytes(protectedBytes, externalData, payload));
  return encodeCbor([protectedBytes, options.unprotectedHeader ?? noHeader, payload, signature]);
}

/**
 * Reads a COSE_Sign1 message: tagged 18, tagged 61 and 18 (a CWT, RFC 8392 section 6), or untagged.
 * @param limits `deterministic` holds for the message and its protected header.
 * @throws ProtocolError `cbor.*` as `decodeCbor` does; `cose.structure` on another tag or shape; `cose.header` on a
 * header that is no map; `cose.duplicate-label` on a label in both headers; `cose.critical` on a `crit` that is
 * malformed or names what is not understood; `cose.algorithm` where it is absent or not one of those that are read.
 */
export function readSign1(bytes: Uint8Array, limits: { maximumBytes: number; deterministic?: boolean }): Sign1 {
  const { tags, value } = decodeTaggedCbor(bytes, limits);
  checkTags(tags);
  const [protectedBytes, unprotectedHeader, payload, signature] = readParts(value);
  const protectedHeader = readProtectedHeader(protectedBytes, limits);
  for (const label of unprotectedHeader.keys()) {
    if (protectedHeader.has(label))
      throw new ProtocolError("cose.duplicate-label", `${nameOf(label)} is in both headers`);
  }
  checkCritical(protectedHeader, unprotectedHeader);
  const identifier = (protectedHeader.has(headerLabels.algorithm) ? protectedHeader : unprotectedHeader).get(
    headerLabels.algorithm,
  );
  const algorithm = algorithmOfIdentifier.get(identifier ?? null);
  if (algorithm === undefined) throw new ProtocolError("cose.algorithm", `Algorithm ${nameOf(identifier)}`);
  // RFC 9052 section 4.4: a header without parameters is signed as an empty byte string, however it was written.
  const signedHeader = protectedHeader.size === 0 ? noBytes : protectedBytes;
  return { algorithm, protectedHeader, unprotectedHeader, protectedBytes: signedHeader, payload, signature };
}

/**
 * Holds a message against a key that the caller chose; resolves with the payload only when it is signed.
 * @param options `externalData` is what was signed beside the message; `detachedPayload` stands in for a null payload.
 * @throws ProtocolError `cose.algorithm` when the message's algorithm is not the key's, `cose.structure` when there is
 * no payload or two, `cose.signature` when the signature is not this key's.
 */
export async function verifySign1(
  message: Sign1,
  options: { verify: Verify; key: VerificationKey; externalData?: Uint8Array; detachedPayload?: Uint8Array },
): Promise<Uint8Array> {
  const { verify, key, externalData = noBytes, detachedPayload } = options;
  if (message.algorithm !== key.algorithm) {
    throw new ProtocolError("cose.algorithm", `Signed as ${message.algorithm}, but the key is for ${key.algorithm}`);
  }
  if ((message.payload === null) === (detachedPayload === undefined)) {
    throw new ProtocolError("cose.structure", "The payload has to be either in the message or apart from it");
  }
  const payload = message.payload ?? detachedPayload ?? noBytes;
  const signed = signedBytes(message.protectedBytes, externalData, payload);
  if (!(await verify(key.algorithm, key.publicKey, signed, message.signature))) {
    throw new ProtocolError("cose.signature", "The signature is not this key's over this message");
  }
  return payload;
}

/** The Sig_structure of RFC 9052 section 4.4 for one signer. */
function signedBytes(
  protectedBytes: Uint8Array,
  externalData: Uint8Array,
  payload: Uint8Array,
): Uint8Array<ArrayBuffer> {
  return encodeCbor(["Signature1", protectedBytes, externalData, payload]);
}

function checkTags(tags: readonly number[]): void {
  const known = [[], [tagNumbers.sign1], [tagNumbers.cwt, tagNumbers.sign1]];
  if (!known.some((sequence) => sequence.join() === tags.join())) {
    throw new ProtocolError("cose.structure", `Tags ${tags.join(" ")} are not those of COSE_Sign1`);
  }
}

function readParts(value: CborValue): [Uint8Array, CborMap, Uint8Array | null, Uint8Array] {
  const parts: readonly CborValue[] = Array.isArray(value) ? value : [];
  const [protectedBytes, unprotectedHeader, payload, signature] = parts;
  if (
    parts.length !== 4 ||
    !(protectedBytes instanceof Uint8Array) ||
    !(unprotectedHeader instanceof Map) ||
    !(payload instanceof Uint8Array || payload === null) ||
    !(signature instanceof Uint8Array)
  ) {
    throw new ProtocolError("cose.structure", "Not [protected, unprotected, payload, signature]");
  }
  return [protectedBytes, unprotectedHeader, payload, signature];
}

function readProtectedHeader(bytes: Uint8Array, limits: { maximumBytes: number; deterministic?: boolean }): CborMap {
  if (bytes.length === 0) return noHeader;
  const header = decodeCbor(bytes, limits);
  if (!(header instanceof Map)) throw new ProtocolError("cose.header", "The protected header is no map");
  return header;
}

function checkCritical(protectedHeader: CborMap, unprotectedHeader: CborMap): void {
  if (unprotectedHeader.has(headerLabels.critical)) {
    throw new ProtocolError("cose.critical", "crit is not protected");
  }
  const critical = protectedHeader.get(headerLabels.critical);
  if (critical === undefined) return;
  if (!Array.isArray(critical) || critical.length === 0) throw new ProtocolError("cose.critical", "crit names nothing");
  for (const label of critical as readonly CborValue[]) {
    const present = (typeof label === "number" || typeof label === "string") && protectedHeader.has(label);
    if (!present || !understoodLabels.has(label)) {
      throw new ProtocolError("cose.critical", `crit names ${nameOf(label)}, which is not understood or not protected`);
    }
  }
}

/** A number as it stands and anything else by its type: a log does not quote what a stranger wrote. */
function nameOf(value: CborValue | undefined): string {
  return typeof value === "number" ? String(value) : `a ${typeof value}`;
}
