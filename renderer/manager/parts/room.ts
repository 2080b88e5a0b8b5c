import type { Words } from "./writing.ts";

/** Beyond this a number of days is a guess that helps nobody. */
const yearDays = 365;

/** For how long the disk has room, in words; nothing where the till cannot tell yet. */
export function roomInWords(words: Words, days: number | undefined): string | undefined {
  if (days === undefined) return undefined;
  return days >= yearDays ? words("manager.fact-room-year") : words("manager.fact-room", { days });
}
