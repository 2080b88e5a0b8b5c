import { beforeAll, expect, test } from "vitest";
import { makeShopper } from "../../platform/support/test-shopper.ts";
import { startTestPlatform, type TestPlatform } from "../../platform/support/test-platform.ts";
import { ask } from "../../platform/support/test-till.ts";
import { makeItem } from "../catalog/goods.ts";
import { changeGoods, codeFrom, openTestShop, paperText, tea, type TestShop } from "./test-shop.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
  return () => platform.stop();
});

/** What the platform's console says of a till's sales. */
async function platformBook(ledger: string): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${platform.operatorToken}` };
  const { body } = await ask(`${platform.url}/v1/operator/summary`, { headers });
  const tills = body["tills"] as Record<string, unknown>[];
  return tills.find((till) => till["ledger"] === ledger) ?? {};
}

function scan(shop: TestShop, text: string) {
  return shop.call("basket.scan", { text, source: "wedge" });
}

async function confirmed(shop: TestShop): Promise<void> {
  await shop.until("every sale to be confirmed", ({ sync }) => sync.state === "online" && sync.salesWaiting === 0);
}

test("a sale goes from the scanner to the wallet, the paper and the platform, and is the same in all of them", async () => {
  const shop = await openTestShop(platform);
  const shopper = await makeShopper(platform, "s-01");
  const before = await shopper.balanceMinor();
  await shop.scanGood(tea.code);
  await shop.scanGood(tea.code);
  const { basket } = shop.snapshot();
  expect(basket).toMatchObject({ totalMinor: 900, itemCount: 2, newestLineId: basket.lines[0]?.lineId });
  await shop.scanner.scan(await shopper.token(), { symbology: "]Q1" });
  const { outcome } = await shop.until("the receipt", (now) => now.outcome?.print === "printed");
  expect(outcome).toMatchObject({
    saleId: basket.saleId,
    tender: "wallet",
    totalMinor: 900,
    drawer: "none",
    copies: 1,
  });
  expect(await shopper.balanceMinor()).toBe(before - 900);
  const paper = paperText(shop);
  for (const words of ["Jasmine tea 500 ml", "2 × 4.50", "¥9.00", `Receipt ${outcome?.receiptCode}`, "Wallet"]) {
    expect(paper.replace("x", "×").replace("￥", "¥")).toContain(words.replace("¥", ""));
  }
  await confirmed(shop);
  const ledger = shop.snapshot().till.ledger;
  expect(await platformBook(ledger)).toMatchObject({
    sales: 1,
    totalMinor: 900,
    walletMinor: 900,
    cashMinor: 0,
    needsYou: 0,
  });
  const types = (await shop.closeAndRead()).map(({ type }) => type);
  expect(types).toEqual([
    "ledger.opened",
    "till.enrolled",
    "shift.opened",
    "payment.created",
    "payment.sent",
    "payment.paid",
    "sale.settled",
    "receipt.printed",
  ]);
});

test("cash is taken once, however often the button is pressed, and the drawer opens once", async () => {
  const shop = await openTestShop(platform);
  await shop.scanGood(tea.code);
  const { saleId } = shop.snapshot().basket;
  const first = await shop.call("tender.cash", { saleId, tenderedMinor: 1000 });
  const again = await shop.call("tender.cash", { saleId, tenderedMinor: 5000 });
  expect(first.changeMinor).toBe(550);
  expect(again).toEqual(first);
  await shop.until("the receipt", (now) => now.outcome?.print === "printed" && now.outcome.drawer === "opened");
  expect(shop.printer.pulses).toBe(1);
  expect(shop.printer.receipts).toHaveLength(1);
  // The next scan begins the next sale; the old one can no longer be paid in any way.
  await shop.scanGood(tea.code);
  expect(shop.snapshot().basket).toMatchObject({ itemCount: 1, totalMinor: 450 });
  expect(await shop.call("tender.cash", { saleId, tenderedMinor: 450 })).toEqual(first);
  const sales = (await shop.closeAndRead()).filter(({ type }) => type === "sale.settled");
  expect(sales).toHaveLength(1);
});

test("too little and far too much are refused in words, and nothing is stored", async () => {
  const shop = await openTestShop(platform);
  await shop.scanGood(tea.code);
  const { saleId } = shop.snapshot().basket;
  expect(await codeFrom(shop.call("tender.cash", { saleId, tenderedMinor: 449 }))).toBe("tender.too-little");
  expect(await codeFrom(shop.call("tender.cash", { saleId, tenderedMinor: 1_000_000_01 }))).toBe("tender.too-much");
  const other = "0192f3c0-0000-7000-8000-000000000001";
  expect(await codeFrom(shop.call("tender.cash", { saleId: other, tenderedMinor: 450 }))).toBe("sale.not-open");
  expect(shop.snapshot().basket.itemCount).toBe(1);
});

test("every amount that the screen offers is taken, also for a basket that is worth a car", async () => {
  const shop = await openTestShop(platform);
  await shop.call("basket.add", { itemId: tea.itemId, quantity: 9999 });
  for (let index = 0; index < 3; index += 1) await shop.call("basket.add", { itemId: "g-0001", weightGrams: 999_999 });
  const { basket } = shop.snapshot();
  for (const { tenderedMinor } of basket.cash.suggestions)
    expect(tenderedMinor).toBeGreaterThanOrEqual(basket.cash.dueMinor);
  const most = basket.cash.suggestions.at(-1)?.tenderedMinor ?? 0;
  expect(await shop.call("tender.cash", { saleId: basket.saleId, tenderedMinor: most })).toMatchObject({
    changeMinor: most - basket.cash.dueMinor,
  });
});

// While the wallet is asked for an amount, goods, cash and other wallets would make that amount wrong or the sale paid twice.
test("while a wallet is being asked, the sale stands still, and reading the same phone again says nothing", async () => {
  const shop = await openTestShop(platform);
  const shopper = await makeShopper(platform, "s-03");
  await shop.scanGood(tea.code);
  const { saleId } = shop.snapshot().basket;
  const token = await shopper.token();
  const paying = scan(shop, token);
  expect(await codeFrom(shop.call("basket.add", { itemId: tea.itemId }))).toBe("basket.frozen");
  expect(await codeFrom(shop.call("tender.cash", { saleId, tenderedMinor: 450 }))).toBe("basket.frozen");
  expect(await codeFrom(shop.call("sale.abandon", { saleId }))).toBe("basket.frozen");
  expect(await scan(shop, token)).toEqual({ result: "payment-started" });
  expect(shop.snapshot().notice).toBeUndefined();
  expect(await scan(shop, await shopper.token())).toEqual({ result: "refused" });
  expect(shop.snapshot().notice?.fault.code).toBe("payment.open");
  expect(await scan(shop, tea.code)).toEqual({ result: "refused" });
  expect(await paying).toEqual({ result: "payment-started" });
  expect(shop.snapshot()).toMatchObject({ outcome: { tender: "wallet", totalMinor: 450 }, basket: { itemCount: 1 } });
  // Held a moment too long: the sale is in view as paid, and no word of a missing sale is needed.
  expect(await scan(shop, token)).toEqual({ result: "payment-started" });
  expect(shop.snapshot().notice).toBeUndefined();
  // A late press on a cash button must not look like cash that was taken.
  expect(await codeFrom(shop.call("tender.cash", { saleId, tenderedMinor: 500 }))).toBe("sale.not-open");
});

test("a code that nobody knows changes nothing and is told; so are goods without a weight and a bad check digit", async () => {
  const shop = await openTestShop(platform);
  await shop.scanGood(tea.code);
  await shop.scanner.scan("UNKNOWN-1");
  const unknown = await shop.until("a notice", (now) => now.notice !== undefined);
  expect(unknown.notice).toMatchObject({ tone: "unknown-item", fault: { code: "scan.unknown-code" } });
  expect(await scan(shop, "6993058001073")).toEqual({ result: "refused" });
  expect(shop.snapshot().notice?.fault.code).toBe("scan.bad-check-digit");
  expect(await scan(shop, "10001")).toEqual({ result: "refused" });
  expect(shop.snapshot().notice).toMatchObject({
    tone: "info",
    fault: { code: "basket.weight-needed", params: { item: "g-0001" } },
  });
  expect(await scan(shop, "x".repeat(2000))).toEqual({ result: "refused" });
  expect(shop.snapshot().notice?.fault.code).toBe("scan.unreadable");
  await shop.call("basket.add", { itemId: "g-0001", weightGrams: 725 });
  expect(shop.snapshot()).toMatchObject({ basket: { totalMinor: 450 + 500, itemCount: 2 } });
  expect(shop.snapshot().notice).toBeUndefined();
});

test("four kilobytes of noise on the scanner's line are told, and the next code is read", async () => {
  const shop = await openTestShop(platform);
  await shop.scanner.sendRaw(Buffer.alloc(4096, 0x41));
  await shop.until("word of the noise", (now) => now.notice?.fault.code === "scan.unreadable");
  await shop.scanner.sendRaw(Buffer.from("\u0003"));
  await shop.scanGood(tea.code);
  expect(shop.snapshot().basket.itemCount).toBe(1);
});

test.each([
  ["has no money", "wallet.insufficient"],
  ["shows an old code", "token.expired"],
  ["shows a code that was charged before", "token.used"],
])("a wallet that %s is refused in words, and the shopper pays in cash", async (what, code) => {
  const shop = await openTestShop(platform);
  const shopper = await makeShopper(platform, "s-02");
  const before = await shopper.balanceMinor();
  // A picture of a code that was good two minutes ago.
  if (code === "token.expired") platform.clock.nowMs -= 200_000;
  const token = await shopper.token();
  if (code === "token.expired") platform.clock.nowMs += 200_000;
  if (code === "wallet.insufficient") await shopper.setBalance(100);
  if (code === "token.used") {
    await shop.scanGood(tea.code);
    await scan(shop, token);
    await shop.call("sale.next", { saleId: shop.snapshot().outcome?.saleId ?? "" });
  }
  await shop.scanGood(tea.code);
  await scan(shop, token);
  const now = shop.snapshot();
  expect(now.notice, what).toMatchObject({ tone: "blocked", fault: { code } });
  expect(now.payment).toBeUndefined();
  await shop.call("tender.cash", { saleId: now.basket.saleId, tenderedMinor: 450 });
  const spentMinor = code === "token.used" ? 450 : 0;
  expect(await shopper.balanceMinor()).toBe(code === "wallet.insufficient" ? 100 : before - spentMinor);
  await shopper.setBalance(before);
});

test("without the network cash goes on, the wallet is refused in words, and afterwards every sale arrives once", async () => {
  const shop = await openTestShop(platform);
  const shopper = await makeShopper(platform, "s-03");
  const balance = await shopper.balanceMinor();
  const token = await shopper.token();
  await shop.relay.set("cut");
  for (let sale = 1; sale <= 3; sale += 1) {
    await shop.scanGood(tea.code);
    if (sale === 2) {
      await shop.until("the till to notice", ({ sync }) => sync.state === "offline" && sync.offlineSince !== undefined);
      await scan(shop, token);
      expect(shop.snapshot().notice?.fault.code).toBe("wallet.needs-network");
      expect(shop.snapshot().payment).toBeUndefined();
    }
    await shop.call("tender.cash", { saleId: shop.snapshot().basket.saleId, tenderedMinor: 450 });
    expect(shop.snapshot().sync).toMatchObject({ salesWaiting: sale, moneyWaitingMinor: sale * 450 });
  }
  await shop.relay.set("up");
  await confirmed(shop);
  expect(await platformBook(shop.snapshot().till.ledger)).toMatchObject({
    sales: 3,
    totalMinor: 1350,
    cashMinor: 1350,
    needsYou: 0,
  });
  expect(await shopper.balanceMinor()).toBe(balance);
});

test("closed and opened again, the till has the same basket, the same sale in view and the next number", async () => {
  const shop = await openTestShop(platform);
  await shop.scanGood(tea.code);
  await shop.call("basket.add", { itemId: "g-0001", weightGrams: 500 });
  const { basket, till } = shop.snapshot();
  await shop.reopen();
  expect(shop.snapshot().basket).toEqual(basket);
  await shop.call("tender.cash", { saleId: basket.saleId, tenderedMinor: basket.cash.dueMinor });
  const sold = await shop.until("the receipt", (now) => now.outcome?.print === "printed");
  await shop.relay.set("cut");
  // Also without the network: a till that has sold once opens by itself.
  await shop.reopen();
  const after = shop.snapshot();
  expect(after.outcome).toMatchObject({ receiptCode: sold.outcome?.receiptCode, print: "printed", copies: 1 });
  expect(after.till.ledger).toBe(till.ledger);
  await shop.call("basket.add", { itemId: tea.itemId });
  await shop.call("tender.cash", { saleId: shop.snapshot().basket.saleId, tenderedMinor: 450 });
  const numbers = (await shop.closeAndRead())
    .filter(({ type }) => type === "sale.settled")
    .map(({ body }) => body["receiptNumber"]);
  expect(numbers).toEqual([1, 2]);
});

// One bad record that the office typed would otherwise end the till's process on every start, with the shop full of people.
test("goods of a tax class or a currency that nobody knows are refused, and the till goes on selling", async () => {
  const shop = await openTestShop(platform);
  const strange = makeItem("strange", { code: "77771", taxClass: "vat99" });
  const foreign = makeItem("foreign", { code: "77772", currency: "EUR" });
  await changeGoods(
    platform,
    shop,
    { kind: "item", id: "strange", body: strange },
    { kind: "item", id: "foreign", body: foreign },
  );
  for (const code of ["77771", "77772"]) {
    expect(await scan(shop, code)).toEqual({ result: "refused" });
    expect(shop.snapshot()).toMatchObject({
      basket: { itemCount: 0 },
      notice: { fault: { code: "basket.item-unknown" } },
    });
  }
  await shop.scanGood(tea.code);
});

test("a price that changes while the goods are on the counter does not change what they cost", async () => {
  const shop = await openTestShop(platform);
  await shop.scanGood(tea.code);
  const cheap = { ...makeItem("g-0139"), code: "77773", priceMinor: 100 };
  await shop.call("tender.cash", { saleId: shop.snapshot().basket.saleId, tenderedMinor: 450 });
  await changeGoods(platform, shop, { kind: "item", id: "g-0139", body: cheap });
  await shop.scanGood("77773");
  await changeGoods(platform, shop, { kind: "item", id: "g-0139", body: { ...cheap, priceMinor: 900 } });
  expect(shop.snapshot().basket.totalMinor).toBe(100);
  await shop.scanGood("77773");
  expect(shop.snapshot().basket).toMatchObject({ totalMinor: 1000, itemCount: 2 });
  expect(shop.snapshot().basket.lines).toHaveLength(2);
});

test("the shift's report is what was sold and what lies in the drawer, and a difference is booked as it is", async () => {
  const shop = await openTestShop(platform);
  const shopper = await makeShopper(platform, "s-03");
  for (const tender of ["cash", "wallet", "cash"]) {
    await shop.scanGood(tea.code);
    if (tender === "wallet") await scan(shop, await shopper.token());
    else await shop.call("tender.cash", { saleId: shop.snapshot().basket.saleId, tenderedMinor: 1000 });
  }
  const report = await shop.call("shift.close", { countedMinor: 500_00 + 900 - 30 });
  expect(report).toMatchObject({ sales: 3, salesMinor: 1350, expectedCashMinor: 500_00 + 900, differenceMinor: -30 });
  const next = await shop.call("shift.close", { countedMinor: 508_70 });
  expect(next).toMatchObject({ sales: 0, salesMinor: 0, expectedCashMinor: 508_70, differenceMinor: 0 });
  const entries = await shop.closeAndRead();
  const balances = new Map<string, number>();
  for (const { body } of entries) {
    for (const posting of (body["postings"] ?? []) as { account: string; amountMinor: number }[]) {
      balances.set(posting.account, (balances.get(posting.account) ?? 0) + posting.amountMinor);
    }
  }
  expect([...balances.values()].reduce((sum, amount) => sum + amount, 0)).toBe(0);
  expect(balances.get("cash:main")).toBe(508_70);
  expect(balances.get("over-short")).toBe(30);
  expect(balances.get("suspense")).toBe(0);
});

test("a basket that is given up is in the journal, and the next one is empty", async () => {
  const shop = await openTestShop(platform);
  await shop.scanGood(tea.code);
  const { saleId } = shop.snapshot().basket;
  await shop.call("sale.abandon", { saleId });
  expect(shop.snapshot().basket).toMatchObject({ itemCount: 0, totalMinor: 0 });
  expect(await codeFrom(shop.call("sale.abandon", { saleId }))).toBe("sale.not-open");
  const entries = await shop.closeAndRead();
  expect(entries.at(-1)).toMatchObject({ type: "sale.abandoned", body: { saleId, lines: 1, totalMinor: 450 } });
});

test("a second till on the same folder is refused in words, and the first one goes on", async () => {
  const shop = await openTestShop(platform);
  expect(await codeFrom(shop.openSecond())).toBe("folder.in-use");
  await shop.scanGood(tea.code);
  await shop.call("tender.cash", { saleId: shop.snapshot().basket.saleId, tenderedMinor: 450 });
});

test("a wallet code that is read while a weight is half typed charges nothing: the goods on the scale are not in the sale yet", async () => {
  const shop = await openTestShop(platform);
  const shopper = await makeShopper(platform, "s-03");
  const before = await shopper.balanceMinor();
  await shop.scanGood(tea.code);
  await shop.call("basket.typing", { what: "number" });
  await shop.scanner.scan(await shopper.token(), { symbology: "]Q1" });
  const refused = await shop.until("the refusal", ({ notice }) => notice?.fault.code === "scan.while-typing");
  expect(refused.basket.totalMinor).toBe(450);
  // Goods go on: a scan ends the typing of a number, and costs nobody anything.
  await shop.scanGood(tea.code);
  expect(shop.snapshot().basket.totalMinor).toBe(900);
  await shop.call("basket.typing", { what: "money" });
  expect(await scan(shop, tea.code)).toEqual({ result: "refused" });
  await shop.call("basket.typing", { what: "nothing" });
  await shop.scanner.scan(await shopper.token(), { symbology: "]Q1" });
  await shop.until("the payment", ({ outcome }) => outcome?.tender === "wallet");
  expect(await shopper.balanceMinor()).toBe(before - 900);
  await shop.closeAndRead();
});
