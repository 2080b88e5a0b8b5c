import type { Fault } from "../errors.ts";
import type { Locale } from "../snapshot.ts";
import type { ErrorCatalogue, ErrorWords } from "./error-words.ts";
import { errorsInEnglish } from "./errors-en.ts";
import { errorsInChinese } from "./errors-zh-cn.ts";
import { fill } from "./fill.ts";

const catalogues: Readonly<Record<Locale, ErrorCatalogue>> = { en: errorsInEnglish, "zh-CN": errorsInChinese };

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
