import { counterContract, stationOf, type CounterContract } from "../contract/counter.ts";
import { tillContract, type TillContract } from "../contract/methods.ts";
import type { Snapshot } from "../contract/snapshot.ts";
import type { SeededChance } from "./seeded.ts";
import { demoFloatMinor, type DemoShop } from "./shop.ts";
import { openWindow, type Window } from "./window.ts";
import { Witness } from "./witness.ts";

/** What a trading day is made of. */
export type DayOptions = { sales: number; outage: boolean; chance: SeededChance };

/** A day that is over: what the witness saw, and what the screen said at the end. */
export type TradedDay = { witness: Witness; refusedWallets: number; unknownCodes: number };

/** Of a day with an outage, the network is cut at two fifths and comes back at three fifths. */
const outageFrom = 0.4;
const outageUntil = 0.6;

const mostGoodsInBasket = 8;

/** The day is traded at the till; a kiosk needs no hands but the shopper's. */
const station = "till";

type Day = {
  till: Window<TillContract>;
  counter: Window<CounterContract>;
  witness: Witness;
  chance: SeededChance;
  refusedWallets: number;
  unknownCodes: number;
};

/**
 * Trades a day in a running demo shop as people would: every good and every wallet code goes under the simulated scanner,
 * every sale is waited for on the screen, and the drawer is counted at the end.
 */
export async function tradeDay(shop: DemoShop, options: DayOptions): Promise<TradedDay> {
  const till = await openWindow(tillContract, shop.till.ready.pages["cashier"] ?? "");
  const counter = await openWindow(counterContract, shop.counter.page);
  const witness = new Witness(counter.snapshot().goods);
  const day: Day = { till, counter, witness, chance: options.chance, refusedWallets: 0, unknownCodes: 0 };
  await till.until("scanner and printer", ({ devices }) => devices.every((device) => device.state === "ready"));
  await till.until("the platform", ({ sync }) => sync.state === "online");
  const cutAt = Math.floor(options.sales * outageFrom);
  const restoreAt = Math.floor(options.sales * outageUntil);
  for (let sale = 0; sale < options.sales; sale += 1) {
    if (options.outage && sale === cutAt) await counter.call("network.set", { station, network: "cut" });
    if (options.outage && sale === restoreAt) await counter.call("network.set", { station, network: "up" });
    await makeSale(day);
  }
  await counter.call("network.set", { station, network: "up" });
  await closeDay(day);
  till.close();
  counter.close();
  return { witness, refusedWallets: day.refusedWallets, unknownCodes: day.unknownCodes };
}

async function makeSale(day: Day): Promise<void> {
  const { till, chance, witness } = day;
  const goods = await fillBasket(day);
  if (chance.percent(5)) await scanUnknownCode(day);
  const { basket } = till.snapshot();
  if (basket.age !== undefined) await till.call("basket.confirm-age", { saleId: basket.saleId });
  const { network } = stationOf(day.counter.snapshot(), station);
  const paid = chance.percent(60) && (await payByWallet(day, basket.saleId));
  if (!paid) await payByCash(day);
  const { outcome } = await till.until("the sale to be stored", (now) => now.outcome?.saleId === basket.saleId);
  if (outcome === undefined) throw new Error("A stored sale has no outcome");
  const { receiptCode, totalMinor, tender } = outcome;
  if (tender === "mixed") throw new Error("Nobody has divided this sale between cash and wallet");
  const drawerMinor = (outcome.tenderedMinor ?? 0) - (outcome.changeMinor ?? 0);
  witness.saw({ receiptCode, totalMinor, tender, drawerMinor, offline: network === "cut" }, witness.priceOf(goods));
  await till.until("the receipt", (now) => isPaperOver(now, basket.saleId));
  if (tender === "cash") await day.counter.call("drawer.close", {});
}

function isPaperOver({ outcome }: Snapshot, saleId: string): boolean {
  return outcome?.saleId !== saleId || (outcome.print !== "waiting" && outcome.print !== "printing");
}

/** Scans between one good and eight, some of them more than once, and takes one out again now and then. */
async function fillBasket(day: Day): Promise<string[]> {
  const { till, counter, chance } = day;
  const shelf = counter.snapshot().goods.filter((good) => good.unit === "each");
  const goods: string[] = [];
  const count = 1 + chance.below(mostGoodsInBasket);
  for (let index = 0; index < count; index += 1) {
    const good = chance.percent(20) && goods.length > 0 ? chance.pick(goods) : chance.pick(shelf).id;
    // While a settled sale is in view its own count stands there; the first good of the next sale starts at 1.
    const expected = index + 1;
    await counter.call("scanner.scan-good", { station, goodId: good });
    await till.until("a scanned good", (now) => now.outcome === undefined && now.basket.addedCount >= expected);
    goods.push(good);
  }
  if (goods.length > 2 && chance.percent(10)) return await takeOneOut(day, goods);
  return goods;
}

async function takeOneOut({ till, chance }: Day, goods: readonly string[]): Promise<string[]> {
  const { basket } = till.snapshot();
  const line = chance.pick(basket.lines);
  if (basket.lines.length === 1) return [...goods];
  await till.call("basket.remove-line", { lineId: line.lineId });
  await till.until("a removed line", (now) => now.basket.lines.every((other) => other.lineId !== line.lineId));
  return goods.filter((good) => good !== line.itemId);
}

async function scanUnknownCode(day: Day): Promise<void> {
  const { till, counter } = day;
  const before = till.snapshot();
  await counter.call("scanner.scan-text", { station, text: `X-${day.chance.below(1_000_000)}` });
  const after = await till.until(
    "word of an unknown code",
    (now) => now.notice !== undefined && now.notice.id !== before.notice?.id,
  );
  if (after.basket.totalMinor !== before.basket.totalMinor)
    day.witness.complaints.push("An unknown code changed a basket");
  day.unknownCodes += 1;
}

/** A shopper shows the wallet. False where the till says that this wallet cannot pay now. */
async function payByWallet(day: Day, saleId: string): Promise<boolean> {
  const { till, counter, chance } = day;
  const shopper = chance.pick(counter.snapshot().shoppers);
  const noticeBefore = till.snapshot().notice?.id;
  await counter.call("shopper.show-code", { shopperId: shopper.id });
  await counter.call("shopper.scan-code", { station });
  const after = await till.until("the wallet's answer", (now) => {
    const refused = now.notice !== undefined && now.notice.id !== noticeBefore && now.payment === undefined;
    return now.outcome?.saleId === saleId || refused || now.payment?.state === "unknown";
  });
  if (after.outcome?.saleId === saleId) return true;
  // The line broke while the wallet was asked: the cashier undoes it and takes cash, and the platform gives it back.
  if (after.payment?.state === "unknown") await till.call("payment.undo", { paymentId: after.payment.paymentId });
  day.refusedWallets += 1;
  return false;
}

async function payByCash({ till, chance }: Day): Promise<void> {
  const { basket } = till.snapshot();
  const { tenderedMinor } = chance.pick(basket.cash.suggestions);
  await till.call("tender.cash", { saleId: basket.saleId, tenderedMinor });
}

/** Counts the drawer, closes the shift, and stays until the platform has confirmed every sale. */
async function closeDay({ till, witness }: Day): Promise<void> {
  const countedMinor = demoFloatMinor + witness.drawerMinor();
  const { expectedCashMinor, differenceMinor } = await till.call("shift.close", { countedMinor });
  if (differenceMinor !== 0) {
    witness.complaints.push(`The till expects ${expectedCashMinor} in the drawer and ${countedMinor} lie there`);
  }
  await till.until("everything to be confirmed", ({ sync, undoing }) => {
    return sync.state === "online" && sync.salesWaiting === 0 && undoing === undefined;
  });
}
