import { afterAll, beforeAll, expect, test } from "vitest";
import { entriesResponseSchema, markResponseSchema } from "../../sync/protocol/api.ts";
import type { SignedEntry } from "../../sync/protocol/entry.ts";
import { makeOperator } from "./support/test-phone.ts";
import { startTestPlatform, type TestPlatform } from "./support/test-platform.ts";
import { makeSale } from "./support/test-sale.ts";
import { openTill } from "./support/test-shop.ts";
import { succeedWith } from "./support/test-succession.ts";
import { enrolTill, withNewLedger, type TestTill } from "./support/test-till.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(async () => {
  await platform.stop();
});

const mebibyte = 1024 * 1024;

function note(till: TestTill, length: number): SignedEntry {
  return till.next("incident.long", { text: "x".repeat(length) });
}

/** Everything that the platform gives of a ledger, page by page, as a till that restores asks for it. */
async function restore(till: TestTill, ledger: string, limit?: number): Promise<SignedEntry[][]> {
  const pages: SignedEntry[][] = [];
  for (let after = 0, more = true; more; after += pages.at(-1)?.length ?? 0) {
    const path = `/v1/ledgers/${ledger}/entries?after=${after}${limit === undefined ? "" : `&limit=${limit}`}`;
    const page = entriesResponseSchema.parse((await till.get(path)).body);
    pages.push(page.entries);
    more = page.more;
    if (more) expect(page.entries.length).toBeGreaterThan(0);
  }
  return pages;
}

test("a till that restores gets every entry once, in order and as it was signed, however small its pages are", async () => {
  const till = await openTill(platform);
  const entries = (await restore(till, till.ledger)).flat();
  for (let round = 0; round < 3; round += 1) {
    const more = Array.from({ length: 150 }, () => till.next("incident", { code: "test", detail: "" }));
    await till.push(...more);
    entries.push(...more);
  }
  for (const limit of [undefined, 33, 200, 1000]) {
    const pages = await restore(till, till.ledger, limit);
    expect(pages.flat()).toEqual(entries);
    expect(Math.max(...pages.map((page) => page.length))).toBe(Math.min(limit ?? 200, 200));
  }
  expect(await till.get(`/v1/ledgers/${till.ledger}/entries?after=451`)).toMatchObject({
    status: 200,
    body: { entries: [], more: false },
  });
});

test("a page stays within a mebibyte, an entry of that size comes alone, and none is passed over for it", async () => {
  const till = await openTill(platform);
  const big = [note(till, 400_000), note(till, 400_000), note(till, 400_000)];
  const whole = note(till, mebibyte - 1024);
  const last = note(till, 1000);
  for (const entry of [...big, whole, last]) expect((await till.push(entry)).status).toBe(200);
  const pages = await restore(till, till.ledger);
  expect(pages.map((page) => page.length)).toEqual([3, 1, 1, 1]);
  expect(pages.flat().slice(1)).toEqual([...big, whole, last]);
});

test("what a revoked till went on to send is given to nobody before it is taken back", async () => {
  const till = await openTill(platform);
  const operator = makeOperator(platform);
  await operator.post(`/v1/operator/tills/${till.id}/revocation`, {});
  const held = note(till, 10);
  expect((await till.push(held)).status).toBe(200);
  const path = `/v1/ledgers/${till.ledger}/entries?after=1`;
  expect(await till.get(path)).toMatchObject({ status: 401, body: { code: "auth.revoked" } });
  expect(await till.get(`/v1/ledgers/${till.ledger}/mark`)).toMatchObject({ body: { code: "auth.revoked" } });
  const headers = { authorization: `Bearer ${platform.operatorToken}` };
  await fetch(`${platform.url}/v1/operator/tills/${till.id}/revocation`, { method: "DELETE", headers });
  expect((await restore(till, till.ledger)).flat().slice(1)).toEqual([held]);
});

test("a till restores any of its ledgers and goes on sending the end of an old one, but of no other till's", async () => {
  const till = await openTill(platform);
  const newer = withNewLedger(platform, till);
  const { follows } = await succeedWith(till, newer, "key-missing");
  await newer.push(newer.open(follows));
  const late = note(till, 10);
  expect(await till.push(late)).toMatchObject({ status: 200, body: { mark: till.head() } });
  for (const each of [till, newer]) {
    expect((await restore(newer, till.ledger)).flat().at(-1)).toEqual(late);
    expect((await restore(each, newer.ledger)).flat()).toHaveLength(1);
  }
  const other = await enrolTill(platform);
  for (const part of ["entries?after=0", "mark"]) {
    const answer = await other.get(`/v1/ledgers/${newer.ledger}/${part}`);
    expect(answer).toMatchObject({ status: 403, body: { code: "ledger.not-yours" } });
  }
});

test("at its start a till hears where the platform stands and which receipt is its newest, without sending anything", async () => {
  const till = await enrolTill(platform);
  const mark = async () => markResponseSchema.parse((await till.get(`/v1/ledgers/${till.ledger}/mark`)).body);
  expect(await mark()).toEqual({ epoch: 1, mark: { seq: 0, hash: "0".repeat(64) }, receiptNumber: 0 });
  await till.push(till.open(), till.next("sale.settled", makeSale(4711)));
  expect(await mark()).toEqual({ epoch: 1, mark: till.head(), receiptNumber: 4711 });
});

test("the newest receipt is right while the platform is behind with reading, or a rolled-back till prints it again", async () => {
  const till = await openTill(platform);
  await platform.database.transaction(async (transaction) => {
    // The projector waits for this row, so nothing of the push is in its books.
    await transaction.query("select 1 from projection_marks where ledger = $1 for update", [till.ledger]);
    await till.push(till.next("sale.settled", makeSale(1)), till.next("sale.settled", { receiptNumber: 2 }));
    expect((await till.get(`/v1/ledgers/${till.ledger}/mark`)).body).toMatchObject({ receiptNumber: 2 });
  });
  till.goBackTo({
    seq: 1,
    hash: (JSON.parse((await restore(till, till.ledger)).flat()[1]?.text ?? "{}") as { previous: string }).previous,
  });
  const forked = await till.push(till.next("sale.settled", makeSale(3)));
  expect(forked).toMatchObject({ status: 409, body: { code: "ledger.fork" } });
  expect((await till.get(`/v1/ledgers/${till.ledger}/mark`)).body).toMatchObject({ receiptNumber: 3 });
});
