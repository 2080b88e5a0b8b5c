import type { FaultParameters } from "../errors.ts";

/** A scanned text can be 4,296 characters long; a sentence shows only its beginning. */
const longestValueCharacters = 40;

/**
 * Puts parameters into the places of a sentence, `{name}` each. One that is not there becomes a dash, because a sentence
 * with a hole is of more use than none.
 */
export function fill(template: string, params: FaultParameters): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? String(params[name]) : "";
    if (value === "") return "–";
    return value.length > longestValueCharacters ? `${value.slice(0, longestValueCharacters)}…` : value;
  });
}
