import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { operatorPaths, overviewResponseSchema } from "../../sync/protocol/operator-api.ts";
import type { Follows } from "../../sync/protocol/entry-types.ts";
import { verifySuccession } from "../../sync/protocol/succession.ts";
import { makeOperator } from "./support/test-phone.ts";
import { startTestPlatform, type TestPlatform } from "./support/test-platform.ts";
import { makeSale } from "./support/test-sale.ts";
import { settleDown, openTill } from "./support/test-shop.ts";
import {
  ask,
  enrolTill,
  enrolWith,
  jsonPost,
  makeCode,
  makeTillKey,
  type Enrolment,
  type TestTill,
} from "./support/test-till.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(async () => {
  await platform.stop();
});

const store = "lantern-lane";

function saleOf(till: TestTill, receiptNumber: number) {
  return { ...makeSale(receiptNumber), receiptCode: `${till.number}-${receiptNumber}` };
}

/** A till with two sales at the platform, up to receipt 21. */
async function sellingTill(): Promise<TestTill> {
  const till = await openTill(platform);
  await till.push(till.next("sale.settled", saleOf(till, 20)), till.next("sale.settled", saleOf(till, 21)));
  return till;
}

async function replacementCode(till: TestTill): Promise<string> {
  return (await makeCode(platform, store, till.number)).secret;
}

/** What a till with a new disk writes down of the one whose place it takes. */
function enrolmentBody(till: TestTill, answer: Enrolment, missing?: Follows["missing"]) {
  const { tillId, tillNumber, storeId, rootKey, follows } = answer;
  const { statement, ...place } = follows ?? { statement: "" };
  const platformRoot = createHash("sha256").update(Buffer.from(rootKey, "hex")).digest("hex");
  return {
    tillId,
    tillNumber,
    storeId,
    platformRoot,
    requestKeyId: till.requestKey.keyId,
    follows: {
      ...place,
      reason: "new-disk",
      ...(missing === undefined ? {} : { missing }),
      approval: { by: "platform", statement },
    },
  };
}

async function codesOf(till: TestTill): Promise<[number, string][]> {
  await settleDown(platform);
  const { body } = await till.get("/v1/answers?after=0&limit=1000");
  const answers = body["answers"] as { ledger: string; seq: number; code: string }[];
  return answers.filter(({ ledger }) => ledger === till.ledger).map(({ seq, code }) => [seq, code]);
}

async function ledgersOf(till: TestTill) {
  const { body } = await makeOperator(platform).get(operatorPaths.overview);
  return overviewResponseSchema.parse(body).tills.filter(({ tillId }) => tillId === till.id);
}

test("a till with a new disk keeps its id and number, and its receipts go on far behind any that may have been printed", async () => {
  const old = await sellingTill();
  const { till, answer } = await enrolWith(platform, await replacementCode(old));
  expect(answer).toMatchObject({
    tillId: old.id,
    tillNumber: old.number,
    storeId: store,
    follows: {
      ledger: old.ledger,
      ...old.head(),
      receiptNumber: 100_021,
      receiptCode: `${old.number}-21`,
      perpetual: { zNumber: 0, sales: 2, salesMinor: 2600, refunds: 0, refundsMinor: 0 },
    },
  });
  const rootHash = createHash("sha256").update(Buffer.from(answer.rootKey, "hex")).digest("hex");
  expect(await verifySuccession(answer.follows?.statement ?? "", { rootHash })).toMatchObject({
    old: old.ledger,
    oldSeq: 3,
    successor: till.ledger,
    journalKey: till.journalKey.publicKey,
    receiptNumber: 100_021,
    reason: "new-disk",
  });
  const pushed = await till.push(
    till.open(),
    till.next("till.enrolled", enrolmentBody(till, answer)),
    till.next("sale.settled", saleOf(till, 100_022)),
  );
  expect(pushed).toMatchObject({ status: 200, body: { mark: till.head() } });
  expect(await codesOf(till)).toEqual([[3, "sale.settled"]]);
  expect(await ledgersOf(old)).toMatchObject([
    { ledger: old.ledger },
    { ledger: till.ledger, follows: { ledger: old.ledger, seq: 3, reason: "new-disk", receiptNumber: 100_021 } },
  ]);
});

test("the old disk's key works no longer, and the new one reaches the old ledger: what it saved of it can still be sent", async () => {
  const old = await sellingTill();
  const { till } = await enrolWith(platform, await replacementCode(old));
  expect(await old.get("/v1/answers?after=0")).toMatchObject({ status: 401, body: { code: "auth.invalid" } });
  expect(await old.push(old.next("sale.settled", saleOf(old, 22)))).toMatchObject({ status: 401 });
  old.goBackTo({ seq: 3, hash: (await ledgersOf(till))[0]?.head.hash ?? "" });
  const late = old.next("sale.settled", saleOf(old, 22));
  expect((await till.post(`/v1/ledgers/${old.ledger}/entries`, { entries: [late] })).status).toBe(200);
});

test("the same code with the same keys gives the same answer again, whatever arrived in between, and to others nothing", async () => {
  const old = await sellingTill();
  const code = await replacementCode(old);
  const { till, answer, again } = await enrolWith(platform, code);
  const late = old.next("sale.settled", saleOf(old, 22));
  await till.post(`/v1/ledgers/${old.ledger}/entries`, { entries: [late] });
  await till.push(till.open(), till.next("sale.settled", saleOf(till, 100_022)));
  await settleDown(platform);
  platform.clock.nowMs += 48 * 3_600_000;
  expect((await again()).body).toEqual(answer);
  await expect(enrolWith(platform, code)).rejects.toThrow("enrolment.code-used");
  expect(await ledgersOf(old)).toHaveLength(2);
});

test("a till that loses one disk after the other never prints a number twice, though nothing of the second was ever sent", async () => {
  const old = await sellingTill();
  const second = await enrolWith(platform, await replacementCode(old));
  const third = await enrolWith(platform, await replacementCode(old));
  expect(third.answer.follows).toMatchObject({
    ledger: second.till.ledger,
    seq: 0,
    receiptNumber: 200_021,
    receiptCode: `${old.number}-21`,
    perpetual: { sales: 2, salesMinor: 2600 },
  });
  expect((await second.again()).body).toMatchObject({ code: "enrolment.code-used" });
  expect((await ledgersOf(old)).map(({ follows }) => follows?.isSecond)).toEqual([undefined, false, false]);
});

test("an enrolment that says something else of the old till than it was told is stored, and somebody is told", async () => {
  const old = await sellingTill();
  const { till, answer } = await enrolWith(platform, await replacementCode(old));
  const body = enrolmentBody(till, answer);
  const lower = { ...body, follows: { ...body.follows, receiptNumber: 21 } };
  const gap = enrolmentBody(till, answer, { fromSeq: 1, toSeq: 3 });
  await till.push(till.open(), till.next("till.enrolled", lower), till.next("till.enrolled", gap));
  expect(await codesOf(till)).toEqual([
    [2, "successor.differs"],
    [3, "successor.differs"],
  ]);
});

test("a revoked till is taken back by a new disk, with what it had sent meanwhile: its thief can ask nothing any more", async () => {
  const old = await sellingTill();
  await makeOperator(platform).post(`/v1/operator/tills/${old.id}/revocation`, {});
  await old.push(old.next("sale.settled", saleOf(old, 22)));
  const { till, answer } = await enrolWith(platform, await replacementCode(old));
  expect(answer.follows).toMatchObject({ ...old.head(), receiptNumber: 100_022 });
  expect(await old.get("/v1/answers?after=0")).toMatchObject({ status: 401, body: { code: "auth.invalid" } });
  await settleDown(platform);
  expect(await ledgersOf(till)).toMatchObject([
    { head: old.head(), held: 0, revoked: false, sales: 3 },
    { ledger: till.ledger, revoked: false },
  ]);
});

test("a code for a new disk is for a till that the store has, and for no other's keys or ledger", async () => {
  const operator = makeOperator(platform);
  const codes = "/v1/operator/enrolment-codes";
  expect(await operator.post(codes, { storeId: store, replaces: 9999 })).toMatchObject({ status: 404 });
  expect(await operator.post(codes, { storeId: "nowhere", replaces: 1 })).toMatchObject({ status: 404 });
  expect(await operator.post(codes, { storeId: store, replaces: 0 })).toMatchObject({ status: 400 });

  const [old, other] = [await sellingTill(), await enrolTill(platform)];
  const code = await replacementCode(old);
  const keys = { journalKey: makeTillKey().publicKey, requestKey: makeTillKey().publicKey };
  const honest = { code, ledger: randomUUID(), ...keys };
  const stolen = [
    { ledger: other.ledger },
    { ledger: old.ledger },
    { requestKey: other.requestKey.publicKey },
    { requestKey: old.requestKey.publicKey },
    { journalKey: old.journalKey.publicKey },
    { ledger: other.ledger, journalKey: other.journalKey.publicKey, requestKey: other.requestKey.publicKey },
  ];
  for (const each of stolen) {
    const answer = await ask(`${platform.url}/v1/enrolments`, jsonPost({ ...honest, ...each }));
    expect(answer, JSON.stringify(each)).toMatchObject({ status: 400, body: { code: "request.invalid" } });
  }
  expect((await old.get("/v1/answers?after=0")).status).toBe(200);
  expect((await ask(`${platform.url}/v1/enrolments`, jsonPost(honest))).status).toBe(200);
});

test("a till whose disk came back after all goes on as it was with such a code, and follows nobody", async () => {
  const old = await sellingTill();
  const { ledger, journalKey, requestKey } = old;
  const keys = { journalKey: journalKey.publicKey, requestKey: requestKey.publicKey };
  const body = { code: await replacementCode(old), ledger, ...keys };
  const answer = await ask(`${platform.url}/v1/enrolments`, jsonPost(body));
  expect(answer).toMatchObject({ status: 200, body: { tillId: old.id, tillNumber: old.number } });
  expect(answer.body).not.toHaveProperty("follows");
  expect(await ledgersOf(old)).toHaveLength(1);
});
