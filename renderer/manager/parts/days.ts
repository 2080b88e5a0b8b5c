import type { Locale } from "../../../main/contract/snapshot.ts";

/** Which day an instant lies on, seen from now. */
export type NearDay = "today" | "yesterday" | "tomorrow" | "other";

const dayMs = 24 * 60 * 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${locale} ${JSON.stringify(options)}`;
  let found = formats.get(name);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(locale, options);
    formats.set(name, found);
  }
  return found;
}

/** The calendar day of an instant in a zone, YYYY-MM-DD. */
export function dayOf(instant: number, zone: string): string {
  return format("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(instant);
}

/** Which day an instant lies on, seen from `now`, by the shop's own clock. */
export function nearDay(instant: number, now: number, zone: string): NearDay {
  const day = dayOf(instant, zone);
  if (day === dayOf(now, zone)) return "today";
  if (day === dayOf(now - dayMs, zone)) return "yesterday";
  return day === dayOf(now + dayMs, zone) ? "tomorrow" : "other";
}

/** A day without its year: 18 Nov, 11月18日. */
export function formatDay(instant: number, zone: string, locale: Locale): string {
  return format(locale === "en" ? "en-GB" : locale, { timeZone: zone, day: "numeric", month: "short" }).format(instant);
}

/** A business day in full: Friday 20 November 2026, 2026年11月20日星期五. The day is a calendar day, so it has no zone. */
export function formatBusinessDay(day: string, locale: Locale): string {
  const instant = Date.parse(`${day}T12:00:00Z`);
  if (Number.isNaN(instant)) return day;
  return format(locale === "en" ? "en-GB" : locale, {
    timeZone: "UTC",
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  }).format(instant);
}
