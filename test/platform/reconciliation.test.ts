import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Reconciliations } from "../../sync/protocol/operator-api.ts";
import { reconciliationsResponseSchema } from "../../sync/protocol/operator-api.ts";
import { orderNumberOf } from "../../platform/rails/order-number.ts";
import { openRails } from "../../platform/rails/open-rails.ts";
import { compareBill, type OurDay } from "../../platform/reconciliation/compare-bill.ts";
import { makeOperator } from "./support/test-phone.ts";
import { numberOf, startRailShop, type RailShop } from "./support/test-rail-shop.ts";
import { makeOrder } from "./support/test-rails.ts";

let shop: RailShop;
beforeAll(async () => {
  shop = await startRailShop();
});
afterAll(() => shop.stop());

const path = "/v1/operator/reconciliations";
const dayHours = 24;

async function read(): Promise<Reconciliations> {
  return reconciliationsResponseSchema.parse((await makeOperator(shop.platform).get(path)).body);
}

/** What is shown of a day of a rail. */
async function shown(rail: string, day: string) {
  const { days, differences } = await read();
  return {
    day: days.find((each) => each.rail === rail && each.day === day),
    differences: differences.filter((each) => each.rail === rail && each.day === day),
  };
}

/** Lets it be eleven o'clock in the morning of the next day in China, and gives the day that is over. */
function nextMorning(): string {
  const day = new Date(shop.platform.clock.nowMs + 8 * 3_600_000).toISOString().slice(0, 10);
  shop.platform.clock.nowMs = Date.parse(`${day}T03:00:00Z`) + dayHours * 3_600_000;
  return day;
}

describe.each(["wechat-pay", "alipay"] as const)("%s", (rail) => {
  test("a day on which both sides agree has no difference, whatever happened on it", async () => {
    await shop.pay(rail, "at-once", 1000);
    await shop.pay(rail, "insufficient");
    const lost = await shop.pay(rail, "lost-reply", 2000);
    shop.wait(5);
    await shop.get(lost.charge);
    const reversed = await shop.pay(rail, "at-once", 3000);
    const typing = await shop.pay(rail, "reversed-while-typing", 500);
    shop.wait(20);
    await shop.reverse(reversed.charge);
    await shop.reverse(typing.charge);
    const day = nextMorning();
    await shop.platform.reconcileDue();
    expect(await shown(rail, day)).toMatchObject({
      day: { state: "done", payments: 4, paymentsMinor: 6500, differences: 0 },
      differences: [],
    });
    // Once a day: it is not read again by itself.
    const calls = shop.emulator(rail).calls("bill");
    await shop.platform.reconcileDue();
    expect(shop.emulator(rail).calls("bill")).toBe(calls);
  });

  test("what only one side knows, another amount and another state come into view, each in its kind", async () => {
    const { database } = shop.platform;
    const dear = await shop.pay(rail, "at-once", 1000);
    await database.query("update charges set amount_minor = 900 where payment_id = $1", [dear.charge.paymentId]);
    const gone = await shop.pay(rail, "at-once", 1100);
    await database.query("update charges set payment_id = $2 where payment_id = $1", [
      gone.charge.paymentId,
      randomUUID(),
    ]);
    const lost = await shop.pay(rail, "lost-reply", 1200);
    const stranger = makeOrder(1300);
    await openRails(shop.rails.configuration).get(rail)?.pay(stranger, shop.emulator(rail).issueCode("rich").code);
    const day = nextMorning();
    await shop.platform.reconcileDue();
    const { differences } = await shown(rail, day);
    const kinds = differences.map(({ kind, what, orderNumber, theirsMinor, oursMinor }) => ({
      kind,
      what,
      theirsMinor,
      oursMinor,
      isKnown: [dear, lost].some(({ charge }) => numberOf(charge) === orderNumber),
    }));
    expect(kinds).toEqual([
      { kind: "amount-differs", what: "payment", theirsMinor: 1000, oursMinor: 900, isKnown: true },
      { kind: "missing-here", what: "payment", theirsMinor: 1100, oursMinor: undefined, isKnown: false },
      { kind: "state-differs", what: "payment", theirsMinor: 1200, oursMinor: 1200, isKnown: true },
      { kind: "missing-here", what: "payment", theirsMinor: 1300, oursMinor: undefined, isKnown: false },
      { kind: "missing-at-rail", what: "payment", theirsMinor: undefined, oursMinor: 1100, isKnown: false },
    ]);
    expect(differences[0]?.payment).toMatchObject({ number: dear.charge.number, tillNumber: 1, state: "paid" });
    // Set right and read again by the operator, the day has fewer.
    await shop.get(lost.charge);
    await database.query("update charges set amount_minor = 1000 where payment_id = $1", [dear.charge.paymentId]);
    const again = await makeOperator(shop.platform).post(path, { rail, day });
    expect(again.body).toMatchObject({ rail, day, state: "done", differences: 3 });
  });

  test("a bill that cannot be read is waited for, in view, and read half an hour later", async () => {
    await shop.pay(rail, "at-once", 700);
    const day = nextMorning();
    shop.emulator(rail).failNext({ step: "bill", kind: "bad-signature", effect: true });
    await shop.platform.reconcileDue();
    expect((await shown(rail, day)).day).toMatchObject({ state: "waiting", reason: "bad-signature" });
    await shop.platform.reconcileDue();
    expect((await shown(rail, day)).day).toMatchObject({ state: "waiting" });
    shop.wait(31 * 60);
    await shop.platform.reconcileDue();
    expect((await shown(rail, day)).day).toMatchObject({ state: "done", differences: 0 });
  });

  test("a day without business on both sides is done", async () => {
    const day = nextMorning();
    shop.wait(24 * 3600);
    await shop.platform.reconcileDue();
    expect((await shown(rail, day)).day).toMatchObject({ state: "done", payments: 0, differences: 0 });
  });
});

test("a day that is not over, a rail that is none, and whoever is not the operator get nothing", async () => {
  const operator = makeOperator(shop.platform);
  const today = new Date(shop.platform.clock.nowMs + 8 * 3_600_000).toISOString().slice(0, 10);
  expect(await operator.post(path, { rail: "alipay", day: today })).toMatchObject({ status: 400 });
  expect(await operator.post(path, { rail: "wallet", day: "2026-11-20" })).toMatchObject({ status: 400 });
  expect((await shop.till.get(path)).status).toBe(401);
});

test("refunds are held against those that were asked for, also where the rail gave back on an earlier day", () => {
  const [paymentId, asked, other, early] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const line = { orderNumber: orderNumberOf(paymentId), transactionId: "t" };
  const back = (id: string, amountMinor: number) => ({
    ...line,
    kind: "refund" as const,
    refundNumber: orderNumberOf(id),
    amountMinor,
  });
  const ours: OurDay = {
    charges: [{ paymentId, amountMinor: 1000, state: "paid", isBooked: true, isOfDay: false }],
    reversedIds: [],
    refunds: [
      { refundId: asked, paymentId, amountMinor: 100 },
      { refundId: early, paymentId, amountMinor: 50 },
    ],
    refundedIds: [asked, early],
    backOrders: new Set(),
    backRefunds: new Set([orderNumberOf(asked), orderNumberOf(early)]),
  };
  expect(compareBill([back(asked, 100)], ours)).toEqual([]);
  expect(compareBill([back(asked, 101)], ours)).toMatchObject([
    { kind: "amount-differs", what: "refund", oursMinor: 100, theirsMinor: 101 },
  ]);
  expect(compareBill([back(other, 30)], ours)).toMatchObject([
    { kind: "missing-here", what: "refund", oursMinor: null, theirsMinor: 30 },
  ]);
  expect(compareBill([], { ...ours, backRefunds: new Set([orderNumberOf(asked)]) })).toMatchObject([
    { kind: "missing-at-rail", what: "refund", oursMinor: 50 },
  ]);
});
