import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RailBehaviour } from "../../../sync/protocol/demo-rails.ts";
import type { RailFault } from "../../../platform/demo/rails/behaviour.ts";
import type { RailName } from "../../../platform/rails/rail.ts";
import { startRailShop, type RailShop } from "../../platform/support/test-rail-shop.ts";
import { PayingTill } from "./paying-till.ts";
import { RailLine, type LineFate } from "./rail-line.ts";

/**
 * Shopper, till, line, platform and rail as actors, each of whom may do what they like at any moment: the till's own payments
 * over a real platform on a real database, over the emulators of both rails.
 */

const names: readonly RailName[] = ["wechat-pay", "alipay"];

let shop: RailShop;
let runs = 0;

beforeAll(async () => {
  shop = await startRailShop();
}, 60_000);

afterAll(() => shop.stop());

const fate = fc.constantFrom<LineFate>("answered", "answered", "answered", "reply-lost", "request-lost", "not-reached");
const behaviour = fc.constantFrom<RailBehaviour>(
  "at-once",
  "password",
  "password",
  "password-by-itself",
  "system-error-charged",
  "system-error-not-charged",
  "lost-reply",
  "bad-signature",
  "reversed-while-typing",
  "insufficient",
  "declined",
);
const fault = fc.record<RailFault>({
  step: fc.constantFrom("query", "reverse", "reverse"),
  kind: fc.constantFrom("system-error", "lost-reply", "bad-signature"),
  effect: fc.boolean(),
});
const step = fc.oneof(
  {
    arbitrary: fc.record({ do: fc.constant("scan" as const), rail: fc.constantFrom(...names), behaviour, fate }),
    weight: 5,
  },
  {
    arbitrary: fc.record({ do: fc.constant("pass" as const), seconds: fc.constantFrom(1, 6, 16, 61), fate }),
    weight: 4,
  },
  fc.record({ do: fc.constant("ask" as const), fate }),
  fc.record({ do: fc.constant("undo" as const), fate }),
  fc.record({ do: fc.constant("aside" as const) }),
  fc.record({ do: fc.constant("take-up" as const) }),
  fc.record({ do: fc.constant("cash" as const) }),
  { arbitrary: fc.record({ do: fc.constant("phone" as const), confirms: fc.boolean() }), weight: 3 },
  fc.record({ do: fc.constant("till-restarts" as const), fate }),
  fc.record({ do: fc.constant("platform-works" as const) }),
  fc.record({ do: fc.constant("rail-fails" as const), rail: fc.constantFrom(...names), fault }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Till = PayingTill<RailLine>;

async function take(till: Till, next: Step): Promise<void> {
  if ("fate" in next) till.wallet.fates = [next.fate];
  if (next.do === "scan") await scan(till, next.rail, next.behaviour);
  else if (next.do === "pass") await pass(till, next.seconds);
  else if (next.do === "ask") void till.askAgain();
  else if (next.do === "undo") till.undo();
  else if (next.do === "aside") till.setAside();
  else if (next.do === "take-up") till.takeUp();
  else if (next.do === "cash") till.payCash();
  else if (next.do === "phone") answerPhones(next.confirms);
  else if (next.do === "till-restarts") till.restart();
  else if (next.do === "platform-works") await shop.platform.workOffRails();
  else shop.emulator(next.rail).failNext(next.fault);
  await till.wallet.idle();
}

async function scan(till: Till, rail: RailName, how: RailBehaviour): Promise<void> {
  till.rail = rail;
  shop.emulator(rail).choose(how);
  void till.scan(shop.emulator(rail).issueCode("rich").code);
  await till.wallet.idle();
}

/** A second at a time, on the till's clock and on the platform's. */
async function pass(till: Till, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    shop.wait(1);
    await till.pass(1);
  }
}

function answerPhones(confirms: boolean): void {
  for (const name of names) {
    for (const { number } of shop.emulator(name).waiting()) shop.emulator(name).answer(number, confirms);
  }
}

/** Lines stand, the rails are well, and time passes until nothing is open anywhere. */
async function heal(till: Till): Promise<void> {
  till.wallet.fates = [];
  for (let round = 0; round < 30; round += 1) {
    await pass(till, 10);
    await shop.platform.workOffRails();
    if (till.openPayments().length === 0 && !till.part.isBusy && (await openCharges()) === 0) return;
    shop.wait(60);
  }
}

async function openCharges(): Promise<number> {
  const { rows } = await shop.platform.database.query<{ count: string }>(
    "select count(*) as count from charges where state not in ('paid', 'declined', 'reversed')",
  );
  return Number(rows[0]?.count);
}

function takenAtRails(): Map<RailName, number> {
  return new Map(names.map((name) => [name, shop.emulator(name).balanceOf("rich") ?? Number.NaN]));
}

/** What the platform says that it took for the payments of this till. */
async function takenAtPlatform(till: Till, rail: RailName): Promise<number> {
  const ids = [...till.payments.values()].filter((payment) => payment.rail === rail);
  const { rows } = await shop.platform.database.query<{ sum: string | null }>(
    "select sum(amount_minor) as sum from charges where state = 'paid' and payment_id = any($1::uuid[])",
    [ids.map(({ paymentId }) => till.wallet.idOf(paymentId))],
  );
  return Number(rows[0]?.sum ?? 0);
}

// What a shopper sees on the phone, what the platform pays out and what lies in the till's books is one amount.
test("whatever the five do, money at the rail is money in both books, nobody pays twice, and no goods go unpaid", async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(step, { minLength: 1, maxLength: 12 }), async (setsAside, steps) => {
      runs += 1;
      const line = new RailLine(shop.till, `run ${runs}`);
      const till: Till = new PayingTill(line, () => line.idle());
      till.setsAside = setsAside;
      const before = takenAtRails();
      for (const next of steps) await take(till, next);
      await heal(till);
      expect(till.failures).toEqual([]);
      expect(till.openPayments()).toEqual([]);
      const payments = [...till.payments.values()];
      for (const name of names) {
        const booked = payments.filter(({ rail, state }) => rail === name && state === "paid");
        const bookedMinor = booked.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        const paidMinor = (before.get(name) ?? 0) - (shop.emulator(name).balanceOf("rich") ?? Number.NaN);
        expect({ name, rail: paidMinor, platform: await takenAtPlatform(till, name) }).toEqual({
          name,
          rail: bookedMinor,
          platform: bookedMinor,
        });
      }
      for (const [saleId, ways] of till.paidSales) {
        expect(ways, saleId).toHaveLength(1);
        const isPaid = payments.some((payment) => payment.saleId === saleId && payment.state === "paid");
        expect(isPaid, saleId).toBe(ways[0] === "wallet");
      }
    }),
    { numRuns: 60, seed: 20_261_130 },
  );
}, 300_000);
