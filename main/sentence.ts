import { faultOf } from "./contract/errors.ts";
import type { Locale } from "./contract/snapshot.ts";
import { wordsOfFault } from "./contract/words/index.ts";

/** What happened and what to do, on one line for a terminal. What nobody foresaw keeps its details. */
export function sentenceOf(error: unknown, locale: Locale = "en"): string {
  const fault = faultOf(error);
  if (fault.code === "internal" && error instanceof Error) return error.stack ?? error.message;
  const { happened, todo } = wordsOfFault(fault, locale);
  return `${happened} ${todo}`;
}
