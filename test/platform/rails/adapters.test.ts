import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RailEmulator } from "../../../platform/demo/rails/emulator.ts";
import type { RailBehaviour } from "../../../sync/protocol/demo-rails.ts";
import { openRails } from "../../../platform/rails/open-rails.ts";
import type { Rail, RailName, RailOutcome } from "../../../platform/rails/rail.ts";
import { makeOrder, startTestRails, type TestRails } from "../support/test-rails.ts";

const clock = { nowMs: Date.UTC(2026, 10, 20, 6) };
let rails: TestRails;
beforeAll(async () => {
  rails = await startTestRails(() => clock.nowMs);
});
afterAll(() => rails.close());

const names = ["wechat-pay", "alipay"] as const;

function railOf(name: RailName): { rail: Rail; emulator: RailEmulator } {
  const rail = openRails(rails.configuration).get(name);
  if (rail === undefined) throw new Error(`${name} is off`);
  return { rail, emulator: rails.emulator(name) };
}

/** Pays with a fresh code under a behaviour. */
async function payAs(name: RailName, behaviour: RailBehaviour, amountMinor = 1250) {
  const { rail, emulator } = railOf(name);
  emulator.choose(behaviour);
  const order = makeOrder(amountMinor);
  const { code } = emulator.issueCode("rich");
  return { rail, emulator, order, code, outcome: await rail.pay(order, code) };
}

describe.each(names)("%s", (name) => {
  test("takes the money at once, and a question later says the same", async () => {
    const { emulator } = railOf(name);
    const before = emulator.balanceOf("rich") ?? 0;
    const { rail, order, outcome } = await payAs(name, "at-once");
    expect(outcome).toMatchObject({ kind: "paid", paidAt: new Date(clock.nowMs) });
    expect(await rail.query(order)).toEqual(outcome);
    expect(emulator.balanceOf("rich")).toBe(before - 1250);
  });

  test("waits for the password: confirmed it is paid, refused it never will be", async () => {
    const { rail, emulator, order, outcome } = await payAs(name, "password");
    expect(outcome).toEqual({ kind: "waiting" });
    expect(await rail.query(order)).toEqual({ kind: "waiting" });
    expect(emulator.waiting().map(({ number }) => number)).toEqual([order.orderNumber]);
    emulator.answer(order.orderNumber, true);
    expect(await rail.query(order)).toMatchObject({ kind: "paid" });
    const refused = await payAs(name, "password");
    emulator.answer(refused.order.orderNumber, false);
    // WeChat Pay says that nobody pays; at Alipay it goes on waiting until it is closed.
    expect(await rail.query(refused.order)).toEqual({ kind: name === "alipay" ? "waiting" : "unpaid" });
    expect(await rail.reverse(refused.order)).toMatchObject({ kind: "closed" });
    expect(await rail.query(refused.order)).toMatchObject({ kind: "closed" });
  });

  test("types for three questions", async () => {
    const { rail, order, outcome } = await payAs(name, "password-by-itself");
    const kinds = [outcome.kind];
    for (let question = 0; question < 3; question += 1) kinds.push((await rail.query(order)).kind);
    expect(kinds).toEqual(["waiting", "waiting", "waiting", "paid"]);
  });

  test.each([
    ["timeout-charged", "timeout", "paid"],
    ["timeout-not-charged", "timeout", "not-found"],
    ["system-error-charged", "system-error", "paid"],
    ["system-error-not-charged", "system-error", "not-found"],
    ["lost-reply", "connection-lost", "paid"],
    ["bad-signature", "bad-signature", "paid"],
  ] as const)("%s is unknown, and only a question tells", async (behaviour, reason, later) => {
    const { rail, order, outcome } = await payAs(name, behaviour);
    expect(outcome).toMatchObject({ kind: "unknown", reason });
    expect((await rail.query(order)).kind).toBe(later);
  });

  test.each([
    ["insufficient", "rail.insufficient"],
    ["above-limit", "rail.above-limit"],
    ["declined", "rail.declined"],
  ] as const)("%s is declined for its own reason, and takes nothing", async (behaviour, code) => {
    const before = railOf(name).emulator.balanceOf("rich");
    const { emulator, outcome } = await payAs(name, behaviour);
    expect(outcome).toEqual({ kind: "declined", code });
    expect(emulator.balanceOf("rich")).toBe(before);
  });

  test("a code is used once and lives for a minute", async () => {
    const { rail, emulator, code } = await payAs(name, "at-once");
    expect(await rail.pay(makeOrder(), code)).toEqual({ kind: "declined", code: "rail.code-invalid" });
    const late = emulator.issueCode("rich").code;
    clock.nowMs += 60_000;
    const expired: RailOutcome = { kind: "declined", code: "rail.code-expired" };
    // Alipay has one word for both.
    const unlike: RailOutcome = { kind: "declined", code: "rail.code-invalid" };
    expect(await rail.pay(makeOrder(), late)).toEqual(name === "alipay" ? unlike : expired);
    expect((await payAs(name, "code-expired")).outcome).toEqual(name === "alipay" ? unlike : expired);
    expect((await payAs(name, "code-used")).outcome).toEqual(unlike);
  });

  test("a second payment under one number is never taken for a new one", async () => {
    const { rail, emulator, order } = await payAs(name, "at-once");
    const before = emulator.balanceOf("rich");
    const again = await rail.pay(order, emulator.issueCode("rich").code);
    expect(again.kind).toBe("unknown");
    expect(emulator.balanceOf("rich")).toBe(before);
  });

  test("an answer that is signed by nobody or by a stranger says nothing, whatever it says", async () => {
    const { rail, emulator, order } = await payAs(name, "at-once");
    for (const kind of ["unsigned", "bad-signature"] as const) {
      for (const step of ["query", "reverse", "refund", "query-refund", "bill"] as const) {
        emulator.failNext({ step, kind, effect: false });
      }
      const refund = { ...order, refundNumber: "r1", amountMinor: 1, orderAmountMinor: order.amountMinor };
      const unknown = { kind: "unknown", reason: "bad-signature" };
      expect(await rail.query(order)).toMatchObject(unknown);
      expect(await rail.reverse(order)).toMatchObject(unknown);
      expect(await rail.refund(refund)).toMatchObject(unknown);
      expect(await rail.queryRefund(refund)).toMatchObject(unknown);
      expect(await rail.bill("2026-11-19")).toMatchObject(unknown);
    }
    for (const kind of ["unsigned", "bad-signature"] as const) {
      emulator.choose("insufficient");
      emulator.failNext({ step: "pay", kind, effect: true });
      const outcome = await rail.pay(makeOrder(), emulator.issueCode("rich").code);
      expect(outcome).toMatchObject({ kind: "unknown", reason: "bad-signature" });
    }
  });

  test("a reversal gives back what was paid, once, and closes what was not", async () => {
    const { emulator } = railOf(name);
    const before = emulator.balanceOf("rich");
    const { rail, order } = await payAs(name, "at-once");
    expect(await rail.reverse(order)).toMatchObject({ kind: "closed" });
    expect(await rail.reverse(order)).toMatchObject({ kind: "closed" });
    expect(await rail.query(order)).toMatchObject({ kind: "closed" });
    expect(emulator.balanceOf("rich")).toBe(before);
    const typing = await payAs(name, "reversed-while-typing");
    expect(typing.outcome).toEqual({ kind: "waiting" });
    expect(await rail.reverse(typing.order)).toMatchObject({ kind: "closed" });
    expect(emulator.order(typing.order.orderNumber)).toMatchObject({ state: "reversed", paidAtMs: clock.nowMs });
    expect(emulator.balanceOf("rich")).toBe(before);
  });

  test("a reversal whose reply is lost has worked, and is sent again until it answers", async () => {
    const { rail, emulator, order } = await payAs(name, "at-once");
    for (const kind of ["timeout", "lost-reply", "system-error"] as const) {
      emulator.failNext({ step: "reverse", kind, effect: true });
      expect((await rail.reverse(order)).kind).toBe("unknown");
    }
    expect(await rail.reverse(order)).toMatchObject({ kind: "closed" });
  });

  test("a refund is one for its number, and is there when the rail says so", async () => {
    const { rail, emulator, order } = await payAs(name, "at-once", 1000);
    const refund = {
      ...order,
      refundNumber: `r${order.orderNumber.slice(1)}`,
      amountMinor: 400,
      orderAmountMinor: 1000,
    };
    expect(await rail.queryRefund(refund)).toEqual({ kind: "not-found" });
    const before = emulator.balanceOf("rich") ?? 0;
    emulator.failNext({ step: "refund", kind: "lost-reply", effect: true });
    expect((await rail.refund(refund)).kind).toBe("unknown");
    const sent = await rail.refund(refund);
    expect(sent.kind).toBe(name === "alipay" ? "refunded" : "accepted");
    expect((await rail.queryRefund(refund)).kind).toBe("refunded");
    expect(emulator.balanceOf("rich")).toBe(before + 400);
    expect((await rail.refund({ ...refund, refundNumber: "r2", amountMinor: 601 })).kind).toBe("refused");
    expect((await rail.refund({ ...refund, amountMinor: 399 })).kind).not.toBe("refunded");
  });

  test("the bill of a day names what was paid, refunded and reversed on it", async () => {
    clock.nowMs = Date.UTC(2026, 10, 25, 6);
    const paid = await payAs(name, "at-once", 1000);
    const reversed = await payAs(name, "at-once", 2000);
    const refund = { ...paid.order, refundNumber: "refund1", amountMinor: 300, orderAmountMinor: 1000 };
    await paid.rail.refund(refund);
    await paid.rail.reverse(reversed.order);
    expect(await paid.rail.bill("2026-11-25")).toEqual({ kind: "not-ready" });
    clock.nowMs = Date.UTC(2026, 10, 26, 6);
    const bill = await paid.rail.bill("2026-11-25");
    const back = name === "alipay" ? "refund" : "reversal";
    expect(bill).toMatchObject({
      kind: "bill",
      lines: [
        { kind: "payment", orderNumber: paid.order.orderNumber, amountMinor: 1000 },
        { kind: "refund", orderNumber: paid.order.orderNumber, refundNumber: "refund1", amountMinor: 300 },
        { kind: "payment", orderNumber: reversed.order.orderNumber, amountMinor: 2000 },
        { kind: back, orderNumber: reversed.order.orderNumber, amountMinor: 2000 },
      ],
    });
  });

  test("a rail that is not there has taken nothing; that it was never reached is said only of a payment", async () => {
    const { wechatPay, alipay } = rails.configuration;
    if (wechatPay === undefined || alipay === undefined) throw new Error("The rails are off");
    const away = openRails({
      wechatPay: { ...wechatPay, baseUrl: "http://127.0.0.1:9/" },
      alipay: { ...alipay, gateway: "http://127.0.0.1:9/gateway.do" },
    }).get(name);
    expect(await away?.pay(makeOrder(), "130000000000000000")).toEqual({ kind: "declined", code: "rail.not-reached" });
    expect(await away?.query(makeOrder())).toMatchObject({ kind: "unknown", reason: "not-reached" });
    expect(await away?.reverse(makeOrder())).toMatchObject({ kind: "unknown", reason: "not-reached" });
  });

  test("a request with a merchant's wrong key is refused, and nobody takes that for a word about the order", async () => {
    const { wechatPay, alipay } = rails.configuration;
    if (wechatPay === undefined || alipay === undefined) throw new Error("The rails are off");
    const wrong = openRails({
      wechatPay: { ...wechatPay, privateKey: alipay.privateKey },
      alipay: { ...alipay, privateKey: wechatPay.privateKey },
    }).get(name);
    const { order, emulator } = await payAs(name, "at-once");
    expect((await wrong?.query(order))?.kind).toBe("unknown");
    expect((await wrong?.reverse(order))?.kind).toBe("unknown");
    expect(emulator.order(order.orderNumber)?.state).toBe("paid");
  });
});
