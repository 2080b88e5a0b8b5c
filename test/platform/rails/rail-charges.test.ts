import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openRails } from "../../../platform/rails/open-rails.ts";
import type { Rail } from "../../../platform/rails/rail.ts";
import { RailCharges } from "../../../platform/rails/rail-charges.ts";
import { numberOf, startRailShop, type RailShop } from "../support/test-rail-shop.ts";
import { codesOf, openTill } from "../support/test-shop.ts";
import { makeCharge } from "../support/test-shopper.ts";
import { enrolTill } from "../support/test-till.ts";

let shop: RailShop;
beforeAll(async () => {
  shop = await startRailShop();
});
afterAll(() => shop.stop());

// Whatever a test did: the books balance, and what the rail's account owes is what lies at the rail.
afterEach(async () => {
  const open = await shop.platform.database.query(
    "select transfer_id from transfer_legs group by transfer_id, currency having sum(amount_minor) <> 0",
  );
  expect(open.rows).toEqual([]);
});

const names = ["wechat-pay", "alipay"] as const;

async function railBalance(name: string): Promise<number> {
  const { rows } = await shop.platform.database.query<{ balance: number }>(
    "select balance_minor as balance from accounts where id = $1",
    [`rail:${name}:CNY`],
  );
  return rows[0]?.balance ?? 0;
}

async function row(paymentId: string): Promise<Record<string, unknown>> {
  const { rows } = await shop.platform.database.query("select * from charges where payment_id = $1", [paymentId]);
  return rows[0] ?? {};
}

describe.each(names)("%s", (name) => {
  test("a payment is taken once and booked from the rail to the shop, less the commission", async () => {
    const before = await railBalance(name);
    const { charge, answer } = await shop.pay(name, "at-once", 1000);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        state: "paid",
        amountMinor: 1000,
        commissionMinor: 6,
        paidAt: new Date(shop.platform.clock.nowMs).toISOString(),
      },
    });
    expect(answer.body["transactionId"]).toBe(shop.emulator(name).order(numberOf(charge))?.transactionId);
    const { transfer_id: transferId } = await row(charge.paymentId);
    const legs = await shop.platform.database.query(
      "select account_id, amount_minor from transfer_legs where transfer_id = $1 order by 1",
      [transferId],
    );
    expect(legs.rows).toEqual([
      { account_id: "commission:CNY", amount_minor: 6 },
      { account_id: "merchant:lantern-lane:CNY", amount_minor: 994 },
      { account_id: `rail:${name}:CNY`, amount_minor: -1000 },
    ]);
    expect(await railBalance(name)).toBe(before - 1000);
  });

  test("the same request again gives the stored answer and asks the rail for nothing", async () => {
    const { charge, code } = shop.make(name);
    const first = await shop.send(charge, code);
    const calls = shop.emulator(name).calls("pay");
    shop.wait(3600);
    expect((await shop.send(charge, code)).body).toEqual(first.body);
    expect(shop.emulator(name).calls("pay")).toBe(calls);
    for (const other of [{ amountMinor: 1 }, { saleId: randomUUID() }, { rail: undefined }, { number: "00000000" }]) {
      expect(await shop.till.post("/v1/charges", { ...charge, ...other, token: code })).toMatchObject({
        body: { code: "request.invalid" },
      });
    }
  });

  test("ten copies of one charge at once are one order, and no two answers contradict each other", async () => {
    const { charge, code } = shop.make(name);
    const calls = shop.emulator(name).calls("pay");
    const answers = await Promise.all(Array.from({ length: 10 }, () => shop.send(charge, code)));
    const states = new Set(answers.map(({ body }) => body["state"]));
    expect([...states].every((state) => state === "paid" || state === "unknown")).toBe(true);
    expect(shop.emulator(name).calls("pay")).toBe(calls + 1);
    shop.wait(2);
    expect(await shop.state(charge)).toBe("paid");
  });

  test("the code is nowhere kept", async () => {
    const { charge, code } = shop.make(name);
    await shop.send(charge, code);
    expect(JSON.stringify(await row(charge.paymentId))).not.toContain(code);
  });

  test("one code pays one basket: scanned again for another it is refused here", async () => {
    const { charge, code } = shop.make(name);
    await shop.send(charge, code);
    const calls = shop.emulator(name).calls("pay");
    const again = { ...makeCharge(shop.till, 500), rail: name };
    expect((await shop.send(again, code)).body).toMatchObject({ state: "declined", code: "rail.code-used" });
    expect(shop.emulator(name).calls("pay")).toBe(calls);
  });

  test("waits for the password, asks the rail at most once a second, and hears when it is paid", async () => {
    const { charge, answer } = await shop.pay(name, "password");
    expect(answer.body).toMatchObject({ state: "waiting" });
    const asked = shop.emulator(name).calls("query");
    for (let question = 0; question < 5; question += 1) expect(await shop.state(charge)).toBe("waiting");
    expect(shop.emulator(name).calls("query")).toBe(asked);
    shop.wait(1);
    expect(await shop.state(charge)).toBe("waiting");
    expect(shop.emulator(name).calls("query")).toBe(asked + 1);
    shop.emulator(name).answer(numberOf(charge), true);
    shop.wait(5);
    expect(await shop.state(charge)).toBe("paid");
  });

  test.each(["insufficient", "above-limit", "declined"] as const)("%s is declined and stays so", async (behaviour) => {
    const before = await railBalance(name);
    const { charge, answer } = await shop.pay(name, behaviour);
    expect(answer.body).toMatchObject({ state: "declined", code: `rail.${behaviour}` });
    shop.wait(60);
    expect(await shop.state(charge)).toBe("declined");
    expect((await shop.reverse(charge)).body).toMatchObject({ state: "reversed", takenBefore: false });
    expect(await shop.state(charge)).toBe("declined");
    expect(await railBalance(name)).toBe(before);
  });

  test.each(["timeout-charged", "system-error-charged", "lost-reply", "bad-signature"] as const)(
    "%s: unknown, and paid as soon as the rail is asked",
    async (behaviour) => {
      const before = await railBalance(name);
      const { charge, answer } = await shop.pay(name, behaviour);
      expect(answer.body).toMatchObject({ state: "unknown" });
      expect(await railBalance(name)).toBe(before);
      shop.wait(5);
      expect(await shop.state(charge)).toBe("paid");
      expect(await railBalance(name)).toBe(before - charge.amountMinor);
    },
  );

  test.each(["timeout-not-charged", "system-error-not-charged"] as const)(
    "%s: unknown until a till would give up, then closed at the rail, and declined",
    async (behaviour) => {
      const { charge } = await shop.pay(name, behaviour);
      shop.wait(5);
      expect(await shop.state(charge)).toBe("unknown");
      shop.wait(60);
      expect((await shop.get(charge)).body).toMatchObject({ state: "declined", code: "rail.not-confirmed" });
      // The rail was told: the order can never come into being.
      expect(shop.emulator(name).calls("reverse")).toBeGreaterThan(0);
    },
  );

  test("questions that fail leave a waiting charge waiting, and an unknown one unknown", async () => {
    const { charge } = await shop.pay(name, "password");
    for (const kind of ["timeout", "system-error", "lost-reply", "bad-signature", "unsigned"] as const) {
      shop.emulator(name).failNext({ step: "query", kind, effect: true });
      shop.wait(2);
      expect(await shop.state(charge)).toBe("waiting");
    }
    const lost = await shop.pay(name, "lost-reply");
    shop.emulator(name).failNext({ step: "query", kind: "bad-signature", effect: true });
    shop.wait(2);
    expect(await shop.state(lost.charge)).toBe("unknown");
    shop.wait(2);
    expect(await shop.state(lost.charge)).toBe("paid");
  });

  test("a reversal of what was paid gives it back once, however often it is asked for", async () => {
    const before = await railBalance(name);
    const { charge } = await shop.pay(name, "at-once");
    shop.wait(20);
    const answers = await Promise.all(Array.from({ length: 8 }, () => shop.reverse(charge)));
    expect(answers.every(({ body }) => body["state"] === "reversed" || body["state"] === "reversing")).toBe(true);
    shop.wait(2);
    expect((await shop.reverse(charge)).body).toMatchObject({ state: "reversed", takenBefore: true });
    expect(await railBalance(name)).toBe(before);
    expect(shop.emulator(name).order(numberOf(charge))?.state).toBe("reversed");
  });

  test("a reversal whose answer is lost is stored and worked off, also by the next process", async () => {
    const { charge } = await shop.pay(name, "at-once");
    shop.wait(20);
    for (const kind of ["timeout", "system-error", "lost-reply"] as const) {
      shop.emulator(name).failNext({ step: "reverse", kind, effect: kind !== "system-error" });
    }
    expect((await shop.reverse(charge)).body).toMatchObject({ state: "reversing" });
    await shop.platform.restart();
    for (let round = 0; round < 4 && (await row(charge.paymentId))["state"] === "reversing"; round += 1) {
      shop.wait(60);
      await shop.platform.workOffRails();
    }
    expect(await row(charge.paymentId)).toMatchObject({ state: "reversed", taken_before: true, next_try_at: null });
  });

  test("the shopper confirms just as the reversal comes: the money goes back, and nobody hears of a payment", async () => {
    const wallet = shop.emulator(name).balanceOf("rich");
    const { charge, answer } = await shop.pay(name, "reversed-while-typing");
    expect(answer.body).toMatchObject({ state: "waiting" });
    shop.wait(20);
    expect((await shop.reverse(charge)).body).toMatchObject({ state: "reversed", takenBefore: true });
    expect(shop.emulator(name).order(numberOf(charge))).toMatchObject({ state: "reversed" });
    expect(shop.emulator(name).balanceOf("rich")).toBe(wallet);
  });

  test("a reversal that overtakes its charge holds, and the rail never hears of either", async () => {
    const { charge, code } = shop.make(name);
    const calls = shop.emulator(name).calls("pay");
    expect((await shop.reverse(charge)).body).toMatchObject({ state: "reversed", takenBefore: false });
    expect((await shop.send(charge, code)).body).toMatchObject({ state: "declined", code: "payment.reversed" });
    expect(shop.emulator(name).calls("pay")).toBe(calls);
  });

  test("a till that never comes back: the worker asks until the rail has said it, and the payment stands", async () => {
    const { charge } = await shop.pay(name, "password");
    shop.emulator(name).answer(numberOf(charge), true);
    await shop.platform.workOffRails();
    expect(await row(charge.paymentId)).toMatchObject({ state: "waiting" });
    shop.wait(16);
    await shop.platform.workOffRails();
    expect(await row(charge.paymentId)).toMatchObject({ state: "paid", next_try_at: null });
  });

  test("a shopper who walked away: the platform closes the order by itself", async () => {
    const { charge } = await shop.pay(name, "password");
    for (let minute = 0; minute < 12; minute += 1) {
      shop.wait(60);
      await shop.platform.workOffRails();
    }
    expect(await row(charge.paymentId)).toMatchObject({ state: "declined", code: "rail.not-confirmed" });
    expect(["reversed", "closed"]).toContain(shop.emulator(name).order(numberOf(charge))?.state);
  });

  test("a platform that dies while the rail is asked leaves the order in its book, and the next one finds out", async () => {
    const real = openRails(shop.rails.configuration).get(name);
    if (real === undefined) throw new Error("The rail is off");
    const silent = new Promise<never>(() => undefined);
    const reached = Promise.withResolvers<void>();
    const dying: Rail = {
      ...real,
      pay: async (order, code) => {
        await real.pay(order, code);
        reached.resolve();
        return silent;
      },
    };
    const charges = new RailCharges({
      database: shop.platform.database,
      rails: new Map([[name, dying]]),
      nowMs: () => shop.platform.clock.nowMs,
      log: pino({ level: "silent" }),
      onSettled: () => undefined,
    });
    const { charge, code } = shop.make(name);
    const till = { id: shop.till.id, storeId: "lantern-lane" } as Parameters<RailCharges["charge"]>[0];
    void charges.charge(till, { ...charge, currency: "CNY", token: code });
    await reached.promise;
    expect(await row(charge.paymentId)).toMatchObject({ state: "asked", rail: name });
    await shop.platform.restart();
    shop.wait(16);
    await shop.platform.workOffRails();
    expect(await row(charge.paymentId)).toMatchObject({ state: "paid" });
  });

  test("another till, and the wallet's own path, get nothing of it", async () => {
    const { charge } = await shop.pay(name, "at-once");
    const other = await enrolTill(shop.platform);
    expect(await other.get(`/v1/charges/${charge.paymentId}`)).toMatchObject({ status: 404 });
    expect(await other.post(`/v1/charges/${charge.paymentId}/reversal`, charge)).toMatchObject({ status: 403 });
    const { rail, ...asWallet } = charge;
    expect(rail).toBe(name);
    expect(await shop.till.post(`/v1/charges/${charge.paymentId}/reversal`, asWallet)).toMatchObject({ status: 400 });
    expect(await shop.state(charge)).toBe("paid");
  });
});

test.each(names)(
  "a till's booking of a payment over %s is held against the platform's, account by account",
  async (name) => {
    const till = await openTill(shop.platform);
    const paid = async (wallet: string, kept: number) => {
      const { charge, code } = shop.make(name, 1000);
      const own = { ...charge, ledger: till.ledger };
      const { body } = await till.post("/v1/charges", { ...own, token: code });
      const { paymentId, saleId, amountMinor, currency } = own;
      const postings = [
        { account: wallet, amountMinor: amountMinor - kept, currency },
        { account: "fee:wallet", amountMinor: kept, currency },
        { account: "suspense", amountMinor: -amountMinor, currency },
      ];
      const { transactionId, paidAt } = body;
      const booked = {
        paymentId,
        saleId,
        amountMinor,
        currency,
        transactionId,
        paidAt,
        commissionMinor: kept,
        postings,
      };
      await till.push(till.next("payment.paid", booked));
    };
    await paid(`wallet:${name}`, 6);
    await paid("wallet:online", 6);
    await paid(`wallet:${name}`, 0);
    expect(await codesOf(shop.platform, till)).toEqual([
      [3, "commission.differs"],
      [4, "commission.differs"],
    ]);
  },
);

test("WeChat Pay is told of a reversal no earlier than after fifteen seconds; until then it is stored", async () => {
  const { charge } = await shop.pay("wechat-pay", "at-once");
  const calls = shop.emulator("wechat-pay").calls("reverse");
  expect((await shop.reverse(charge)).body).toMatchObject({ state: "reversing" });
  shop.wait(14);
  await shop.platform.workOffRails();
  expect(await shop.state(charge)).toBe("reversing");
  expect(shop.emulator("wechat-pay").calls("reverse")).toBe(calls);
  shop.wait(1);
  await shop.platform.workOffRails();
  expect(await row(charge.paymentId)).toMatchObject({ state: "reversed", taken_before: true });
});

test("Alipay is not told to cancel an order that may still be on its way there; what is paid goes back at once", async () => {
  const { charge } = await shop.pay("alipay", "timeout-not-charged");
  const calls = shop.emulator("alipay").calls("reverse");
  expect((await shop.reverse(charge)).body).toMatchObject({ state: "reversing" });
  expect(shop.emulator("alipay").calls("reverse")).toBe(calls);
  shop.wait(10);
  await shop.platform.workOffRails();
  expect(await row(charge.paymentId)).toMatchObject({ state: "reversed", taken_before: false });
  const paid = await shop.pay("alipay", "at-once");
  expect((await shop.reverse(paid.charge)).body).toMatchObject({ state: "reversed", takenBefore: true });
});

test("what a refund has given back cannot be undone as well", async () => {
  const { charge } = await shop.pay("alipay", "at-once", 500);
  await shop.platform.database.query(
    `insert into refunds (id, refund_id, payment_id, till_id, ledger, seq, rail, amount_minor, currency, state, made_at)
     values ($1, $2, $3, $4, $5, 2, 'alipay', 100, 'CNY', 'done', now())`,
    [randomUUID(), randomUUID(), charge.paymentId, shop.till.id, shop.till.ledger],
  );
  shop.wait(20);
  expect(await shop.reverse(charge)).toMatchObject({ status: 400, body: { code: "request.invalid" } });
  expect(await shop.state(charge)).toBe("paid");
});

test("a shopper who refuses in WeChat is not waited for: the order is closed as soon as that is allowed", async () => {
  const { charge } = await shop.pay("wechat-pay", "password");
  shop.emulator("wechat-pay").answer(numberOf(charge), false);
  shop.wait(5);
  expect(await shop.state(charge)).toBe("waiting");
  shop.wait(10);
  expect((await shop.get(charge)).body).toMatchObject({ state: "declined", code: "rail.not-confirmed" });
});

test("after the time for cancelling, what was paid over Alipay is refunded whole instead", async () => {
  const before = await railBalance("alipay");
  const wallet = shop.emulator("alipay").balanceOf("rich");
  const { charge } = await shop.pay("alipay", "at-once");
  shop.wait(2 * 24 * 3600);
  expect((await shop.reverse(charge)).body).toMatchObject({ state: "reversed", takenBefore: true });
  expect(shop.emulator("alipay").order(numberOf(charge))?.refunds).toHaveLength(1);
  expect(await railBalance("alipay")).toBe(before);
  expect(shop.emulator("alipay").balanceOf("rich")).toBe(wallet);
});

test("a code that is not the rail's, another currency and a rail that is off are declined without asking anybody", async () => {
  const calls = shop.emulator("alipay").calls("pay");
  const wrong = { ...makeCharge(shop.till, 100), rail: "alipay" as const };
  expect((await shop.send(wrong, "130000000000000009")).body).toMatchObject({ code: "rail.code-invalid" });
  const euros = { ...makeCharge(shop.till, 100), rail: "alipay" as const, currency: "EUR" };
  expect((await shop.send(euros, "280000000000000009")).body).toMatchObject({ code: "currency.mismatch" });
  expect(shop.emulator("alipay").calls("pay")).toBe(calls);
});
