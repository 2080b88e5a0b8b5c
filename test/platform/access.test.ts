import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enrolmentResponseSchema, helloResponseSchema, platformErrorSchema } from "../../sync/protocol/api.ts";
import { parseEnrolmentCode } from "../../sync/protocol/enrolment-code.ts";
import { startTestPlatform, type TestPlatform } from "./support/test-platform.ts";
import { ask, enrolTill, jsonPost, makeCode, makeTillKey, type TestTill } from "./support/test-till.ts";

let platform: TestPlatform;
let till: TestTill;
beforeAll(async () => {
  platform = await startTestPlatform();
  till = await enrolTill(platform);
});
afterAll(async () => {
  await platform.stop();
});

function enrolment(code: string): { code: string; ledger: string; journalKey: string; requestKey: string } {
  return { code, ledger: randomUUID(), journalKey: makeTillKey().publicKey, requestKey: makeTillKey().publicKey };
}

function enrol(body: unknown) {
  return ask(`${platform.url}/v1/enrolments`, jsonPost(body));
}

test("anybody may ask for the platform's clock and a nonce, which every till needs before its first request", async () => {
  const answer = await ask(`${platform.url}/v1/hello`);
  const hello = helloResponseSchema.parse(answer.body);
  expect(hello).toMatchObject({ protocol: 1, time: "2026-11-20T06:00:00.000Z" });
  expect(answer.headers.get("suanpan-nonce")).toBeTruthy();
});

test("a request without authorisation is refused, with a nonce to sign the next one with", async () => {
  const answer = await ask(`${platform.url}/v1/changes?after=0`);
  expect(answer).toMatchObject({ status: 401, body: { code: "auth.missing" } });
  expect(answer.headers.get("suanpan-nonce")).toBeTruthy();
});

test("a nonce is good for minutes, then refused by its own code, and the answer brings the next one", async () => {
  const nonce = String((await ask(`${platform.url}/v1/hello`)).body["nonce"]);
  expect((await till.get("/v1/changes?after=0&limit=1", { nonce })).status).toBe(200);
  platform.clock.nowMs += 301_000;
  const stale = await till.get("/v1/changes?after=0&limit=1", { nonce });
  expect(stale).toMatchObject({ status: 401, body: { code: "auth.nonce" } });
  const next = stale.headers.get("suanpan-nonce") ?? "";
  expect((await till.get("/v1/changes?after=0&limit=1", { nonce: next })).status).toBe(200);
});

test("a nonce that we did not make is refused", async () => {
  const nonce = String((await ask(`${platform.url}/v1/hello`)).body["nonce"]);
  const forged = [`${nonce.slice(0, -2)}AA`, `zzzzzzz.${nonce.split(".")[1]}`, "nonce-of-mine", `${nonce}.x`];
  for (const each of forged)
    expect(await till.get("/v1/answers", { nonce: each })).toMatchObject({ body: { code: "auth.nonce" } });
});

test("a proof is for one request: another path, query, method or body is refused", async () => {
  const body = { entries: [till.open()] };
  const path = `/v1/ledgers/${till.ledger}/entries`;
  const attempts = [
    await till.get("/v1/changes?after=0", { path: "/v1/changes?after=1" }),
    await till.get("/v1/changes?after=0", { path: "/v1/answers?after=0" }),
    await till.post(path, body, { body: { entries: [] } }),
    await till.post(path, body, { path: "/v1/charges" }),
  ];
  for (const attempt of attempts) expect(attempt).toMatchObject({ status: 401, body: { code: "auth.invalid" } });
});

test("a proof by an unknown key, or by one till's key in another's name, is refused", async () => {
  const other = await enrolTill(platform);
  const attempts = [
    await till.get("/v1/answers", { key: makeTillKey() }),
    await till.get("/v1/answers", { key: till.journalKey }),
    await till.get("/v1/answers", { tillId: other.id }),
  ];
  for (const attempt of attempts) expect(attempt).toMatchObject({ status: 401, body: { code: "auth.invalid" } });
});

test("operators need their token, and a till's proof is none", async () => {
  const url = `${platform.url}/v1/operator/summary`;
  expect(await ask(url)).toMatchObject({ status: 401, body: { code: "auth.missing" } });
  for (const token of ["wrong", platform.operatorToken.slice(0, -1)]) {
    const headers = { authorization: `Bearer ${token}` };
    expect(await ask(url, { headers })).toMatchObject({ status: 401, body: { code: "auth.invalid" } });
  }
});

test("a code enrols a till with the next number of its store, and pins the platform's root", async () => {
  const { code, secret } = await makeCode(platform);
  const answer = enrolmentResponseSchema.parse((await enrol(enrolment(secret))).body);
  expect(answer).toMatchObject({ storeId: "lantern-lane", epoch: 1 });
  const rootHash = createHash("sha256").update(Buffer.from(answer.rootKey, "hex")).digest("hex");
  expect(parseEnrolmentCode(code)?.rootHash).toBe(rootHash);
  const next = enrolmentResponseSchema.parse((await enrol(enrolment((await makeCode(platform)).secret))).body);
  expect(next.tillNumber).toBe(answer.tillNumber + 1);
});

test("the same code with the same keys gives the same till again, or a lost answer would cost a till number", async () => {
  const request = enrolment((await makeCode(platform)).secret);
  const answers = await Promise.all(Array.from({ length: 6 }, () => enrol(request)));
  platform.clock.nowMs += 48 * 3_600_000;
  answers.push(await enrol(request));
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(answers[0]?.status).toBe(200);
});

test("a till that comes back with a new code keeps its number, or its receipts would count under two", async () => {
  const first = enrolment((await makeCode(platform)).secret);
  const known = enrolmentResponseSchema.parse((await enrol(first)).body);
  const again = { ...first, code: (await makeCode(platform)).secret };
  expect(enrolmentResponseSchema.parse((await enrol(again)).body)).toEqual(known);
  const withOtherKey = { ...again, code: (await makeCode(platform)).secret, requestKey: makeTillKey().publicKey };
  expect(await enrol(withOtherKey)).toMatchObject({ status: 400, body: { code: "request.invalid" } });
});

test("a used code is refused for every other till", async () => {
  const request = enrolment((await makeCode(platform)).secret);
  await enrol(request);
  const others = [
    { ledger: randomUUID() },
    { journalKey: makeTillKey().publicKey },
    { requestKey: makeTillKey().publicKey },
  ];
  for (const other of others) {
    const answer = await enrol({ ...request, ...other });
    expect(answer).toMatchObject({ status: 409, body: { code: "enrolment.code-used" } });
  }
});

test("a code that is unknown or too old is refused, each in its own words", async () => {
  const { secret } = await makeCode(platform);
  expect(await enrol(enrolment("AAAAAAAAAAAAAAAAAAAAAAAAAA"))).toMatchObject({
    body: { code: "enrolment.code-unknown" },
  });
  platform.clock.nowMs += 25 * 3_600_000;
  expect(await enrol(enrolment(secret))).toMatchObject({ status: 410, body: { code: "enrolment.code-expired" } });
});

test("keys and ledgers of one till cannot be enrolled for another", async () => {
  const { secret } = await makeCode(platform);
  const request = enrolment(secret);
  const stolen = [{ ledger: till.ledger }, { requestKey: till.requestKey.publicKey }];
  for (const each of stolen) {
    expect(await enrol({ ...request, ...each })).toMatchObject({ status: 400, body: { code: "request.invalid" } });
  }
  expect((await enrol(request)).status).toBe(200);
});

test("the database holds no secret of an enrolment code", async () => {
  const { secret } = await makeCode(platform);
  const rows = await platform.database.query<{ row: string }>("select c::text as row from enrolment_codes c");
  expect(rows.rows.some(({ row }) => row.includes(secret))).toBe(false);
  expect(rows.rows.some(({ row }) => row.includes(Buffer.from(secret).toString("hex")))).toBe(false);
});

test("whatever is wrong with a request, the refusal has the protocol's form and no inner detail", async () => {
  const url = `${platform.url}/v1/enrolments`;
  const answers = [
    await ask(`${platform.url}/v1/nothing`),
    await ask(url, { method: "PUT" }),
    await ask(url, jsonPost({ code: 1 })),
    await ask(url, { ...jsonPost({}), body: "{" }),
    await ask(url, { ...jsonPost({}), headers: { "content-type": "text/plain" } }),
    await ask(url, jsonPost({ code: "x".repeat(100_000) })),
    await ask(`${platform.url}/v1/pictures/..%2f..%2fetc`),
  ];
  for (const { status, body } of answers) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    platformErrorSchema.parse(body);
  }
  expect(answers[5]).toMatchObject({ status: 413, body: { code: "request.too-large" } });
});

test("the demo's money tap is closed to a web page that comes under a name of its own", async () => {
  const { hostname, port } = new URL(platform.url);
  const { request } = await import("node:http");
  const status = await new Promise<number | undefined>((resolve, reject) => {
    request({ hostname, port, path: "/v1/demo/shoppers", headers: { host: "shop.example" } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once("error", reject)
      .end();
  });
  expect(status).toBe(404);
});
