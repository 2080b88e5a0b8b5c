import { useMemo } from "react";
import type { Names } from "../../sync/protocol/entry-types.ts";
import type { Currency } from "../../sync/protocol/money.ts";
import { formatDay, formatMoney, formatName, formatTime, formatTimeToSecond } from "../shared/format.ts";
import { useLocale } from "../shared/words/intl.tsx";
import { useConsoleZone } from "./desk-context.tsx";

/** How the console writes: every amount carries its own currency, because shops of several may be here. */
export type ConsoleFormats = {
  name(names: Names): string;
  money(amountMinor: number, currency: Currency): string;
  time(instant: string | number): string;
  timeToSecond(instant: string | number): string;
  day(instant: string): string;
  /** The time of day today, and the day with it before that. */
  when(instant: string | number, now: string): string;
};

/** How the console writes. */
export function useConsoleFormats(): ConsoleFormats {
  const locale = useLocale();
  const zone = useConsoleZone();
  return useMemo(() => {
    const dayOf = (instant: string | number) =>
      new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
        new Date(instant),
      );
    const day = (instant: string | number) => formatDay(dayOf(instant), locale);
    return {
      name: (names) => formatName(names[locale]),
      money: (amountMinor, currency) => formatMoney(amountMinor, currency, locale),
      time: (instant) => formatTime(instant, zone),
      timeToSecond: (instant) => formatTimeToSecond(instant, zone),
      day,
      when: (instant, now) =>
        dayOf(instant) === dayOf(now) ? formatTime(instant, zone) : `${day(instant)} ${formatTime(instant, zone)}`,
    };
  }, [locale, zone]);
}
