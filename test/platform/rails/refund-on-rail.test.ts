import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRails } from "../../../platform/rails/open-rails.ts";
import { refundOnRail, type RefundOnRail } from "../../../platform/rails/refund-on-rail.ts";
import { numberOf, startRailShop, type RailShop } from "../support/test-rail-shop.ts";

let shop: RailShop;
beforeAll(async () => {
  shop = await startRailShop();
});
afterAll(() => shop.stop());

function refund(asked: RefundOnRail) {
  return refundOnRail({ database: shop.platform.database, rails: openRails(shop.rails.configuration) }, asked);
}

/** Asks until it is over, as a worker does. */
async function refundUntilOver(asked: RefundOnRail) {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const outcome = await refund(asked);
    if (outcome.kind !== "pending") return outcome;
  }
  throw new Error("It stays pending");
}

describe.each(["wechat-pay", "alipay"] as const)("%s", (name) => {
  test("gives back a part, once for its id, however often and at the same time it is asked for", async () => {
    const { charge } = await shop.pay(name, "at-once", 1000);
    const before = shop.emulator(name).balanceOf("rich") ?? 0;
    const asked = { refundId: randomUUID(), paymentId: charge.paymentId, amountMinor: 250 };
    await Promise.all([refund(asked), refund(asked), refund(asked)]);
    expect(await refundUntilOver(asked)).toMatchObject({ kind: "refunded" });
    expect(await refundUntilOver(asked)).toMatchObject({ kind: "refunded" });
    expect(shop.emulator(name).balanceOf("rich")).toBe(before + 250);
    const rest = { refundId: randomUUID(), paymentId: charge.paymentId, amountMinor: 751 };
    expect(await refundUntilOver(rest)).toMatchObject({ kind: "refused" });
    expect(await refundUntilOver({ ...rest, refundId: randomUUID(), amountMinor: 750 })).toMatchObject({
      kind: "refunded",
    });
    expect(
      shop
        .emulator(name)
        .order(numberOf(charge))
        ?.refunds.map(({ amountMinor }) => amountMinor),
    ).toEqual([250, 750]);
  });

  test.each(["timeout", "system-error", "lost-reply", "bad-signature", "unsigned"] as const)(
    "a refund whose answer is a %s is pending, and one refund in the end",
    async (kind) => {
      const { charge } = await shop.pay(name, "at-once", 1000);
      const asked = { refundId: randomUUID(), paymentId: charge.paymentId, amountMinor: 100 };
      shop.emulator(name).failNext({ step: "refund", kind, effect: true });
      expect((await refund(asked)).kind).toBe("pending");
      shop.emulator(name).failNext({ step: "query-refund", kind, effect: false });
      expect((await refund(asked)).kind).toBe("pending");
      expect(await refundUntilOver(asked)).toMatchObject({ kind: "refunded" });
      expect(shop.emulator(name).order(numberOf(charge))?.refunds).toHaveLength(1);
    },
  );

  test("nothing is refunded of a charge that is not paid, nor more than it was", async () => {
    const waiting = await shop.pay(name, "password");
    const id = randomUUID();
    expect(await refund({ refundId: id, paymentId: waiting.charge.paymentId, amountMinor: 1 })).toEqual({
      kind: "refused",
      detail: "charge-waiting",
    });
    const { charge } = await shop.pay(name, "at-once", 100);
    expect(await refund({ refundId: id, paymentId: charge.paymentId, amountMinor: 101 })).toMatchObject({
      kind: "refused",
    });
  });

  test("a rail that is switched off keeps the refund pending", async () => {
    const { charge } = await shop.pay(name, "at-once", 100);
    const asked = { refundId: randomUUID(), paymentId: charge.paymentId, amountMinor: 100 };
    const { database } = shop.platform;
    expect(await refundOnRail({ database, rails: new Map() }, asked)).toEqual({ kind: "pending", reason: "rail-off" });
  });
});
