import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RailFault } from "../../../platform/demo/rails/behaviour.ts";
import { railBehaviours } from "../../../sync/protocol/demo-rails.ts";
import { numberOf, startRailShop, type RailCharge, type RailShop } from "../support/test-rail-shop.ts";

let shop: RailShop;
beforeAll(async () => {
  shop = await startRailShop();
});
afterAll(() => shop.stop());

/** Silence is left out here: it costs time and is to the platform what a cut line is. */
const behaviours = railBehaviours.filter((behaviour) => !behaviour.startsWith("timeout"));

const faults: fc.Arbitrary<RailFault> = fc.record({
  step: fc.constantFrom("query", "reverse", "refund", "query-refund"),
  kind: fc.constantFrom("system-error", "lost-reply", "bad-signature", "unsigned"),
  effect: fc.boolean(),
});

type Step =
  | { do: "pay"; behaviour: (typeof behaviours)[number]; amountMinor: number }
  | { do: "ask" | "reverse" | "confirm" | "refuse"; which: number }
  | { do: "wait"; seconds: number }
  | { do: "fail"; fault: RailFault }
  | { do: "work" }
  | { do: "restart" };

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("pay"),
      behaviour: fc.constantFrom(...behaviours),
      amountMinor: fc.integer({ min: 1, max: 900 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constantFrom("ask", "reverse", "confirm", "refuse"), which: fc.nat(20) }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("wait"), seconds: fc.constantFrom(1, 5, 11, 16, 61, 200) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("fail"), fault: faults }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("work") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart") }) },
);

async function railBalance(name: string): Promise<number> {
  const { rows } = await shop.platform.database.query<{ balance: number }>(
    "select balance_minor as balance from accounts where id = $1",
    [`rail:${name}:CNY`],
  );
  return rows[0]?.balance ?? 0;
}

async function play(name: RailCharge["rail"], step: Step, charges: RailCharge[]): Promise<void> {
  const emulator = shop.emulator(name);
  if (step.do === "pay") {
    charges.push((await shop.pay(name, step.behaviour, step.amountMinor)).charge);
  } else if (step.do === "wait") {
    shop.wait(step.seconds);
  } else if (step.do === "fail") {
    emulator.failNext(step.fault);
  } else if (step.do === "work") {
    await shop.platform.workOffRails();
  } else if (step.do === "restart") {
    await shop.platform.restart();
  } else {
    const charge = charges[step.which % Math.max(1, charges.length)];
    if (charge === undefined) return;
    if (step.do === "ask") await shop.get(charge);
    else if (step.do === "reverse") await shop.reverse(charge);
    else emulator.answer(numberOf(charge), step.do === "confirm");
  }
}

test.each(["wechat-pay", "alipay"] as const)(
  "whatever %s, shoppers, tills and power cuts do in whatever order: in the end both sides hold the same money",
  async (name) => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 30 }), async (all) => {
        const lies = await railBalance(name);
        const has = shop.emulator(name).balanceOf("rich") ?? 0;
        const charges: RailCharge[] = [];
        for (const step of all) await play(name, step, charges);
        // Nobody asks any more: the worker brings each to its end by itself.
        for (let round = 0; round < 40; round += 1) {
          shop.wait(660);
          if ((await shop.platform.workOffRails()) === 0) break;
        }
        const { rows } = await shop.platform.database.query<{ state: string }>(
          "select distinct state from charges where payment_id = any($1::uuid[]) and next_try_at is not null",
          [charges.map(({ paymentId }) => paymentId)],
        );
        expect(rows).toEqual([]);
        const lost = has - (shop.emulator(name).balanceOf("rich") ?? 0);
        expect(lies - (await railBalance(name))).toBe(lost);
      }),
      { numRuns: 25 },
    );
  },
  240_000,
);
