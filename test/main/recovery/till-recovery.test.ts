import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { RecoveryNeeded } from "../../../main/recovery/start-recovery.ts";
import { openTill, type Till } from "../../../main/till.ts";
import { demoPin } from "../../../platform/demo/goods/demo-shop.ts";
import { startTestPlatform, type TestPlatform } from "../../platform/support/test-platform.ts";
import { makeCode } from "../../platform/support/test-till.ts";
import { temporaryFolder } from "../ledger/support.ts";

/** Real tills over a real platform: what the shop sees when the disk under a till is not what it was. */

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

const nowhere = "http://127.0.0.1:9";
const tea = "g-0134";
const cashier = { role: "cashier" };

async function open(folder: string, platformUrl = platform.url, enrolmentCode?: string): Promise<Till> {
  const log = pino({ level: "silent" });
  const code = enrolmentCode === undefined ? {} : { enrolmentCode };
  const till = await openTill({ folder, platformUrl, devices: {}, floatMinor: 10_000, log, ...code });
  onTestFinished(() => till.close());
  return till;
}

async function newTill(): Promise<string> {
  const folder = join(temporaryFolder(), "till");
  const { code } = await makeCode(platform);
  await sell(await open(folder, platform.url, code), 2);
  return folder;
}

/** Sells for cash, waits until the platform has it where it can be reached, closes, and gives the receipts. */
async function sell(till: Till, sales: number, isOnline = true): Promise<string[]> {
  const { handlers, snapshot } = till.service;
  const receipts: string[] = [];
  for (let count = 0; count < sales; count += 1) {
    await handlers["basket.add"]({ itemId: tea, quantity: 1 }, cashier);
    const { saleId, cash } = snapshot().basket;
    const { receiptCode } = await handlers["tender.cash"]({ saleId, tenderedMinor: cash.dueMinor }, cashier);
    receipts.push(receiptCode);
    await handlers["sale.next"]({ saleId }, cashier);
  }
  if (isOnline) await expect.poll(() => snapshot().sync.salesWaiting, { timeout: 20_000 }).toBe(0);
  await till.close();
  return receipts;
}

function copyOf(folder: string): string {
  const copy = join(temporaryFolder(), "ledger.db");
  cpSync(join(folder, "ledger.db"), copy);
  return copy;
}

function putBack(copy: string, folder: string): void {
  cpSync(copy, join(folder, "ledger.db"));
  rmSync(join(folder, "ledger.db-wal"), { force: true });
}

function receiptNumbers(codes: readonly string[]): number[] {
  return codes.map((code) => Number(code.split("-")[1]));
}

test("a till whose disk was put back to an older day opens with all its sales, brought back from the platform", async () => {
  const folder = await newTill();
  const copy = copyOf(folder);
  await sell(await open(folder), 3);
  putBack(copy, folder);
  const till = await open(folder);
  const care = await till.service.handlers["ledger.care"]({}, { role: "manager" });
  expect(care).toMatchObject({ incidents: [{ code: "ledger.restored" }], unseen: 1, older: [] });
  expect(till.service.snapshot().staff?.unseenIncidents).toBe(1);
  await till.service.handlers["ledger.incidents-seen"]({ upToSeq: care.entries }, { role: "manager" });
  expect(till.service.snapshot().staff?.unseenIncidents).toBeUndefined();
  expect(receiptNumbers(await sell(till, 1))).toEqual([6]);
}, 120_000);

test("a whole folder that was put back, marks and all, is found out by the platform's mark", async () => {
  const folder = await newTill();
  const old = join(temporaryFolder(), "old");
  cpSync(folder, old, { recursive: true });
  await sell(await open(folder), 2);
  expect(receiptNumbers(await sell(await open(old), 1))).toEqual([5]);
}, 120_000);

test("without the platform it waits for a manager, sells on behind the lost receipts, and tells the platform later", async () => {
  const folder = await newTill();
  const copy = copyOf(folder);
  await sell(await open(folder, nowhere), 2, false);
  putBack(copy, folder);
  const needed = await open(folder, nowhere).catch((error: unknown) => error);
  if (!(needed instanceof RecoveryNeeded)) throw needed;
  const { recovery } = needed;
  onTestFinished(() => recovery.stop());
  expect(recovery.stand).toMatchObject({
    state: "waiting",
    canApprove: true,
    fault: { code: "ledger.behind-mark", params: { missing: 2 } },
  });
  await expect(recovery.approve("0000")).rejects.toMatchObject({ code: "staff.pin-wrong" });
  expect(await recovery.approve(demoPin)).toMatchObject({ kind: "succeeded" });
  await recovery.stop();
  expect(receiptNumbers(await sell(await open(folder, nowhere), 1, false))).toEqual([5]);
  const till = await open(folder);
  const { ledger } = till.service.snapshot().till;
  const { older } = await till.service.handlers["ledger.care"]({}, { role: "manager" });
  expect(older).toMatchObject([{ reason: "entries-missing", approvedBy: "manager", missing: expect.any(Object) }]);
  // All of the new ledger arrives, and the platform says nothing against its first entry.
  expect(receiptNumbers(await sell(till, 1))).toEqual([6]);
  const doubts = await platform.database.query<{ code: string }>(
    "select code from answers where state = 'needs-you' and ledger = $1",
    [ledger],
  );
  expect(doubts.rows).toEqual([]);
}, 120_000);

test("a lost journal key opens a new ledger by itself, and what the old one had not sent arrives all the same", async () => {
  const folder = await newTill();
  const old = await open(folder, nowhere);
  const { ledger } = old.service.snapshot().till;
  await sell(old, 2, false);
  const keys = readdirSync(join(folder, "keys"));
  for (const name of keys.filter((key) => key.startsWith("journal-"))) rmSync(join(folder, "keys", name));
  const till = await open(folder);
  expect(till.service.snapshot().till.ledger).not.toBe(ledger);
  expect(receiptNumbers(await sell(till, 1))).toEqual([5]);
  const sales = () => platform.database.query("select seq from sales where ledger = $1", [ledger]);
  await expect.poll(async () => (await sales()).rowCount, { timeout: 20_000 }).toBe(4);
}, 120_000);

test("a till on a new disk takes the old one's place by a code for that, keeps its number, and repeats no receipt", async () => {
  const folder = await newTill();
  const before = await open(folder);
  const { number, ledger } = before.service.snapshot().till;
  await sell(before, 1);
  const { code } = await makeCode(platform, undefined, number);
  const fresh = join(temporaryFolder(), "till");
  const till = await open(fresh, platform.url, code);
  expect(till.service.snapshot().till).toMatchObject({ number });
  expect(till.service.snapshot().till.ledger).not.toBe(ledger);
  expect(receiptNumbers(await sell(till, 1))).toEqual([100_004]);
  expect(receiptNumbers(await sell(await open(fresh), 1))).toEqual([100_005]);
}, 120_000);
