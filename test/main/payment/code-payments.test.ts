import { expect, test } from "vitest";
import { PayingTill, settled } from "./paying-till.ts";
import { ScriptedWallet, type Fate } from "./scripted-wallet.ts";

function makeTill(...fates: Fate[]): PayingTill {
  const wallet = new ScriptedWallet();
  wallet.fates = fates;
  return new PayingTill(wallet);
}

/** The entries of the only payment. */
function path(till: PayingTill): string {
  expect(till.payments.size).toBe(1);
  return [...till.payments.values()][0]?.path.join(" ") ?? "";
}

test("a wallet that pays settles the sale at once", async () => {
  const till = makeTill();
  expect(await till.scan("token")).toBeNull();
  expect(path(till)).toBe("created sent paid");
  expect(till.paidSales.get("sale-0")).toEqual(["wallet"]);
  expect(till.part.open).toBeNull();
});

test("a wallet without money is told in words and leaves the sale for another tender", async () => {
  const till = makeTill();
  till.wallet.hasMoney = false;
  await till.scan("token");
  expect(path(till)).toBe("created sent declined");
  expect(till.told).toEqual(["wallet.insufficient"]);
  till.payCash();
  expect(till.paidSales.get("sale-0")).toEqual(["cash"]);
});

test("off line nothing is stored and nothing is asked: the cashier hears at once that this wallet needs the network", async () => {
  const till = makeTill();
  till.wallet.reachable = false;
  expect(await till.scan("token")).toBe("wallet.needs-network");
  expect(till.payments.size).toBe(0);
});

test("a connection that was not made leaves no doubt, so the cashier need not wait", async () => {
  const till = makeTill("not-reached");
  await till.scan("token");
  expect(path(till)).toBe("created sent declined");
  expect(till.told).toEqual(["wallet.needs-network"]);
});

// The amount of the sale is fixed when its payment starts: goods added meanwhile would be handed over for nothing.
test("the sale is held from the first moment, while it is still found out whether the platform is there", async () => {
  const till = makeTill("hanging", "answered");
  const paying = till.scan("token");
  expect(till.part.isHolding).toBe(true);
  expect(till.part.open).toBeNull();
  expect(await till.scan("another")).toBe("payment.open");
  till.wallet.release("answered");
  till.wallet.fates = [];
  await paying;
  expect(till.part.isHolding).toBe(false);
  expect(till.paidSales.get("sale-0")).toEqual(["wallet"]);
});

test("a lost answer is asked for again after 5, 10, 10 and 10 seconds, with the same payment", async () => {
  const till = makeTill("reply-lost", "request-lost", "request-lost", "request-lost", "answered");
  await till.scan("token");
  expect(till.part.open).toMatchObject({ state: "unknown", nextAskAt: 5000, undoAt: 45_000 });
  await till.pass(34);
  expect(till.part.open?.asks).toEqual([0, 5000, 15_000, 25_000]);
  await till.pass(1);
  expect(path(till)).toBe("created sent unknown paid");
  expect(till.wallet.takenMinor()).toBe(8964);
});

test("a wallet that stays silent is undone by itself, and its shopper gets the money back whenever the line is", async () => {
  const till = makeTill("reply-lost", ...Array.from({ length: 8 }, (): Fate => "request-lost"));
  await till.scan("token");
  await till.pass(45);
  expect(till.told).toEqual(["payment.undone-late"]);
  expect(till.part.isHolding).toBe(false);
  expect(till.part.reversalsWaiting).toBe(1);
  till.payCash();
  await till.pass(60);
  expect(path(till)).toBe("created sent unknown reversing reversed");
  expect(till.part.reversalsWaiting).toBe(0);
  expect(till.wallet.takenMinor()).toBe(0);
});

test("undone by the cashier, the sale is free at once, although an answer is still on its way", async () => {
  const till = makeTill("reply-lost", "hanging");
  await till.scan("token");
  await till.pass(5);
  expect(till.wallet.hanging).toBe(1);
  expect(till.undo()).toBeNull();
  expect(await till.scan("of another shopper")).toBeNull();
  expect(till.paidSales.get("sale-0")).toEqual(["wallet"]);
  till.wallet.release("answered");
  await settled();
  expect(till.wallet.takenMinor()).toBe(8964);
  expect(till.bookedMinor()).toBe(8964);
});

test("money that arrives after its payment was undone goes back, and does not pay for the sale a second time", async () => {
  const till = makeTill("request-lost", "hanging", "request-lost");
  await till.scan("token");
  await till.pass(5);
  till.undo();
  await settled();
  till.wallet.release("answered");
  await settled();
  expect(till.wallet.takenMinor()).toBe(8964);
  expect(till.paidSales.size).toBe(0);
  till.payCash();
  await till.pass(10);
  expect(path(till)).toBe("created sent unknown reversing reversed");
  expect(till.wallet.takenMinor()).toBe(0);
  expect(till.failures).toEqual([]);
});

test("a platform that answers a reversal with `paid` still has the shopper's money, so it is asked again", async () => {
  const till = makeTill("reply-lost");
  await till.scan("token");
  const { wallet } = till;
  const honest = wallet.reverse.bind(wallet);
  wallet.reverse = (request) => wallet.look(request.paymentId);
  till.undo();
  await settled();
  expect(till.part.reversalsWaiting).toBe(1);
  wallet.reverse = honest;
  await till.pass(10);
  expect(path(till)).toBe("created sent unknown reversing reversed");
});

// The first request may have moved money. A till that is shut out afterwards knows no more about it than before.
test("a refusal of a later question never turns a payment that may have been made into one that was not", async () => {
  for (const fate of ["refused", "not-reached", "busy", "wrong-answer"] as const) {
    const till = makeTill("reply-lost", fate);
    await till.scan("token");
    await till.pass(5);
    expect(till.part.open?.state, fate).toBe("unknown");
    await till.pass(30);
    expect(path(till)).toBe("created sent unknown paid");
  }
});

// Without this the basket stays frozen, and nothing on the screen can be pressed, until the till is started again.
test("an answer that is about another amount is not believed, and the payment is asked about again", async () => {
  const till = makeTill("wrong-answer");
  expect(await till.scan("token")).toBe("platform.bad-answer");
  expect(till.part.open).toMatchObject({ state: "unknown", nextAskAt: 5000 });
  await till.pass(5);
  expect(path(till)).toBe("created sent unknown paid");
});

test("a full disk as the money comes in is told, and the payment is neither forgotten nor called refused", async () => {
  const till = makeTill("hanging");
  const paying = till.scan("token");
  till.wallet.release("answered");
  await settled();
  till.isDiskFull = true;
  till.wallet.fates = ["not-reached"];
  till.wallet.release("answered");
  expect(await paying).toBe("ledger.disk-full");
  expect(till.part.open?.state).toBe("unknown");
  // The line is dead now, too: that says nothing about the money.
  await till.pass(5);
  expect(till.part.open?.state).toBe("unknown");
  till.isDiskFull = false;
  await till.pass(10);
  expect(path(till)).toBe("created sent paid");
  expect(till.paidSales.get("sale-0")).toEqual(["wallet"]);
});

test("a full disk when a payment is to be undone ends neither the till nor the undoing", async () => {
  const till = makeTill("reply-lost", ...Array.from({ length: 4 }, (): Fate => "request-lost"));
  await till.scan("token");
  till.isDiskFull = true;
  await till.pass(60);
  expect(till.failures.length).toBeGreaterThan(0);
  expect(till.part.isHolding).toBe(true);
  till.isDiskFull = false;
  await till.pass(10);
  expect(path(till)).toBe("created sent unknown reversing reversed");
  expect(till.wallet.takenMinor()).toBe(0);
});

test("a reversal counts as done when the journal says so, not before", async () => {
  const till = makeTill("reply-lost", "hanging");
  await till.scan("token");
  till.undo();
  till.isDiskFull = true;
  till.wallet.release("answered");
  await settled();
  expect(till.part.reversalsWaiting).toBe(1);
  till.isDiskFull = false;
  await till.pass(10);
  expect(till.part.reversalsWaiting).toBe(0);
  expect(path(till)).toBe("created sent unknown reversing reversed");
});

test("a till that stopped in the middle asks what became of the payment, and undoes one that never arrived", async () => {
  const arrived = makeTill("reply-lost");
  await arrived.scan("token");
  arrived.restart();
  expect(arrived.part.open?.state).toBe("unknown");
  await arrived.pass(5);
  expect(path(arrived)).toBe("created sent unknown paid");

  const lost = makeTill("hanging");
  const paying = lost.scan("token");
  lost.wallet.release("answered");
  await settled();
  lost.wallet.release("request-lost");
  await paying;
  lost.restart();
  await lost.pass(20);
  expect(path(lost)).toContain("reversing reversed");
  expect(lost.wallet.takenMinor()).toBe(0);
});

test("what is left of a sale that is no longer in front of the cashier is undone at the start", async () => {
  const till = makeTill("reply-lost");
  await till.scan("token");
  till.saleId = "sale-9";
  till.restart();
  await settled();
  expect(till.part.open).toBeNull();
  expect(path(till)).toBe("created sent unknown reversing reversed");
  // It is no sale that was set aside, and whoever had it is gone.
  expect(till.told).toEqual([]);
});

test("nothing is written any more once the till is being closed", async () => {
  const till = makeTill("reply-lost", "hanging");
  await till.scan("token");
  await till.pass(5);
  till.part.stop();
  till.wallet.release("answered");
  await settled();
  expect(path(till)).toBe("created sent unknown");
  expect(till.failures).toEqual([]);
});

test("a phone that is read twice is known by its code while it is being asked, and only then", async () => {
  const till = makeTill("reply-lost");
  const hash = "3c469e9d6c5875d37a43f353d4f88e61fcf812c66eee3457465a40b0da4153e0";
  const paying = till.scan("token");
  expect(till.part.isAsking(hash)).toBe(true);
  expect(till.part.isAsking("other")).toBe(false);
  await paying;
  expect(till.part.isAsking(hash)).toBe(false);
});

test("a phone that asks for the password is waited for, and pays when its shopper has typed it", async () => {
  const till = makeTill();
  till.rail = "wechat-pay";
  till.wallet.asksPassword = true;
  await till.scan("131234567890123456");
  expect(till.part.open).toMatchObject({ state: "waiting", rail: "wechat-pay", nextAskAt: 5000, undoAt: 45_000 });
  await till.pass(11);
  till.wallet.confirm(true);
  await till.pass(5);
  expect(path(till)).toBe("created sent waiting paid");
  expect(till.paidSales.get("sale-0")).toEqual(["wallet"]);
});

test("a shopper who never confirms is not waited for longer than the rail says, and may still be refunded afterwards", async () => {
  for (const [rail, seconds] of [
    ["wechat-pay", 45],
    ["alipay", 60],
  ] as const) {
    const till = makeTill();
    till.rail = rail;
    till.wallet.asksPassword = true;
    till.wallet.slowReversals = 2;
    await till.scan("code");
    await till.pass(seconds - 1);
    expect(till.part.isHolding, rail).toBe(true);
    await till.pass(1);
    expect(till.part.isHolding, rail).toBe(false);
    expect(till.told).toEqual(["payment.undone-late"]);
    till.payCash();
    // The rail takes its time over the reversal, and the shopper types the password meanwhile.
    till.wallet.confirm(true);
    expect(till.wallet.takenMinor()).toBe(8964);
    await till.pass(20);
    expect(path(till)).toBe("created sent waiting reversing reversed");
    expect(till.wallet.takenMinor()).toBe(0);
    expect(till.returned).toHaveLength(1);
  }
});

test("a sale that is set aside with its payment is paid beside the next one, and its goods can be handed over", async () => {
  const till = makeTill();
  till.rail = "alipay";
  till.wallet.asksPassword = true;
  await till.scan("281234567890123456");
  expect(till.setAside()).toBeNull();
  expect(till.part.isHolding).toBe(false);
  till.payCash();
  till.wallet.confirm(true);
  await till.pass(5);
  expect(till.paidSales).toEqual(
    new Map([
      ["sale-1", ["cash"]],
      ["sale-0", ["wallet"]],
    ]),
  );
  expect(till.told).toEqual(["aside paid 50000000"]);
});

test("a sale that was set aside and is not paid can be taken up again for another tender", async () => {
  const till = makeTill();
  till.rail = "alipay";
  till.wallet.asksPassword = true;
  await till.scan("281234567890123456");
  till.setAside();
  till.wallet.confirm(false);
  await till.pass(5);
  expect(till.part.asideOf("sale-0")).toBeUndefined();
  till.takeUp();
  till.payCash();
  expect(till.paidSales.get("sale-0")).toEqual(["cash"]);
});

test("what is just being answered is not set aside, and neither is a payment that is not the open one", async () => {
  const till = makeTill("hanging");
  const paying = till.scan("token");
  expect(till.setAside()).toBe("payment.not-open");
  till.wallet.release("answered");
  await settled();
  till.wallet.release("answered");
  await paying;
  expect(till.setAside()).toBe("payment.not-open");
});

test("after a crash selling goes on at once, and the payment of the sale before is worked to its end beside it", async () => {
  const till = makeTill("reply-lost", "reply-lost");
  till.setsAside = true;
  await till.scan("token");
  till.restart();
  expect(till.part.isHolding).toBe(false);
  expect(till.part.asideOf("sale-0")).toMatchObject({ state: "unknown" });
  expect(till.told).toEqual(["payment.set-aside"]);
  await till.scan("of the next shopper");
  till.restart();
  await till.pass(40);
  expect(till.paidSales.get("sale-0")).toEqual(["wallet"]);
  expect(till.paidSales.get("sale-1")).toEqual(["wallet"]);
  expect(till.wallet.takenMinor()).toBe(2 * 8964);
});

test("a reversal that the platform refuses is told once, is asked for ever more seldom, and keeps nobody from signing out", async () => {
  const till = makeTill("reply-lost", ...Array.from({ length: 12 }, (): Fate => "refused"));
  await till.scan("token");
  till.undo();
  await settled();
  expect(till.told).toEqual(["undo of 50000000 refused: auth.revoked"]);
  expect(till.part.reversalsWaiting).toBe(1);
  expect(till.part.isBusy).toBe(false);
  const asked = () => 12 - till.wallet.fates.length;
  await till.pass(60);
  const first = asked();
  expect(first).toBeLessThanOrEqual(4);
  await till.pass(600);
  expect(asked()).toBeGreaterThan(first);
  expect(till.told).toHaveLength(1);
  till.wallet.fates = [];
  await till.pass(1200);
  expect(path(till)).toBe("created sent unknown reversing reversed");
});

test("a sale that was set aside and whose payment never arrived is told, and is free again", async () => {
  const till = makeTill("hanging");
  till.setsAside = true;
  const paying = till.scan("token");
  till.wallet.release("answered");
  await settled();
  till.wallet.release("request-lost");
  await paying;
  till.restart();
  await till.pass(10);
  expect(till.told).toEqual(["payment.set-aside", "payment.undone-late"]);
  expect(till.part.asideOf("sale-0")).toBeUndefined();
  till.takeUp();
  till.payCash();
  expect(till.paidSales.get("sale-0")).toEqual(["cash"]);
});

// Somebody sets the clock of the till right while a payment is waited for.
test("a clock that is set back by an hour keeps no payment waiting for longer than its window", async () => {
  const till = makeTill(...Array.from({ length: 9 }, (): Fate => "request-lost"));
  await till.scan("token");
  await till.pass(26);
  till.setClockBack(3600);
  await till.pass(120);
  expect(till.part.isHolding).toBe(true);
  expect(till.part.open?.asks.length).toBeGreaterThan(4);
});
