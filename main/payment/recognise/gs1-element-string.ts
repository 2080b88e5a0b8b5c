import { hasValidCheckDigit } from "../../catalog/gtin.ts";
import { gs1Date, gs1Time } from "./gs1-date.ts";
import { gs1Identifier, gs1IdentifierLength, gs1PredefinedLength } from "./gs1-identifiers.ts";

/** One application identifier with its data. */
export type Gs1Element = { identifier: string; value: string };

/** Why GS1 data is refused. */
export type Gs1Refusal = "gs1-syntax" | "gs1-date" | "check-digit";

/** What readers send for FNC1 between elements (GS1 General Specifications, section 7.8.2). */
const separator = "\u001d";

/** No element's data is longer. */
const longestValue = 90;

/** No label has as many; a code that goes on like this is refused before it costs anything. */
const mostElements = 64;

/**
 * Reads an element string as readers send it: identifiers and data one after the other, GS (1D) behind data whose length is
 * not fixed (GS1 General Specifications, sections 3 and 7.8). An identifier that GS1 has given no meaning yet keeps its
 * data as it is, because labels outlive tills.
 */
export function readElementString(data: string, year: number): Gs1Element[] | Gs1Refusal {
  const elements: Gs1Element[] = [];
  let offset = data.startsWith(separator) ? 1 : 0;
  while (offset < data.length) {
    const start = data.slice(offset, offset + 2);
    const identifier = data.slice(offset, offset + (gs1IdentifierLength(start) ?? Number.NaN));
    if (identifier === "" || !/^\d+$/.test(identifier) || elements.length === mostElements) return "gs1-syntax";
    const end = endOf(data, offset, start);
    elements.push({ identifier, value: data.slice(offset + identifier.length, end) });
    offset = data.charAt(end) === separator ? end + 1 : end;
  }
  return checked(elements, year);
}

/** Reads the form that people print and type, `(01)06901234567892(17)271231`, with the same checks. */
export function readBracketedElements(data: string, year: number): Gs1Element[] | Gs1Refusal {
  const parts = data.split(/\((\d{2,4})\)/);
  const elements: Gs1Element[] = [];
  if (parts[0] !== "" || parts.length > mostElements * 2) return "gs1-syntax";
  for (let index = 1; index < parts.length; index += 2) {
    const identifier = parts[index] ?? "";
    if (gs1IdentifierLength(identifier.slice(0, 2)) !== identifier.length) return "gs1-syntax";
    elements.push({ identifier, value: parts[index + 1] ?? "" });
  }
  return checked(elements, year);
}

/** The elements once each where every one follows its own rules and none says two things; a reason otherwise. */
export function checked(elements: readonly Gs1Element[], year: number): Gs1Element[] | Gs1Refusal {
  if (elements.length === 0) return "gs1-syntax";
  const byMeaning = new Map<string, Gs1Element>();
  for (const element of elements) {
    const refusal = refusalOf(element, year);
    if (refusal !== null) return refusal;
    const meaning = meaningOf(element.identifier);
    const before = byMeaning.get(meaning);
    const isSame = before?.identifier === element.identifier && before.value === element.value;
    if (before !== undefined && !isSame) return "gs1-syntax";
    byMeaning.set(meaning, element);
  }
  // A trade item and the items inside of a larger one cannot be in one code (GenSpecs, section 4.14.1).
  return byMeaning.has("01") && byMeaning.has("02") ? "gs1-syntax" : [...byMeaning.values()];
}

function endOf(data: string, offset: number, start: string): number {
  const predefined = gs1PredefinedLength(start);
  if (predefined !== null) return Math.min(offset + predefined, data.length);
  const next = data.indexOf(separator, offset);
  return next === -1 ? data.length : next;
}

function refusalOf({ identifier, value }: Gs1Element, year: number): Gs1Refusal | null {
  const known = gs1Identifier(identifier);
  if (known === null) return /^[!-~]+$/.test(value) && value.length <= longestValue ? null : "gs1-syntax";
  if (!known.grammar.test(value)) return "gs1-syntax";
  if (known.check === null) return null;
  if (known.check.kind === "check-digit") {
    return hasValidCheckDigit(value.slice(0, known.check.digits)) ? null : "check-digit";
  }
  const { dayZero } = known.check;
  const isDay = gs1Date(value, { dayZero, year }) !== null;
  return isDay && (identifier !== "7003" || gs1Time(value.slice(6)) !== null) ? null : "gs1-date";
}

/** Identifiers that differ only in their decimals say the same thing: two weights of one label contradict each other. */
function meaningOf(identifier: string): string {
  if (/^39[23]\d$/.test(identifier)) return "price";
  return /^3[1-69]\d\d$/.test(identifier) ? identifier.slice(0, 3) : identifier;
}
