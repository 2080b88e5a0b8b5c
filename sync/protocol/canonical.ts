import { fromUtf8, utf8 } from "./bytes.ts";

/** What a canonical text may hold: RFC 8785 without null and without numbers that are not safe integers. */
export type CanonicalValue =
  | string
  | boolean
  | number
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue };

/** Says why a value or a text has no canonical form; `path` names the place, for example `$.lines[2].name`. */
export class CanonicalError extends Error {
  readonly path: string;
  constructor(reason: string, path: string) {
    super(`${reason} at ${path}`);
    this.name = "CanonicalError";
    this.path = path;
  }
}

/** Deeper nesting than any entry needs; it bounds recursion on hostile input. */
const maximumDepth = 32;

/**
 * The one text of a value: RFC 8785 (JSON Canonicalization Scheme), restricted to strings, booleans, integers within
 * ±(2^53-1), arrays and objects. Keys are sorted by UTF-16 code units (section 3.2.3).
 * @throws CanonicalError on null, undefined, other numbers, negative zero, lone surrogates and other objects.
 */
export function canonicalise(value: CanonicalValue): string {
  return fromUtf8(canonicalBytes(value));
}

/**
 * The canonical text of a value as UTF-8, the bytes that are hashed.
 * @throws CanonicalError as `canonicalise` does.
 */
export function canonicalBytes(value: CanonicalValue): Uint8Array<ArrayBuffer> {
  length = 0;
  place.length = 0;
  writeValue(value);
  const written = bytes.slice(0, length);
  if (bytes.length > keptBytes) bytes = new Uint8Array(keptBytes);
  return written;
}

/**
 * Reads a text that claims to be canonical.
 * @throws CanonicalError when the text is not JSON or is not the canonical text of what it says, so that two different
 * texts can never stand for the same entry.
 */
export function parseCanonical(text: string): CanonicalValue {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const error = new CanonicalError("The text is not JSON", "$");
    error.cause = cause;
    throw error;
  }
  if (canonicalise(value as CanonicalValue) !== text) {
    throw new CanonicalError("The text is not in canonical form", "$");
  }
  return value as CanonicalValue;
}

/** A buffer that a very long value made is let go of. */
const keptBytes = 64 * 1024;

/** Behind what a value needs there is always room for a number of 17 characters and the signs around it. */
const spareBytes = 64;

/**
 * What is being written, and how much of it. It is built here byte by byte, character after character, because joining
 * strings and encoding them afterwards takes more than twice as long, on the path of every sale.
 */
let bytes = new Uint8Array(keptBytes);
let length = 0;

/** The keys from the outermost value to the one being written. They are put into words only when something is wrong. */
const place: (string | number)[] = [];

function refuse(reason: string): never {
  const path = place.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
  throw new CanonicalError(reason, `$${path}`);
}

function reserve(count: number): void {
  const needed = length + count + spareBytes;
  if (needed <= bytes.length) return;
  const longer = new Uint8Array(Math.max(needed, bytes.length * 2));
  longer.set(bytes.subarray(0, length));
  bytes = longer;
}

function writeValue(value: unknown): void {
  switch (typeof value) {
    case "string":
      return writeString(value);
    case "number":
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) refuse(`Not a whole number within 2^53: ${value}`);
      return writeAscii(String(value));
    case "boolean":
      return writeAscii(value ? "true" : "false");
    case "object":
      if (value === null) return refuse("null is not allowed");
      if (place.length >= maximumDepth) return refuse("Nested too deeply");
      return Array.isArray(value) ? writeArray(value) : writeObject(value);
    default:
      return refuse(`A ${typeof value} is not allowed`);
  }
}

/** Writes a short text that needs no escapes. */
function writeAscii(text: string): void {
  reserve(text.length);
  const target = bytes;
  let at = length;
  for (let index = 0; index < text.length; index += 1) target[at++] = text.charCodeAt(index);
  length = at;
}

function writeString(text: string): void {
  // No character of UTF-16 takes more than three bytes of UTF-8.
  reserve(text.length * 3);
  const target = bytes;
  let at = length;
  target[at++] = quote;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x80) {
      if (code < 0x20 || code === quote || code === backslash) return writeUnusual(text);
      target[at++] = code;
    } else if (code < 0x800) {
      target[at++] = 0xc0 | (code >> 6);
      target[at++] = 0x80 | (code & 0x3f);
    } else {
      if (code >= 0xd800 && code <= 0xdfff) return writeUnusual(text);
      target[at++] = 0xe0 | (code >> 12);
      target[at++] = 0x80 | ((code >> 6) & 0x3f);
      target[at++] = 0x80 | (code & 0x3f);
    }
  }
  target[at++] = quote;
  length = at;
}

/** A text with characters that need escapes or lie beyond the first 65,536. */
function writeUnusual(text: string): void {
  if (!text.isWellFormed()) refuse("A lone surrogate is not allowed");
  // JSON.stringify escapes exactly what RFC 8785 section 3.2.2.2 asks for once lone surrogates are excluded.
  const encoded = utf8(JSON.stringify(text));
  reserve(encoded.length);
  bytes.set(encoded, length);
  length += encoded.length;
}

function writeArray(values: readonly unknown[]): void {
  bytes[length++] = 0x5b;
  // An index loop visits holes too, which `forEach` would skip and so turn into invalid JSON.
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) bytes[length++] = comma;
    place.push(index);
    writeValue(values[index]);
    place.pop();
    reserve(0);
  }
  bytes[length++] = 0x5d;
}

function writeObject(value: object): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) refuse("Not a plain object");
  const keys = Object.keys(value);
  // Without a comparison of its own `sort` orders by UTF-16 code units, which is what section 3.2.3 asks for.
  if (!isSorted(keys)) keys.sort();
  bytes[length++] = 0x7b;
  for (let index = 0; index < keys.length; index += 1) {
    if (index > 0) bytes[length++] = comma;
    const key = keys[index] as string;
    writeString(key);
    bytes[length++] = colon;
    place.push(key);
    writeValue((value as Record<string, unknown>)[key]);
    place.pop();
    reserve(0);
  }
  bytes[length++] = 0x7d;
}

function isSorted(keys: readonly string[]): boolean {
  for (let index = 1; index < keys.length; index += 1) {
    if ((keys[index - 1] as string) > (keys[index] as string)) return false;
  }
  return true;
}

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;
