import type { Fault, FaultParameters } from "../errors.ts";
import type { Locale } from "../snapshot.ts";
import type { ErrorCatalogue, ErrorWords } from "./error-words.ts";
import { errorsInEnglish } from "./errors-en.ts";
import { errorsInChinese } from "./errors-zh-cn.ts";

const catalogues: Readonly<Record<Locale, ErrorCatalogue>> = { en: errorsInEnglish, "zh-CN": errorsInChinese };

/** A scanned text can be 4,296 characters long; a sentence shows only its beginning. */
const longestValueCharacters = 40;

/** The words of every error in one language, with `{name}` where a fault's parameter belongs. */
export function errorWords(locale: Locale): ErrorCatalogue {
  return catalogues[locale];
}

/**
 * Puts a fault into words a shop owner can act on. A parameter that the fault does not carry becomes a dash, because a
 * sentence with a hole is of more use than none.
 */
export function wordsOfFault(fault: Fault, locale: Locale): ErrorWords {
  const words = catalogues[locale][fault.code];
  return {
    happened: fill(words.happened, fault.params),
    safe: fill(words.safe, fault.params),
    todo: fill(words.todo, fault.params),
  };
}

function fill(template: string, params: FaultParameters): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? String(params[name]) : "";
    if (value === "") return "–";
    return value.length > longestValueCharacters ? `${value.slice(0, longestValueCharacters)}…` : value;
  });
}
