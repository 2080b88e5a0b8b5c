import { afterAll, beforeAll, expect, test } from "vitest";
import type { Posting } from "../../sync/protocol/entry.ts";
import { commissionOf } from "../../platform/wallets/merchant-terms.ts";
import type { Asker } from "./support/test-phone.ts";
import type { TestPlatform } from "./support/test-platform.ts";
import { chargeFor, codesOf, openTill, startTestShop } from "./support/test-shop.ts";
import { makeCharge, type TestCharge, type TestShopper } from "./support/test-shopper.ts";
import type { TestTill } from "./support/test-till.ts";

let platform: TestPlatform;
let till: TestTill;
let shopper: TestShopper;
let operator: Asker;
beforeAll(async () => {
  ({ platform, till, shopper, operator } = await startTestShop("s-03"));
});
afterAll(async () => {
  await platform.stop();
});

async function balanceOf(account: string): Promise<number> {
  const { rows } = await platform.database.query<{ balance: number }>(
    "select coalesce(sum(balance_minor), 0)::bigint as balance from accounts where id = $1",
    [account],
  );
  return rows[0]?.balance ?? Number.NaN;
}

test("commission is a share and a fixed part, leaves fractions to the shop, and is never more than the amount", () => {
  const since = new Date(0);
  expect(commissionOf(1000, { ratePartsPerMillion: 6_000, fixedMinor: 0, since })).toBe(6);
  expect(commissionOf(1166, { ratePartsPerMillion: 6_000, fixedMinor: 0, since })).toBe(6);
  expect(commissionOf(1000, { ratePartsPerMillion: 6_000, fixedMinor: 10, since })).toBe(16);
  expect(commissionOf(5, { ratePartsPerMillion: 6_000, fixedMinor: 10, since })).toBe(5);
  expect(commissionOf(2 ** 53 - 1, { ratePartsPerMillion: 1_000_000, fixedMinor: 0, since })).toBe(2 ** 53 - 1);
});

test("a charge says what was kept of it, and says the same after the shop has other terms: the till has booked it", async () => {
  const charge = makeCharge(till, 1000);
  const token = await shopper.token();
  const first = await till.post("/v1/charges", { ...charge, token });
  expect(first.body).toMatchObject({ state: "paid", commissionMinor: 6 });
  platform.clock.nowMs += 1000;
  const terms = { ratePartsPerMillion: 10_000, fixedMinor: 20 };
  expect((await operator.post("/v1/operator/stores/lantern-lane/terms", terms)).body).toMatchObject(terms);
  expect((await till.post("/v1/charges", { ...charge, token })).body).toEqual(first.body);
  expect((await till.get(`/v1/charges/${charge.paymentId}`)).body).toEqual(first.body);
  expect((await chargeFor(till, makeCharge(till, 1000), shopper)).body).toMatchObject({ commissionMinor: 30 });
  const unknown = await operator.post("/v1/operator/stores/nowhere/terms", terms);
  expect(unknown).toMatchObject({ status: 404, body: { code: "not-found" } });
});

test("terms of a day to come do not count before it", async () => {
  const since = new Date(platform.clock.nowMs + 3_600_000).toISOString();
  await operator.post("/v1/operator/stores/lantern-lane/terms", { ratePartsPerMillion: 0, since });
  expect((await chargeFor(till, makeCharge(till, 1000), shopper)).body).toMatchObject({ commissionMinor: 30 });
  platform.clock.nowMs += 3_600_000;
  expect((await chargeFor(till, makeCharge(till, 1000), shopper)).body).toMatchObject({ commissionMinor: 0 });
  await operator.post("/v1/operator/stores/lantern-lane/terms", { ratePartsPerMillion: 6_000 });
});

test("a reversal gives the commission back too, or the shop would pay for what was never sold", async () => {
  const accounts = ["merchant:lantern-lane:CNY", "commission:CNY", `wallet:${shopper.walletId}`];
  const before = await Promise.all(accounts.map(balanceOf));
  const charge = makeCharge(till, 1000);
  await chargeFor(till, charge, shopper);
  await till.post(`/v1/charges/${charge.paymentId}/reversal`, charge);
  expect(await Promise.all(accounts.map(balanceOf))).toEqual(before);
});

function postings(wallet: number, fee: number): Posting[] {
  return [
    { account: "wallet:online", amountMinor: wallet, currency: "CNY" },
    { account: "fee:wallet", amountMinor: fee, currency: "CNY" },
    { account: "suspense", amountMinor: -(wallet + fee), currency: "CNY" },
  ];
}

function paidBody({ paymentId, saleId, amountMinor, currency }: TestCharge, kept: number): Record<string, unknown> {
  const paidAt = "2026-11-20T14:00:00.000+08:00";
  const booked = postings(amountMinor - kept, kept);
  return {
    paymentId,
    saleId,
    amountMinor,
    currency,
    transactionId: "t",
    paidAt,
    commissionMinor: kept,
    postings: booked,
  };
}

test("the till's booking of a payment is held against what was kept, so that both books agree to the fen", async () => {
  const own = await openTill(platform);
  const good = makeCharge(own, 1000);
  const bad = makeCharge(own, 2000);
  const never = makeCharge(own, 3000);
  await chargeFor(own, good, shopper);
  await chargeFor(own, bad, shopper);
  const { paymentId, saleId, amountMinor, currency } = good;
  const reversed = { paymentId, saleId, amountMinor, currency };
  await own.push(
    own.next("payment.paid", paidBody(good, 6)),
    own.next("payment.paid", paidBody(bad, 0)),
    own.next("payment.paid", { ...paidBody(bad, 12), postings: postings(2000, 0) }),
    own.next("payment.paid", paidBody(never, 18)),
    own.next("payment.reversed", { ...reversed, postings: postings(-994, -6) }),
    own.next("payment.reversed", { ...reversed, postings: postings(-1000, 0) }),
    own.next("payment.reversed", { ...reversed, paymentId: never.paymentId, postings: [] }),
  );
  expect(await codesOf(platform, own)).toEqual([
    [3, "commission.differs"],
    [4, "commission.differs"],
    [5, "payment.unmatched"],
    [7, "commission.differs"],
  ]);
});

test("a payment that was given back since was booked rightly all the same", async () => {
  const own = await openTill(platform);
  const charge = makeCharge(own, 1000);
  await chargeFor(own, charge, shopper);
  await own.post(`/v1/charges/${charge.paymentId}/reversal`, charge);
  await own.push(own.next("payment.paid", paidBody(charge, 6)));
  expect(await codesOf(platform, own)).toEqual([]);
});
