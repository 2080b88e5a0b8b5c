import type { Locale } from "../../main/contract/snapshot.ts";

const dayKeys = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of an instant in a zone, as 2026-11-20. */
export function dayOf(instant: string | number, zone: string): string {
  let format = dayKeys.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
    dayKeys.set(zone, format);
  }
  return format.format(new Date(instant));
}

/** How many calendar days lie between a day and today (both as 2026-11-20): 0 today, 1 yesterday. */
export function daysAgo(day: string, today: string): number {
  return Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / 86_400_000);
}

/** A day in words, with its year where that is another one: 18 November. */
export function dayInWords(day: string, today: string, locale: Locale): string {
  const isOtherYear = day.slice(0, 4) !== today.slice(0, 4);
  const format = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    timeZone: "UTC",
    day: "numeric",
    month: "long",
    ...(isOtherYear ? { year: "numeric" as const } : {}),
  });
  return format.format(new Date(`${day}T00:00:00Z`));
}
