import { afterAll, beforeAll, expect, test } from "vitest";
import type { OtherWallet, RailBehaviour } from "../../sync/protocol/demo-rails.ts";
import type { CashierPage } from "./support/cashier-page.ts";
import { openShop, type OpenShop } from "./support/open-shop.ts";

/**
 * What a cashier sees of the wallets of other companies, for everything that the demo's rails can do. Each ends on a screen
 * that says what is true and what to do, and with the shopper's money where the screen says it is.
 */
let open: OpenShop;
let cashier: CashierPage;

beforeAll(async () => {
  open = await openShop();
  cashier = await open.openCashier();
}, 120_000);

afterAll(async () => open?.close());

const shopperId = () => open.counter.snapshot().shoppers[0]?.id ?? "";

/** The shopper's phone is looked at by showing a code, which moves nothing. */
async function balanceMinor(rail: OtherWallet): Promise<number> {
  await open.counter.call("shopper.show-code", { shopperId: shopperId(), rail });
  const found = open.counter.snapshot().rails.find((each) => each.rail === rail);
  return found?.balances.find((each) => each.shopperId === shopperId())?.balanceMinor ?? Number.NaN;
}

/** Sells a coffee to a wallet of this company, which then behaves so. */
async function show(rail: OtherWallet, behaviour: RailBehaviour): Promise<{ before: number }> {
  const before = await balanceMinor(rail);
  await open.hands("till").scan("Coffee");
  await cashier.totalIs("¥12.00");
  await open.counter.call("shopper.choose-behaviour", { rail, behaviour });
  await open.counter.call("shopper.show-code", { shopperId: shopperId(), rail });
  await open.counter.call("shopper.scan-code", { station: "till" });
  return { before };
}

async function answerPassword(rail: OtherWallet, confirms: boolean): Promise<void> {
  const waiting = () => open.counter.snapshot().rails.find((each) => each.rail === rail)?.waiting ?? [];
  await expect.poll(() => waiting().length, { timeout: 10_000 }).toBe(1);
  await open.counter.call("shopper.answer", { rail, orderNumber: waiting()[0]?.orderNumber ?? "", confirms });
}

async function payInCash(): Promise<void> {
  await cashier.key(/^Cash ¥12\.00/).click();
  await cashier.says("Paid in cash");
  await cashier.key(/^Next sale/).click();
}

test.each(["wechat-pay", "alipay"] as const)(
  "%s pays at once, and the screen names it",
  async (rail) => {
    const { before } = await show(rail, "at-once");
    await cashier.says("Paid by wallet");
    await cashier.says(rail === "alipay" ? "Alipay" : "WeChat Pay");
    expect(await balanceMinor(rail)).toBe(before - 1200);
    await cashier.key(/^Next sale/).click();
  },
  60_000,
);

test.each([
  ["wechat-pay", "WeChat Pay asks its owner"],
  ["alipay", "Alipay asks its owner"],
] as const)(
  "%s asks for the password: the cashier sees for whom everybody waits, and is paid by itself",
  async (rail, title) => {
    const { before } = await show(rail, "password");
    await cashier.says("The shopper confirms on the phone");
    await cashier.says(title);
    await open.screenshot(cashier.page, `e2e-waiting-${rail}`);
    await answerPassword(rail, true);
    await cashier.page.getByText("Paid by wallet").first().waitFor({ timeout: 20_000 });
    expect(await balanceMinor(rail)).toBe(before - 1200);
    await cashier.key(/^Next sale/).click();
  },
  60_000,
);

test("a phone that types by itself is asked after until it has paid", async () => {
  await show("alipay", "password-by-itself");
  await cashier.says("The shopper confirms on the phone");
  await cashier.page.getByText("Paid by wallet").first().waitFor({ timeout: 45_000 });
  await cashier.key(/^Next sale/).click();
}, 90_000);

test.each([
  ["alipay", "system-error-charged"],
  ["wechat-pay", "lost-reply"],
  ["alipay", "bad-signature"],
  ["wechat-pay", "timeout-charged"],
] as const)(
  "%s, %s: the screen says that nobody knows yet, and asking again finds it paid once",
  async (rail, behaviour) => {
    const { before } = await show(rail, behaviour);
    await cashier.page.getByText("Outcome not known yet").waitFor({ timeout: 20_000 });
    const again = cashier.key(/^Ask the wallet again/);
    // It asks by itself, too: whichever is first.
    await again.click({ timeout: 3_000 }).catch(() => undefined);
    await cashier.page.getByText("Paid by wallet").first().waitFor({ timeout: 30_000 });
    expect(await balanceMinor(rail)).toBe(before - 1200);
    await cashier.key(/^Next sale/).click();
  },
  90_000,
);

test.each([
  ["wechat-pay", "system-error-not-charged"],
  ["alipay", "timeout-not-charged"],
] as const)(
  "%s, %s: undone, the sale is paid in cash at once, and nothing is ever charged",
  async (rail, behaviour) => {
    const { before } = await show(rail, behaviour);
    await cashier.page.getByText("Outcome not known yet").waitFor({ timeout: 20_000 });
    await cashier.key(/^Undo payment/).click();
    await payInCash();
    await expect.poll(() => balanceMinor(rail), { timeout: 30_000 }).toBe(before);
  },
  90_000,
);

test("paid just as it is undone: the money comes back to the shopper, and the sale is paid once", async () => {
  const { before } = await show("wechat-pay", "reversed-while-typing");
  await cashier.says("The shopper confirms on the phone");
  await cashier.key(/^Undo payment/).click();
  await payInCash();
  await expect.poll(() => cashier.page.getByText(/being undone/).count(), { timeout: 60_000 }).toBe(0);
  expect(await balanceMinor("wechat-pay")).toBe(before);
}, 90_000);

test("set aside, the next shopper is served, and the sale before is settled by itself when its owner has confirmed", async () => {
  const { before } = await show("alipay", "password");
  await cashier.says("The shopper confirms on the phone");
  await cashier.key(/^Set aside/).click();
  await open.hands("till").scan("Coffee");
  await cashier.totalIs("¥12.00");
  await answerPassword("alipay", true);
  await cashier.page.getByText(/the sale that was set aside is paid/).waitFor({ timeout: 20_000 });
  expect(await balanceMinor("alipay")).toBe(before - 1200);
  await open.screenshot(cashier.page, "e2e-aside-paid");
  await payInCash();
}, 60_000);

test.each([
  ["wechat-pay", "insufficient", "The wallet says: not enough money."],
  ["alipay", "above-limit", "The wallet says: above a limit of this shopper."],
  ["wechat-pay", "code-expired", /The wallet says: this (?:code is too old|is none of its codes)/],
  ["alipay", "code-used", /The wallet says: this (?:code|is none)/],
  ["wechat-pay", "declined", "The wallet has declined."],
] as const)(
  "%s, %s: the cashier reads why, and takes cash",
  async (rail, behaviour, words) => {
    const { before } = await show(rail, behaviour);
    await cashier.says(words);
    await payInCash();
    expect(await balanceMinor(rail)).toBe(before);
  },
  60_000,
);

test("no page has complained, and every sale has arrived", async () => {
  await cashier.page.getByText("All sales have arrived").waitFor({ timeout: 30_000 });
  expect(open.complaints).toEqual([]);
}, 60_000);
