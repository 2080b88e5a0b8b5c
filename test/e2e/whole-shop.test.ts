import { afterAll, beforeAll, expect, test } from "vitest";
import { stationOf } from "../../main/contract/counter.ts";
import { openShop, type OpenShop } from "./support/open-shop.ts";
import type { StationHands } from "./support/station-hands.ts";
import type { CashierPage } from "./support/cashier-page.ts";
import { CustomerPage, ManagerPage, openPage, PhonePage } from "./support/shop-pages.ts";

/**
 * The loop of the product, lived through in real pages of a real shop: scan, pay with the phone, receipt in chat, a question
 * and its answer, and the manager sees it all arrive. Each test goes on where the one before it left the shop.
 */
let open: OpenShop;
let hands: StationHands;
let cashier: CashierPage;
let phone: PhonePage;
let manager: ManagerPage;
let customer: CustomerPage;

beforeAll(async () => {
  open = await openShop();
  hands = open.hands("till");
  cashier = await open.openCashier();
  phone = new PhonePage(await openPage(open, "wallet"));
  manager = new ManagerPage(await openPage(open, "manager"));
  customer = new CustomerPage(await openPage(open, "customer"));
}, 120_000);

afterAll(async () => open?.close());

test("the shopper's display shows what is scanned, and nothing that is the staff's", async () => {
  await customer.says("Lantern Lane Grocery");
  await hands.scan("Jasmine tea 500 ml");
  await hands.scan("Coffee");
  await cashier.totalIs("¥16.50");
  await customer.says("Jasmine tea 500 ml");
  await customer.says("¥16.50");
  await customer.says("Show your wallet code");
  const words = await customer.words();
  expect(words).not.toMatch(/sync|Printer|Chen Yu|Lin Mei|arrived/i);
  await open.screenshot(customer.page, "whole-customer");
});

test("the phone's own code, held under the scanner, pays; till, phone and display show the same payment number", async () => {
  await phone.choose("Wang Fang");
  await open.screenshot(phone.page, "whole-phone-code");
  await open.counter.call("scanner.scan-text", { station: "till", text: await phone.payCode() });
  await cashier.says("Paid by wallet");
  await customer.says("Paid");
  await phone.says(/Payment \d{4} \d{4}/);
  const number = /Payment (\d{4} \d{4})/.exec(await phone.words())?.[1] ?? "none";
  await cashier.says(number);
  await customer.says(number);
  await open.screenshot(phone.page, "whole-phone-paid");
  await open.screenshot(customer.page, "whole-customer-paid");
});

test("the receipt comes into the chat once, with every line, and the code for a return", async () => {
  await phone.key("Open chat").click();
  await phone.says("Paid by wallet");
  await phone.says("Jasmine tea 500 ml");
  expect(await phone.page.getByText("Paid by wallet").count()).toBe(1);
  await phone.page.getByRole("img", { name: /Return code of receipt/ }).waitFor();
  await open.screenshot(phone.page, "whole-phone-receipt");
});

test("a question about the receipt reaches the shop without a name, and its answer reaches the phone", async () => {
  await phone.key("Ask").click();
  await phone.page.getByRole("textbox", { name: "Message" }).fill("Is the tea cold brewed?");
  await phone.key("Send").click();
  await phone.says(/Sent|Read/);
  await manager.goTo("Chat");
  await manager.key(/Shopper \d/).click();
  await manager.says("Is the tea cold brewed?");
  expect(await manager.words()).not.toContain("Wang Fang");
  await manager.page.getByRole("textbox", { name: "Message" }).fill("Yes, since this morning.");
  await manager.key(/^Send/).click();
  await phone.says("Yes, since this morning.");
  await open.screenshot(manager.page, "whole-manager-chat");
  await open.screenshot(phone.page, "whole-phone-answer");
});

test("the manager sees the sale arrive, and its entry as it was sent", async () => {
  await manager.goTo("Sync");
  await manager.says(/sales? (has|have) arrived/);
  await manager.page
    .getByText(/\d+-1\b/)
    .first()
    .click();
  await manager.says(/platform has it|Arrived and booked/);
  await open.screenshot(manager.page, "whole-manager-sync");
});

test("with the cable out the manager's page never claims that all has arrived, and leaving the shop is refused", async () => {
  await open.counter.call("network.set", { station: "till", network: "cut" });
  await hands.scan("Coffee");
  await cashier.totalIs("¥12.00");
  await cashier.key(/^Cash ¥12\.00/).click();
  await cashier.says("Paid in cash");
  await manager.says(/1 of today’s 2 sales/);
  await manager.goTo("Till");
  await manager.says("1 sale worth ¥12.00 has not arrived at the platform.");
  await open.screenshot(manager.page, "whole-manager-blocked");
  await open.counter.call("network.set", { station: "till", network: "up" });
  await manager.goTo("Sync");
  await manager.says(/All 2 of today’s sales have arrived|Both of today’s sales have arrived/);
});

test("the X report adds up: cash, wallet, the platform's commission and what should be in the drawer", async () => {
  await manager.goTo("Reports");
  await manager.says("Commission of the platform");
  const words = (await manager.words()).replaceAll(/\s+/g, " ");
  // 0.6 % of 16.50 is 0.099, rounded in the shop's favour.
  expect(words).toContain("0.09");
  expect(words).toContain("512.00");
  await open.screenshot(manager.page, "whole-manager-x");
});

test("the ledger is checked beside the selling, and is complete", async () => {
  await manager.goTo("Ledger");
  await manager.key("Check the ledger").click();
  await manager.says(/The ledger is complete/);
  await open.screenshot(manager.page, "whole-manager-ledger");
});

test("the operator sees shop, till and payment, and answers the manager's question about an entry", async () => {
  await manager.goTo("Sync");
  await manager.page
    .getByText(/\d+-1\b/)
    .first()
    .click();
  await manager.key("Ask operator").click();
  await manager.page.getByRole("textbox", { name: "Message" }).fill("Is this one booked?");
  await manager.key(/^Send/).click();
  const console = new ManagerPage(await openPage(open, "console"));
  await console.says("Lantern Lane Grocery");
  await open.screenshot(console.page, "whole-console");
  await console.goTo("Payments");
  await console.says("¥16.50");
  await console.goTo("Chat");
  await console.page.getByText("Is this one booked?").first().click();
  await console.page.getByRole("textbox").first().fill("Booked at once.");
  await console.key(/^Send/).click();
  await manager.says("Booked at once.");
});

test("a receipt's code under the scanner opens the sale, and what comes back is in the wallet at once, part by part, and in the chat", async () => {
  const code = stationOf(open.counter.snapshot(), "till")
    .paper.flatMap(({ lines }) => lines)
    .find((line) => line.kind === "qr");
  if (code?.kind !== "qr") throw new Error("No receipt has a code");
  await open.counter.call("scanner.scan-text", { station: "till", text: code.text });
  await cashier.key(/Return goods/).click();
  await cashier.key(/^One more of Jasmine tea/).click();
  await cashier.key("Not wanted").click();
  await open.screenshot(cashier.page, "whole-refund-asked");
  await cashier.key(/^Give back ¥4\.50/).click();
  await cashier.says("¥4.50 is back in the wallet.");
  await open.screenshot(cashier.page, "whole-refunded");
  await phone.says("Back in your wallet");
  await phone.says(/¥4\.50 given back/);
  await open.screenshot(phone.page, "whole-phone-refund");
  await cashier.key("Next sale").click();
  await open.counter.call("scanner.scan-text", { station: "till", text: code.text });
  await cashier.says("¥4.50 of it has been given back.");
  await cashier.key(/Return goods/).click();
  await cashier.says("back already");
  await cashier.key("Everything").click();
  await cashier.key("Other").click();
  await cashier.key(/^Give back ¥12\.00/).click();
  await cashier.says("¥12.00 is back in the wallet.");
});

test("no page has complained: no error, no violation of the content policy", () => {
  expect(open.complaints).toEqual([]);
});
