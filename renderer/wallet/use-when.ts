import { useMemo } from "react";
import { useNow } from "../shared/clock.tsx";
import { useFormats, useLocale, useWords } from "../shared/words/intl.tsx";
import { dayInWords, dayOf, daysAgo } from "./day.ts";
import { useZone } from "./phone-context.tsx";

const minuteMs = 60_000;

/** How the phone tells when something was. */
export type When = {
  day(instant: string | number): string;
  dayAndTime(instant: string | number): string;
  /** The time of day, and the day with it where that is not today. */
  time(instant: string | number): string;
};

/** How the phone tells when something was. */
export function useWhen(): When {
  const words = useWords();
  const locale = useLocale();
  const formats = useFormats();
  const zone = useZone();
  const today = dayOf(useNow(minuteMs), zone);
  return useMemo(() => {
    const day = (instant: string | number) => dayInWords(dayOf(instant, zone), today, locale);
    const isToday = (instant: string | number) => dayOf(instant, zone) === today;
    const dayAndTime = (instant: string | number) => {
      const time = formats.time(instant);
      if (isToday(instant)) return words("wallet.today", { time });
      if (daysAgo(dayOf(instant, zone), today) === 1) return words("wallet.yesterday", { time });
      return words("wallet.day-and-time", { day: day(instant), time });
    };
    return {
      day,
      dayAndTime,
      time: (instant) => (isToday(instant) ? formats.time(instant) : dayAndTime(instant)),
    };
  }, [words, locale, formats, zone, today]);
}
