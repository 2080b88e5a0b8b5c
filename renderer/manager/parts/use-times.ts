import { useMemo } from "react";
import { useNow } from "../../shared/clock.tsx";
import { useFormats, useLocale, useWords, type Words } from "../../shared/words/intl.tsx";
import { useSnapshot } from "../till.tsx";
import { ageOf } from "./ages.ts";
import { formatDay, nearDay } from "./days.ts";

/** How this page says when something was and how long ago. */
export type Times = {
  readonly now: number;
  /** 14:31 today, "yesterday 18:00", "18 Nov 18:00". */
  when(instant: string | number): string;
  /** The same, with the seconds of today's times. */
  whenToSecond(instant: string | number): string;
  /** How long ago it was: 2 h 11 min. */
  age(instant: string | number): string;
};

/** Ages are said to the minute; the clock is looked at a little more often. */
const lookEveryMs = 20_000;

/** How this page says when something was and how long ago. */
export function useTimes(): Times {
  const words = useWords();
  const formats = useFormats();
  const locale = useLocale();
  const { zone } = useSnapshot().till;
  const now = useNow(lookEveryMs);
  return useMemo(() => {
    const dated = (instant: string | number, time: string): string => {
      const at = new Date(instant).getTime();
      switch (nearDay(at, now, zone)) {
        case "today":
          return time;
        case "yesterday":
          return words("manager.when-yesterday", { time });
        case "tomorrow":
          return words("manager.when-tomorrow", { time });
        case "other":
          return words("manager.when-day", { day: formatDay(at, zone, locale), time });
      }
    };
    return {
      now,
      when: (instant) => dated(instant, formats.time(instant)),
      whenToSecond: (instant) => dated(instant, formats.timeToSecond(instant)),
      age: (instant) => ageInWords(words, now - new Date(instant).getTime()),
    };
  }, [words, formats, locale, zone, now]);
}

/** An age in words: less than a minute, 14 min, 2 h 11 min, 3 days. */
function ageInWords(words: Words, ms: number): string {
  const age = ageOf(ms);
  switch (age.unit) {
    case "moment":
      return words("manager.age-moment");
    case "minutes":
      return words("manager.age-minutes", { minutes: age.minutes });
    case "hours":
      return age.minutes === 0
        ? words("manager.age-whole-hours", { hours: age.hours })
        : words("manager.age-hours", { hours: age.hours, minutes: age.minutes });
    case "days":
      return words("manager.age-days", { days: age.days });
  }
}
