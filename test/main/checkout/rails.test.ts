import { randomUUID } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLedgerCopy } from "../../../main/ledger/read-copy.ts";
import { demoStore } from "../../../platform/demo/goods/demo-shop.ts";
import { orderNumberOf } from "../../../platform/rails/order-number.ts";
import type { RailName } from "../../../platform/rails/rail.ts";
import type { RailBehaviour } from "../../../sync/protocol/demo-rails.ts";
import { startTestRails, type TestRails } from "../../platform/support/test-rails.ts";
import { startTestPlatform, type TestPlatform } from "../../platform/support/test-platform.ts";
import { brokenPlace, changeGoods, openTestShop, paperText, tea, type TestShop } from "./test-shop.ts";

/**
 * A real till over a real platform over the emulators of both rails: each way in which a rail may behave ends with a screen
 * that says what is true, and with the same money at the rail, at the platform and in the till's ledger.
 */

let rails: TestRails;
let platform: TestPlatform;
const clock = { nowMs: Date.UTC(2026, 10, 20, 6) };

beforeAll(async () => {
  rails = await startTestRails(() => clock.nowMs);
  platform = await startTestPlatform({ clock, rails: rails.configuration });
});

afterAll(async () => {
  await platform.stop();
  await rails.close();
});

const both: readonly RailName[] = ["wechat-pay", "alipay"];
const cases = (behaviours: readonly RailBehaviour[]) =>
  both.flatMap((rail) => behaviours.map((behaviour) => [rail, behaviour] as const));

/** A till with a bottle of tea in the basket, whose shopper shows a code of this rail. */
async function scanned(rail: RailName, behaviour: RailBehaviour): Promise<{ shop: TestShop; before: number }> {
  const shop = await openTestShop(platform, { withPrinter: behaviour === "at-once" });
  await shop.call("basket.add", { itemId: tea.itemId });
  const emulator = rails.emulator(rail);
  const before = balanceOf(rail);
  emulator.choose(behaviour);
  const { code } = emulator.issueCode("rich");
  await shop.call("basket.scan", { text: code, source: "wedge" });
  return { shop, before };
}

function balanceOf(rail: RailName): number {
  return rails.emulator(rail).balanceOf("rich") ?? Number.NaN;
}

function paymentOf(shop: TestShop): { paymentId: string; orderNumber: string } {
  const { payment } = shop.snapshot();
  if (payment === undefined) throw new Error("No payment is open");
  return { paymentId: payment.paymentId, orderNumber: orderNumberOf(payment.paymentId) };
}

/** Asks again as the cashier's key does, after the rail's own pause. */
async function askAgain(shop: TestShop): Promise<void> {
  clock.nowMs += 6_000;
  await shop.call("payment.ask-again", { paymentId: paymentOf(shop).paymentId });
}

/**
 * Lets a minute pass, after which both rails may be told of a reversal, and has the platform work off what is due. The till
 * asks again by itself.
 */
async function untilReversed(shop: TestShop): Promise<void> {
  clock.nowMs += 60_000;
  await platform.workOffRails();
  await shop.until("the reversal", (now) => now.undoing === undefined);
}

/** What the till booked of this rail, and that everything else about its ledger and the platform's agrees. */
async function settledBooks(shop: TestShop, rail: RailName): Promise<number> {
  await shop.until("the platform to have it", ({ sync }) => sync.state === "online" && sync.salesWaiting === 0);
  const { ledger } = shop.snapshot().till;
  await expect
    .poll(async () => {
      const { rows } = await platform.database.query("select 1 from answers where ledger = $1 and state <> 'settled'", [
        ledger,
      ]);
      return rows;
    })
    .toEqual([]);
  await shop.closeAndRead();
  expect(await brokenPlace(shop)).toBeNull();
  const copy = openLedgerCopy(`${shop.folder}/ledger.db`);
  try {
    const sum = (account: string) => copy.balances().find((each) => each.account === account)?.amountMinor ?? 0;
    expect(sum("suspense")).toBe(0);
    return sum(`wallet:${rail}`) + sum("fee:wallet");
  } finally {
    copy.close();
  }
}

test.each(both)(
  "%s pays at once: paper, screen and three books name it",
  async (rail) => {
    const { shop, before } = await scanned(rail, "at-once");
    expect(shop.snapshot().outcome).toMatchObject({ tender: "wallet", rail, totalMinor: 450 });
    const name = rail === "alipay" ? /Alipay/ : /WeChat Pay/;
    await expect.poll(() => paperText(shop), { timeout: 10_000 }).toMatch(name);
    expect(balanceOf(rail)).toBe(before - 450);
    expect(await settledBooks(shop, rail)).toBe(450);
  },
  60_000,
);

test.each(both)(
  "%s asks for the password: the till waits, and is paid when the shopper has typed it",
  async (rail) => {
    const { shop, before } = await scanned(rail, "password");
    expect(shop.snapshot()).toMatchObject({ payment: { state: "waiting", rail }, basket: { itemCount: 1 } });
    await askAgain(shop);
    expect(shop.snapshot().payment?.state).toBe("waiting");
    rails.emulator(rail).answer(paymentOf(shop).orderNumber, true);
    await askAgain(shop);
    expect(shop.snapshot().outcome).toMatchObject({ tender: "wallet", rail });
    expect(balanceOf(rail)).toBe(before - 450);
    expect(await settledBooks(shop, rail)).toBe(450);
  },
  60_000,
);

test.each(cases(["timeout-charged", "system-error-charged", "lost-reply", "bad-signature"]))(
  "%s, %s: nobody can know at first, and asking again finds that it is paid, once",
  async (rail, behaviour) => {
    const { shop, before } = await scanned(rail, behaviour);
    expect(shop.snapshot().payment).toMatchObject({ state: "unknown", rail });
    expect(balanceOf(rail)).toBe(before - 450);
    await askAgain(shop);
    expect(shop.snapshot().outcome).toMatchObject({ tender: "wallet", rail });
    expect(balanceOf(rail)).toBe(before - 450);
    expect(await settledBooks(shop, rail)).toBe(450);
  },
  60_000,
);

test.each(cases(["timeout-not-charged"]))(
  "%s, %s: undone, the sale is paid in cash, and the order can never be paid any more",
  async (rail, behaviour) => {
    const { shop, before } = await scanned(rail, behaviour);
    expect(shop.snapshot().payment).toMatchObject({ state: "unknown", rail });
    clock.nowMs += 20_000;
    const { paymentId } = paymentOf(shop);
    await shop.call("payment.undo", { paymentId });
    await shop.call("tender.cash", { saleId: shop.snapshot().basket.saleId, tenderedMinor: 450 });
    await untilReversed(shop);
    expect(balanceOf(rail)).toBe(before);
    expect(await settledBooks(shop, rail)).toBe(0);
  },
  60_000,
);

test.each(both)(
  "%s is paid just as it is undone: the money is with the shopper again, and the sale is paid in cash",
  async (rail) => {
    const { shop, before } = await scanned(rail, "reversed-while-typing");
    expect(shop.snapshot().payment?.state).toBe("waiting");
    clock.nowMs += 20_000;
    await shop.call("payment.undo", { paymentId: paymentOf(shop).paymentId });
    await untilReversed(shop);
    // The rail does not say whether it had been paid; that it is not any more is what counts.
    expect(balanceOf(rail)).toBe(before);
    await shop.call("tender.cash", { saleId: shop.snapshot().basket.saleId, tenderedMinor: 450 });
    expect(await settledBooks(shop, rail)).toBe(0);
  },
  60_000,
);

test("a shopper who refuses in WeChat is told, and pays in cash", async () => {
  const { shop, before } = await scanned("wechat-pay", "password");
  rails.emulator("wechat-pay").answer(paymentOf(shop).orderNumber, false);
  clock.nowMs += 20_000;
  await askAgain(shop);
  expect(shop.snapshot().payment).toBeUndefined();
  expect(shop.snapshot().notice?.fault.code).toBe("rail.not-confirmed");
  await shop.call("tender.cash", { saleId: shop.snapshot().basket.saleId, tenderedMinor: 450 });
  expect(balanceOf("wechat-pay")).toBe(before);
  expect(await settledBooks(shop, "wechat-pay")).toBe(0);
}, 60_000);

// Alipay says nothing of a shopper who cancels: until it closes the order it waits for the password.
test("a shopper who cancels in Alipay says so, and the cashier undoes what the rail still waits for", async () => {
  const { shop, before } = await scanned("alipay", "password");
  rails.emulator("alipay").answer(paymentOf(shop).orderNumber, false);
  clock.nowMs += 20_000;
  await askAgain(shop);
  expect(shop.snapshot().payment?.state).toBe("waiting");
  await shop.call("payment.undo", { paymentId: paymentOf(shop).paymentId });
  await shop.call("tender.cash", { saleId: shop.snapshot().basket.saleId, tenderedMinor: 450 });
  await untilReversed(shop);
  expect(balanceOf("alipay")).toBe(before);
  expect(await settledBooks(shop, "alipay")).toBe(0);
}, 60_000);

test.each(
  both.flatMap((rail) =>
    (
      [
        ["insufficient", "rail.insufficient"],
        ["above-limit", "rail.above-limit"],
        ["code-expired", "rail.code-expired"],
        ["code-used", "rail.code-used"],
        ["declined", "rail.declined"],
      ] as const
    ).map(([behaviour, code]) => [rail, behaviour, code] as const),
  ),
)(
  "%s, %s: the cashier reads why, nothing was charged, and the sale is free",
  async (rail, behaviour, code) => {
    const { shop, before } = await scanned(rail, behaviour);
    const { payment, notice, basket } = shop.snapshot();
    expect(payment).toBeUndefined();
    // Of a code that is no good any more a rail may say only that.
    const codes = behaviour.startsWith("code-") ? /^rail\.code-/ : new RegExp(`^${code}$`);
    expect(notice?.fault.code).toMatch(codes);
    await shop.call("tender.cash", { saleId: basket.saleId, tenderedMinor: 450 });
    expect(balanceOf(rail)).toBe(before);
    expect(await settledBooks(shop, rail)).toBe(0);
  },
  60_000,
);

test.each(both)(
  "a till that stops while a shopper types a password on %s sells on, and settles the sale when it is paid",
  async (rail) => {
    const { shop, before } = await scanned(rail, "password");
    const { orderNumber, paymentId } = paymentOf(shop);
    await shop.reopen();
    expect(shop.snapshot().staff?.parked).toMatchObject([{ payment: { paymentId, rail, state: "waiting" } }]);
    await shop.call("basket.add", { itemId: tea.itemId });
    rails.emulator(rail).answer(orderNumber, true);
    clock.nowMs += 6_000;
    await shop.call("payment.ask-again", { paymentId });
    expect(shop.snapshot().staff?.parked).toEqual([]);
    expect(shop.snapshot().notice?.fault.code).toBe("payment.aside-paid");
    await shop.call("tender.cash", { saleId: shop.snapshot().basket.saleId, tenderedMinor: 450 });
    expect(balanceOf(rail)).toBe(before - 450);
    expect(await settledBooks(shop, rail)).toBe(450);
  },
  60_000,
);

test("the number on the shopper's phone finds the payment at this till, and at the one beside it", async () => {
  const { shop } = await scanned("alipay", "at-once");
  const { outcome } = shop.snapshot();
  const number = outcome?.paymentNumber ?? "";
  const found = { number, rail: "alipay", state: "paid", amountMinor: 450 };
  expect(await shop.call("payments.find", { number })).toMatchObject({
    isPlatformAsked: true,
    payments: [{ ...found, receipt: { saleId: outcome?.saleId } }],
  });
  const beside = await openTestShop(platform, { withPrinter: false });
  const { number: till } = shop.snapshot().till;
  expect(await beside.call("payments.find", { number })).toMatchObject({ payments: [{ ...found, tillNumber: till }] });
  await beside.relay.set("cut");
  expect(await beside.call("payments.find", { number })).toEqual({ isPlatformAsked: false, payments: [] });
}, 60_000);

test("a till that lost its key while a shopper typed has the payment undone by its new ledger, over the same rail", async () => {
  const { shop, before } = await scanned("alipay", "password");
  const { orderNumber } = paymentOf(shop);
  await shop.closeAndRead();
  const keys = join(shop.folder, "keys");
  for (const name of readdirSync(keys)) if (name.startsWith("journal-")) rmSync(join(keys, name));
  rails.emulator("alipay").answer(orderNumber, true);
  await shop.reopen();
  await untilReversed(shop);
  expect(balanceOf("alipay")).toBe(before);
  expect(await settledBooks(shop, "alipay")).toBe(0);
}, 60_000);

test.each(both)(
  "a part of what %s paid goes back over it, once, and the till says when it has",
  async (rail) => {
    const { shop, before } = await scanned(rail, "at-once");
    const { saleId = "" } = shop.snapshot().outcome ?? {};
    const request = {
      refundId: randomUUID(),
      saleId,
      of: { kind: "amount" as const, amountMinor: 150 },
      reason: "faulty" as const,
    };
    const answer = await shop.call("refund.settle", request);
    expect(shop.snapshot().outcome).toMatchObject({ kind: "refund", walletState: "recorded" });
    expect(await shop.call("refund.settle", request)).toEqual(answer);
    await expect
      .poll(
        () => {
          // A refund that the rail has only accepted is asked after later.
          clock.nowMs += 10_000;
          return balanceOf(rail);
        },
        { timeout: 20_000 },
      )
      .toBe(before - 450 + 150);
    await expect
      .poll(
        async () => {
          clock.nowMs += 10_000;
          await shop.call("sync.try-now", {}, "manager");
          return shop.snapshot().outcome?.walletState;
        },
        { timeout: 30_000, interval: 500 },
      )
      .toBe("given-back");
    expect(await settledBooks(shop, rail)).toBe(300);
    const { rows } = await platform.database.query<{ balance_minor: number }>(
      "select sum(amount_minor)::bigint as balance_minor from transfer_legs l join transfers t on t.id = l.transfer_id where t.kind = 'refund' and l.account_id = $1",
      [`rail:${rail}:CNY`],
    );
    expect(rows[0]?.balance_minor).toBe(150);
  },
  90_000,
);

// Comes last: it changes the shop for good.
test("a code of a wallet that this shop does not take is refused in words, and no rail hears of it", async () => {
  const shop = await openTestShop(platform, { withPrinter: false });
  await changeGoods(platform, shop, { kind: "store", id: demoStore.id, body: { ...demoStore, wallets: ["alipay"] } });
  await shop.call("basket.add", { itemId: tea.itemId });
  const calls = rails.emulator("wechat-pay").calls("pay");
  const { code } = rails.emulator("wechat-pay").issueCode("rich");
  await shop.call("basket.scan", { text: code, source: "wedge" });
  expect(shop.snapshot().notice?.fault.code).toBe("scan.wallet-not-taken");
  expect(rails.emulator("wechat-pay").calls("pay")).toBe(calls);
});
