const offsetMs = 8 * 3_600_000;

/** A moment as Alipay writes it: `2026-11-20 14:00:00`, by China's clock, which has no summer time. */
export function chinaTime(at: Date): string {
  return new Date(at.getTime() + offsetMs).toISOString().slice(0, 19).replace("T", " ");
}

/** The day of a moment by China's clock: `2026-11-20`. */
export function chinaDay(at: Date): string {
  return chinaTime(at).slice(0, 10);
}

/** When a day begins by China's clock. */
export function startOfChinaDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - offsetMs);
}

/** The moment that such a text names, or null where it is none. */
export function readChinaTime(text: string): Date | null {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return null;
  const read = new Date(Date.parse(`${text.replace(" ", "T")}Z`) - offsetMs);
  return Number.isNaN(read.getTime()) ? null : read;
}
