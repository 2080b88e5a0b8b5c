import { afterAll, beforeAll, expect, test } from "vitest";
import { stationOf } from "../../main/contract/counter.ts";
import { openShop, type OpenShop } from "./support/open-shop.ts";
import type { StationHands } from "./support/station-hands.ts";
import type { CashierPage } from "./support/cashier-page.ts";

/**
 * The first sale in a real browser on a real till: every test goes on where the one before it left the shop, as a day
 * does, and each leaves an empty basket behind.
 */
let open: OpenShop;
let hands: StationHands;
let cashier: CashierPage;

beforeAll(async () => {
  open = await openShop();
  hands = open.hands("till");
  cashier = await open.openCashier();
}, 120_000);

afterAll(async () => open?.close());

test("a scanned wallet code pays at once, without a touch, and the paper says what was paid", async () => {
  await hands.scan("Jasmine tea 500 ml");
  await hands.scan("Jasmine tea 500 ml");
  await hands.scan("Sesame rice crackers 150 g");
  await cashier.totalIs("¥17.80");
  await cashier.says("Added");
  await open.screenshot(cashier.page, "e2e-selling");
  await hands.showWallet(100_00);
  await cashier.says("Paid by wallet");
  await cashier.says(/Stored on this till at/);
  await open.counter.until("the paper", () => hands.paper().includes("17.80"));
  expect(hands.paper()).toContain("Jasmine tea 500 ml");
  await cashier.says(/Receipt \d+-\d+ is printed/);
  await open.screenshot(cashier.page, "e2e-paid-wallet");
});

test("the next scan begins the next sale: nothing has to be touched after paying", async () => {
  await hands.scan("Coffee");
  await cashier.totalIs("¥12.00");
  await expect.poll(() => cashier.page.getByText("Paid by wallet").count()).toBe(0);
});

test("exact cash is one touch, opens the drawer and prints", async () => {
  await cashier.key(/^Cash ¥12\.00/).click();
  await cashier.says("Paid in cash");
  await open.counter.until("the drawer", (now) => stationOf(now, "till").drawer?.state === "open");
  await open.counter.until("the paper", () => hands.paper().includes("12.00"));
  await open.counter.call("drawer.close", {});
  await open.screenshot(cashier.page, "e2e-paid-cash");
  await cashier.key(/^Next sale/).click();
  await cashier.totalIs("¥0.00");
});

test("a touched tile and a keyboard-wedge scan go onto the beam, wherever the focus is", async () => {
  await cashier.tile("Tea egg").click();
  await cashier.totalIs("¥2.00");
  await cashier.page.getByRole("searchbox").focus();
  await cashier.wedge("6972145300182");
  await cashier.totalIs("¥10.80");
  expect(await cashier.page.getByRole("searchbox").inputValue()).toBe("");
  await cashier.key(/^One more of/).click();
  await cashier.totalIs("¥19.60");
});

test("an unknown code is named and leaves the basket as it was", async () => {
  await open.counter.call("scanner.scan-text", { station: "till", text: "NO-SUCH-CODE" });
  await cashier.says(/NO-SUCH-CODE/);
  await cashier.totalIs("¥19.60");
  await open.screenshot(cashier.page, "e2e-unknown-code");
});

test("4 KB of rubbish on the scanner's line neither stops the till nor touches the basket", async () => {
  await open.counter.call("scanner.scan-text", { station: "till", text: "x".repeat(4000) });
  await cashier.totalIs("¥19.60");
  await hands.scan("Tea egg");
  await cashier.totalIs("¥21.60");
});

test("a wallet without enough money is declined in words and the sale stays open", async () => {
  const poor = open.counter.snapshot().shoppers.find(({ balanceMinor }) => balanceMinor < 1_000);
  await open.counter.call("shopper.show-code", { shopperId: poor?.id ?? "" });
  await open.counter.call("shopper.scan-code", { station: "till" });
  await cashier.page.getByRole("alert").first().waitFor();
  await cashier.totalIs("¥21.60");
  await open.screenshot(cashier.page, "e2e-declined");
});

test("a code that has paid once is refused the second time", async () => {
  await hands.showWallet(100_00);
  await cashier.says("Paid by wallet");
  await cashier.key(/^Next sale/).click();
  await hands.scan("Coffee");
  await cashier.totalIs("¥12.00");
  await open.counter.call("shopper.scan-code", { station: "till" });
  await cashier.page.getByRole("alert").first().waitFor();
  await cashier.totalIs("¥12.00");
});

test("goods sold by weight open the pad for it when they are scanned, and the weight makes the price", async () => {
  await hands.scan("Fuji apples");
  await cashier.says("¥11.80 per kg");
  await cashier.key(/^g$/).click();
  await cashier.page.keyboard.type("842", { delay: 120 });
  await open.screenshot(cashier.page, "e2e-weight");
  await cashier.key(/^Add ¥9\.94/).click();
  await cashier.totalIs("¥21.94");
  await cashier.key(/^Remove/).click();
  await cashier.totalIs("¥12.00");
});

test("a reload in the middle of a basket brings the same basket back, without the address's token", async () => {
  expect(cashier.page.url()).not.toContain("token");
  await cashier.page.reload();
  await cashier.totalIs("¥12.00");
});

test("two windows on one till show the same basket", async () => {
  const second = await open.openCashier({ colorScheme: "dark" });
  await second.totalIs("¥12.00");
  await second.tile("Coffee").click();
  await cashier.totalIs("¥24.00");
  await second.page.context().close();
});

test("a till whose process is killed in the middle of a basket comes back with it", async () => {
  await open.shop.till.crash();
  await cashier.totalIs("¥24.00");
  await cashier.tile("Coffee").click();
  await cashier.totalIs("¥36.00");
  await cashier.key(/^Cash ¥36\.00/).click();
  await cashier.says("Paid in cash");
  await open.counter.until("the paper", () => hands.paper().includes("36.00"));
});

test("with the platform away cash goes on, the page counts what waits, and everything arrives once", async () => {
  // What was sold before has to be there already, so that the count is about the sale of this test alone.
  await cashier.says("All sales have arrived");
  await open.counter.call("network.set", { station: "till", network: "cut" });
  await hands.scan("Coffee");
  await cashier.totalIs("¥12.00");
  await cashier.says(/No network/);
  await hands.showWallet(100_00);
  await cashier.page.getByRole("alert").first().waitFor();
  await open.screenshot(cashier.page, "e2e-offline");
  await cashier.key(/^Cash ¥12\.00/).click();
  await cashier.says("Paid in cash");
  await cashier.says(/1 sale safe here/);
  await open.counter.call("network.set", { station: "till", network: "up" });
  await cashier.says("All sales have arrived");
});

test("a platform whose process is killed comes back, and what was sold meanwhile arrives", async () => {
  await cashier.key(/^Next sale/).click();
  const back = open.shop.platform.crash();
  await hands.scan("Coffee");
  await cashier.key(/^Cash ¥12\.00/).click();
  await cashier.says("Paid in cash");
  await back;
  await cashier.page.getByText("All sales have arrived").waitFor({ timeout: 25_000 });
});

test("in Chinese the same page sells, and nothing of it stays English", async () => {
  await cashier.key(/^Next sale/).click();
  await cashier.key("More").click();
  await cashier.key("中文").click();
  await cashier.page.keyboard.press("Escape");
  await cashier.says("请扫商品或点选");
  await hands.scan("Jasmine tea 500 ml");
  await cashier.says("茉莉花茶 500 毫升");
  await cashier.totalIs("¥4.50");
  const words = await cashier.page.locator("body").innerText();
  expect(words).not.toMatch(/\b(Total|Cash|Pay|Search|Printer|each|item|scan|sale|Void)\b/i);
  await open.screenshot(cashier.page, "e2e-chinese");
  await hands.showWallet(100_00);
  await cashier.says(/钱包/);
  await open.counter.until("the paper", () => hands.paper().includes("合计"));
  await cashier.key(/^下一单/).click();
  await cashier.key("更多").click();
  await cashier.key("English").click();
  await cashier.page.keyboard.press("Escape");
  await cashier.says("Scan or touch goods");
});

test("no page has complained: no error, no violation of the content policy", () => {
  expect(open.complaints).toEqual([]);
});
