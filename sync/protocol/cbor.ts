import { decode, encode, rfc8949EncodeOptions, Tokenizer, Type } from "cborg";
import type { DecodeOptions } from "cborg";
import { equalBytes, fromUtf8 } from "./bytes.ts";
import { ProtocolError } from "./protocol-error.ts";

/** The key of a map: COSE and CWT use whole numbers and texts only. */
export type CborLabel = number | string;

/** What the protocol writes and reads: CBOR (RFC 8949) without floats, undefined, big numbers and inner tags. */
export type CborValue = number | string | boolean | null | Uint8Array | readonly CborValue[] | CborMap;

/** A map, whose keys keep their type. */
export type CborMap = ReadonlyMap<CborLabel, CborValue>;

/** How much a reader takes. */
export type CborLimits = {
  /** Longer input is refused before it is read. */
  readonly maximumBytes: number;
  /** Refuses bytes that are not the one deterministic encoding of what they say (RFC 8949 section 4.2.1). */
  readonly deterministic?: boolean;
};

/** Arrays and maps within one another. A wallet certificate needs 3. */
const maximumDepth = 6;

/** Tags before the outermost value. A CWT in COSE_Sign1 may have two. */
const maximumRootTags = 2;

/**
 * The one encoding of a value: RFC 8949 section 4.2.1 (shortest forms, definite lengths, keys in bytewise order).
 * @throws RangeError on a number that is not a safe integer, a text with a lone surrogate, or more than 6 levels.
 */
export function encodeCbor(value: CborValue): Uint8Array<ArrayBuffer> {
  assertEncodable(value, 0);
  return new Uint8Array(encode(value, rfc8949EncodeOptions));
}

/**
 * Reads one value, strictly: every length and integer in its shortest form, no indefinite lengths, no key twice, keys
 * that are whole numbers or texts, integers within ±(2^53-1), valid UTF-8, at most 6 levels and no byte left over.
 * @throws ProtocolError `cbor.too-large`, `cbor.too-deep`, `cbor.tag`, `cbor.type`, `cbor.malformed` or
 * `cbor.not-deterministic`.
 */
export function decodeCbor(bytes: Uint8Array, limits: CborLimits): CborValue {
  const { tags, value } = decodeTaggedCbor(bytes, limits);
  if (tags.length > 0) throw new ProtocolError("cbor.tag", `Tag ${tags[0]} is not expected here`);
  return value;
}

/**
 * Like `decodeCbor`, with up to two tags before the outermost value, which are given in their order and judged by the
 * caller. A tag anywhere else is refused.
 */
export function decodeTaggedCbor(bytes: Uint8Array, limits: CborLimits): { tags: number[]; value: CborValue } {
  if (bytes.length > limits.maximumBytes) throw new ProtocolError("cbor.too-large", `${bytes.length} bytes`);
  const { tags, rest } = readRootTags(bytes);
  const value = decodeUntagged(rest);
  if (limits.deterministic === true && !equalBytes(encodeCbor(value), rest)) {
    throw new ProtocolError("cbor.not-deterministic", "The keys of a map are not in order");
  }
  return { tags, value };
}

const decodeOptions = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowBigInt: false,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  retainStringBytes: true,
} satisfies DecodeOptions;

function decodeUntagged(bytes: Uint8Array): CborValue {
  const value: unknown = translateErrors(() => decode(bytes, { ...decodeOptions, tokenizer: strictTokenizer(bytes) }));
  assertReadable(value);
  return value;
}

function readRootTags(bytes: Uint8Array): { tags: number[]; rest: Uint8Array } {
  const tokenizer = new Tokenizer(bytes, decodeOptions);
  const tags: number[] = [];
  while (!tokenizer.done() && (bytes[tokenizer.pos()] ?? 0) >> 5 === Type.tag.major) {
    if (tags.length === maximumRootTags) throw new ProtocolError("cbor.tag", "Too many tags");
    const tag: unknown = translateErrors(() => tokenizer.next().value);
    tags.push(Number(tag));
  }
  return { tags, rest: bytes.subarray(tokenizer.pos()) };
}

/**
 * The library's tokenizer with what it does not check itself. The library recurses into arrays and maps, so that the
 * depth has to be known while tokens are read: for each open array or map, `open` has how many items are still to come.
 */
function strictTokenizer(bytes: Uint8Array) {
  const tokenizer = new Tokenizer(bytes, decodeOptions);
  const open: number[] = [];
  const next = () => {
    const token = tokenizer.next();
    if (Type.equals(token.type, Type.tag)) throw new ProtocolError("cbor.tag", "A tag inside of a value");
    if (Type.equals(token.type, Type.float)) throw new ProtocolError("cbor.type", "A number with a fraction");
    // The library replaces bytes that are no UTF-8 and drops a byte order mark: two texts could pass as the same.
    if (token.byteValue !== undefined) token.value = fromUtf8(token.byteValue);
    if (open.length > 0) open[open.length - 1] = (open.at(-1) ?? 0) - 1;
    const items = itemsWithin(token);
    if (items !== null) {
      if (open.length === maximumDepth) throw new ProtocolError("cbor.too-deep", `More than ${maximumDepth} levels`);
      open.push(items);
    }
    while (open.at(-1) === 0) open.pop();
    return token;
  };
  return { next, done: () => tokenizer.done(), pos: () => tokenizer.pos() };
}

function itemsWithin(token: { type: Type; value?: unknown }): number | null {
  if (Type.equals(token.type, Type.array)) return Number(token.value);
  if (Type.equals(token.type, Type.map)) return Number(token.value) * 2;
  return null;
}

/** The library throws plain errors, told apart by their messages only: whatever reading a stranger's bytes throws refuses them. */
function translateErrors<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof ProtocolError) throw cause;
    if (cause instanceof Error) throw new ProtocolError("cbor.malformed", cause.message, { cause });
    throw cause;
  }
}

function assertReadable(value: unknown): asserts value is CborValue {
  if (Array.isArray(value)) {
    for (const item of value) assertReadable(item);
  } else if (value instanceof Map) {
    for (const [key, member] of value) {
      if (typeof key !== "number" && typeof key !== "string") {
        throw new ProtocolError("cbor.type", "A map's key is neither a whole number nor a text");
      }
      assertReadable(member);
    }
  }
}

function assertEncodable(value: CborValue, depth: number): void {
  if (typeof value === "number" && (!Number.isSafeInteger(value) || Object.is(value, -0))) {
    throw new RangeError(`Not a safe whole number: ${value}`);
  }
  if (typeof value === "string" && !value.isWellFormed()) throw new RangeError("A text with a lone surrogate");
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return;
  if (depth === maximumDepth) throw new RangeError(`More than ${maximumDepth} levels`);
  const items = value instanceof Map ? [...value].flat() : [...(value as readonly CborValue[])];
  for (const item of items) assertEncodable(item, depth + 1);
}
