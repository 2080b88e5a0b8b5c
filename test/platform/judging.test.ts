import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { judgementResponseSchema } from "../../sync/protocol/api.ts";
import { makeOperator, type Asker } from "./support/test-phone.ts";
import { startTestPlatform, type TestPlatform } from "./support/test-platform.ts";
import { makeRefund, makeSale } from "./support/test-sale.ts";
import { chargeFor, codesOf, openTill, sellByWallet, settleDown, walletSale } from "./support/test-shop.ts";
import { makeShopper, type TestShopper } from "./support/test-shopper.ts";
import type { Answer, TestTill } from "./support/test-till.ts";

let platform: TestPlatform;
let shopper: TestShopper;
let operator: Asker;
beforeAll(async () => {
  platform = await startTestPlatform();
  shopper = await makeShopper(platform, "s-01");
  operator = makeOperator(platform);
});
afterAll(async () => {
  await platform.stop();
});

function judge(till: TestTill, seq: number, ledger = till.ledger): Promise<Answer> {
  return till.post(`/v1/ledgers/${ledger}/entries/${seq}/judgement`, undefined);
}

test("a sale that came before its payment is settled by itself once the payment is paid: nobody has to press anything", async () => {
  const till = await openTill(platform);
  const { charge, sale } = walletSale(till, 1);
  await till.push(till.next("sale.settled", sale));
  expect(await codesOf(platform, till)).toEqual([[2, "payment.unmatched"]]);
  await chargeFor(till, charge, shopper);
  expect(await codesOf(platform, till)).toEqual([
    [2, "payment.unmatched"],
    [2, "sale.settled"],
  ]);
});

test("a payment for another amount does not settle a sale, and is not waited for again and again", async () => {
  const till = await openTill(platform);
  const { charge, sale } = walletSale(till, 1);
  await till.push(till.next("sale.settled", sale));
  await chargeFor(till, { ...charge, amountMinor: 1200 }, shopper);
  expect(await codesOf(platform, till)).toEqual([[2, "payment.unmatched"]]);
  const waiting = await platform.database.query("select 1 from waiting_entries where ledger = $1", [till.ledger]);
  expect(waiting.rowCount).toBe(0);
});

test("judged again by hand, an entry gets a new answer only where the verdict is another one", async () => {
  const till = await openTill(platform);
  const { charge, sale } = walletSale(till, 1);
  await chargeFor(till, charge, shopper);
  await till.push(till.next("sale.settled", sale));
  await settleDown(platform);
  expect(judgementResponseSchema.parse((await judge(till, 2)).body)).toEqual({
    state: "settled",
    code: "sale.settled",
  });
  await till.post(`/v1/charges/${charge.paymentId}/reversal`, charge);
  expect((await judge(till, 2)).body).toEqual({ state: "needs-you", code: "payment.unmatched" });
  expect((await judge(till, 2)).body).toEqual({ state: "needs-you", code: "payment.unmatched" });
  expect(await codesOf(platform, till)).toEqual([
    [2, "sale.settled"],
    [2, "payment.unmatched"],
  ]);
});

// Whoever refunds such a sale in cash would give the money back a second time.
test("a sale whose payment is given back after it was settled comes into view by itself", async () => {
  const till = await openTill(platform);
  const { charge, sale } = walletSale(till, 1);
  await chargeFor(till, charge, shopper);
  await till.push(till.next("sale.settled", sale));
  expect(await codesOf(platform, till)).toEqual([[2, "sale.settled"]]);
  await till.post(`/v1/charges/${charge.paymentId}/reversal`, charge);
  expect(await codesOf(platform, till)).toEqual([
    [2, "sale.settled"],
    [2, "payment.unmatched"],
  ]);
});

// After an outage hundreds of tills push at once. A manager who has one sale looked at again must not wait for all of them.
test("an entry is judged again while another till's ledger is being read, and waits for nobody else's", async () => {
  const [till, other] = [await openTill(platform), await openTill(platform)];
  await till.push(till.next("sale.settled", makeSale(1)));
  await settleDown(platform);
  await platform.database.transaction(async (transaction) => {
    await transaction.query("select 1 from projection_marks where ledger = $1 for update", [other.ledger]);
    await other.push(other.next("sale.settled", makeSale(1)));
    expect((await judge(till, 2)).body).toEqual({ state: "settled", code: "sale.settled" });
  });
  expect(await codesOf(platform, other)).toEqual([[2, "sale.settled"]]);
});

test("judged again many times while its shop goes on selling, every entry has its one answer and nothing is stuck", async () => {
  const till = await openTill(platform);
  const sales = Array.from({ length: 12 }, (_, index) => till.next("sale.settled", makeSale(index + 1)));
  const pushed: Promise<unknown>[] = [];
  for (const [index, sale] of sales.entries()) {
    await till.push(sale);
    for (let seq = 2; seq <= index + 2; seq += 3) pushed.push(judge(till, seq));
  }
  await Promise.all(pushed);
  expect(await codesOf(platform, till)).toEqual(sales.map((_, index) => [index + 2, "sale.settled"]));
});

test("what was fixed in the catalogue is settled when it is judged again", async () => {
  const till = await openTill(platform);
  const sale = JSON.parse(JSON.stringify(makeSale(1)).replaceAll("vat13", "vat6")) as Record<string, unknown>;
  await till.push(till.next("sale.settled", sale));
  expect((await judge(till, 2)).body).toEqual({ state: "needs-you", code: "tax-class.unknown" });
  const body = JSON.stringify({ id: "vat6", name: { en: "6 %", "zh-CN": "6%" }, ratePartsPerMillion: 60_000 });
  await platform.database.query(
    "insert into changes (kind, id, cursor, body) values ('tax-class', 'vat6', 999999, $1)",
    [body],
  );
  expect((await judge(till, 2)).body).toEqual({ state: "settled", code: "sale.settled" });
});

test("of two sales with one receipt only the second is in view, also when the first is judged again", async () => {
  const till = await openTill(platform);
  await till.push(till.next("sale.settled", makeSale(1)), till.next("sale.settled", makeSale(1)));
  expect((await judge(till, 2)).body).toEqual({ state: "settled", code: "sale.settled" });
  expect((await judge(till, 3)).body).toEqual({ state: "needs-you", code: "receipt.twice" });
});

test("a till has only its own entries judged, and only those that are there", async () => {
  const till = await openTill(platform);
  const other = await openTill(platform);
  expect(await judge(other, 1, till.ledger)).toMatchObject({ status: 403, body: { code: "ledger.not-yours" } });
  expect(await judge(till, 2)).toMatchObject({ status: 404, body: { code: "not-found" } });
  expect(await judge(till, 0)).toMatchObject({ status: 400, body: { code: "request.invalid" } });
  expect((await judge(till, 1)).body).toEqual({ state: "settled", code: "entry.settled" });
});

test("a refund takes its sale off the day, once, and at most what it came to", async () => {
  const till = await openTill(platform);
  const sale = makeSale(1);
  const refund = makeRefund(sale, 2);
  const [sold] = sale.lines;
  if (sold === undefined) throw new Error("Not the sale it was");
  const small = {
    ...makeSale(3),
    lines: [sold],
    taxes: [{ taxClass: "vat13", ratePartsPerMillion: 130_000, grossMinor: 900, taxMinor: 104 }],
    totalMinor: 900,
    tenders: [{ kind: "cash", amountMinor: 900, roundingMinor: 0, tenderedMinor: 900, changeMinor: 0 }],
    postings: [
      { account: "cash:1", amountMinor: 900, currency: "CNY" },
      { account: "sales:vat13", amountMinor: -796, currency: "CNY" },
      { account: "tax:130000", amountMinor: -104, currency: "CNY" },
    ],
  };
  await till.push(
    till.next("sale.settled", sale),
    till.next("refund.settled", refund),
    till.next("sale.settled", small),
    till.next("refund.settled", { ...makeRefund(sale, 4), saleId: small.saleId, originalReceiptCode: "1-3" }),
    till.next("refund.settled", makeRefund(sale, 5)),
  );
  expect(await codesOf(platform, till)).toEqual([
    [2, "sale.settled"],
    [3, "refund.settled"],
    [4, "sale.settled"],
    [5, "refund.larger"],
    [6, "refund.twice"],
  ]);
  const { body } = await operator.get("/v1/operator/summary");
  const tills = body["tills"] as { ledger: string }[];
  expect(tills.find(({ ledger }) => ledger === till.ledger)).toMatchObject({
    sales: 2,
    refunds: 3,
    totalMinor: 1300 + 900 - 3 * 1300,
    cashMinor: 1300 + 900 - 3 * 1300,
  });
});

test("a refund of a sale that another till of the shop still holds waits for it and is settled when it comes", async () => {
  const [seller, refunder] = [await openTill(platform), await openTill(platform)];
  const sale = { ...makeSale(1), receiptCode: `${seller.number}-1` };
  const refund = makeRefund(sale, 1);
  await refunder.push(refunder.next("refund.settled", refund));
  expect(await codesOf(platform, refunder)).toEqual([[2, "refund.sale-unknown"]]);
  await seller.push(seller.next("sale.settled", sale));
  expect(await codesOf(platform, refunder)).toEqual([
    [2, "refund.sale-unknown"],
    [2, "refund.settled"],
  ]);
});

test("a refund that names another receipt than its sale's is in view: somebody typed or forged it", async () => {
  const till = await openTill(platform);
  const sale = makeSale(1);
  await till.push(
    till.next("sale.settled", sale),
    till.next("refund.settled", { ...makeRefund(sale, 2), originalReceiptCode: "1-9" }),
  );
  expect(await codesOf(platform, till)).toEqual([
    [2, "sale.settled"],
    [3, "refund.differs"],
  ]);
});

// Given back under another tax class, the sale would stay in the tax return, and nobody would look.
test("a refund of other goods than were sold is in view, also where its own sums add up", async () => {
  const till = await openTill(platform);
  const sale = makeSale(1);
  const all = makeRefund(sale, 2);
  const otherClass = JSON.parse(JSON.stringify(all).replaceAll("vat13", "vat9")) as typeof all;
  await till.push(till.next("sale.settled", sale), till.next("refund.settled", otherClass));
  expect(await codesOf(platform, till)).toEqual([
    [2, "sale.settled"],
    [3, "refund.differs"],
  ]);
});

test("entries of a shop's everyday work are known and need nobody", async () => {
  const till = await openTill(platform);
  const saleId = randomUUID();
  await till.push(
    till.next("sale.parked", { saleId, lines: 2, totalMinor: 1300, currency: "CNY" }),
    till.next("sale.resumed", { saleId }),
    till.next("approval.granted", { kind: "age", saleId, minimum: 18, approvedBy: "p-01" }),
    till.next("price.overridden", {
      saleId,
      lineId: randomUUID(),
      itemId: "g-1",
      currency: "CNY",
      fromMinor: 500,
      toMinor: 300,
      reason: "damaged",
    }),
    till.next("till.signed-out", { tillId: till.id }),
  );
  expect(await codesOf(platform, till)).toEqual([]);
});

test("read again from the beginning, the books come out the same and no answer is said twice", async () => {
  const till = await openTill(platform);
  const { sale } = await sellByWallet(platform, till, shopper, 1);
  await till.push(till.next("refund.settled", makeRefund(sale, 2)), till.next("sale.settled", makeSale(2)));
  const before = await codesOf(platform, till);
  const books = (await operator.get("/v1/operator/summary")).body;
  expect((await operator.post("/v1/operator/rebuild", {})).body).toEqual({ rebuilt: true });
  expect(await codesOf(platform, till)).toEqual(before);
  expect((await operator.get("/v1/operator/summary")).body).toEqual(books);
});
