/** A value as the journal may hold it. */
type Value = string | boolean | number | Value[] | { [key: string]: Value };

/** Deeper nesting than any entry has; it bounds recursion on a hostile text. */
const maximumDepth = 40;

/**
 * Reads a text only when it is the one canonical text of what it says: RFC 8785 without null and without numbers other
 * than whole ones within 2^53. Gives `undefined` for everything else.
 */
export function readCanonicalText(text: string): Record<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const fields = value as Record<string, unknown>;
  // JSON.stringify writes as RFC 8785 does, but for the order of names, null, other numbers and lone surrogates, which it
  // writes as `\ud...`. Without any of these the text is canonical when it comes out the same: true of honest ones.
  if (isInOrder(fields, 0) && !text.includes("\\ud") && JSON.stringify(value) === text) return fields;
  return canonicalText(value as Value, 0) === text ? fields : undefined;
}

/** Whether names rise by UTF-16 code units all the way down, and every value is one that a journal may hold. */
function isInOrder(value: unknown, depth: number): boolean {
  if (typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isSafeInteger(value);
  if (value === null || depth > maximumDepth) return false;
  if (Array.isArray(value)) {
    for (const member of value) if (!isInOrder(member, depth + 1)) return false;
    return true;
  }
  let before = "";
  for (const name in value) {
    if (name < before || !isInOrder((value as Record<string, unknown>)[name], depth + 1)) return false;
    before = name;
  }
  return true;
}

/** The canonical text, or `undefined` where there is none. */
function canonicalText(value: Value | null, depth: number): string | undefined {
  if (depth > maximumDepth || value === null) return undefined;
  if (typeof value === "string") return value.isWellFormed() ? JSON.stringify(value) : undefined;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : undefined;
  const parts: string[] = [];
  if (Array.isArray(value)) {
    for (const member of value) {
      const part = canonicalText(member, depth + 1);
      if (part === undefined) return undefined;
      parts.push(part);
    }
    return `[${parts.join(",")}]`;
  }
  // Without a comparison function sort() goes by UTF-16 code units, which is the order RFC 8785 section 3.2.3 asks for.
  // oxlint-disable-next-line typescript/require-array-sort-compare
  for (const name of Object.keys(value).sort()) {
    const part = name.isWellFormed() ? canonicalText(value[name] ?? null, depth + 1) : undefined;
    if (part === undefined) return undefined;
    parts.push(`${JSON.stringify(name)}:${part}`);
  }
  return `{${parts.join(",")}}`;
}
