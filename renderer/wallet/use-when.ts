import { useMemo } from "react";
import { useNow } from "../shared/clock.tsx";
import { useFormats, useLocale, useWords } from "../shared/words/intl.tsx";
import { dayInWords, dayOf, daysAgo } from "./day.ts";
import { useZone } from "./phone-context.tsx";

const minuteMs = 60_000;

/** How the phone tells when something was: with its day, and with its day and time of day. */
export type When = { day(instant: string | number): string; dayAndTime(instant: string | number): string };

/** How the phone tells when something was. */
export function useWhen(): When {
  const words = useWords();
  const locale = useLocale();
  const formats = useFormats();
  const zone = useZone();
  const today = dayOf(useNow(minuteMs), zone);
  return useMemo(() => {
    const day = (instant: string | number) => dayInWords(dayOf(instant, zone), today, locale);
    return {
      day,
      dayAndTime(instant) {
        const time = formats.time(instant);
        const ago = daysAgo(dayOf(instant, zone), today);
        if (ago === 0) return words("wallet.today", { time });
        if (ago === 1) return words("wallet.yesterday", { time });
        return words("wallet.day-and-time", { day: day(instant), time });
      },
    };
  }, [words, locale, formats, zone, today]);
}
