import axios from "axios";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RailPhones } from "../../../main/demo/rail-phones.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";
import { openTill } from "../support/test-shop.ts";
import { makeCharge } from "../support/test-shopper.ts";
import { ask, type TestTill } from "../support/test-till.ts";

let platform: TestPlatform;
let till: TestTill;
let phones: RailPhones;
beforeAll(async () => {
  platform = await startTestPlatform({ rails: null });
  till = await openTill(platform);
  phones = new RailPhones(platform.url);
});
afterAll(() => platform.stop());

async function view(rail: string) {
  const found = (await phones.rails()).find((each) => each.rail === rail);
  if (found === undefined) throw new Error(`${rail} is not played`);
  return found;
}

async function balanceOf(rail: string): Promise<number | undefined> {
  return (await view(rail)).balances.find(({ shopperId }) => shopperId === "s-01")?.balanceMinor;
}

test.each(["wechat-pay", "alipay"] as const)(
  "a shopper of the demo pays by %s: the phone asks for the password, and the money is gone when it is given",
  async (rail) => {
    const before = (await balanceOf(rail)) ?? 0;
    await phones.choose(rail, "password");
    expect((await view(rail)).behaviour).toBe("password");
    const { text, expiresAt } = await phones.payCode(rail, "s-01");
    expect(expiresAt).toBe(platform.clock.nowMs + 60_000);
    const charge = { ...makeCharge(till, 1250), rail };
    expect((await till.post("/v1/charges", { ...charge, token: text })).body).toMatchObject({ state: "waiting" });
    // One payment was to be like that; the next is an ordinary one.
    const { waiting, behaviour } = await view(rail);
    expect(behaviour).toBe("at-once");
    expect(waiting).toEqual([
      { orderNumber: charge.paymentId.replaceAll("-", ""), shopperId: "s-01", amountMinor: 1250 },
    ]);
    await phones.answer(rail, waiting[0]?.orderNumber ?? "", true);
    platform.clock.nowMs += 2000;
    expect((await till.get(`/v1/charges/${charge.paymentId}`)).body).toMatchObject({ state: "paid" });
    expect(await balanceOf(rail)).toBe(before - 1250);
    expect((await view(rail)).waiting).toEqual([]);
    // Touching what is gone from the phone does nothing.
    await phones.answer(rail, charge.paymentId.replaceAll("-", ""), false);
  },
);

test("the companies' books outlive the platform: what was paid before a restart can be undone after it", async () => {
  const { text } = await phones.payCode("wechat-pay", "s-02");
  const charge = { ...makeCharge(till, 900), rail: "wechat-pay" as const };
  await till.post("/v1/charges", { ...charge, token: text });
  await platform.restart();
  platform.clock.nowMs += 20_000;
  const answer = await till.post(`/v1/charges/${charge.paymentId}/reversal`, charge);
  expect(answer.body).toMatchObject({ state: "reversed", takenBefore: true });
  phones = new RailPhones(platform.url);
});

test("whoever does not call the demo by loopback, a shopper that is none and a rail that is none get nothing", async () => {
  const headers = { host: "shop.example" };
  await expect(axios.get(`${platform.url}/v1/demo/rails`, { headers, proxy: false })).rejects.toThrow(/404/);
  await expect(phones.payCode("alipay", "nobody")).rejects.toThrow(/404/);
  expect((await ask(`${platform.url}/v1/demo/rails/wallet/codes`, { method: "POST" })).status).toBe(400);
});
