import fc from "fast-check";
import { expect, test } from "vitest";
import { declineCodes } from "../../../sync/protocol/api.ts";
import type { RailDecline, RailName, RailOutcome } from "../../../platform/rails/rail.ts";
import { abandonAfterMs, railTimings, retryAfterMs, reversibleUntilMs } from "../../../platform/rails/timings.ts";
import { openStates, transitionOf, type Asked, type Transition } from "../../../platform/rails/transitions.ts";

type Standing = Parameters<typeof transitionOf>[0];

const createdAt = new Date("2026-11-20T06:00:00Z");
const isRailDecline = (code: string): code is RailDecline => code.startsWith("rail.");

const outcomes: fc.Arbitrary<RailOutcome> = fc.oneof(
  fc.constantFrom<RailOutcome>(
    { kind: "paid", transactionId: "t", paidAt: createdAt },
    { kind: "refunded", transactionId: "t", paidAt: createdAt },
    { kind: "waiting" },
    { kind: "unpaid" },
    { kind: "not-found" },
    { kind: "closed", gaveBack: false },
    { kind: "closed", gaveBack: true },
    { kind: "unknown", reason: "timeout" },
    { kind: "unknown", reason: "bad-signature" },
  ),
  fc.constantFrom(...declineCodes.filter(isRailDecline)).map((code): RailOutcome => ({ kind: "declined", code })),
);

const answers = fc.record({
  asked: fc.constantFrom<Asked>("pay", "query", "reverse"),
  outcome: outcomes,
  ageMs: fc.integer({ min: 0, max: 20 * 60_000 }),
  wish: fc.boolean(),
});

function apply(row: Standing, transition: Transition | null): Standing {
  if (transition === null) return row;
  switch (transition.to) {
    case "paid":
      return { ...row, state: "paid", transfer_id: "booked", closing: false };
    case "reversing":
      return { ...row, state: "reversing", closing: transition.closing };
    case "declined":
    case "reversed":
      return { ...row, state: transition.to, closing: false };
    default:
      return { ...row, state: transition.to };
  }
}

/** The till wants it undone, as the flow stores it. */
function wishReversed(row: Standing): Standing {
  return row.state === "paid" || openStates.has(row.state) ? { ...row, state: "reversing", closing: false } : row;
}

test("in whatever order answers come, what was undone is never paid again, and only what a rail says makes it paid", () => {
  fc.assert(
    fc.property(
      fc.constantFrom<RailName>("wechat-pay", "alipay"),
      fc.array(answers, { maxLength: 30 }),
      (rail, all) => {
        let row: Standing = {
          rail,
          state: "asked",
          closing: false,
          created_at: createdAt,
          token_hash: Buffer.alloc(32),
          transfer_id: null,
        };
        let isUndone = false;
        for (const { asked, outcome, ageMs, wish } of all) {
          if (wish) {
            row = wishReversed(row);
            isUndone ||= row.state === "reversing";
          }
          const before = row;
          row = apply(row, transitionOf(row, asked, outcome, createdAt.getTime() + ageMs));
          if (before.state !== "paid" && row.state === "paid") {
            expect(["paid", "refunded"]).toContain(outcome.kind);
            expect(isUndone).toBe(false);
          }
          // Money that was booked goes back only on somebody's wish.
          if (before.state === "paid") expect(row.state).toBe("paid");
          if (before.state !== "declined" && row.state === "declined") {
            expect(["declined", "closed", "not-found"]).toContain(outcome.kind);
          }
          // Whatever a rail leaves open or forges settles nothing.
          if (outcome.kind === "unknown") expect(openStates.has(row.state)).toBe(openStates.has(before.state));
          isUndone ||= row.state === "reversing";
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("a payment that comes through after it was given up is undone, unless it was booked", () => {
  const paid: RailOutcome = { kind: "paid", transactionId: "t", paidAt: createdAt };
  const row: Standing = {
    rail: "alipay",
    state: "declined",
    closing: false,
    created_at: createdAt,
    token_hash: null,
    transfer_id: null,
  };
  expect(transitionOf(row, "pay", paid, 0)).toEqual({ to: "reversing", closing: true });
  expect(transitionOf({ ...row, state: "reversed" }, "pay", paid, 0)).toEqual({ to: "reversing", closing: false });
  expect(transitionOf({ ...row, state: "reversed", transfer_id: "t" }, "pay", paid, 0)).toBeNull();
  // A question that was answered before the end and heard after it is old news.
  expect(transitionOf({ ...row, state: "reversed" }, "query", paid, 0)).toBeNull();
});

test("an order is closed by the platform when nobody pays it, when the rail never knew it, and when it waits for ever", () => {
  const at = (ageMs: number) => createdAt.getTime() + ageMs;
  const row: Standing = {
    rail: "wechat-pay",
    state: "waiting",
    closing: false,
    created_at: createdAt,
    token_hash: null,
    transfer_id: null,
  };
  const { reverseNotBeforeMs, giveUpMs } = railTimings["wechat-pay"];
  const cases = [
    ["unpaid", reverseNotBeforeMs],
    ["not-found", giveUpMs],
    ["waiting", abandonAfterMs],
  ] as const;
  for (const [kind, ageMs] of cases) {
    expect(transitionOf(row, "query", { kind }, at(ageMs - 1))).not.toMatchObject({ to: "reversing" });
    expect(transitionOf(row, "query", { kind }, at(ageMs))).toEqual({ to: "reversing", closing: true });
  }
});

test("the platform's own tries come ever later, at most every ten minutes; windows for reversals are the documented ones", () => {
  const delays = Array.from({ length: 20 }, (_, attempt) => retryAfterMs("alipay", attempt));
  expect(delays.every((delay, place) => place === 0 || delay >= (delays[place - 1] ?? 0))).toBe(true);
  expect(delays.at(-1)).toBe(600_000);
  const asked = Date.parse("2026-11-20T23:50:00+08:00");
  expect(new Date(reversibleUntilMs("alipay", asked)).toISOString()).toBe("2026-11-20T16:15:00.000Z");
  expect(reversibleUntilMs("wechat-pay", asked) - asked).toBe(7 * 24 * 3_600_000);
});
