/** Wall-clock time of one place. Both methods are pure: the same instant always gives the same text. */
export interface ZoneTime {
  /** An instant with its offset, to the millisecond: `2026-11-20T14:32:09.120+08:00`. */
  format(timeMs: number): string;
  /**
   * The business day (YYYY-MM-DD) of an instant. The day begins when the wall clock shows `dayStartMinutes` after
   * midnight; what is sold before belongs to the day before, whatever daylight saving does in that night.
   */
  businessDay(timeMs: number, dayStartMinutes: number): string;
}

const minuteMs = 60_000;

/** Offsets change at multiples of a quarter of an hour in every zone in use, so one look-up serves a quarter. */
const offsetPeriodMs = 15 * minuteMs;

/**
 * Wall-clock time of an IANA zone, by the zone data that Node carries.
 * @throws RangeError when the zone is unknown.
 */
export function zoneTime(zone: string): ZoneTime {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  let knownPeriod = Number.NaN;
  let knownOffsetMinutes = 0;

  function offsetMinutes(timeMs: number): number {
    const period = Math.floor(timeMs / offsetPeriodMs);
    if (period !== knownPeriod) {
      knownOffsetMinutes = readOffsetMinutes(parts, period * offsetPeriodMs);
      knownPeriod = period;
    }
    return knownOffsetMinutes;
  }

  return {
    format(timeMs) {
      const offset = offsetMinutes(timeMs);
      return wallClock(timeMs, offset).slice(0, -1) + formatOffset(offset);
    },
    businessDay(timeMs, dayStartMinutes) {
      return wallClock(timeMs, offsetMinutes(timeMs) - dayStartMinutes).slice(0, 10);
    },
  };
}

/** The milliseconds of a time as `format` writes it. */
export function parseTimeMs(time: string): number {
  return Date.parse(time);
}

/** The calendar day of a time as `format` writes it: that of the wall clock of its place. */
export function calendarDayOf(time: string): string {
  return time.slice(0, 10);
}

function wallClock(timeMs: number, offsetMinutes: number): string {
  return new Date(timeMs + offsetMinutes * minuteMs).toISOString();
}

function readOffsetMinutes(parts: Intl.DateTimeFormat, timeMs: number): number {
  const read: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const part of parts.formatToParts(timeMs)) read[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = read;
  return Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - timeMs) / minuteMs);
}

function formatOffset(offsetMinutes: number): string {
  const sign = offsetMinutes < 0 ? "-" : "+";
  const size = Math.abs(offsetMinutes);
  const hours = Math.floor(size / 60);
  return `${sign}${String(hours).padStart(2, "0")}:${String(size % 60).padStart(2, "0")}`;
}
