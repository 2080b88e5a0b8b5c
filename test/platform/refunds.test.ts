import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refundSale, type Wanted } from "../../main/sale/refund.ts";
import { startRailRefunds, type RailRefund, type RefundOverRail } from "../../platform/refunds/rail-refunds.ts";
import type { EntryBody, Rail } from "../../sync/protocol/entry-types.ts";
import { messagesResponseSchema, shopThreadsResponseSchema, type ChatReceipt } from "../../sync/protocol/chat.ts";
import { historyResponseSchema } from "../../sync/protocol/wallet-api.ts";
import { makePhone, type Asker } from "./support/test-phone.ts";
import type { TestPlatform } from "./support/test-platform.ts";
import { paidByWallet, type TestSale } from "./support/test-sale.ts";
import { codesOf, openTill, sellByWallet, settleDown, startTestShop, walletSale } from "./support/test-shop.ts";
import type { TestShopper } from "./support/test-shopper.ts";
import { enrolTill, type TestTill } from "./support/test-till.ts";

type Refund = EntryBody<"refund.settled">;

let platform: TestPlatform;
let shopper: TestShopper;
let phone: Asker;
let operator: Asker;
beforeAll(async () => {
  ({ platform, shopper, operator } = await startTestShop("s-03"));
  phone = await makePhone(platform, "s-03");
});
afterAll(async () => {
  await platform.stop();
});

/** A refund as a till makes it. */
function refundOf(sale: TestSale, receiptNumber: number, wanted: Wanted, before: readonly Refund[] = []): Refund {
  const shared = { reason: "unwanted" as const, drawer: "1", tillNumber: 1, cashRoundingMinor: 1 };
  return refundSale(sale, { refundId: randomUUID(), receiptNumber, ...shared, wanted, before });
}

const pieces = (sale: TestSale, units: number): Wanted => ({
  kind: "lines",
  lines: [{ lineId: sale.lines[0]?.lineId ?? "", units }],
});

async function cardsOf(till: TestTill, sale: TestSale): Promise<ChatReceipt[]> {
  const { threads } = shopThreadsResponseSchema.parse((await till.get("/v1/chat/threads")).body);
  const { threadId = "" } = threads.find((thread) => thread.with === "shopper") ?? {};
  const { body } = await till.get(`/v1/chat/threads/${threadId}/messages?limit=200`);
  const { messages } = messagesResponseSchema.parse(body);
  const receipts = messages.flatMap((each) => (each.kind === "receipt" ? [each.receipt] : []));
  return receipts.filter((receipt) => receipt.saleId === sale.saleId && receipt.kind === "refund");
}

test("what a till gave back to the wallet is there once, whatever is read again, and the shopper is told of each part", async () => {
  const till = await openTill(platform);
  const { sale, charge } = await sellByWallet(platform, till, shopper, 1);
  const paid = await shopper.balanceMinor();
  const one = refundOf(sale, 2, pieces(sale, 1));
  const money = refundOf(sale, 3, { kind: "amount", amountMinor: 123 }, [one]);
  const rest = refundOf(sale, 4, { kind: "all" }, [one, money]);
  await till.push(...[one, money].map((body) => till.next("refund.settled", body)));
  const settled = (seq: number) => [seq, "refund.settled"];
  expect(await codesOf(platform, till)).toEqual([[2, "sale.settled"], settled(3), settled(4)]);
  expect(await shopper.balanceMinor()).toBe(paid + 450 + 123);
  await till.push(till.next("refund.settled", rest));
  expect(await codesOf(platform, till)).toEqual([[2, "sale.settled"], settled(3), settled(4), settled(5)]);
  expect(await shopper.balanceMinor()).toBe(paid + 1300);
  await till.post(`/v1/ledgers/${till.ledger}/entries/3/judgement`, undefined);
  expect((await operator.post("/v1/operator/rebuild", {})).body).toEqual({ rebuilt: true });
  await settleDown(platform);
  expect(await shopper.balanceMinor()).toBe(paid + 1300);
  expect(await cardsOf(till, sale)).toMatchObject([
    {
      lines: [{ quantity: 1 }],
      totalMinor: 450,
      tenders: [{ kind: "wallet", amountMinor: 450, number: charge.number }],
    },
    { lines: [], totalMinor: 123, tenders: [{ kind: "wallet", amountMinor: 123 }] },
    { totalMinor: 1300 - 450 - 123 },
  ]);
  const { moves } = historyResponseSchema.parse((await phone.get("/v1/wallet/history?limit=3")).body);
  expect(
    moves.map(({ kind, amountMinor, number, receiptCode }) => ({ kind, amountMinor, number, receiptCode })),
  ).toEqual(
    [rest, money, one].map(({ totalMinor, receiptCode }) => {
      return { kind: "refund", amountMinor: totalMinor, number: charge.number, receiptCode };
    }),
  );
  const merchant = await platform.database.query<{ sum: number }>(
    "select sum(amount_minor)::bigint as sum from transfer_legs l join transfers f on f.id = l.transfer_id where f.kind = 'refund'",
  );
  expect(merchant.rows[0]?.sum).toBe(0);
});

test("a refund that came before its sale and payment is paid out when they are there, once", async () => {
  const till = await openTill(platform);
  const { charge, sale } = walletSale(till, 1);
  const back = refundOf(sale, 2, pieces(sale, 2));
  await till.push(till.next("refund.settled", back));
  expect(await codesOf(platform, till)).toEqual([[2, "refund.sale-unknown"]]);
  await till.push(till.next("sale.settled", sale));
  expect((await codesOf(platform, till)).at(-1)).toEqual([2, "refund.payment-unknown"]);
  const before = await shopper.balanceMinor();
  await till.post("/v1/charges", { ...charge, token: await shopper.token() });
  expect((await codesOf(platform, till)).filter(([seq]) => seq === 2).at(-1)).toEqual([2, "refund.settled"]);
  expect(await shopper.balanceMinor()).toBe(before - 1300 + 900);
});

test("nothing moves for a refund that something is wrong with, and nobody is told that it did", async () => {
  const till = await openTill(platform);
  const { sale } = await sellByWallet(platform, till, shopper, 1);
  const balance = await shopper.balanceMinor();
  const good = refundOf(sale, 2, pieces(sale, 1));
  const payout = good.payouts?.[0];
  if (payout?.kind !== "wallet") throw new Error("Not the refund it was");
  const larger = refundOf(sale, 2, { kind: "all" });
  const wrong: Refund[] = [
    { ...good, refundId: randomUUID(), payouts: [{ ...payout, paymentId: randomUUID() }] },
    { ...good, refundId: randomUUID(), receiptCode: "1-3", payouts: [{ ...payout, amountMinor: 451 }] },
    {
      ...good,
      refundId: randomUUID(),
      receiptCode: "1-4",
      lines: good.lines.map((line) => ({ ...line, totalMinor: 449 })),
    },
  ];
  await till.push(...wrong.map((body) => till.next("refund.settled", body)));
  expect((await codesOf(platform, till)).slice(1)).toEqual([
    [3, "refund.differs"],
    [4, "tender.differs"],
    [5, "line.differs"],
  ]);
  await till.push(till.next("refund.settled", { ...larger, receiptCode: "1-5" }));
  expect((await codesOf(platform, till)).at(-1)).toEqual([6, "refund.twice"]);
  expect(await shopper.balanceMinor()).toBe(balance);
  expect(await cardsOf(till, sale)).toEqual([]);
});

test("a payment gives back at most what it took, also where two tills of the shop each think that it is theirs to give", async () => {
  const till = await openTill(platform);
  const { sale, charge } = await sellByWallet(platform, till, shopper, 1);
  const balance = await shopper.balanceMinor();
  await till.push(till.next("refund.settled", refundOf(sale, 2, pieces(sale, 2))));
  await settleDown(platform);
  // Past the books: another refund of the payment that no sale's arithmetic could catch.
  await platform.database.query("update refunds set amount_minor = 1000 where payment_id = $1", [charge.paymentId]);
  const rest = refundOf(sale, 3, { kind: "amount", amountMinor: 301 }, [refundOf(sale, 2, pieces(sale, 2))]);
  await till.push(till.next("refund.settled", rest));
  expect((await codesOf(platform, till)).at(-1)).toEqual([4, "refund.above-charge"]);
  expect(await shopper.balanceMinor()).toBe(balance + 900);
  const reversal = await till.post(`/v1/charges/${charge.paymentId}/reversal`, charge);
  expect(reversal).toMatchObject({ status: 400, body: { code: "request.invalid" } });
});

test("a till of another shop gives back nothing of this shop's payments", async () => {
  const till = await openTill(platform);
  const { sale } = await sellByWallet(platform, till, shopper, 1);
  await platform.database.query("insert into stores (id) values ('elsewhere') on conflict do nothing");
  const other = await enrolTill(platform, "elsewhere");
  await other.push(other.open());
  const balance = await shopper.balanceMinor();
  await other.push(other.next("refund.settled", refundOf(sale, 1, { kind: "all" })));
  expect((await codesOf(platform, other)).at(-1)).toEqual([2, "refund.sale-unknown"]);
  expect(await shopper.balanceMinor()).toBe(balance);
});

/** A sale that another company's wallet paid, as the platform holds it, and a refund of a part of it. */
async function railSale(till: TestTill, rail: Rail): Promise<{ sale: TestSale; back: Refund; paymentId: string }> {
  const { charge, sale: plain } = walletSale(till, 1);
  const { paymentId, number } = charge;
  const paid = paidByWallet(plain, paymentId, number);
  const sale = { ...paid, tenders: paid.tenders.map((tender) => ({ ...tender, rail })) } as TestSale;
  await platform.database.query(
    `insert into charges (payment_id, till_id, sale_id, ledger, amount_minor, currency, number, rail, state, taken_before, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'paid', true, now())`,
    [paymentId, till.id, sale.saleId, till.ledger, charge.amountMinor, charge.currency, number, rail],
  );
  return { sale, back: refundOf(sale, 2, pieces(sale, 1)), paymentId };
}

/** A worker whose clock is past every pause, over a rail that answers so. */
async function carry(
  answers: ("done" | "pending" | "refused" | Error)[],
  seq: { ledger: string },
): Promise<RailRefund[]> {
  const asked: RailRefund[] = [];
  const refundOverRail: RefundOverRail = (refund) => {
    asked.push(refund);
    const answer = answers.shift() ?? "pending";
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const finals: { ledger: string; seq: number }[] = [];
  let nowMs = platform.clock.nowMs;
  const worker = startRailRefunds({
    database: platform.database,
    refundOverRail,
    onFinal: (entry) => finals.push(entry),
    nowMs: () => (nowMs += 3_600_000),
    log: pino({ level: "silent" }),
  });
  await expect.poll(() => answers.length).toBe(0);
  await worker.close();
  for (const { ledger, seq: at } of finals) {
    expect(ledger).toBe(seq.ledger);
    await operatorJudges(at);
  }
  return asked;
}

let judging: TestTill | undefined;
async function operatorJudges(seq: number): Promise<void> {
  await judging?.post(`/v1/ledgers/${judging.ledger}/entries/${seq}/judgement`, undefined);
}

test("what another company's wallet paid goes back over its rail, under one id however often it is asked, and is then said", async () => {
  const till = await openTill(platform);
  judging = till;
  const { sale, back, paymentId } = await railSale(till, "alipay");
  await till.push(till.next("sale.settled", sale), till.next("refund.settled", back));
  const [answered] = await codesOf(platform, till);
  expect(answered).toBeDefined();
  expect((await codesOf(platform, till)).filter(([seq]) => seq === 3)).toEqual([]);
  const asked = await carry([new Error("line broke"), "pending", "done"], till);
  expect(new Set(asked.map(({ refundId }) => refundId)).size).toBe(1);
  expect(asked[0]).toMatchObject({ paymentId, rail: "alipay", amountMinor: 450, currency: "CNY" });
  expect((await codesOf(platform, till)).at(-1)).toEqual([3, "refund.settled"]);
  const waiting = await platform.database.query("select 1 from refunds where state = 'pending'");
  expect(waiting.rowCount).toBe(0);
});

test("a rail that refuses is told to the manager", async () => {
  const till = await openTill(platform);
  judging = till;
  const { sale, back } = await railSale(till, "wechat-pay");
  await till.push(till.next("sale.settled", sale), till.next("refund.settled", back));
  await settleDown(platform);
  await carry(["refused"], till);
  expect((await codesOf(platform, till)).at(-1)).toEqual([3, "refund.rail-refused"]);
});
