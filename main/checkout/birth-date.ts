/**
 * The latest birth date of somebody who has reached an age on a day (both as `YYYY-MM-DD`). Who was born on 29 February has
 * reached it on 1 March of a year without that day.
 */
export function bornOnOrBefore(day: string, years: number): string {
  const [year = "", month = "", date = ""] = day.split("-");
  const birthYear = Number(year) - years;
  const isLeapDay = month === "02" && date === "29";
  return `${String(birthYear).padStart(4, "0")}-${month}-${isLeapDay && !isLeapYear(birthYear) ? "28" : date}`;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
