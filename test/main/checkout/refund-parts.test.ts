import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { RefundWanted } from "../../../main/contract/refunds.ts";
import { makeShopper } from "../../platform/support/test-shopper.ts";
import { startTestPlatform, type TestPlatform } from "../../platform/support/test-platform.ts";
import { brokenPlace, codeFrom, openTestShop, paperText, tea, type TestShop } from "./test-shop.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
  return () => platform.stop();
});

/** Three teas, paid by this shopper's wallet. */
async function sellByWallet(shop: TestShop, shopper: Awaited<ReturnType<typeof makeShopper>>) {
  await shop.call("basket.add", { itemId: tea.itemId, quantity: 3 });
  const { saleId, lines } = shop.snapshot().basket;
  await shop.call("basket.scan", { text: await shopper.token(), source: "wedge" });
  expect(shop.snapshot().outcome).toMatchObject({ saleId, tender: "wallet", totalMinor: 1350 });
  return { saleId, lineId: lines[0]?.lineId ?? "" };
}

function refund(saleId: string, of: RefundWanted) {
  return { refundId: randomUUID(), saleId, of, reason: "faulty" as const };
}

const pieces = (lineId: string, quantity: number): RefundWanted => ({ kind: "lines", lines: [{ lineId, quantity }] });

// The shopper has nothing in the hand but what the screen says: it must never say more than is certain.
test("a piece goes back to the wallet that paid: recorded at once, given back when the platform says so, and once only", async () => {
  const shop = await openTestShop(platform);
  const shopper = await makeShopper(platform, "s-01");
  const { saleId, lineId } = await sellByWallet(shop, shopper);
  const paidBalance = await shopper.balanceMinor();
  await shop.relay.set("cut");
  const quote = await shop.call("refund.quote", { saleId, of: pieces(lineId, 1) });
  expect(quote).toMatchObject({
    left: { totalMinor: 1350, mostAmountMinor: 1350, lines: [{ lineId, quantity: 3 }] },
    totalMinor: 450,
    walletMinor: 450,
    paidOutMinor: 0,
  });
  const request = refund(saleId, pieces(lineId, 1));
  const answer = await shop.call("refund.settle", request);
  expect(answer).toMatchObject({ refundId: request.refundId, totalMinor: 450, paidOutMinor: 0, walletMinor: 450 });
  expect(shop.snapshot().outcome).toMatchObject({ kind: "refund", tender: "wallet", walletState: "recorded" });
  expect(shop.snapshot().outcome).toMatchObject({ drawer: "none" });
  expect(await shopper.balanceMinor()).toBe(paidBalance);
  await shop.until("the receipt", (now) => now.outcome?.print === "printed");
  expect(paperText(shop)).toContain("Back to the wallet");
  await shop.relay.set("up");
  await shop.until("the platform's word", (now) => now.outcome?.walletState === "given-back");
  expect(await shopper.balanceMinor()).toBe(paidBalance + 450);
  expect(await shop.call("refund.settle", request)).toEqual(answer);
  await shop.reopen();
  expect(await shop.call("refund.settle", request)).toEqual(answer);
  expect(shop.snapshot().outcome).toMatchObject({ walletState: "given-back" });
  expect(await codeFrom(shop.call("refund.settle", { ...request, of: pieces(lineId, 2) }))).toBe("refund.id-used");
  expect(await codeFrom(shop.call("refund.settle", { ...request, of: { kind: "all" } }))).toBe("refund.id-used");
  expect(await shopper.balanceMinor()).toBe(paidBalance + 450);
  expect(await codeFrom(shop.call("refund.settle", refund(saleId, pieces(lineId, 3))))).toBe("refund.above-remaining");
  const { receipts } = await shop.call("receipts.list", {});
  expect(receipts.find((receipt) => receipt.saleId === saleId)).toMatchObject({ refundedMinor: 450 });
});

test("pieces, an amount and the rest of a mixed sale are exactly the sale, each to where it came from, and the till adds up", async () => {
  const shop = await openTestShop(platform);
  const shopper = await makeShopper(platform, "s-02");
  const before = await shopper.balanceMinor();
  await shop.call("basket.add", { itemId: tea.itemId, quantity: 3 });
  await shop.call("basket.add", { itemId: "g-0001", weightGrams: 777 });
  const { saleId, lines, totalMinor } = shop.snapshot().basket;
  await shop.call("tender.cash-part", { saleId, amountMinor: 500 });
  await shop.call("basket.scan", { text: await shopper.token(), source: "wedge" });
  expect(shop.snapshot().outcome).toMatchObject({ tender: "mixed", totalMinor });
  const [teas, bananas] = lines.map(({ lineId }) => lineId) as [string, string];
  const walletMinor = totalMinor - 500;
  const results = [];
  for (const of of [
    pieces(teas, 1),
    { kind: "amount", amountMinor: 333 },
    { kind: "lines", lines: [{ lineId: bananas, weightGrams: 300 }] },
    { kind: "all" },
  ] satisfies RefundWanted[]) {
    results.push(await shop.call("refund.settle", refund(saleId, of)));
  }
  expect(results.reduce((sum, result) => sum + result.totalMinor, 0)).toBe(totalMinor);
  expect(results.reduce((sum, result) => sum + result.walletMinor, 0)).toBe(walletMinor);
  expect(results.reduce((sum, result) => sum + result.paidOutMinor, 0)).toBe(500);
  expect(await codeFrom(shop.call("refund.quote", { saleId, of: { kind: "all" } }))).toBe("refund.nothing-left");
  const x = await shop.call("report.x", {}, "manager");
  expect(x).toMatchObject({ refunds: 4, refundsMinor: totalMinor, netMinor: 0, drawer: { outMinor: 500 } });
  expect(x.payouts).toMatchObject([
    { kind: "cash", amountMinor: 500 },
    { kind: "wallet", amountMinor: walletMinor },
  ]);
  await expect.poll(() => shopper.balanceMinor()).toBe(before);
  await shop.call("shift.close", { countedMinor: 500_00 });
  const closed = (await shop.closeAndRead()).find(({ type }) => type === "shift.closed")?.body;
  expect(closed).toMatchObject({ refundsMinor: totalMinor, refundsWalletMinor: walletMinor, differenceMinor: 0 });
  expect(await brokenPlace(shop)).toBeNull();
});

test("a line is asked for in its own measure, and named once", async () => {
  const shop = await openTestShop(platform);
  await shop.call("basket.add", { itemId: "g-0001", weightGrams: 500 });
  await shop.call("basket.add", { itemId: tea.itemId, quantity: 2 });
  const { saleId, lines, cash } = shop.snapshot().basket;
  await shop.call("tender.cash", { saleId, tenderedMinor: cash.dueMinor });
  const [bananas, teas] = lines.map(({ lineId }) => lineId) as [string, string];
  for (const wrong of [
    [{ lineId: bananas, quantity: 1 }],
    [{ lineId: teas, weightGrams: 1 }],
    [
      { lineId: teas, quantity: 1 },
      { lineId: teas, quantity: 1 },
    ],
    [{ lineId: randomUUID(), quantity: 1 }],
  ]) {
    const asked = shop.call("refund.settle", refund(saleId, { kind: "lines", lines: wrong }));
    expect(await codeFrom(asked)).toBe("refund.above-remaining");
  }
  const { paidOutMinor } = await shop.call("refund.settle", refund(saleId, { kind: "all" }));
  expect(paidOutMinor).toBe(cash.dueMinor);
});
