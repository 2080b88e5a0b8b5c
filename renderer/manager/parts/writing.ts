import type { WordKey } from "../../shared/words/en.ts";

/** Fills the words for a key: what `useWords` gives, as modules without a page know it. */
export type Words = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;
