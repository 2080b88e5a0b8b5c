import { afterAll, beforeAll, expect, test } from "vitest";
import {
  needsYouResponseSchema,
  operatorPaths,
  overviewResponseSchema,
  paymentsResponseSchema,
  type OverviewResponse,
} from "../../sync/protocol/operator-api.ts";
import { makePhone, type Asker } from "./support/test-phone.ts";
import type { TestPlatform } from "./support/test-platform.ts";
import { makeRefund, makeSale } from "./support/test-sale.ts";
import { chargeFor, sellByWallet, settleDown, startTestShop } from "./support/test-shop.ts";
import { makeCharge, makeShopper, type TestShopper } from "./support/test-shopper.ts";
import { ask, type TestTill } from "./support/test-till.ts";

let platform: TestPlatform;
let till: TestTill;
let shopper: TestShopper;
let operator: Asker;
beforeAll(async () => {
  ({ platform, till, shopper, operator } = await startTestShop("s-01"));
});
afterAll(async () => {
  await platform.stop();
});

async function overview(): Promise<OverviewResponse> {
  await settleDown(platform);
  return overviewResponseSchema.parse((await operator.get(operatorPaths.overview)).body);
}

test("the console's paths are for the operator alone", async () => {
  const paths = [operatorPaths.overview, operatorPaths.payments, operatorPaths.needsYou, operatorPaths.threads];
  for (const path of paths) {
    expect(await ask(platform.url + path), path).toMatchObject({ status: 401, body: { code: "auth.missing" } });
    const phone = await makePhone(platform, "s-01");
    expect(await phone.get(path), path).toMatchObject({ status: 401, body: { code: "auth.invalid" } });
  }
});

test("the overview shows shops, tills and accounts, and of shoppers' chats no word", async () => {
  const { sale } = await sellByWallet(platform, till, shopper, 1);
  await till.push(
    till.next("sale.settled", makeSale(2), { businessDay: "2026-11-21" }),
    till.next("refund.settled", makeRefund(sale, 3), { businessDay: "2026-11-21" }),
  );
  const phone = await makePhone(platform, "s-01");
  const { threads } = (await phone.get("/v1/wallet/threads")).body as { threads: { threadId: string }[] };
  const secret = { messageId: "0190a0b0-0000-7000-8000-000000000001", text: "My address is 5 Plum Street" };
  await phone.post(`/v1/wallet/threads/${threads[0]?.threadId}/messages`, secret);
  const seen = await overview();
  expect(seen.stores).toMatchObject([
    {
      storeId: "lantern-lane",
      name: { en: "Lantern Lane Grocery" },
      tills: 1,
      shopperChat: { threads: 1, messages: 3, unread: 1 },
      terms: { ratePartsPerMillion: 6000, fixedMinor: 0 },
    },
  ]);
  expect(seen.tills).toMatchObject([
    {
      tillNumber: till.number,
      head: till.head(),
      sales: 2,
      refunds: 1,
      totalMinor: 1300,
      walletMinor: 1300,
      cashMinor: 0,
      day: { businessDay: "2026-11-21", sales: 1, refunds: 1, totalMinor: 0 },
      needsYou: 0,
      held: 0,
      revoked: false,
      forked: false,
      headAt: seen.time,
      lastSeenAt: seen.time,
    },
  ]);
  expect(seen.accounts).toMatchObject({
    merchants: [{ storeId: "lantern-lane", currency: "CNY", balanceMinor: 1293 }],
    commission: [{ currency: "CNY", balanceMinor: 7 }],
    wallets: [{ currency: "CNY", count: 6 }],
  });
  expect(JSON.stringify(seen)).not.toContain("Plum Street");
});

test("a till was last seen when it last asked, to ten seconds, and not one write for each request", async () => {
  const seenAt = async (): Promise<number> => {
    const own = (await overview()).tills.find(({ tillId }) => tillId === till.id);
    return new Date(own?.lastSeenAt ?? "").getTime();
  };
  const first = await seenAt();
  platform.clock.nowMs = first + 9_999;
  await till.get("/v1/answers?after=0");
  expect(await seenAt()).toBe(first);
  platform.clock.nowMs = first + 10_000;
  await till.get("/v1/answers?after=0");
  expect(await seenAt()).toBe(first + 10_000);
});

test("payments are listed the newest first and in pages, with what became of each and the receipt once it has arrived", async () => {
  const poor = await makeShopper(platform, "s-06");
  const undone = makeCharge(till, 500);
  await chargeFor(till, undone, shopper);
  await till.post(`/v1/charges/${undone.paymentId}/reversal`, undone);
  await chargeFor(till, makeCharge(till, 9_000), poor);
  const { payments, more } = paymentsResponseSchema.parse((await operator.get(operatorPaths.payments)).body);
  expect(more).toBe(false);
  expect(payments).toMatchObject([
    { state: "declined", code: "wallet.insufficient", amountMinor: 9_000 },
    { state: "reversed", number: undone.number, commissionMinor: 3 },
    { state: "paid", amountMinor: 1300, commissionMinor: 7, receiptCode: `${till.number}-1`, storeId: "lantern-lane" },
  ]);
  expect(payments[0]).not.toHaveProperty("commissionMinor");
  const newest = paymentsResponseSchema.parse((await operator.get(`${operatorPaths.payments}?limit=1`)).body);
  expect(newest).toEqual({ payments: payments.slice(0, 1), more: true });
  const older = `${operatorPaths.payments}?before=${payments[0]?.position}`;
  expect(paymentsResponseSchema.parse((await operator.get(older)).body).payments).toEqual(payments.slice(1));
});

test("what needs somebody is listed with its receipt, and is gone from the list once it is settled", async () => {
  const charge = makeCharge(till, 1300);
  const sale = { ...makeSale(7), saleId: charge.saleId };
  const unpaid = {
    ...sale,
    tenders: [{ kind: "wallet", amountMinor: 1300, paymentId: charge.paymentId, number: charge.number }],
    postings: sale.postings.map((each) => (each.account === "cash:1" ? { ...each, account: "suspense" } : each)),
  };
  await till.push(till.next("sale.settled", unpaid), till.next("loyalty.awarded", { points: 1 }));
  await settleDown(platform);
  const { count, entries } = needsYouResponseSchema.parse((await operator.get(operatorPaths.needsYou)).body);
  expect(count).toBe(2);
  expect(entries).toMatchObject([
    { code: "entry.unknown-type", ledger: till.ledger, seq: till.head().seq, tillNumber: till.number },
    {
      code: "payment.unmatched",
      seq: till.head().seq - 1,
      storeId: "lantern-lane",
      sale: { kind: "sale", receiptCode: "1-7", totalMinor: 1300, currency: "CNY" },
    },
  ]);
  await chargeFor(till, charge, shopper);
  await settleDown(platform);
  const after = needsYouResponseSchema.parse((await operator.get(operatorPaths.needsYou)).body);
  expect(after.entries.map(({ code }) => code)).toEqual(["entry.unknown-type"]);
  expect((await overview()).tills[0]).toMatchObject({ needsYou: 1 });
});
