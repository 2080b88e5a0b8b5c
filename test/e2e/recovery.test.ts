import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLedgerCopy } from "../../main/ledger/read-copy.ts";
import { askRunningTill } from "../../main/tool.ts";
import { demoPin } from "../../platform/demo/goods/demo-shop.ts";
import type { CashierPage } from "./support/cashier-page.ts";
import { openShop, type OpenShop } from "./support/open-shop.ts";
import { openPage } from "./support/shop-pages.ts";
import type { StationHands } from "./support/station-hands.ts";

/**
 * A till whose ledger is an older copy of itself after a start, as when somebody has put back an image of its disk. Its
 * windows stay open all the while. Each test goes on where the one before it left the shop.
 */
let open: OpenShop;
let hands: StationHands;
let cashier: CashierPage;
let customer: Page;

/** Receipts are `<till>-<number>`; the demo's till has sold nothing before. */
let tillNumber: number;

beforeAll(async () => {
  open = await openShop();
  hands = open.hands("till");
  cashier = await open.openCashier();
  customer = await openPage(open, "customer");
  const found = /^Till (\d+)$/.exec(await cashier.page.getByText(/^Till \d+$/).innerText());
  tillNumber = Number(found?.[1]);
}, 120_000);

afterAll(async () => open?.close());

/** Sells a coffee for cash and gives the code of its receipt. */
async function sell(): Promise<string> {
  await hands.scan("Coffee");
  await cashier.totalIs("¥12.00");
  await cashier.key(/^Cash ¥12\.00/).click();
  await cashier.says("Paid in cash");
  const receipt = await cashier.page.getByText(/Receipt \d+-\d+ is printed/).innerText();
  await cashier.key(/^Next sale/).click();
  return /\d+-\d+/.exec(receipt)?.[0] ?? "";
}

/** A copy of the ledger as it is now. */
async function copyOfNow(): Promise<string> {
  const copy = await askRunningTill(open.folder, "ledger.copy", {});
  if (copy === null) throw new Error("No till is running");
  return copy.file;
}

/** Puts an older copy in the ledger's place under the running till, whose process then ends as in a power cut. */
async function rollBackTo(copy: string): Promise<void> {
  renameSync(copy, join(open.folder, "ledger.db"));
  rmSync(join(open.folder, "ledger.db-wal"), { force: true });
  await open.shop.till.crash();
}

/** The receipts of all sales that stand in the running till's ledger. */
async function receiptsInLedger(): Promise<string[]> {
  const copy = openLedgerCopy(await copyOfNow());
  try {
    return [...copy.everyEntry()].flatMap(({ text }) => {
      const { type, body } = JSON.parse(text) as { type: string; body: { receiptCode?: string } };
      return type === "sale.settled" ? [body.receiptCode ?? ""] : [];
    });
  } finally {
    copy.close();
  }
}

test("with the platform away, windows say what is missing and where the shopper goes; nothing is sold", async () => {
  expect(await sell()).toBe(`${tillNumber}-1`);
  await cashier.says("All sales have arrived");
  const older = await copyOfNow();
  await open.counter.call("network.set", { station: "till", network: "cut" });
  expect([await sell(), await sell()]).toEqual([`${tillNumber}-2`, `${tillNumber}-3`]);
  await rollBackTo(older);
  await cashier.says("Nothing is sold here for now");
  await cashier.says("2 sales are missing here");
  await cashier.says(`${tillNumber}-3`);
  await open.screenshot(cashier.page, "e2e-recovery");
  await customer.getByText("This till is closed for the moment").waitFor();
  expect(await customer.locator("body").innerText()).not.toContain(`${tillNumber}-3`);
  await open.screenshot(customer, "e2e-recovery-customer");
});

test("a command at a terminal is told that the till waits, and a reload of the window needs no new address", async () => {
  await expect(askRunningTill(open.folder, "sync.overview", {})).rejects.toMatchObject({ code: "till.recovering" });
  await cashier.page.reload();
  await cashier.says("2 sales are missing here");
});

test("a wrong PIN is refused in words and opens nothing", async () => {
  await cashier.key(/^Open without the platform/).click();
  await cashier.says("What this means");
  for (const digit of "0000") await cashier.key(new RegExp(`^${digit}$`)).click();
  await cashier.key(/^Open the shop/).click();
  await cashier.says("That PIN belongs to nobody of this shop.");
  await open.screenshot(cashier.page, "e2e-recovery-wrong-pin");
  await cashier.says("Type the PIN");
});

test("the manager's PIN opens the shop, and the next receipt goes on behind the last one known", async () => {
  await cashier.page.keyboard.type(demoPin);
  await cashier.key(/^Open the shop/).click();
  await cashier.page.getByRole("searchbox").waitFor();
  await customer.getByText("Welcome").waitFor();
  expect(await sell()).toBe(`${tillNumber}-4`);
  await open.counter.call("network.set", { station: "till", network: "up" });
  await cashier.says("All sales have arrived");
  expect(await receiptsInLedger()).toEqual([`${tillNumber}-4`]);
});

test("where the platform comes back, the ledger is restored by itself and the window sells again without a touch", async () => {
  const older = await copyOfNow();
  expect([await sell(), await sell()]).toEqual([`${tillNumber}-5`, `${tillNumber}-6`]);
  await cashier.says("All sales have arrived");
  await open.counter.call("network.set", { station: "till", network: "cut" });
  await rollBackTo(older);
  await cashier.says("2 sales are missing here");
  await open.counter.call("network.set", { station: "till", network: "up" });
  await cashier.page.getByRole("searchbox").waitFor({ timeout: 40_000 });
  const known = [4, 5, 6].map((number) => `${tillNumber}-${number}`);
  expect(await receiptsInLedger()).toEqual(known);
  expect(await sell()).toBe(`${tillNumber}-7`);
  await cashier.says("All sales have arrived");
}, 120_000);

test("no page has complained: no error, no violation of the content policy", () => {
  expect(open.complaints).toEqual([]);
});
