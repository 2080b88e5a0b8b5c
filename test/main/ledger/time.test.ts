import { expect, test } from "vitest";
import { parseTimeMs, zoneTime } from "../../../main/ledger/time.ts";
import { timeSchema } from "../../../sync/protocol/entry.ts";

test("a time has the offset of its zone, so that a receipt shows what the clock on the wall shows", () => {
  const instant = Date.UTC(2026, 10, 20, 6, 32, 9, 120);
  expect(zoneTime("Asia/Shanghai").format(instant)).toBe("2026-11-20T14:32:09.120+08:00");
  expect(zoneTime("UTC").format(instant)).toBe("2026-11-20T06:32:09.120+00:00");
  expect(zoneTime("Asia/Kolkata").format(instant)).toBe("2026-11-20T12:02:09.120+05:30");
  expect(zoneTime("America/St_Johns").format(instant)).toBe("2026-11-20T03:02:09.120-03:30");
  expect(zoneTime("Asia/Kathmandu").format(instant)).toBe("2026-11-20T12:17:09.120+05:45");
});

test("both hours of an autumn night differ by their offset, so two sales are never told apart wrongly", () => {
  const berlin = zoneTime("Europe/Berlin");
  const change = Date.UTC(2026, 9, 25, 1, 0);
  expect(berlin.format(change - 1)).toBe("2026-10-25T02:59:59.999+02:00");
  expect(berlin.format(change)).toBe("2026-10-25T02:00:00.000+01:00");
  const spring = Date.UTC(2026, 2, 29, 1, 0);
  expect(berlin.format(spring - 1)).toBe("2026-03-29T01:59:59.999+01:00");
  expect(berlin.format(spring)).toBe("2026-03-29T03:00:00.000+02:00");
  // Half an hour of daylight saving, and a change at a quarter that is not a whole hour in UTC.
  expect(zoneTime("Australia/Lord_Howe").format(Date.UTC(2026, 3, 4, 15, 0))).toBe("2026-04-05T01:30:00.000+10:30");
});

test("every written time reads back as the same instant, in zones with and without daylight saving", () => {
  for (const zone of ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "Pacific/Apia"]) {
    const place = zoneTime(zone);
    for (let instant = Date.UTC(2025, 11, 31); instant < Date.UTC(2027, 0, 2); instant += 7_777_777) {
      const text = place.format(instant);
      expect(timeSchema.safeParse(text).success).toBe(true);
      expect(parseTimeMs(text)).toBe(instant);
    }
  }
});

test("what is sold after midnight belongs to the day before until the day begins, also when the clock changes", () => {
  const berlin = zoneTime("Europe/Berlin");
  const fourOClock = 4 * 60;
  expect(berlin.businessDay(Date.UTC(2026, 10, 20, 2, 59), fourOClock)).toBe("2026-11-19");
  expect(berlin.businessDay(Date.UTC(2026, 10, 20, 3, 0), fourOClock)).toBe("2026-11-20");
  expect(berlin.businessDay(Date.UTC(2026, 9, 25, 2, 59), fourOClock)).toBe("2026-10-24");
  expect(berlin.businessDay(Date.UTC(2026, 9, 25, 3, 0), fourOClock)).toBe("2026-10-25");
  expect(zoneTime("Asia/Shanghai").businessDay(Date.UTC(2026, 11, 31, 16, 0), 0)).toBe("2027-01-01");
});

test("an unknown zone is refused at once, so that no entry is written with a wrong time", () => {
  expect(() => zoneTime("Mars/Olympus")).toThrow(RangeError);
});
