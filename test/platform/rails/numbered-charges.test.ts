import { afterAll, beforeAll, expect, test } from "vitest";
import { startRailShop, type RailShop } from "../support/test-rail-shop.ts";
import { enrolTill } from "../support/test-till.ts";

let shop: RailShop;
beforeAll(async () => {
  shop = await startRailShop();
});
afterAll(() => shop.stop());

test("payments of a shop are found by their number, the newest first, for thirty days", async () => {
  const first = await shop.pay("wechat-pay", "at-once", 700);
  const { charge, code } = shop.make("alipay", 800);
  const second = { ...charge, number: first.charge.number };
  await shop.send(second, code);
  const path = `/v1/charges/numbered/${second.number}`;
  const other = await enrolTill(shop.platform);
  for (const till of [shop.till, other]) {
    expect((await till.get(path)).body).toMatchObject({
      charges: [
        { paymentId: second.paymentId, rail: "alipay", tillNumber: shop.till.number, charge: { state: "paid" } },
        { paymentId: first.charge.paymentId, rail: "wechat-pay", charge: { state: "paid", amountMinor: 700 } },
      ],
    });
  }
  await shop.platform.database.query("insert into stores (id) values ('elsewhere') on conflict do nothing");
  const elsewhere = await enrolTill(shop.platform, "elsewhere");
  expect((await elsewhere.get(path)).body).toEqual({ charges: [] });
  expect(await shop.till.get("/v1/charges/numbered/1234")).toMatchObject({ status: 400 });
  shop.wait(31 * 24 * 3600);
  expect((await shop.till.get(path)).body).toEqual({ charges: [] });
});
