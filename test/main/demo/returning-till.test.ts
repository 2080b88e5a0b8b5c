import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { counterContract } from "../../../main/contract/counter.ts";
import { tillContract } from "../../../main/contract/methods.ts";
import { startDemoShop } from "../../../main/demo/shop.ts";
import { openWindow } from "../../../main/demo/window.ts";
import { removeShop } from "../remove-shop.ts";

const ports = { till: 0, counter: 0, platform: 0 };

/** Sells one tea for cash and gives its receipt's code. */
async function sellTea(shop: Awaited<ReturnType<typeof startDemoShop>>): Promise<string> {
  const till = await openWindow(tillContract, shop.till.ready.pages["cashier"] ?? "");
  const counter = await openWindow(counterContract, shop.counter.page);
  await till.until("the scanner", ({ devices }) => devices.every(({ state }) => state === "ready"));
  await counter.call("scanner.scan-good", { station: "till", goodId: "g-0134" });
  const { basket } = await till.until("the tea", ({ basket: now }) => now.lines.length === 1);
  const { receiptCode } = await till.call("tender.cash", {
    saleId: basket.saleId,
    tenderedMinor: basket.cash.dueMinor,
  });
  await till.call("sale.next", { saleId: basket.saleId });
  await till.until("the sale's arrival", ({ sync }) => sync.salesWaiting === 0);
  till.close();
  counter.close();
  return receiptCode;
}

test("a till that left its shop stops the others from nothing, and the next start takes it back under its number", async () => {
  const folder = mkdtempSync(join(tmpdir(), "suanpan-returning-"));
  const words: string[] = [];
  const start = () => startDemoShop({ folder, ports, onWords: (said) => words.push(said) });
  let shop = await start();
  try {
    expect(await sellTea(shop)).toBe("1-1");
    const manager = await openWindow(tillContract, shop.till.ready.pages["manager"] ?? "");
    await manager.call("till.sign-out", {});
    manager.close();
    await expect.poll(() => words.join("")).toContain("has left its shop");
    const counter = await openWindow(counterContract, shop.counter.page);
    expect(counter.snapshot().goods.length).toBeGreaterThan(100);
    counter.close();
    await shop.stop();
    shop = await start();
    expect(await sellTea(shop)).toBe("1-2");
  } finally {
    await shop.stop();
    removeShop(folder);
  }
}, 120_000);
