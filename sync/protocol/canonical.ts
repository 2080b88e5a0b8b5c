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
  return write(value, "$", 0);
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
  if (write(value, "$", 0) !== text) throw new CanonicalError("The text is not in canonical form", "$");
  return value as CanonicalValue;
}

function write(value: unknown, path: string, depth: number): string {
  if (depth > maximumDepth) throw new CanonicalError("Nested too deeply", path);
  switch (typeof value) {
    case "string":
      return writeString(value, path);
    case "boolean":
      return value ? "true" : "false";
    case "number":
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
        throw new CanonicalError(`Not a whole number within 2^53: ${value}`, path);
      }
      return String(value);
    case "object":
      if (value === null) throw new CanonicalError("null is not allowed", path);
      if (Array.isArray(value)) return writeArray(value, path, depth);
      return writeObject(value, path, depth);
    default:
      throw new CanonicalError(`A ${typeof value} is not allowed`, path);
  }
}

function writeString(value: string, path: string): string {
  if (!value.isWellFormed()) throw new CanonicalError("A lone surrogate is not allowed", path);
  // JSON.stringify escapes exactly what RFC 8785 section 3.2.2.2 asks for once lone surrogates are excluded.
  return JSON.stringify(value);
}

function writeArray(values: readonly unknown[], path: string, depth: number): string {
  const parts: string[] = [];
  // An index loop visits holes too, which `map` would skip and so turn into invalid JSON.
  for (let index = 0; index < values.length; index += 1)
    parts.push(write(values[index], `${path}[${index}]`, depth + 1));
  return `[${parts.join(",")}]`;
}

function writeObject(value: object, path: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new CanonicalError("Not a plain object", path);
  const parts: string[] = [];
  for (const key of Object.keys(value).sort(compareCodeUnits)) {
    const member = (value as Record<string, unknown>)[key];
    parts.push(`${writeString(key, path)}:${write(member, `${path}.${key}`, depth + 1)}`);
  }
  return `{${parts.join(",")}}`;
}

function compareCodeUnits(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
