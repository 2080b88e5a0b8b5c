import { afterAll, beforeAll, expect, test } from "vitest";
import type { CashierPage } from "./support/cashier-page.ts";
import { openShop, type OpenShop } from "./support/open-shop.ts";
import type { StationHands } from "./support/station-hands.ts";

/**
 * What a cashier does besides scanning and taking money, in a real browser on a real till: discounts, prices, age, notes,
 * parking, split payments, returns, the end of the shift. Each test goes on where the one before it left the shop.
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

/** Waits on the page's own clock until a second touch is no longer the second half of a double one. */
async function letPass(milliseconds: number): Promise<void> {
  const until = (await cashier.page.evaluate(() => performance.now())) + milliseconds;
  await cashier.page.waitForFunction((at) => performance.now() > at, until);
}

/** Strikes digits as a hand does, far enough apart that they are no scanner's. */
async function strike(digits: string): Promise<void> {
  await cashier.page.keyboard.type(digits, { delay: 130 });
}

test("a discount of a line and one of the sale show what they save, and the total follows", async () => {
  await hands.scan("Jasmine tea 500 ml");
  await hands.scan("Coffee");
  await cashier.totalIs("¥16.50");
  await cashier.key("Change Coffee").click({ position: { x: 60, y: 20 } });
  await cashier.key("50 %").click();
  await cashier.says("50 % off, saves ¥6.00");
  await cashier.totalIs("¥10.50");
  await cashier.key(/^Discount/).click();
  await cashier.key("10 %").click();
  await cashier.says("Discount 10 %");
  await cashier.totalIs("¥9.45");
  await open.screenshot(cashier.page, "basics-discount");
  await cashier.page.keyboard.press("F4");
  await cashier.key("None").click();
  await cashier.totalIs("¥10.50");
});

test("another price has a reason, shows the price it replaces, and can be taken back", async () => {
  await cashier.page
    .getByRole("list", { name: "Lines" })
    .getByRole("button", { name: /Jasmine tea/ })
    .click();
  await cashier.key("Change price").click();
  await strike("3");
  await cashier.says("Choose why");
  await cashier.key("Damaged").click();
  await cashier.page.keyboard.press("F9");
  await cashier.totalIs("¥9.00");
  await cashier.says("¥3.00 each");
  await cashier.page.keyboard.press("F7");
  await cashier.key("Back to ¥4.50").click();
  await cashier.totalIs("¥10.50");
});

test("a note stands at the head of the bill", async () => {
  await cashier.page.keyboard.press("Shift+F1");
  await cashier.key("Add a note").click();
  await cashier.page.getByRole("textbox").fill("Two bags");
  await cashier.page.keyboard.press("Enter");
  await cashier.key("Two bags").waitFor();
});

test("a parked sale comes back as it was, with one touch each way", async () => {
  await cashier.key(/^Park/).click();
  await cashier.totalIs("¥0.00");
  await cashier.key("Parked 1").click();
  await open.screenshot(cashier.page, "basics-parked");
  await cashier.key(/2 items/).click();
  await cashier.totalIs("¥10.50");
  await cashier.key("Two bags").waitFor();
});

test("a part in cash and the rest by wallet: one touch to take it back, one scan to pay", async () => {
  await cashier.key(/^Other/).click();
  await cashier.key("Part in cash").click();
  await strike("5");
  await cashier.page.keyboard.press("F9");
  await cashier.says("¥5.50, the rest of this sale");
  await cashier.key(/^Take the part back/).click();
  await cashier.says("or scan the shopper’s wallet code now");
  await cashier.page.keyboard.press("Shift+F8");
  await cashier.key("Part in cash").click();
  await strike("5");
  await cashier.page.keyboard.press("F9");
  await cashier.says("¥5.50, the rest of this sale");
  await hands.showWallet(100_00);
  await cashier.says("Paid in cash and by wallet");
  await cashier.says("¥5.00 in cash, ¥5.50 by wallet");
  await cashier.says("Drawer opened");
  await open.counter.until("the paper", () => hands.paper().includes("Two bags"));
  await open.screenshot(cashier.page, "basics-mixed");
  await open.counter.call("drawer.close", {});
});

test("goods with an age limit are added at once and paid only after somebody has looked", async () => {
  await hands.scan("Lager 330 ml can");
  await cashier.says(/18\+ · check: born on or before/);
  await hands.showWallet(100_00);
  await cashier.says("Check the age, or take these goods out, then take the payment.");
  await open.screenshot(cashier.page, "basics-age");
  await cashier.page.keyboard.press("F9");
  await cashier.says(/18\+ checked \d\d:\d\d, /);
  await cashier.says("or scan the shopper’s wallet code now");
  await cashier.key(/^Cash ¥/).click();
  await cashier.says("Paid in cash");
  await open.counter.call("drawer.close", {});
  await hands.scan("Coffee");
  await hands.scan("Lager 330 ml can");
  await cashier.key(/^Too young/).click();
  await cashier.totalIs("¥12.00");
});

test("a good without a price of its own asks for it and is added", async () => {
  await cashier.page.getByRole("searchbox").fill("other groceries");
  await cashier.says("price typed");
  await cashier.page.getByRole("list", { name: "Goods" }).getByRole("button").first().click();
  await strike("35");
  await cashier.page.keyboard.press("F9");
  await cashier.totalIs("¥47.00");
  await cashier.says("price typed");
  await cashier.page.keyboard.press("F8");
  await cashier.says("Paid in cash");
  await open.counter.call("drawer.close", {});
});

test("a whole sale is given back to the wallet and in cash, as it was paid, once, with a reason", async () => {
  await cashier.key("Next sale").click();
  await cashier.key("Return").click();
  await cashier.key(/Cash and wallet/).click();
  await cashier.says("Two bags");
  await open.screenshot(cashier.page, "basics-receipt");
  await cashier.key("Return goods").click();
  await cashier.key("Everything").click();
  await cashier.key("Faulty").click();
  await cashier.key(/^Give back ¥10\.50/).click();
  await cashier.says("Refunded. Give this cash");
  await cashier.says("Drawer opened");
  await cashier.says(/is back in the wallet/);
  await open.screenshot(cashier.page, "basics-refund");
  await open.counter.call("drawer.close", {});
  await letPass(500);
  await cashier.key("Next sale").click();
  await cashier.totalIs("¥0.00");
  await cashier.page.keyboard.press("F10");
  await cashier.key(/Refunded by/).click();
  expect(await cashier.key(/^Return goods/).getAttribute("aria-disabled")).toBe("true");
  await cashier.page.keyboard.press("Escape");
});

test("a scanned receipt opens its sale, whatever is in view, and changes no basket", async () => {
  await hands.scan("Coffee");
  await cashier.totalIs("¥12.00");
  await cashier.key(/^Cash ¥12\.00/).click();
  await cashier.says("Paid in cash");
  await open.counter.call("drawer.close", {});
  const printed = await cashier.page.getByText(/Receipt \d+-\d+ is printed/).textContent();
  const number = /\d+-\d+/.exec(printed ?? "")?.[0] ?? "none";
  await open.counter.until(
    "the whole receipt",
    () => hands.paper().includes(number) && hands.codeOnPaper() !== undefined,
  );
  const code = hands.codeOnPaper() ?? "";
  await hands.scan("Jasmine tea 500 ml");
  await cashier.totalIs("¥4.50");
  await open.counter.call("scanner.scan-text", { station: "till", text: code });
  await cashier.key("Return goods").waitFor();
  await cashier.totalIs("¥4.50");
  await expect.poll(() => cashier.page.getByText("This is the receipt of a sale of this till.").count()).toBe(0);
  await cashier.page.keyboard.press("Escape");
  await cashier.page.keyboard.press("Delete");
  await cashier.totalIs("¥0.00");
});

test("the shift is counted and closed after one question, and tells the difference", async () => {
  await cashier.page.keyboard.press("Shift+F1");
  await cashier.key("Close shift").click();
  await cashier.says("Should be there");
  await open.screenshot(cashier.page, "basics-shift");
  await cashier.key(/^Count the cash/).click();
  await strike("500");
  await cashier.page.keyboard.press("F9");
  await cashier.says("Really close?");
  await letPass(500);
  await cashier.page.keyboard.press("F9");
  await cashier.says("Shift is closed");
  await cashier.says(/Less than it should be|More than it should be|The drawer agrees/);
  await open.screenshot(cashier.page, "basics-shift-closed");
});

test("no page complained of anything", () => {
  expect(open.complaints).toEqual([]);
});
