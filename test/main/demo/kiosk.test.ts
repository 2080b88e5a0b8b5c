import { once } from "node:events";
import { existsSync, mkdtempSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axios from "axios";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { counterContract, stationOf, type CounterContract } from "../../../main/contract/counter.ts";
import { tillContract, type TillContract } from "../../../main/contract/methods.ts";
import { startDemoShop, type DemoShop } from "../../../main/demo/shop.ts";
import { openWindow, type Window } from "../../../main/demo/window.ts";
import { processesOn } from "../processes.ts";
import { removeShop } from "../remove-shop.ts";

/** The whole shop, kiosk included, as `npm start` brings it up. The tests follow each other in it. */
let shop: DemoShop;
let folder = "";
let counter: Window<CounterContract>;
let kiosk: Window<TillContract>;
const ports = { till: 0, counter: 0, platform: 0, kiosk: 0 };

async function openKioskWindow(): Promise<Window<TillContract>> {
  const running = await shop.kiosk;
  const window = await openWindow(tillContract, running?.ready.pages["kiosk"] ?? "");
  await window.until("devices and platform", ({ devices, sync }) => {
    return sync.state === "online" && devices.every(({ state }) => state === "ready");
  });
  return window;
}

async function scanTea(): Promise<void> {
  const { outcome, basket } = kiosk.snapshot();
  const count = outcome === undefined ? basket.addedCount : 0;
  await counter.call("scanner.scan-good", { station: "kiosk", goodId: "g-0134" });
  await kiosk.until("the tea", (now) => now.outcome === undefined && now.basket.addedCount > count);
}

/** What the platform says that the kiosk has sold. */
async function kiosksBook(): Promise<{ sales: number; totalMinor: number } | undefined> {
  const { url, operatorToken } = shop.platform.ready;
  const answer = await axios.get<{ tills: { ledger: string; sales: number; totalMinor: number }[] }>(
    `${url}/v1/operator/summary`,
    { headers: { authorization: `Bearer ${operatorToken}` }, proxy: false },
  );
  const found = answer.data.tills.find(({ ledger }) => ledger === kiosk.snapshot().till.ledger);
  return found === undefined ? undefined : { sales: found.sales, totalMinor: found.totalMinor };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "suanpan-kiosk-"));
  shop = await startDemoShop({ folder, ports, kiosk: true, discard: true, onWords: () => {} });
  counter = await openWindow(counterContract, shop.counter.page);
  kiosk = await openKioskWindow();
}, 120_000);

afterAll(async () => {
  await shop?.stop();
  removeShop(folder);
});

test("the kiosk is a till of its own: its own ledger, number, devices and cable, and no drawer", async () => {
  const till = await openWindow(tillContract, shop.till.ready.pages["cashier"] ?? "");
  onTestFinished(() => till.close());
  expect([till.snapshot().till.mode, kiosk.snapshot().till.mode]).toEqual(["till", "kiosk"]);
  expect(kiosk.snapshot().till.ledger).not.toBe(till.snapshot().till.ledger);
  expect(kiosk.snapshot().till.number).not.toBe(till.snapshot().till.number);
  const { stations, pages } = counter.snapshot();
  expect(stations.map(({ id, drawer }) => [id, drawer?.cashMinor])).toEqual([
    ["till", 500_00],
    ["kiosk", undefined],
  ]);
  expect(pages.map(({ name }) => name)).toEqual(expect.arrayContaining(["cashier", "kiosk"]));
  await scanTea();
  expect(till.snapshot().basket.lines).toEqual([]);
  // One cable is pulled, and the other till does not notice.
  await counter.call("network.set", { station: "kiosk", network: "cut" });
  await kiosk.until("the cut", ({ sync }) => sync.state === "offline");
  expect(till.snapshot().sync.state).toBe("online");
  await counter.call("network.set", { station: "kiosk", network: "up" });
  await kiosk.until("the platform", ({ sync }) => sync.state === "online");
}, 60_000);

test("a sale at the kiosk, scanned and paid by phone, arrives at the platform under the kiosk's ledger", async () => {
  const [shopper] = counter.snapshot().shoppers;
  const { saleId, totalMinor } = kiosk.snapshot().basket;
  await counter.call("shopper.show-code", { shopperId: shopper?.id ?? "" });
  await counter.call("shopper.scan-code", { station: "kiosk" });
  const paid = await kiosk.until("the sale", ({ outcome }) => outcome?.saleId === saleId);
  expect(paid.outcome).toMatchObject({ tender: "wallet", totalMinor });
  await kiosk.until("the platform's word", ({ sync }) => sync.salesWaiting === 0);
  // The platform has the entry; it reads it and adds it up a moment later.
  await expect.poll(kiosksBook, { timeout: 10_000 }).toEqual({ sales: 1, totalMinor });
}, 60_000);

test("a kiosk whose process is killed comes back with its shopper's basket, at the same address", async () => {
  await scanTea();
  const { basket } = kiosk.snapshot();
  const running = await shop.kiosk;
  const address = running?.ready.pages["kiosk"];
  await running?.crash();
  expect(running?.ready.pages["kiosk"]).toBe(address);
  kiosk.close();
  kiosk = await openKioskWindow();
  expect(kiosk.snapshot().basket).toEqual(basket);
}, 60_000);

test("the counter's cash goes only where hands can put it: onto the tray, and into a drawer that the till has opened", async () => {
  const till = await openWindow(tillContract, shop.till.ready.pages["cashier"] ?? "");
  onTestFinished(() => till.close());
  const drawerNow = () => stationOf(counter.snapshot(), "till").drawer;
  await counter.call("purse.lay-down", { valueMinor: 10_00 });
  expect(counter.snapshot()).toMatchObject({ tray: { totalMinor: 10_00 }, purse: { totalMinor: 690_00 } });
  await expect(counter.call("drawer.put-in", {})).rejects.toMatchObject({ code: "drawer.shut" });
  await expect(counter.call("drawer.give", { amountMinor: 100 })).rejects.toMatchObject({ code: "drawer.shut" });
  await expect(counter.call("purse.lay-down", { valueMinor: 3 })).rejects.toMatchObject({ code: "purse.too-little" });
  await counter.call("scanner.scan-good", { station: "till", goodId: "g-0134" });
  const { basket } = await till.until("the tea", (now) => now.basket.lines.length === 1);
  const { changeMinor } = await till.call("tender.cash", { saleId: basket.saleId, tenderedMinor: 10_00 });
  await counter.until("the open drawer", (now) => stationOf(now, "till").drawer?.state === "open");
  await counter.call("drawer.put-in", {});
  await counter.call("drawer.give", { amountMinor: changeMinor });
  await expect(counter.call("drawer.give", { amountMinor: 3 })).rejects.toMatchObject({ code: "purse.too-little" });
  await counter.call("drawer.close", {});
  expect(drawerNow()).toEqual({ state: "closed", cashMinor: 500_00 + basket.totalMinor });
  expect(counter.snapshot()).toMatchObject({
    tray: { totalMinor: 0 },
    purse: { totalMinor: 700_00 - basket.totalMinor },
  });
}, 60_000);

test("a shop that is stopped takes its kiosk with it and leaves no process", async () => {
  counter.close();
  kiosk.close();
  await shop.stop();
  expect(processesOn(folder)).toEqual([]);
  expect(existsSync(join(folder, "kiosk", "till.sock"))).toBe(false);
}, 60_000);

// The kiosk is the least of the shop: what keeps it from starting must not keep the cashier from selling.
test("a kiosk that cannot start says why, and the shop runs without it and stops whole", async () => {
  const other = mkdtempSync(join(tmpdir(), "suanpan-kiosk-"));
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const words: string[] = [];
  const { port } = taken.address() as AddressInfo;
  const without = await startDemoShop({
    folder: other,
    ports: { ...ports, kiosk: port },
    kiosk: true,
    discard: true,
    onWords: (text) => void words.push(text),
  });
  onTestFinished(async () => {
    await without.stop();
    taken.close();
    removeShop(other);
  });
  expect(await without.kiosk).toBeNull();
  expect((await without.moreAddresses).map(({ name }) => name)).not.toContain("Kiosk");
  expect(words.join("")).toMatch(/^The kiosk could not be started; .*/m);
  expect(words.join("")).toContain(String(port));
  const till = await openWindow(tillContract, without.till.ready.pages["cashier"] ?? "");
  expect(till.snapshot().till.number).toBe(1);
  till.close();
  await without.stop();
  expect(processesOn(other)).toEqual([]);
}, 60_000);

test("a shop that is stopped while its kiosk starts does not wait for it and leaves no process", async () => {
  const other = mkdtempSync(join(tmpdir(), "suanpan-kiosk-"));
  onTestFinished(() => removeShop(other));
  const words: string[] = [];
  const started = await startDemoShop({
    folder: other,
    ports,
    kiosk: true,
    discard: true,
    onWords: (text) => void words.push(text),
  });
  await started.stop();
  expect(await started.kiosk).toBeNull();
  expect([processesOn(other), words.join("")]).toEqual([[], ""]);
}, 60_000);
