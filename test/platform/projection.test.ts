import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answersResponseSchema, type Answer as EntryAnswer } from "../../sync/protocol/api.ts";
import { startTestPlatform, type TestPlatform } from "./support/test-platform.ts";
import { makeSale, paidByWallet, type TestSale } from "./support/test-sale.ts";
import { makeCharge, makeShopper } from "./support/test-shopper.ts";
import { ask, enrolTill, type TestTill } from "./support/test-till.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(async () => {
  await platform.stop();
});

async function openTill(): Promise<TestTill> {
  const till = await enrolTill(platform);
  await till.push(till.open());
  return till;
}

/** The summary waits until everything that was stored before it has been read. */
async function summaryOf(till: TestTill): Promise<Record<string, unknown> | undefined> {
  const headers = { authorization: `Bearer ${platform.operatorToken}` };
  const { body } = await ask(`${platform.url}/v1/operator/summary`, { headers });
  return (body["tills"] as Record<string, unknown>[]).find((each) => each["ledger"] === till.ledger);
}

async function answersOf(till: TestTill, after = 0): Promise<EntryAnswer[]> {
  await summaryOf(till);
  return answersResponseSchema.parse((await till.get(`/v1/answers?after=${after}&limit=100`)).body).answers;
}

async function verdictOn(till: TestTill, sale: TestSale): Promise<string> {
  const last = (await answersOf(till)).at(-1)?.cursor ?? 0;
  expect((await till.push(till.next("sale.settled", sale))).status).toBe(200);
  const [answer] = await answersOf(till, last);
  expect(answer?.seq).toBe(till.head().seq);
  return answer?.code ?? "none";
}

test("a sale that adds up is settled and counted: the manager sees the same sums on both sides", async () => {
  const till = await openTill();
  expect(await verdictOn(till, makeSale(1))).toBe("sale.settled");
  expect(await summaryOf(till)).toMatchObject({
    sales: 1,
    totalMinor: 1300,
    cashMinor: 1300,
    walletMinor: 0,
    needsYou: 0,
    head: till.head(),
  });
});

test("a sale that does not add up is stored all the same and says so: it happened, whatever its sums are", async () => {
  const till = await openTill();
  expect(await verdictOn(till, { ...makeSale(1), totalMinor: 1301 })).toBe("total.differs");
  expect(await summaryOf(till)).toMatchObject({ sales: 1, needsYou: 1, head: till.head() });
});

test("a sale of a tax class that the catalogue never had is in view, because nobody could say what its tax was", async () => {
  const till = await openTill();
  const sale = JSON.parse(JSON.stringify(makeSale(1)).replaceAll("vat13", "vat6")) as TestSale;
  expect(await verdictOn(till, sale)).toBe("tax-class.unknown");
});

test("a wallet tender counts only with a payment that this platform took for this sale, and once", async () => {
  const till = await openTill();
  const shopper = await makeShopper(platform, "s-01");
  const charge = makeCharge(till, 1300);
  const sale = paidByWallet({ ...makeSale(1), saleId: charge.saleId }, charge.paymentId, charge.number);
  await till.post("/v1/charges", { ...charge, token: await shopper.token() });
  expect(await verdictOn(till, sale)).toBe("sale.settled");
  expect(await summaryOf(till)).toMatchObject({ walletMinor: 1300, cashMinor: 0 });
  const second = { ...makeSale(2), saleId: randomUUID() };
  expect(await verdictOn(till, paidByWallet(second, charge.paymentId, charge.number))).toBe("payment.unmatched");
  expect(await verdictOn(till, paidByWallet(makeSale(3), randomUUID(), "12345678"))).toBe("payment.unmatched");
});

test("a receipt code or a sale that comes twice is in view, because one of them is a mistake or a fraud", async () => {
  const till = await openTill();
  const sale = makeSale(1);
  await verdictOn(till, sale);
  expect(await verdictOn(till, makeSale(1))).toBe("receipt.twice");
  expect(await verdictOn(till, { ...makeSale(2), saleId: sale.saleId })).toBe("sale.twice");
});

test("entries that this platform does not understand wait for it in view and hold nothing up", async () => {
  const till = await openTill();
  const postings = [
    { account: "cash:1", amountMinor: 100, currency: "CNY" },
    { account: "float", amountMinor: -99, currency: "CNY" },
  ];
  const shift = { shift: randomUUID(), drawer: "1", floatMinor: 100, currency: "CNY", postings };
  await till.push(
    till.next("loyalty.awarded", { points: 1 }),
    till.next("incident", { code: "x", detail: "" }, { format: 2 }),
    till.next("incident", { code: 7 }),
    till.next("shift.opened", shift),
    till.next("sale.settled", makeSale(1)),
  );
  expect((await answersOf(till)).map(({ code }) => code)).toEqual([
    "entry.unknown-type",
    "entry.unknown-version",
    "entry.invalid",
    "entry.unbalanced",
    "sale.settled",
  ]);
});

test("training sales are answered but never counted as money", async () => {
  const till = await openTill();
  await till.push(till.next("sale.settled", makeSale(1), { training: true }));
  expect((await answersOf(till)).map(({ code }) => code)).toEqual(["sale.settled"]);
  expect(await summaryOf(till)).toMatchObject({ sales: 0, totalMinor: 0 });
});

test("answers come in pages without a gap, and one till never reads another's", async () => {
  const till = await openTill();
  const other = await openTill();
  const sales = Array.from({ length: 7 }, (_, index) => till.next("sale.settled", makeSale(index + 1)));
  await till.push(...sales);
  await summaryOf(till);
  const seen: number[] = [];
  for (let cursor = 0, more = true; more;) {
    const page = answersResponseSchema.parse((await till.get(`/v1/answers?after=${cursor}&limit=3`)).body);
    seen.push(...page.answers.map(({ seq }) => seq));
    ({ cursor, more } = page);
  }
  expect(seen).toEqual([2, 3, 4, 5, 6, 7, 8]);
  expect(await answersOf(other)).toEqual([]);
});

test("one entry that breaks its projection does not take the others along", async () => {
  const till = await openTill();
  await till.push(till.next("sale.settled", makeSale(1)));
  await summaryOf(till);
  // The place of the next sale is taken, which no rule of ours would ever do.
  await platform.database.query(
    `insert into sales (ledger, seq, till_id, sale_id, receipt_code, business_day, time, training, currency, total_minor)
     values ($1, 3, $2, $3, 'x', 'x', 'x', true, 'CNY', 0)`,
    [till.ledger, till.id, randomUUID()],
  );
  await till.push(till.next("sale.settled", makeSale(2)), till.next("sale.settled", makeSale(3)));
  const codes = (await answersOf(till)).map(({ seq, code }) => [seq, code]);
  expect(codes).toEqual([
    [2, "sale.settled"],
    [3, "entry.not-projected"],
    [4, "sale.settled"],
  ]);
});
