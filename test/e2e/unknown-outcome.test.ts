import { afterAll, beforeAll, expect, test } from "vitest";
import type { CashierPage } from "./support/cashier-page.ts";
import { openShop, type OpenShop } from "./support/open-shop.ts";

/**
 * What a cashier sees when the wallet was asked and its answer got lost on the way back. The platform has charged; the
 * till cannot know. Each test ends with the truth on the screen and the money in one place.
 */
let open: OpenShop;
let cashier: CashierPage;

beforeAll(async () => {
  open = await openShop();
  cashier = await open.openCashier();
}, 120_000);

afterAll(async () => open?.close());

const shopperId = () => open.counter.snapshot().shoppers[0]?.id ?? "";

async function balanceMinor(): Promise<number> {
  await open.counter.call("shopper.show-code", { shopperId: shopperId() });
  return open.counter.snapshot().shoppers[0]?.balanceMinor ?? Number.NaN;
}

/** Sells a coffee to a wallet whose answer gets lost. The till gives up waiting for the answer after ten seconds. */
async function loseTheAnswer(): Promise<void> {
  await open.hands("till").scan("Coffee");
  await cashier.totalIs("¥12.00");
  await open.counter.call("network.set", { station: "till", network: "silent" });
  await open.counter.call("shopper.scan-code", { station: "till" });
  await cashier.says("Asking the wallet");
  await cashier.page.getByText("The wallet has not answered").waitFor({ timeout: 15_000 });
}

test("a lost answer is asked for again under the same number, and the shopper pays once", async () => {
  const before = await balanceMinor();
  await loseTheAnswer();
  await open.screenshot(cashier.page, "e2e-unknown");
  // Meanwhile nothing can be taken twice: the basket stands still, and another code is refused in words.
  expect(await cashier.key(/^Cash/).count()).toBe(0);
  await open.counter.call("network.set", { station: "till", network: "up" });
  await cashier.key(/^Ask the wallet again/).click();
  await cashier.says("Paid by wallet");
  expect(await balanceMinor()).toBe(before - 1200);
  await cashier.key(/^Next sale/).click();
});

test("an undone payment frees the sale at once, and the money goes back by itself", async () => {
  const before = await balanceMinor();
  await loseTheAnswer();
  await cashier.key(/^Undo payment/).click();
  await cashier.says(/being undone/);
  await cashier.key(/^Cash ¥12\.00/).click();
  await cashier.says("Paid in cash");
  await open.counter.call("network.set", { station: "till", network: "up" });
  await expect.poll(balanceMinor, { timeout: 25_000 }).toBe(before);
  await cashier.says("All sales have arrived");
  expect(open.complaints).toEqual([]);
}, 60_000);
