import { checked, type Gs1Element, type Gs1Refusal } from "./gs1-element-string.ts";
import { gs1Identifier } from "./gs1-identifiers.ts";

/** Keys that a path may begin with, and the qualifiers that may follow, in their order (GS1 Digital Link: URI Syntax 1.4, section 4). */
const qualifiersOfKey: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "00": [[]],
  "01": [["22", "10", "21"], ["235"]],
  "253": [[]],
  "255": [[]],
  "401": [[]],
  "402": [[]],
  "414": [["254"], ["7040"]],
  "415": [["8020"]],
  "417": [["7040"]],
  "8003": [[]],
  "8004": [["7040"]],
  "8006": [["22", "10", "21"]],
  "8010": [["8011"]],
  "8013": [[]],
  "8017": [["8019"]],
  "8018": [["8019"]],
};

/** Scheme, host with an optional port, path, query; a fragment is not the till's business. */
const linkGrammar = /^https?:\/\/[^/?#\s@]+(\/[^?#\s]*)?(?:\?([^#\s]*))?(?:#\S*)?$/i;

/**
 * Reads the GS1 keys out of a web address without ever opening it: any host, a key and its qualifiers at the end of the
 * path, further data in the query (GS1 Digital Link: URI Syntax 1.4). Null where it is an address of something else.
 */
export function readDigitalLink(text: string, year: number): Gs1Element[] | Gs1Refusal | null {
  const match = linkGrammar.exec(text);
  if (match === null) return null;
  const inPath = readPath(match[1] ?? "");
  if (inPath === null) return null;
  const [key] = inPath;
  // An address with a date in it, `/2027/01/15`, has a key by chance only: then the data is not that of the key.
  if (key === undefined || gs1Identifier(key.identifier)?.grammar.test(key.value) !== true) return null;
  const inQuery = readQuery(match[2] ?? "");
  return inQuery === null ? "gs1-syntax" : checked([...inPath, ...inQuery], year);
}

/** Key and qualifiers, found from the end: whoever owns the host may have anything in front of them. */
function readPath(path: string): Gs1Element[] | null {
  const segments = (path.endsWith("/") ? path.slice(0, -1) : path).split("/").slice(1);
  const elements: Gs1Element[] = [];
  for (let index = segments.length - 2; index >= 0; index -= 2) {
    const identifier = segments[index] ?? "";
    const value = decoded(segments[index + 1] ?? "");
    if (value === null || value === "" || !/^\d{2,4}$/.test(identifier)) return null;
    elements.unshift({ identifier, value: identifier === "01" ? padded(value) : value });
    if (isKeyWithQualifiers(elements)) return elements;
  }
  return null;
}

function isKeyWithQualifiers([key, ...qualifiers]: readonly Gs1Element[]): boolean {
  if (key === undefined || !Object.hasOwn(qualifiersOfKey, key.identifier)) return false;
  return (qualifiersOfKey[key.identifier] ?? []).some((allowed) => {
    const places = qualifiers.map(({ identifier }) => allowed.indexOf(identifier));
    return places.every((place, index) => place >= 0 && place > (places[index - 1] ?? -1));
  });
}

/** Application identifiers of the query. Other parameters are the host's own and say nothing about the goods. */
function readQuery(query: string): Gs1Element[] | null {
  const elements: Gs1Element[] = [];
  for (const part of query.split(/[&;]/)) {
    const equals = part.indexOf("=");
    const identifier = equals === -1 ? "" : part.slice(0, equals);
    if (gs1Identifier(identifier) === null) continue;
    const value = decoded(part.slice(equals + 1));
    if (value === null) return null;
    elements.push({ identifier, value });
  }
  return elements;
}

/** A GTIN may stand in its short form. */
function padded(value: string): string {
  return /^(?:\d{8}|\d{12,13})$/.test(value) ? value.padStart(14, "0") : value;
}

function decoded(text: string): string | null {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
