import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EscposParser } from "../../../devices/simulators/escpos-parse.ts";
import { ChildError, startChild } from "../../../main/child.ts";
import { counterContract, stationOf, type CounterContract } from "../../../main/contract/counter.ts";
import { tillContract, type TillContract } from "../../../main/contract/methods.ts";
import { startDemoShop, type DemoShop } from "../../../main/demo/shop.ts";
import { openWindow, type Window } from "../../../main/demo/window.ts";
import { removeShop } from "../remove-shop.ts";
import { oneClearSentence, runTill } from "../run-node.ts";

/** The shop as a visitor has it: three processes, and nothing of them in this one. The tests follow each other in it. */
let shop: DemoShop;
let folder = "";
let till: Window<TillContract>;
let counter: Window<CounterContract>;

async function openTillWindow(): Promise<void> {
  till = await openWindow(tillContract, shop.till.ready.pages["cashier"] ?? "");
  await till.until("devices and platform", ({ devices, sync }) => {
    return sync.state === "online" && devices.every(({ state }) => state === "ready");
  });
}

async function scanTea(): Promise<void> {
  const before = till.snapshot();
  const count = before.outcome === undefined ? before.basket.addedCount : 0;
  await counter.call("scanner.scan-good", { station: "till", goodId: "g-0134" });
  await till.until("the tea", ({ outcome, basket }) => outcome === undefined && basket.addedCount > count);
}

async function journal(): Promise<{ type: string; body: Record<string, unknown> }[]> {
  const { code, out } = await runTill("export", folder);
  expect(code).toBe(0);
  return out
    .trimEnd()
    .split("\n")
    .map((line) => {
      const exported = JSON.parse(line) as { text?: string; type?: string };
      return JSON.parse(exported.text ?? line) as { type: string; body: Record<string, unknown> };
    });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "suanpan-shop-"));
  shop = await startDemoShop({ folder, ports: { till: 0, counter: 0, platform: 0 }, onWords: () => {} });
  counter = await openWindow(counterContract, shop.counter.page);
  await openTillWindow();
}, 90_000);

afterAll(async () => {
  await shop.stop();
  removeShop(folder);
});

test("a till that loses its power in the middle of a basket comes back with the same basket", async () => {
  await scanTea();
  await scanTea();
  const { basket, run } = till.snapshot();
  await shop.till.crash();
  await openTillWindow();
  expect(till.snapshot().basket).toEqual(basket);
  expect(till.snapshot().run).not.toBe(run);
}, 60_000);

// The moment that decides about trust: the money is gone, and the till goes dark before the paper is out.
test("a till that loses its power right after the payment has the sale once, with the same receipt, and no second paper", async () => {
  const { basket } = till.snapshot();
  const [shopper] = counter.snapshot().shoppers;
  await counter.call("shopper.show-code", { shopperId: shopper?.id ?? "" });
  await counter.call("shopper.scan-code", { station: "till" });
  const { outcome } = await till.until("the sale", (now) => now.outcome?.saleId === basket.saleId);
  await shop.till.crash();
  await openTillWindow();
  const after = await till.until("the paper's end", (now) => !/waiting|printing/.test(now.outcome?.print ?? "waiting"));
  expect(after.outcome).toMatchObject({
    saleId: basket.saleId,
    receiptCode: outcome?.receiptCode,
    tender: "wallet",
    totalMinor: 900,
  });
  const papers = stationOf(counter.snapshot(), "till").paper.filter(({ lines }) =>
    lines.some((line) => line.kind === "text" && line.text.includes(outcome?.receiptCode ?? "?")),
  );
  expect(papers.length).toBeLessThanOrEqual(1);
  const entries = await journal();
  expect(entries.filter(({ type }) => type === "sale.settled")).toHaveLength(1);
  expect(entries.filter(({ type }) => type === "payment.paid")).toHaveLength(1);
  await counter.call("shopper.show-code", { shopperId: shopper?.id ?? "" });
  const left = counter.snapshot().shoppers.find(({ id }) => id === shopper?.id)?.balanceMinor;
  expect(left).toBe((shopper?.balanceMinor ?? 0) - 900);
  await till.until("the platform", ({ sync }) => sync.salesWaiting === 0);
}, 60_000);

test("the same cash call from two windows, one of them after a crash, takes money once", async () => {
  await scanTea();
  const { saleId } = till.snapshot().basket;
  const other = await openWindow(tillContract, shop.till.ready.pages["cashier"] ?? "");
  const [first, second] = await Promise.all([
    till.call("tender.cash", { saleId, tenderedMinor: 500 }),
    other.call("tender.cash", { saleId, tenderedMinor: 1000 }),
  ]);
  other.close();
  expect(second).toEqual(first);
  await shop.till.crash();
  await openTillWindow();
  expect(await till.call("tender.cash", { saleId, tenderedMinor: 500 })).toEqual(first);
  expect((await journal()).filter(({ type }) => type === "sale.settled")).toHaveLength(2);
}, 60_000);

test("a second till on the same folder ends with one sentence, and the first one goes on selling", async () => {
  const parameters = ["--data", folder, "--platform", shop.platform.ready.url];
  const error: unknown = await startChild("./host/till-process.ts", parameters).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ChildError);
  expect((error as ChildError).exitCode).not.toBe(0);
  expect(`${(error as ChildError).words}\n`).toMatch(oneClearSentence);
  await scanTea();
  await till.call("sale.abandon", { saleId: till.snapshot().basket.saleId });
}, 60_000);

test("tools work on a folder whose till is running: verify and export on a copy, rebuild not at all", async () => {
  const verified = await runTill("verify", folder, "--json");
  expect([verified.code, verified.err]).toEqual([0, ""]);
  const result = JSON.parse(verified.out) as {
    ok: boolean;
    entries: number;
    head: { seq: number; hash: string };
    firstBroken: null;
  };
  expect(result).toMatchObject({ ok: true, firstBroken: null });
  expect(result.head.seq).toBe(result.entries);
  expect(result.head.hash).toMatch(/^[0-9a-f]{64}$/);
  expect((await journal()).length).toBeGreaterThanOrEqual(result.entries);
  const rebuilt = await runTill("rebuild", folder, "--json");
  expect(rebuilt.code).toBe(1);
  expect(rebuilt.out).toBe("");
  expect(rebuilt.err).toMatch(oneClearSentence);
  expect(readdirSync(join(folder, "copies"))).toEqual([]);
}, 60_000);

// A shop that disputes a receipt, or tries another printer, needs the same paper again without selling again.
test("the bytes of a receipt can be had again, for its own printer exactly as they were printed", async () => {
  // The tills that lost their power above may have left half a receipt in the printer.
  await counter.call("printer.tear-off", { station: "till" });
  await scanTea();
  const { saleId } = till.snapshot().basket;
  await till.call("tender.cash", { saleId, tenderedMinor: 500 });
  await till.until("the paper", ({ outcome }) => outcome?.saleId === saleId && outcome.print === "printed");
  const entries = await journal();
  const seq = entries.findLastIndex(({ type }) => type === "sale.settled") + 1;
  const out = join(folder, "receipt.bin");
  const ran = await runTill("receipt", folder, String(seq), "--printer", "gb18030-80mm", "--out", out, "--json");
  expect([ran.code, ran.err]).toEqual([0, ""]);
  const bytes = readFileSync(out);
  expect(JSON.parse(ran.out)).toEqual({ seq, printer: "gb18030-80mm", bytes: bytes.length, out });
  const lines = new EscposParser(48).push(bytes).flatMap((event): unknown[] => {
    if (event.kind === "qr") return [{ kind: event.kind, text: event.text }];
    return event.kind === "text" || event.kind === "feed" || event.kind === "cut" ? [event] : [];
  });
  const printed = stationOf(counter.snapshot(), "till").paper.findLast((paper) => paper.lines.at(-1)?.kind === "cut");
  const withoutModules = printed?.lines.map((line) =>
    line.kind === "qr" ? { kind: line.kind, text: line.text } : line,
  );
  expect(lines).toEqual(withoutModules);
  // A narrower printer gets other bytes of the same receipt; an entry that is no sale has none.
  const narrow = await runTill("receipt", folder, String(seq), "--printer", "gb18030-58mm", "--out", out);
  expect(narrow.code).toBe(0);
  expect(readFileSync(out).equals(bytes)).toBe(false);
  const none = await runTill("receipt", folder, "1", "--printer", "gb18030-80mm", "--out", out);
  expect([none.code, none.out]).toEqual([1, ""]);
  expect(none.err).toMatch(oneClearSentence);
}, 60_000);

test("the sync log can be read from a terminal, as the manager's page has it", async () => {
  await till.until("everything to arrive", ({ sync }) => sync.salesWaiting === 0);
  const ran = await runTill("sync", folder, "--json");
  expect([ran.code, ran.err]).toEqual([0, ""]);
  const { overview, rows, more } = JSON.parse(ran.out) as {
    overview: { sales: number; arrived: number; notArrived: { count: number } };
    rows: { receiptCode: string; paidBy: string }[];
    more: boolean;
  };
  expect([overview.sales, overview.arrived, overview.notArrived.count, more]).toEqual([3, 3, 0, false]);
  expect(rows.map(({ paidBy }) => paidBy).toSorted()).toEqual(["cash", "cash", "wallet"]);
  const words = await runTill("sync", folder);
  expect(words.out).toMatch(/^3 of 3 sales of \d{4}-\d\d-\d\d have arrived; 0 need you\./);
  for (const { receiptCode } of rows) expect(words.out).toContain(receiptCode);
}, 60_000);

test("a shop that is stopped is stopped whole, and its folder can be looked into", async () => {
  till.close();
  counter.close();
  await shop.stop();
  expect(existsSync(join(folder, "till.sock"))).toBe(false);
  const verified = await runTill("verify", folder, "--json");
  expect(JSON.parse(verified.out)).toMatchObject({ ok: true });
  const words = await runTill("verify", folder);
  expect(words.out).toMatch(/^\d+ entries hold\./);
  const silent = await runTill("sync", folder, "--json");
  expect([silent.code, silent.out]).toEqual([1, ""]);
  expect(silent.err).toMatch(oneClearSentence);
  const rebuilt = await runTill("rebuild", folder, "--json");
  expect(rebuilt.code).toBe(0);
  const { entries } = JSON.parse(rebuilt.out) as { entries: number };
  expect(entries).toBeGreaterThan(10);
  // The balances made anew are those of the journal.
  expect((await runTill("verify", folder)).code).toBe(0);
  const sales = (await journal()).filter(({ type }) => type === "sale.settled");
  expect(sales.map(({ body }) => body["receiptNumber"])).toEqual([1, 2, 3]);
}, 60_000);
