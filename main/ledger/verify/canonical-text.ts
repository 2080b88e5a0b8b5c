/** A value as the journal may hold it. */
type Value = string | boolean | number | Value[] | { [key: string]: Value };

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
  return canonicalText(value as Value, 0) === text ? (value as Record<string, unknown>) : undefined;
}

/** The canonical text, or `undefined` where there is none. */
function canonicalText(value: Value | null, depth: number): string | undefined {
  if (depth > 40 || value === null) return undefined;
  if (typeof value === "string") return value.isWellFormed() ? JSON.stringify(value) : undefined;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : undefined;
  let text = "";
  if (Array.isArray(value)) {
    for (const member of value) {
      const part = canonicalText(member, depth + 1);
      if (part === undefined) return undefined;
      text += text === "" ? part : `,${part}`;
    }
    return `[${text}]`;
  }
  // Without a comparison function sort() goes by UTF-16 code units, which is the order RFC 8785 section 3.2.3 asks for.
  // oxlint-disable-next-line typescript/require-array-sort-compare
  for (const name of Object.keys(value).sort()) {
    const part = canonicalText(value[name] ?? null, depth + 1);
    if (part === undefined) return undefined;
    text += `${text === "" ? "" : ","}${JSON.stringify(name)}:${part}`;
  }
  return `{${text}}`;
}
