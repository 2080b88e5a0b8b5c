/**
 * The ISO date of YYMMDD, or null where the calendar has no such day. Day 00 is the last day of the month where it may stand.
 * The century is the one that brings the year within 49 years before and 50 years after now (GS1 General Specifications,
 * section 7.12).
 */
export function gs1Date(digits: string, options: { dayZero: boolean; year: number }): string | null {
  const match = /^(\d\d)(\d\d)(\d\d)/.exec(digits);
  if (match === null) return null;
  const [, yy, mm, dd] = match;
  const year = centuryOf(Number(yy), options.year) + Number(yy);
  const month = Number(mm);
  if (month < 1 || month > 12) return null;
  const lastDay = daysIn(year, month);
  const day = dd === "00" && options.dayZero ? lastDay : Number(dd);
  if (day < 1 || day > lastDay) return null;
  return `${year}-${mm}-${String(day).padStart(2, "0")}`;
}

/** Hours and minutes as `HH:MM`, or null where no clock shows them. */
export function gs1Time(digits: string): string | null {
  const match = /^([01]\d|2[0-3])([0-5]\d)$/.exec(digits);
  return match === null ? null : `${match[1]}:${match[2]}`;
}

function centuryOf(twoDigits: number, thisYear: number): number {
  const century = thisYear - (thisYear % 100);
  const ahead = twoDigits - (thisYear % 100);
  if (ahead >= 51) return century - 100;
  return ahead <= -50 ? century + 100 : century;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
