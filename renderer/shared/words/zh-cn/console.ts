import type { consoleWords as consoleEnglish } from "../en/console.ts";

/** Every text of the platform's console, in Simplified Chinese, as ICU messages. */
export const consoleWords = {} as const satisfies Record<keyof typeof consoleEnglish, string>;
