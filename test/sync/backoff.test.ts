import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffDelayMs } from "../../sync/backoff.ts";

const limits = { leastMs: 1000, mostMs: 30_000 };

// Tills that all come back in the same second after an outage take the platform down again.
test("waiting times spread over the whole range, and the range doubles up to its end", () => {
  expect([0, 1, 2, 5, 9].map((failures) => backoffDelayMs(failures, { ...limits, random: () => 1 }))).toEqual([
    1000, 2000, 4000, 30_000, 30_000,
  ]);
  expect([0, 1, 9].map((failures) => backoffDelayMs(failures, { ...limits, random: () => 0 }))).toEqual([
    1000, 1000, 1000,
  ]);
});

test("a wait is never shorter than the least or than what the server asks for, and always a whole number", () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.nat(10_000), random, fc.nat(3_600_000), (failures, chance, retryAfterMs) => {
      const delayMs = backoffDelayMs(failures, { ...limits, random: () => chance }, retryAfterMs);
      expect(Number.isSafeInteger(delayMs)).toBe(true);
      expect(delayMs).toBeGreaterThanOrEqual(Math.max(limits.leastMs, retryAfterMs));
      expect(delayMs).toBeLessThanOrEqual(Math.max(limits.mostMs, retryAfterMs + limits.leastMs));
    }),
  );
});
