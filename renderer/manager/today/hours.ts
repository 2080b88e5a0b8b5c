import type { DayReport } from "../../../main/contract/manager.ts";

/** One hour of the chart: its beads, the last of which may be a part of one. */
export type HourColumn = {
  readonly hour: number;
  readonly sales: number;
  readonly totalMinor: number;
  /** How many whole beads it has, and how much of one more, from 0 to 1. */
  readonly beads: number;
  readonly part: number;
};

/** The day by hours, as beads on rods: what one bead is worth, and the hours from the first to the last with sales. */
export type HoursChart = { readonly beadMinor: number; readonly columns: readonly HourColumn[]; readonly most: number };

/** More beads on a rod than this would be too thin to count. */
const mostBeads = 15;
const roundSteps = [1, 2, 5];
/** Fewer hours than this would stand like pillars; the chart goes on with empty rods. */
const leastHours = 6;

/** The smallest round amount of which the largest hour holds at most fifteen beads. */
function beadOf(largestMinor: number, unitMinor: number): number {
  for (let power = unitMinor; ; power *= 10) {
    const step = roundSteps.find((each) => each * power * mostBeads >= largestMinor);
    if (step !== undefined) return step * power;
  }
}

/**
 * The hours of a business day that begins at `startHour`, in its order, as columns of beads. Hours without sales between the
 * first and the last stand as empty rods, and an hour in which more was given back than sold has no bead. `unitMinor` is one
 * whole unit of the currency.
 */
export function chartHours(hours: DayReport["hours"], unitMinor: number, startHour = 0): HoursChart {
  const largestMinor = hours.reduce((most, { totalMinor }) => Math.max(most, totalMinor), 0);
  const beadMinor = beadOf(Math.max(largestMinor, unitMinor), unitMinor);
  if (hours.length === 0) return { beadMinor, columns: [], most: 0 };
  // Places in the day: of one that begins at four, one o'clock is the 21st hour.
  const places = hours.map(({ hour }) => (hour + 24 - startHour) % 24);
  const first = Math.min(...places);
  const last = Math.max(...places, first + leastHours - 1);
  const columns = Array.from({ length: Math.min(last, 23) - first + 1 }, (_, index): HourColumn => {
    const hour = (first + index + startHour) % 24;
    const found = hours.find((each) => each.hour === hour);
    const totalMinor = found?.totalMinor ?? 0;
    const positive = Math.max(0, totalMinor);
    return {
      hour,
      sales: found?.sales ?? 0,
      totalMinor,
      beads: Math.floor(positive / beadMinor),
      part: (positive % beadMinor) / beadMinor,
    };
  });
  return { beadMinor, columns, most: Math.max(...columns.map(({ beads, part }) => beads + Math.ceil(part))) };
}
