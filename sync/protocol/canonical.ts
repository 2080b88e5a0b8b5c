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
  // Nearly every value is written by the engine's own JSON.stringify from a copy whose keys are in order, in half the time
  // that writing it piece by piece takes. What the copy has doubts about is written, or refused with its place, by `write`.
  const copy = inOrder(value, 0);
  return copy === doubt ? write(value, null, 0) : JSON.stringify(copy);
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
  if (canonicalise(value as CanonicalValue) !== text) throw new CanonicalError("The text is not in canonical form", "$");
  return value as CanonicalValue;
}

const doubt = Symbol("not certain that JSON.stringify writes this as RFC 8785 has it");

function inOrder(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case "string":
      return value.isWellFormed() ? value : doubt;
    case "number":
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? value : doubt;
    case "boolean":
      return value;
    case "object":
      if (value === null || depth >= maximumDepth) return doubt;
      return Array.isArray(value) ? itemsInOrder(value, depth) : membersInOrder(value, depth);
    default:
      return doubt;
  }
}

function itemsInOrder(values: readonly unknown[], depth: number): unknown {
  const copy: unknown[] = [];
  for (let index = 0; index < values.length; index += 1) {
    const item = inOrder(values[index], depth + 1);
    if (item === doubt) return doubt;
    copy.push(item);
  }
  return copy;
}

function membersInOrder(value: object, depth: number): unknown {
  if (!isPlain(value)) return doubt;
  const copy: Record<string, unknown> = {};
  for (const key of sortedKeys(value)) {
    const member = isOrdinary(key) ? inOrder((value as Record<string, unknown>)[key], depth + 1) : doubt;
    if (member === doubt) return doubt;
    copy[key] = member;
  }
  return copy;
}

/** Whether an object keeps this key in the place where it is put: not a number, not a name that JavaScript itself uses. */
function isOrdinary(key: string): boolean {
  const first = key.charCodeAt(0);
  return !(first >= 0x30 && first <= 0x39) && key !== "__proto__" && key.isWellFormed();
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Without a comparison of its own `sort` orders by UTF-16 code units, which is what section 3.2.3 asks for. */
function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  for (let index = 1; index < keys.length; index += 1) {
    if ((keys[index - 1] ?? "") > (keys[index] ?? "")) return keys.sort();
  }
  return keys;
}

/** A place in a value, as a list from the innermost key outwards. It is put into words only when something is wrong. */
type Place = { readonly key: string | number; readonly outer: Place } | null;

function write(value: unknown, place: Place, depth: number): string {
  switch (typeof value) {
    case "string":
      return writeString(value, place);
    case "number":
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
        throw new CanonicalError(`Not a whole number within 2^53: ${value}`, pathOf(place));
      }
      return String(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) throw new CanonicalError("null is not allowed", pathOf(place));
      if (depth >= maximumDepth) throw new CanonicalError("Nested too deeply", pathOf(place));
      return Array.isArray(value) ? writeArray(value, place, depth) : writeObject(value, place, depth);
    default:
      throw new CanonicalError(`A ${typeof value} is not allowed`, pathOf(place));
  }
}

function writeString(value: string, place: Place): string {
  if (!value.isWellFormed()) throw new CanonicalError("A lone surrogate is not allowed", pathOf(place));
  // JSON.stringify escapes exactly what RFC 8785 section 3.2.2.2 asks for once lone surrogates are excluded.
  return JSON.stringify(value);
}

function writeArray(values: readonly unknown[], outer: Place, depth: number): string {
  let text = "[";
  // An index loop visits holes too, which `map` would skip and so turn into invalid JSON.
  for (let key = 0; key < values.length; key += 1) {
    if (key > 0) text += ",";
    text += write(values[key], { key, outer }, depth + 1);
  }
  return `${text}]`;
}

function writeObject(value: object, outer: Place, depth: number): string {
  if (!isPlain(value)) throw new CanonicalError("Not a plain object", pathOf(outer));
  let text = "{";
  for (const key of sortedKeys(value)) {
    if (text.length > 1) text += ",";
    text += `${writeString(key, outer)}:`;
    text += write((value as Record<string, unknown>)[key], { key, outer }, depth + 1);
  }
  return `${text}}`;
}

function pathOf(place: Place): string {
  if (place === null) return "$";
  const outer = pathOf(place.outer);
  return typeof place.key === "number" ? `${outer}[${place.key}]` : `${outer}.${place.key}`;
}
