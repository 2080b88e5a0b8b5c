import { describe, expect, test } from "vitest";
import {
  patienceAfter,
  patienceAtStart,
  patienceLimits,
  waitAt,
  type Occasion,
  type Patience,
  type PatienceEvent,
} from "../../renderer/kiosk/patience.ts";
import { occasionOf, stageOf, type Stage } from "../../renderer/kiosk/stage.ts";
import {
  kioskSnapshot,
  shopperBaskets,
  shopperOutcome,
  shopperPayment,
} from "../../renderer/gallery/kiosk-snapshots.ts";

/** A wait that began at a time of our own choosing, and what happened to it since. */
function after(occasion: Occasion, ...events: readonly PatienceEvent[]): Patience {
  const begun = patienceAfter(patienceAtStart, { kind: "occasion", occasion, atMs: 1_000 });
  return events.reduce(patienceAfter, begun);
}

const time = (atMs: number): PatienceEvent => ({ kind: "time", atMs });
const sign = (atMs: number): PatienceEvent => ({ kind: "sign", atMs });

describe("a shopper with goods", () => {
  test("is asked after 60 s and not before, so that nobody who packs a bag is disturbed", () => {
    expect(waitAt(after("shopping", time(60_999)), 60_999)).toEqual({ kind: "rest", leftMs: 1 });
    expect(waitAt(after("shopping", time(61_000)), 61_000)).toMatchObject({ kind: "asking" });
  });

  test("has at least 30 s to answer before the list goes", () => {
    const asked = after("shopping", time(61_000));
    expect(waitAt(asked, 61_000 + 30_000)).toMatchObject({ kind: "asking" });
    expect(patienceLimits.shopping?.answerMs).toBeGreaterThanOrEqual(30_000);
    expect(waitAt(asked, 61_000 + (patienceLimits.shopping?.answerMs ?? 0))).toEqual({ kind: "over" });
  });

  test("is asked first also where the machine slept over the whole wait, so that a list never vanishes unasked", () => {
    const slept = after("shopping");
    expect(waitAt(slept, 3_600_000)).toEqual({ kind: "rest", leftMs: 0 });
    expect(waitAt(patienceAfter(slept, time(3_600_000)), 3_600_000)).toMatchObject({ kind: "asking" });
  });

  test("can go on as often as they like: each touch or scan begins the wait anew", () => {
    let patience = after("shopping");
    for (let round = 1; round <= 200; round += 1) {
      const atMs = 1_000 + round * 90_000;
      patience = patienceAfter(patience, time(atMs));
      expect(waitAt(patience, atMs)).toMatchObject({ kind: "asking" });
      patience = patienceAfter(patience, sign(atMs));
      expect(waitAt(patience, atMs)).toEqual({ kind: "rest", leftMs: 60_000 });
    }
  });

  test("a look at the clock in between changes nothing, so that a busy machine does not shorten the wait", () => {
    const patience = after("shopping");
    expect(patienceAfter(patience, time(30_000))).toBe(patience);
  });
});

describe("a shopper who pays", () => {
  test("is never asked while a payment is open, however long the wallet is silent", () => {
    const patience = after("held", time(10_000_000));
    expect(waitAt(patience, 10_000_000)).toEqual({ kind: "rest", leftMs: null });
  });

  test("has three minutes to find the wallet code, and a minute more once asked", () => {
    expect(waitAt(after("paying", time(170_000)), 170_000)).toMatchObject({ kind: "rest" });
    const asked = after("paying", time(181_000));
    expect(waitAt(asked, 181_000 + 59_999)).toMatchObject({ kind: "asking" });
    expect(waitAt(asked, 181_000 + 60_000)).toEqual({ kind: "over" });
  });
});

describe("a receipt", () => {
  test("goes away by itself after 20 s and stays for a touch, so that the next shopper does not read it", () => {
    expect(waitAt(after("receipt"), 20_999)).toEqual({ kind: "rest", leftMs: 1 });
    expect(waitAt(after("receipt"), 21_000)).toEqual({ kind: "over" });
    expect(waitAt(after("receipt", sign(20_000)), 39_000)).toMatchObject({ kind: "rest" });
  });

  test("that a window finds when it opens is as old as the sale: one of before is over at once", () => {
    const found: PatienceEvent = { kind: "occasion", occasion: "receipt", atMs: 500_000, sinceMs: 470_000 };
    expect(waitAt(patienceAfter(patienceAtStart, found), 500_000)).toEqual({ kind: "over" });
    const fresh = patienceAfter(patienceAtStart, { ...found, sinceMs: 495_000 });
    expect(waitAt(fresh, 500_000)).toEqual({ kind: "rest", leftMs: 15_000 });
  });

  test("of a till whose clock is ahead is not kept longer for it", () => {
    const ahead: PatienceEvent = { kind: "occasion", occasion: "receipt", atMs: 500_000, sinceMs: 900_000 };
    expect(waitAt(patienceAfter(patienceAtStart, ahead), 500_000)).toEqual({ kind: "rest", leftMs: 20_000 });
  });
});

describe("where a shopper is", () => {
  const view = { hasBegun: false, wantsToPay: false, leftSaleId: null };
  const empty = { ...kioskSnapshot, basket: shopperBaskets.empty };

  test("a scan begins without a touch, and a touched language begins without a scan", () => {
    expect(stageOf(empty, view)).toBe("start");
    expect(stageOf(empty, { ...view, hasBegun: true })).toBe("scan");
    expect(stageOf(kioskSnapshot, view)).toBe("scan");
  });

  test("age-limited goods stand in the way of paying only, and only until a person has looked", () => {
    expect(stageOf(kioskSnapshot, { ...view, wantsToPay: true })).toBe("check");
    expect(stageOf({ ...kioskSnapshot, basket: shopperBaskets.checked }, { ...view, wantsToPay: true })).toBe("pay");
    expect(stageOf({ ...kioskSnapshot, basket: shopperBaskets.plain }, { ...view, wantsToPay: true })).toBe("pay");
  });

  test("a payment comes before everything else, so that nobody pays without seeing it", () => {
    expect(stageOf({ ...kioskSnapshot, payment: shopperPayment }, view)).toBe("asking");
    const outcome = {
      ...kioskSnapshot,
      payment: { ...shopperPayment, state: "unknown" as const },
      outcome: shopperOutcome,
    };
    expect(stageOf(outcome, view)).toBe("unknown");
  });

  test("a receipt that was left does not come back before the till has heard of it", () => {
    const paid = { ...empty, outcome: shopperOutcome };
    expect(stageOf(paid, view)).toBe("receipt");
    expect(stageOf(paid, { ...view, leftSaleId: shopperOutcome.saleId })).toBe("start");
  });
});

test.each<[Stage, Parameters<typeof occasionOf>[1], Occasion]>([
  ["start", { phase: "ready", isHelpCalled: false, isTouched: false }, "free"],
  ["start", { phase: "ready", isHelpCalled: false, isTouched: true }, "looking"],
  ["scan", { phase: "ready", isHelpCalled: false, isTouched: false }, "shopping"],
  ["check", { phase: "ready", isHelpCalled: false, isTouched: false }, "shopping"],
  ["check", { phase: "ready", isHelpCalled: true, isTouched: false }, "held"],
  ["pay", { phase: "ready", isHelpCalled: false, isTouched: false }, "paying"],
  ["asking", { phase: "ready", isHelpCalled: false, isTouched: false }, "held"],
  ["unknown", { phase: "ready", isHelpCalled: false, isTouched: false }, "held"],
  ["receipt", { phase: "ready", isHelpCalled: false, isTouched: true }, "receipt"],
  ["receipt", { phase: "ready", isHelpCalled: true, isTouched: false }, "receipt-helped"],
  ["scan", { phase: "restarting", isHelpCalled: false, isTouched: false }, "held"],
])("at %s with %o the kiosk waits as %s", (stage, around, occasion) => {
  expect(occasionOf(stage, around)).toBe(occasion);
});
