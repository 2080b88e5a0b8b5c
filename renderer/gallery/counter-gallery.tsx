import type { Locale } from "../../main/contract/snapshot.ts";
import type { WordKey } from "../shared/words/en.ts";
/** placeholder */
export function CounterGallery(_: {
  isIdle: boolean;
  locale: Locale;
  words: Readonly<Record<WordKey, string>> | undefined;
}) {
  return null;
}
