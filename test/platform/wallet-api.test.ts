import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  certificateResponseSchema,
  demoShoppersResponseSchema,
  historyResponseSchema,
  walletSchema,
  walletThreadsResponseSchema,
  type Wallet,
} from "../../sync/protocol/wallet-api.ts";
import { createSpendToken } from "../../sync/protocol/token.ts";
import { exportPublicKey, generateSigningKey, signWithWebCrypto } from "../../sync/protocol/web-crypto.ts";
import { asker, makePhone, openTestSession, type Asker } from "./support/test-phone.ts";
import { startTestPlatform, type TestPlatform } from "./support/test-platform.ts";
import { openTill, sellByWallet } from "./support/test-shop.ts";
import { makeCharge, makeShopper } from "./support/test-shopper.ts";
import { ask, jsonPost, type TestTill } from "./support/test-till.ts";

let platform: TestPlatform;
let till: TestTill;
let phone: Asker;
beforeAll(async () => {
  platform = await startTestPlatform();
  till = await openTill(platform);
  phone = await makePhone(platform, "s-01");
});
afterAll(async () => {
  await platform.stop();
});

async function me(by: Asker = phone): Promise<Wallet> {
  return walletSchema.parse((await by.get("/v1/wallet/me")).body);
}

test("a phone sees its own wallet, and nothing without a session", async () => {
  expect(await me()).toMatchObject({ name: { en: "Wang Fang" }, currency: "CNY", balanceMinor: 50_000, unread: 0 });
  for (const path of ["me", "history", "threads"]) {
    expect(await ask(`${platform.url}/v1/wallet/${path}`)).toMatchObject({ body: { code: "auth.missing" } });
    const guess = asker(platform, "A".repeat(43));
    expect(await guess.get(`/v1/wallet/${path}`)).toMatchObject({ status: 401, body: { code: "auth.invalid" } });
  }
  const certificate = await ask(`${platform.url}/v1/wallet/certificates`, jsonPost({ publicKey: "02".repeat(33) }));
  expect(certificate).toMatchObject({ status: 401, body: { code: "auth.missing" } });
});

test("the database holds no session that could be used by whoever reads it", async () => {
  const session = await openTestSession(platform, "s-05");
  const { rows } = await platform.database.query<{ row: string }>(
    "select wallet_sessions::text as row from wallet_sessions",
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ row }) => row.includes(session))).toEqual([]);
});

test("a session ends after thirty days, and an eleventh phone signs the oldest out", async () => {
  const sessions: string[] = [];
  for (let count = 0; count < 11; count += 1) sessions.push(await openTestSession(platform, "s-02"));
  const statusOf = async (session: string | undefined) =>
    (await asker(platform, session ?? "none").get("/v1/wallet/me")).status;
  expect(await Promise.all([statusOf(sessions[0]), statusOf(sessions[1]), statusOf(sessions[10])])).toEqual([
    401, 200, 200,
  ]);
  const now = platform.clock.nowMs;
  platform.clock.nowMs = now + 30 * 24 * 3_600_000 - 1000;
  expect(await statusOf(sessions[10])).toBe(200);
  platform.clock.nowMs = now + 30 * 24 * 3_600_000;
  expect(await statusOf(sessions[10])).toBe(401);
  platform.clock.nowMs = now;
});

test("a certificate from the phone's own path pays at a till", async () => {
  const keys = await generateSigningKey("ES256", { extractable: false });
  const publicKey = Buffer.from(await exportPublicKey("ES256", keys.publicKey)).toString("hex");
  const issued = certificateResponseSchema.parse((await phone.post("/v1/wallet/certificates", { publicKey })).body);
  expect(issued.walletId).toBe((await me()).walletId);
  const issuedAtSeconds = Math.floor(platform.clock.nowMs / 1000);
  const token = await createSpendToken({
    sign: signWithWebCrypto("ES256", keys.privateKey),
    certificate: Buffer.from(issued.certificate, "hex"),
    issuedAtSeconds,
    expiresAtSeconds: issuedAtSeconds + 60,
    cti: new Uint8Array(8),
    counter: 1,
  });
  const answer = await till.post("/v1/charges", { ...makeCharge(till, 100), token });
  expect(answer.body).toMatchObject({ state: "paid" });
});

test("a key that is no point of the curve gets no certificate: nothing it signs could ever be verified", async () => {
  // The first is beyond the field, and no point has the second as its x.
  for (const publicKey of [`02${"f".repeat(64)}`, `02${"0".repeat(63)}1`]) {
    const answer = await phone.post("/v1/wallet/certificates", { publicKey });
    expect(answer, publicKey).toMatchObject({ status: 400, body: { code: "request.invalid" } });
    const demo = await ask(`${platform.url}/v1/demo/shoppers/s-01/certificates`, jsonPost({ publicKey }));
    expect(demo, publicKey).toMatchObject({ status: 400, body: { code: "request.invalid" } });
  }
});

test("history says what moved the balance, where, and on which receipt, the newest first and in pages", async () => {
  const own = await makePhone(platform, "s-03");
  const shopper = await makeShopper(platform, "s-03");
  const first = await sellByWallet(platform, till, shopper, 1);
  const charge = makeCharge(till, 700);
  await till.post("/v1/charges", { ...charge, token: await shopper.token() });
  await till.post(`/v1/charges/${charge.paymentId}/reversal`, charge);
  const history = historyResponseSchema.parse((await own.get("/v1/wallet/history")).body);
  expect(history.moves).toMatchObject([
    { kind: "reversal", amountMinor: 700, balanceAfterMinor: 126_700, number: charge.number },
    { kind: "charge", amountMinor: -700, balanceAfterMinor: 126_000, number: charge.number },
    {
      kind: "charge",
      amountMinor: -1300,
      balanceAfterMinor: 126_700,
      store: { en: "Lantern Lane Grocery" },
      number: first.charge.number,
      receiptCode: first.sale.receiptCode,
    },
    { kind: "top-up", amountMinor: 128_000, balanceAfterMinor: 128_000 },
  ]);
  expect(history.more).toBe(false);
  const { threads } = walletThreadsResponseSchema.parse((await own.get("/v1/wallet/threads")).body);
  expect(history.moves[2]?.threadId).toBe(threads[0]?.threadId);
  expect((await me(own)).lastChange).toBe(history.moves[0]?.id);
  const page = historyResponseSchema.parse((await own.get("/v1/wallet/history?limit=2")).body);
  expect(page).toEqual({ moves: history.moves.slice(0, 2), more: true });
  const older = historyResponseSchema.parse((await own.get(`/v1/wallet/history?before=${page.moves[1]?.id}`)).body);
  expect(older).toEqual({ moves: history.moves.slice(2), more: false });
});

test("a receipt counts as unread until the phone says that it was read", async () => {
  const own = await makePhone(platform, "s-04");
  const shopper = await makeShopper(platform, "s-04");
  const { sale } = await sellByWallet(platform, till, shopper, 2);
  expect((await me(own)).unread).toBe(1);
  const { threads } = walletThreadsResponseSchema.parse((await own.get("/v1/wallet/threads")).body);
  expect(threads).toMatchObject([
    {
      store: { en: "Lantern Lane Grocery" },
      address: { en: "18 Lantern Lane, Huangpu District, Shanghai" },
      answersUntil: "21:00",
      last: { from: "shop", kind: "receipt", text: sale.receiptCode, totalMinor: 1300 },
      unread: 1,
    },
  ]);
  await own.post(`/v1/wallet/threads/${threads[0]?.threadId}/read`, { upTo: 1 });
  expect((await me(own)).unread).toBe(0);
  const path = `/v1/wallet/threads/${randomUUID()}/read`;
  expect(await own.post(path, { upTo: 1 })).toMatchObject({ status: 404, body: { code: "not-found" } });
});

test("the demo lists its shoppers and says its PIN on loopback alone: a page that was lured here names another host", async () => {
  const listed = await ask(`${platform.url}/v1/demo/shoppers`);
  expect(demoShoppersResponseSchema.parse(listed.body).shoppers).toHaveLength(6);
  expect((await ask(`${platform.url}/v1/demo/shop`)).body).toEqual({ pin: "2580" });
  expect(await ask(`${platform.url}/v1/demo/shoppers/s-99/sessions`, jsonPost({}))).toMatchObject({ status: 404 });
  const { hostname, port } = new URL(platform.url);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const path = "/v1/demo/shoppers/s-01/sessions";
    const asked = request({ hostname, port, path, method: "POST", headers: { host: "evil.example" } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on("error", reject);
    asked.end();
  });
  expect(status).toBe(404);
});
