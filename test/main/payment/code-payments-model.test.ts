import fc from "fast-check";
import { expect, test } from "vitest";
import type { Rail } from "../../../sync/protocol/entry-types.ts";
import { PayingTill, settled } from "./paying-till.ts";
import { ScriptedWallet, type Fate } from "./scripted-wallet.ts";

const fate = fc.constantFrom<Fate>(
  "answered",
  "reply-lost",
  "request-lost",
  "not-reached",
  "refused",
  "busy",
  "wrong-answer",
  "hanging",
);
const step = fc.oneof(
  {
    arbitrary: fc.record({
      do: fc.constant("scan" as const),
      fate,
      hasMoney: fc.boolean(),
      asksPassword: fc.boolean(),
      slowReversals: fc.nat(2),
      rail: fc.constantFrom<Rail>("wallet", "wechat-pay", "alipay"),
    }),
    weight: 4,
  },
  {
    arbitrary: fc.record({ do: fc.constant("pass" as const), seconds: fc.constantFrom(1, 5, 10, 50), fate }),
    weight: 4,
  },
  fc.record({ do: fc.constant("ask" as const), fate }),
  fc.record({ do: fc.constant("undo" as const), fate }),
  fc.record({ do: fc.constant("aside" as const) }),
  fc.record({ do: fc.constant("take-up" as const) }),
  fc.record({ do: fc.constant("confirm" as const), isWilling: fc.boolean() }),
  fc.record({ do: fc.constant("release" as const), fate }),
  fc.record({ do: fc.constant("cash" as const) }),
  fc.record({ do: fc.constant("restart" as const), fate }),
  fc.record({ do: fc.constant("disk" as const), full: fc.boolean() }),
);

async function take(till: PayingTill, next: typeof step extends fc.Arbitrary<infer T> ? T : never): Promise<void> {
  if ("fate" in next) till.wallet.fates = [next.fate];
  if (next.do === "scan") {
    till.wallet.hasMoney = next.hasMoney;
    till.wallet.asksPassword = next.asksPassword;
    till.wallet.slowReversals = next.slowReversals;
    till.rail = next.rail;
    void till.scan(`token of ${till.payments.size}`);
  } else if (next.do === "pass") await till.pass(next.seconds);
  else if (next.do === "ask") void till.askAgain();
  else if (next.do === "undo") till.undo();
  else if (next.do === "release") till.wallet.release(next.fate);
  else if (next.do === "aside") till.setAside();
  else if (next.do === "take-up") till.takeUp();
  else if (next.do === "confirm") till.wallet.confirm(next.isWilling);
  else if (next.do === "cash") till.payCash();
  else if (next.do === "disk") till.isDiskFull = next.full;
  else {
    till.isDiskFull = false;
    till.restart();
  }
  await settled();
}

const expectedFailures: ReadonlySet<unknown> = new Set(["ledger.disk-full", "platform.bad-answer"]);

function codeIn(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : error;
}

/** Everything heals: the disk has room, the line stands, and what was under way arrives. */
async function heal(till: PayingTill): Promise<void> {
  till.isDiskFull = false;
  till.wallet.reachable = true;
  till.wallet.fates = [];
  for (let round = 0; round < 12 && (till.wallet.hanging > 0 || till.openPayments().length > 0); round += 1) {
    while (till.wallet.hanging > 0) till.wallet.release("answered");
    await till.pass(10);
  }
}

// The rule for which this till exists: whatever lines, disks and people do, nobody pays twice and no money is unaccounted for.
test("after any history, what the platform took is what the journal says, and each sale was paid at most once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(step, { minLength: 1, maxLength: 20 }), async (setsAside, steps) => {
      const till = new PayingTill(new ScriptedWallet());
      till.setsAside = setsAside;
      for (const next of steps) {
        await take(till, next);
        // Nothing may be left that no screen shows and nobody works on.
        const aside = till.openPayments().filter(({ saleId, paymentId }) => {
          return till.part.asideOf(saleId)?.paymentId === paymentId;
        });
        const atWork = till.part.reversalsWaiting + (till.part.open === null ? 0 : 1) + aside.length;
        expect(till.openPayments().length).toBeLessThanOrEqual(atWork);
      }
      await heal(till);
      // A full disk and an answer about another payment are told; anything else would be a fault of the till's own.
      expect(till.failures.map(codeIn).filter((code) => !expectedFailures.has(code))).toEqual([]);
      expect(till.openPayments()).toEqual([]);
      expect(till.part.isBusy).toBe(false);
      expect(till.wallet.takenMinor()).toBe(till.bookedMinor());
      for (const [sale, ways] of till.paidSales) expect(ways, sale).toHaveLength(1);
      for (const [id, charge] of till.wallet.charges) {
        expect(charge.state === "paid", id).toBe(till.payments.get(id)?.state === "paid");
      }
    }),
    { numRuns: 1500 },
  );
}, 60_000);
