import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestPlatform, type TestPlatform } from "./support/test-platform.ts";
import { makeCharge, makeShopper, type TestCharge, type TestShopper } from "./support/test-shopper.ts";
import { enrolTill, type Answer, type TestTill } from "./support/test-till.ts";

let platform: TestPlatform;
let till: TestTill;
let shopper: TestShopper;
beforeAll(async () => {
  platform = await startTestPlatform();
  till = await enrolTill(platform);
  shopper = await makeShopper(platform, "s-01");
});
afterAll(async () => {
  await platform.stop();
});

function send(charge: TestCharge, token: string, by = till): Promise<Answer> {
  return by.post("/v1/charges", { ...charge, token });
}

function reverse(charge: TestCharge, by = till): Promise<Answer> {
  return by.post(`/v1/charges/${charge.paymentId}/reversal`, charge);
}

/** Both sides of every booking, which must cancel out whatever happened. */
async function sumOfAllAccounts(): Promise<number> {
  const result = await platform.database.query<{ sum: number }>(
    "select sum(balance_minor)::bigint as sum from accounts where id not like 'wallet:%' or id = any($1)",
    [[`wallet:${shopper.walletId}`]],
  );
  return result.rows[0]?.sum ?? Number.NaN;
}

test("a charge takes the money once, the store gets it less the commission, and both are on the books", async () => {
  const before = await shopper.balanceMinor();
  const books = await sumOfAllAccounts();
  const charge = makeCharge(till, 1000);
  const answer = await send(charge, await shopper.token());
  expect(answer).toMatchObject({
    status: 200,
    body: { state: "paid", amountMinor: 1000, number: charge.number, paidAt: "2026-11-20T06:00:00.000Z" },
  });
  expect(await shopper.balanceMinor()).toBe(before - 1000);
  expect(await sumOfAllAccounts()).toBe(books);
  const legs = await platform.database.query(
    "select split_part(account_id, ':', 1) as kind, amount_minor from transfer_legs where transfer_id = $1 order by 1",
    [answer.body["transactionId"]],
  );
  expect(legs.rows).toEqual([
    { kind: "commission", amount_minor: 6 },
    { kind: "merchant", amount_minor: 994 },
    { kind: "wallet", amount_minor: -1000 },
  ]);
});

test("the same charge again gives the stored answer, even after its token has expired: answers get lost", async () => {
  const charge = makeCharge(till, 100);
  const token = await shopper.token();
  const first = await send(charge, token);
  const balance = await shopper.balanceMinor();
  platform.clock.nowMs += 3_600_000;
  expect((await send(charge, token)).body).toEqual(first.body);
  expect((await till.get(`/v1/charges/${charge.paymentId}`)).body).toEqual(first.body);
  expect(await shopper.balanceMinor()).toBe(balance);
});

test("the same id with any other content is refused and moves nothing", async () => {
  const charge = makeCharge(till, 100);
  const token = await shopper.token();
  await send(charge, token);
  const balance = await shopper.balanceMinor();
  const others = [{ amountMinor: 101 }, { saleId: randomUUID() }, { currency: "EUR" }, { number: "00000000" }];
  for (const other of others) {
    expect(await send({ ...charge, ...other }, token)).toMatchObject({ body: { code: "request.invalid" } });
    expect(await reverse({ ...charge, ...other })).toMatchObject({ body: { code: "request.invalid" } });
  }
  expect(await send(charge, await shopper.token())).toMatchObject({ body: { code: "request.invalid" } });
  expect(await shopper.balanceMinor()).toBe(balance);
});

test("twenty charges of one token at once: exactly one is paid, or a shopper pays for a stranger's basket", async () => {
  const token = await shopper.token();
  const before = await shopper.balanceMinor();
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(makeCharge(till, 50), token)));
  const outcomes = answers.map(({ body }) => body["code"] ?? body["state"]);
  expect(outcomes.filter((outcome) => outcome === "paid")).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === "token.used")).toHaveLength(19);
  expect(await shopper.balanceMinor()).toBe(before - 50);
});

test("twenty copies of one charge at once: one payment, and every caller hears the same answer", async () => {
  const charge = makeCharge(till, 50);
  const token = await shopper.token();
  const before = await shopper.balanceMinor();
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(charge, token)));
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(await shopper.balanceMinor()).toBe(before - 50);
});

test("spending from many tills at once never takes a wallet below zero", async () => {
  const poor = await makeShopper(platform, "s-05");
  const tills = await Promise.all([enrolTill(platform), enrolTill(platform), enrolTill(platform)]);
  const amounts = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 2, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(amounts, fc.nat(1000), async (amountsMinor, balanceMinor) => {
      await poor.setBalance(balanceMinor);
      const answers = await Promise.all(
        amountsMinor.map(async (amountMinor, index) => {
          const by = tills[index % tills.length] ?? till;
          return send(makeCharge(by, amountMinor), await poor.token(), by);
        }),
      );
      const takenMinor = answers
        .filter(({ body }) => body["state"] === "paid")
        .reduce((sum, { body }) => sum + Number(body["amountMinor"]), 0);
      expect(takenMinor).toBeLessThanOrEqual(balanceMinor);
      expect(await poor.balanceMinor()).toBe(balanceMinor - takenMinor);
      const declined = answers.filter(({ body }) => body["state"] === "declined");
      // Whoever was declined could not have been paid out of what was left at the end.
      for (const { body } of declined) {
        expect(body["code"]).toBe("wallet.insufficient");
        expect(Number(body["amountMinor"])).toBeGreaterThan(balanceMinor - takenMinor);
      }
    }),
    { numRuns: 12 },
  );
});

test("a declined payment stays declined when there is money again, and so does its token", async () => {
  const poor = await makeShopper(platform, "s-06");
  await poor.setBalance(10);
  const charge = makeCharge(till, 500);
  const token = await poor.token();
  expect((await send(charge, token)).body).toMatchObject({ state: "declined", code: "wallet.insufficient" });
  await poor.setBalance(10_000);
  expect((await send(charge, token)).body).toMatchObject({ state: "declined", code: "wallet.insufficient" });
  expect((await send(makeCharge(till, 500), token)).body).toMatchObject({ state: "declined", code: "token.used" });
  expect((await send(makeCharge(till, 500), await poor.token())).body).toMatchObject({ state: "paid" });
});

test("what a token may not pay is declined for its own reason, so that the cashier can say the right thing", async () => {
  const capped = await shopper.token({ cap: { amountMinor: 99, currency: "CNY" } });
  expect((await send(makeCharge(till, 100), capped)).body).toMatchObject({ code: "token.above-limit" });
  const euros = await shopper.token({ cap: { amountMinor: 99, currency: "EUR" } });
  expect((await send(makeCharge(till, 50), euros)).body).toMatchObject({ code: "currency.mismatch" });
  const inEuros = { ...makeCharge(till, 100), currency: "EUR" };
  expect((await send(inEuros, await shopper.token())).body).toMatchObject({ code: "currency.mismatch" });
  expect((await send(makeCharge(till, 100), "WIFI:S:shop;;")).body).toMatchObject({ code: "token.invalid" });
  const early = await shopper.token();
  platform.clock.nowMs -= 3_600_000;
  expect((await send(makeCharge(till, 100), early)).body).toMatchObject({ code: "token.not-yet-valid" });
  const old = await shopper.token();
  platform.clock.nowMs += 3_600_000;
  expect((await send(makeCharge(till, 100), old)).body).toMatchObject({ code: "token.expired" });
  await platform.database.query("update wallets set blocked = true where id = $1", [shopper.walletId]);
  expect((await send(makeCharge(till, 100), await shopper.token())).body).toMatchObject({ code: "wallet.blocked" });
  await platform.database.query("update wallets set blocked = false where id = $1", [shopper.walletId]);
});

test("a reversal gives the money back once, however often it is asked for", async () => {
  const before = await shopper.balanceMinor();
  const charge = makeCharge(till, 700);
  await send(charge, await shopper.token());
  const answers = await Promise.all(Array.from({ length: 10 }, () => reverse(charge)));
  for (const { body } of answers) expect(body).toMatchObject({ state: "reversed", takenBefore: true });
  expect(await shopper.balanceMinor()).toBe(before);
  expect((await till.get(`/v1/charges/${charge.paymentId}`)).body).toMatchObject({ state: "reversed" });
});

test("a reversal that overtakes its charge holds: the charge is declined when it comes", async () => {
  const before = await shopper.balanceMinor();
  const charge = makeCharge(till, 700);
  expect((await reverse(charge)).body).toMatchObject({ state: "reversed", takenBefore: false });
  const token = await shopper.token();
  expect((await send(charge, token)).body).toMatchObject({ state: "declined", code: "payment.reversed" });
  expect((await send(charge, token)).body).toMatchObject({ state: "declined", code: "payment.reversed" });
  expect((await reverse(charge)).body).toMatchObject({ state: "reversed", takenBefore: false });
  expect(await shopper.balanceMinor()).toBe(before);
});

test("a charge and its reversal at the same moment: whoever wins, no money is gone", async () => {
  const before = await shopper.balanceMinor();
  for (let round = 0; round < 15; round += 1) {
    const charge = makeCharge(till, 300);
    const token = await shopper.token();
    const both = [() => send(charge, token), () => reverse(charge)];
    const [first, second] = round % 2 === 0 ? both : both.toReversed();
    await Promise.all([first?.(), second?.()]);
    expect((await till.get(`/v1/charges/${charge.paymentId}`)).body).toMatchObject({ state: "reversed" });
  }
  expect(await shopper.balanceMinor()).toBe(before);
});

test("a reversal of a declined charge says that nothing was taken, and the charge stays declined", async () => {
  const charge = makeCharge(till, 10_000_000);
  await send(charge, await shopper.token());
  expect((await reverse(charge)).body).toMatchObject({ state: "reversed", takenBefore: false });
  expect((await till.get(`/v1/charges/${charge.paymentId}`)).body).toMatchObject({
    state: "declined",
    code: "wallet.insufficient",
  });
});

test("a till sees and undoes its own charges only", async () => {
  const other = await enrolTill(platform);
  const charge = makeCharge(till, 100);
  await send(charge, await shopper.token());
  const path = `/v1/charges/${charge.paymentId}`;
  expect(await other.get(path)).toMatchObject({ status: 404, body: { code: "not-found" } });
  expect(await till.get(`/v1/charges/${randomUUID()}`)).toMatchObject({ status: 404, body: { code: "not-found" } });
  const attempts = [
    await reverse(charge, other),
    await reverse({ ...charge, ledger: other.ledger }, other),
    await send({ ...charge, ledger: other.ledger }, await shopper.token(), other),
    await other.post(`/v1/charges/${randomUUID()}/reversal`, charge),
  ];
  for (const { status } of attempts) expect(status).toBeGreaterThanOrEqual(400);
  expect((await till.get(path)).body).toMatchObject({ state: "paid" });
});

test("the books are in balance after all of the above: every transfer sums to zero and every account to its legs", async () => {
  const transfers = await platform.database.query(
    "select transfer_id from transfer_legs group by transfer_id, currency having sum(amount_minor) <> 0",
  );
  expect(transfers.rows).toEqual([]);
  const accounts = await platform.database.query<{ id: string }>(
    `select a.id from accounts a where a.kind <> 'wallet' and a.balance_minor <>
       (select coalesce(sum(l.amount_minor), 0) from transfer_legs l where l.account_id = a.id)`,
  );
  expect(accounts.rows).toEqual([]);
});
