import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { markResponseSchema, successionResponseSchema, type SuccessionRequest } from "../../sync/protocol/api.ts";
import type { Head } from "../../sync/protocol/entry.ts";
import type { Follows } from "../../sync/protocol/entry-types.ts";
import { needsYouResponseSchema, operatorPaths, overviewResponseSchema } from "../../sync/protocol/operator-api.ts";
import { verifySuccession } from "../../sync/protocol/succession.ts";
import { makeOperator } from "./support/test-phone.ts";
import { startTestPlatform, type TestPlatform } from "./support/test-platform.ts";
import { makeRefund, makeSale } from "./support/test-sale.ts";
import { chargeFor, codesOf, openTill, settleDown, walletSale } from "./support/test-shop.ts";
import { makeShopper } from "./support/test-shopper.ts";
import { askSuccessor, succeedWith, successionOf } from "./support/test-succession.ts";
import { enrolWith, enrolTill, makeCode, makeTillKey, withNewLedger, type TestTill } from "./support/test-till.ts";

let platform: TestPlatform;
let rootHash: string;
beforeAll(async () => {
  platform = await startTestPlatform();
  const { answer } = await enrolWith(platform, (await makeCode(platform)).secret);
  rootHash = createHash("sha256").update(Buffer.from(answer.rootKey, "hex")).digest("hex");
});
afterAll(async () => {
  await platform.stop();
});

const zeros = "0".repeat(64);
const lost: Head = { seq: 6, hash: "5a".repeat(32) };

/** A till with three sales at the platform, up to receipt 12. */
async function sellingTill(): Promise<TestTill> {
  const till = await openTill(platform);
  await till.push(...[10, 11, 12].map((number) => till.next("sale.settled", saleOf(till, number))));
  return till;
}

function saleOf(till: TestTill, receiptNumber: number) {
  return { ...makeSale(receiptNumber), receiptCode: `${till.number}-${receiptNumber}` };
}

/** What was said of the new ledger's entries; answers are of the whole till. */
async function codesOfLedger(till: TestTill): Promise<[number, string][]> {
  await settleDown(platform);
  const { body } = await till.get("/v1/answers?after=0&limit=1000");
  const answers = body["answers"] as { ledger: string; seq: number; code: string }[];
  return answers.filter(({ ledger }) => ledger === till.ledger).map(({ seq, code }) => [seq, code]);
}

async function ledgersOf(till: TestTill) {
  const { body } = await makeOperator(platform).get(operatorPaths.overview);
  return overviewResponseSchema.parse(body).tills.filter(({ tillId }) => tillId === till.id);
}

test("a till whose journal lost its end goes on in a new ledger, with the platform's word and receipts behind the old ones", async () => {
  const till = await sellingTill();
  const newer = withNewLedger(platform, till);
  const { response, follows } = await succeedWith(till, newer, "entries-missing", {
    lastKnown: lost,
    receiptNumber: 14,
  });
  expect(response).toMatchObject({
    platformHead: till.head(),
    receiptNumber: 12,
    perpetual: { zNumber: 0, sales: 3, salesMinor: 3900, refunds: 0, refundsMinor: 0 },
  });
  expect(await verifySuccession(response.statement, { rootHash })).toEqual({
    old: till.ledger,
    oldSeq: 6,
    oldHash: lost.hash,
    missingFrom: 5,
    missingTo: 6,
    successor: newer.ledger,
    journalKey: newer.journalKey.publicKey,
    receiptNumber: 14,
    reason: "entries-missing",
    iat: Math.floor(platform.clock.nowMs / 1000),
  });
  const sale = saleOf(newer, 15);
  const pushed = await newer.push(newer.open(follows), newer.next("sale.settled", sale));
  expect(pushed).toMatchObject({ status: 200, body: { mark: newer.head() } });
  expect(await codesOfLedger(newer)).toEqual([[2, "sale.settled"]]);
  const path = `/v1/ledgers/${newer.ledger}/mark`;
  expect(markResponseSchema.parse((await newer.get(path)).body)).toEqual({
    epoch: 1,
    mark: newer.head(),
    receiptNumber: 15,
  });
});

test("a platform that knows more than the till names its own head, and a till that lost nothing names no gap", async () => {
  const till = await sellingTill();
  const newer = withNewLedger(platform, till);
  const { response, follows } = await succeedWith(till, newer, "damaged", { lastKnown: { seq: 0, hash: zeros } });
  const said = await verifySuccession(response.statement, { rootHash });
  expect(said).toMatchObject({ oldSeq: 4, oldHash: till.head().hash, receiptNumber: 12 });
  expect(said).not.toHaveProperty("missingFrom");
  await newer.push(newer.open(follows));
  expect(await codesOfLedger(newer)).toEqual([]);
});

test("asked again after a lost answer, whatever came in between, the platform gives the same answer and no second ledger", async () => {
  const till = await sellingTill();
  const newer = withNewLedger(platform, till);
  const request = successionOf(till, newer, "entries-missing", { lastKnown: lost, receiptNumber: 14 });
  const answers = await Promise.all(Array.from({ length: 5 }, () => askSuccessor(till, request)));
  await till.push(till.next("sale.settled", saleOf(till, 13)));
  await newer.push(newer.open());
  platform.clock.nowMs += 3_600_000;
  answers.push(await askSuccessor(till, request));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(await ledgersOf(till)).toHaveLength(2);
});

test("the same successor with other content is refused, or a statement would speak of what was never agreed", async () => {
  const till = await sellingTill();
  const newer = withNewLedger(platform, till);
  const request = successionOf(till, newer, "entries-missing", { approvedBy: "p-01" });
  expect((await askSuccessor(till, request)).status).toBe(200);
  const { approvedBy: _by, ...unapproved } = request;
  const others: SuccessionRequest[] = [
    { ...request, journalKey: makeTillKey().publicKey },
    { ...request, reason: "damaged" },
    { ...request, lastKnown: lost },
    { ...request, receiptNumber: 1 },
    { ...request, approvedBy: "p-02" },
    { ...request, openedAt: "2026-11-20T14:00:00.000+08:00" },
    unapproved,
  ];
  for (const other of others) {
    const answer = await askSuccessor(till, other);
    expect(answer, JSON.stringify(other)).toMatchObject({ status: 400, body: { code: "request.invalid" } });
  }
  // Through the new ledger's own path it would follow itself.
  expect(await newer.post(`/v1/ledgers/${newer.ledger}/successor`, request)).toMatchObject({ status: 400 });
});

test("no till takes the place of another till's ledger, or makes its own of one, or signs with a key that is in use", async () => {
  const [till, other] = [await sellingTill(), await sellingTill()];
  const newer = withNewLedger(platform, till);
  const request = successionOf(till, newer, "key-missing");
  const path = `/v1/ledgers/${till.ledger}/successor`;
  const notYours = { status: 403, body: { code: "ledger.not-yours" } };
  expect(await other.post(path, request)).toMatchObject(notYours);
  expect(await till.post(`/v1/ledgers/${randomUUID()}/successor`, request)).toMatchObject(notYours);
  expect(await askSuccessor(till, { ...request, successor: other.ledger })).toMatchObject(notYours);
  await succeedWith(other, withNewLedger(platform, other), "key-missing");
  for (const journalKey of [till.journalKey.publicKey, other.journalKey.publicKey]) {
    expect(await askSuccessor(till, { ...request, journalKey })).toMatchObject({ body: { code: "request.invalid" } });
  }
  expect(await askSuccessor(till, { ...request, successor: till.ledger })).toMatchObject({
    body: { code: "request.invalid" },
  });
  expect(await ledgersOf(till)).toHaveLength(1);
  expect((await askSuccessor(till, request)).status).toBe(200);
});

test("another till's agreed successor is nobody's to ask for again", async () => {
  const [till, other] = [await sellingTill(), await sellingTill()];
  const newer = withNewLedger(platform, till);
  await succeedWith(till, newer, "damaged");
  expect(await askSuccessor(other, successionOf(other, newer, "damaged"))).toMatchObject({
    status: 403,
    body: { code: "ledger.not-yours" },
  });
});

test("a revoked till opens no ledger with the platform's word", async () => {
  const till = await sellingTill();
  await makeOperator(platform).post(`/v1/operator/tills/${till.id}/revocation`, {});
  const answer = await askSuccessor(till, successionOf(till, withNewLedger(platform, till), "damaged"));
  expect(answer).toMatchObject({ status: 401, body: { code: "auth.revoked" } });
});

test("a shop that a manager let open while nobody could be reached is agreed to afterwards, and the operator sees by whom", async () => {
  const till = await sellingTill();
  const newer = withNewLedger(platform, till);
  const known = till.head();
  await till.push(till.next("sale.settled", saleOf(till, 13)));
  const openedAt = "2026-11-20T12:30:00.000+08:00";
  await succeedWith(till, newer, "entries-missing", {
    lastKnown: known,
    receiptNumber: 12,
    approvedBy: "p-01",
    openedAt,
  });
  const follows: Follows = {
    ledger: till.ledger,
    ...known,
    reason: "entries-missing",
    receiptNumber: 12,
    approval: { by: "manager", person: "p-01" },
  };
  await newer.push(newer.open(follows));
  expect(await codesOfLedger(newer)).toEqual([]);
  const [first, second] = await ledgersOf(till);
  expect(first).toMatchObject({ ledger: till.ledger });
  expect(first).not.toHaveProperty("follows");
  expect(second).toMatchObject({
    ledger: newer.ledger,
    follows: {
      ledger: till.ledger,
      seq: 5,
      reason: "entries-missing",
      approvedBy: { person: "p-01", name: { en: "Lin Mei" } },
      openedAt,
      isSecond: false,
    },
  });
  expect(second?.follows).not.toHaveProperty("missing");
});

test("the operator sees what is missing of an old ledger shrink as its end arrives after all", async () => {
  const till = await sellingTill();
  const late = [13, 14].map((number) => till.next("sale.settled", saleOf(till, number)));
  await succeedWith(till, withNewLedger(platform, till), "key-missing");
  const missing = async () => (await ledgersOf(till))[1]?.follows?.missing;
  expect(await missing()).toEqual({ fromSeq: 5, toSeq: 6 });
  await till.push(...late.slice(0, 1));
  expect(await missing()).toEqual({ fromSeq: 6, toSeq: 6 });
  await till.push(...late);
  expect(await missing()).toBe(undefined);
});

test("a second new ledger in the same place is taken, because the shop must open, and comes before the operator's eyes", async () => {
  const till = await sellingTill();
  const [one, two] = [withNewLedger(platform, till), withNewLedger(platform, till)];
  const first = await succeedWith(till, one, "entries-missing");
  await one.push(one.open(first.follows));
  const second = await succeedWith(till, two, "entries-missing");
  await two.push(two.open(second.follows), two.next("sale.settled", saleOf(till, 13)));
  expect(await codesOfLedger(one)).toEqual([]);
  expect(await codesOfLedger(two)).toEqual([
    [1, "successor.twice"],
    [2, "sale.settled"],
  ]);
  expect((await ledgersOf(till)).map(({ follows }) => follows?.isSecond)).toEqual([undefined, false, true]);
  const { entries } = needsYouResponseSchema.parse((await makeOperator(platform).get(operatorPaths.needsYou)).body);
  expect(entries.find(({ ledger }) => ledger === two.ledger)).toMatchObject({ seq: 1, code: "successor.twice" });
});

test("a first entry that says something else than was agreed is stored, and somebody is told", async () => {
  const wrong: ((agreed: Follows) => Follows | undefined)[] = [
    () => undefined,
    (agreed) => ({ ...agreed, ledger: randomUUID() }),
    (agreed) => ({ ...agreed, seq: 5 }),
    (agreed) => ({ ...agreed, hash: zeros }),
    (agreed) => ({ ...agreed, reason: "damaged" }),
    (agreed) => ({ ...agreed, receiptNumber: 13 }),
    ({ receiptNumber: _number, ...agreed }) => agreed,
    (agreed) => ({ ...agreed, missing: { fromSeq: 4, toSeq: 6 } }),
    (agreed) => ({ ...agreed, missing: { fromSeq: 5, toSeq: 7 } }),
    ({ approval: _approval, ...agreed }) => agreed,
    (agreed) => ({ ...agreed, approval: { by: "platform", statement: "eyJh.eyJi.c2ln" } }),
    (agreed) => ({ ...agreed, approval: { by: "manager", person: "p-01" } }),
  ];
  const till = await sellingTill();
  for (const change of wrong) {
    const newer = withNewLedger(platform, till);
    const asked = { lastKnown: lost, receiptNumber: 14 };
    const { follows } = await succeedWith(till, newer, "entries-missing", asked);
    expect((await newer.push(newer.open(change(follows)))).status).toBe(200);
    expect(await codesOfLedger(newer), change.toString()).toEqual([[1, "successor.differs"]]);
  }
});

test("a till may have entries in its old file that the platform lacks, so fewer missing ones than agreed are as agreed", async () => {
  const till = await sellingTill();
  for (const missing of [undefined, { fromSeq: 6, toSeq: 6 }]) {
    const newer = withNewLedger(platform, till);
    const { follows } = await succeedWith(till, newer, "entries-missing", { lastKnown: lost });
    const { missing: _agreed, ...rest } = follows;
    await newer.push(newer.open({ ...rest, ...(missing === undefined ? {} : { missing }) }));
    expect((await codesOfLedger(newer)).map(([, code]) => code)).not.toContain("successor.differs");
  }
});

test("a ledger that claims a place nobody was asked for is stored, and somebody is told, now and after a rebuild", async () => {
  const till = await enrolTill(platform);
  const statement = "eyJh.eyJi.c2ln";
  const follows: Follows = {
    ledger: randomUUID(),
    ...lost,
    reason: "damaged",
    approval: { by: "platform", statement },
  };
  await till.push(till.open(follows));
  expect(await codesOf(platform, till)).toEqual([[1, "successor.not-agreed"]]);
  await makeOperator(platform).post("/v1/operator/rebuild", {});
  expect(await codesOf(platform, till)).toEqual([[1, "successor.not-agreed"]]);
});

test("a till that knows another entry where one is stored has two histories, and the operator is told", async () => {
  const till = await sellingTill();
  await succeedWith(till, withNewLedger(platform, till), "damaged", { lastKnown: { seq: 2, hash: "5a".repeat(32) } });
  await succeedWith(till, withNewLedger(platform, till), "damaged");
  expect((await ledgersOf(till)).map(({ forked }) => forked)).toEqual([true, false, false]);
  const honest = await sellingTill();
  await succeedWith(honest, withNewLedger(platform, honest), "damaged");
  expect((await ledgersOf(honest)).map(({ forked }) => forked)).toEqual([false, false]);
});

test("over three ledgers receipts go on counting, a number used twice is found, and a sale is refunded from any of them", async () => {
  const till = await sellingTill();
  const second = withNewLedger(platform, till);
  const one = await succeedWith(till, second, "damaged");
  const sale = saleOf(till, 13);
  await second.push(second.open(one.follows), second.next("sale.settled", sale));
  const third = withNewLedger(platform, second);
  const two = await succeedWith(second, third, "damaged");
  expect(two.response).toMatchObject({ receiptNumber: 13, perpetual: { sales: 4, salesMinor: 5200 } });
  const refund = { ...makeRefund(sale, 14), receiptCode: `${till.number}-14` };
  await third.push(
    third.open(two.follows),
    third.next("sale.settled", saleOf(till, 11)),
    third.next("refund.settled", refund),
  );
  expect(await codesOfLedger(third)).toEqual([
    [2, "receipt.twice"],
    [3, "refund.settled"],
  ]);
  const summary = (await ledgersOf(till)).map(({ ledger }) => ledger);
  expect(summary).toEqual([till.ledger, second.ledger, third.ledger]);
});

test("a successor that nothing was ever sent of hands on what was agreed for it", async () => {
  const till = await sellingTill();
  const [second, third] = [withNewLedger(platform, till), withNewLedger(platform, till)];
  await succeedWith(till, second, "damaged", { receiptNumber: 40 });
  const { response } = await succeedWith(second, third, "new-disk");
  expect(response).toMatchObject({
    platformHead: { seq: 0, hash: zeros },
    receiptNumber: 40,
    perpetual: { sales: 3, salesMinor: 3900 },
  });
});

test("what was ever settled is as the newest Z report says, with what came after it, also while nothing has been read", async () => {
  const till = await sellingTill();
  const perpetual = { zNumber: 7, sales: 500, salesMinor: 650_000, refunds: 1, refundsMinor: 1300 };
  await platform.database.transaction(async (transaction) => {
    await settleDown(platform);
    await transaction.query("select 1 from projection_marks where ledger = $1 for update", [till.ledger]);
    await till.push(till.next("shift.closed", { perpetual }), till.next("sale.settled", saleOf(till, 13)));
    const request = successionOf(till, withNewLedger(platform, till), "damaged");
    const answer = successionResponseSchema.parse((await askSuccessor(till, request)).body);
    expect(answer).toMatchObject({
      receiptNumber: 13,
      perpetual: { ...perpetual, sales: 501, salesMinor: 651_300 },
    });
  });
});

test("a sale that is judged again, and a ledger that is read again, settle nothing twice", async () => {
  const till = await sellingTill();
  const { charge, sale } = walletSale(till, 13);
  const shopper = await makeShopper(platform, "s-02");
  await till.push(till.next("sale.settled", sale));
  await settleDown(platform);
  await platform.database.transaction(async (transaction) => {
    await transaction.query("select 1 from projection_marks where ledger = $1 for update", [till.ledger]);
    // Both are there when the ledger is read on: the payment that the sale waited for, and a new entry.
    await till.push(till.next("sale.settled", saleOf(till, 14)));
    await chargeFor(till, charge, shopper);
  });
  expect(await codesOfLedger(till)).toContainEqual([5, "sale.settled"]);
  const known = async () => {
    const { response } = await succeedWith(till, withNewLedger(platform, till), "damaged");
    return [response.receiptNumber, response.perpetual];
  };
  const once = [14, { zNumber: 0, sales: 5, salesMinor: 6500, refunds: 0, refundsMinor: 0 }];
  expect(await known()).toEqual(once);
  await makeOperator(platform).post("/v1/operator/rebuild", {});
  expect(await known()).toEqual(once);
});

test("whatever stands in a request for a successor, it is refused in the protocol's form or answered, and nothing breaks", async () => {
  const till = await sellingTill();
  const good = successionOf(till, withNewLedger(platform, till), "damaged");
  const bad: unknown[] = [
    null,
    [],
    {},
    { ...good, extra: 1 },
    { ...good, successor: "x" },
    { ...good, journalKey: good.journalKey.slice(1) },
    { ...good, reason: "whim" },
    { ...good, lastKnown: { seq: -1, hash: zeros } },
    { ...good, lastKnown: { seq: 2 ** 53, hash: zeros } },
    { ...good, receiptNumber: 1e300 },
    { ...good, approvedBy: "x".repeat(65) },
    { ...good, openedAt: "yesterday" },
  ];
  for (const body of bad) {
    const answer = await till.post(`/v1/ledgers/${till.ledger}/successor`, body);
    expect(answer, JSON.stringify(body)).toMatchObject({ status: 400, body: { code: "request.invalid" } });
  }
  expect((await askSuccessor(till, good)).status).toBe(200);
});
