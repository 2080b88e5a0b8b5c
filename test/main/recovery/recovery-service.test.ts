import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { TillError } from "../../../main/contract/errors.ts";
import { recoveryViewSchema, type RecoveryView } from "../../../main/contract/recovery.ts";
import { olderLedgerFiles, olderLedgersFolder } from "../../../main/ledger/older-ledgers.ts";
import { setAsideFolder } from "../../../main/recovery/entry-sources.ts";
import { Recovery } from "../../../main/recovery/recovery.ts";
import { recoveryService } from "../../../main/recovery/recovery-service.ts";
import { demoPeople, demoPin, demoStore } from "../../../platform/demo/goods/demo-shop.ts";
import type { Person } from "../../../sync/protocol/change.ts";
import { createTimersByHand } from "../../support/by-hand-timers.ts";
import { handClock, openTestLedger, seededIds } from "../ledger/support.ts";
import { noPlatform, rolledBackTill } from "./rolled-back-till.ts";

const log = pino({ level: "silent" });

function openWaiting(changes: { people?: readonly Person[]; kept?: number; lost?: number } = {}) {
  const till = rolledBackTill({ kept: changes.kept ?? 2, lost: changes.lost ?? 3 });
  const timers = createTimersByHand();
  const clock = handClock();
  const recovery = new Recovery({
    folder: till.folder,
    platformUrl: noPlatform,
    fault: new TillError("ledger.behind-mark", { missing: 3, entries: 3, receipt: till.lastReceipt }),
    people: changes.people ?? demoPeople,
    clock,
    ids: seededIds("recovery", clock),
    softwareVersion: "1.0.0",
    timers,
    log,
  });
  onTestFinished(() => recovery.stop());
  const facts = { number: 1, store: demoStore.name, zone: "Asia/Shanghai" };
  const service = recoveryService({ recovery, till: facts, timers, log });
  const told: RecoveryView[] = [];
  service.watch((view) => told.push(recoveryViewSchema.parse(view)));
  const seenBy = (role: string) => recoveryViewSchema.parse(service.view?.(service.snapshot(), role));
  const approve = (pin: string) => service.handlers["recovery.approve"]({ pin }, { role: "cashier" });
  return { ...till, timers, clock, recovery, service, told, seenBy, approve };
}

test("the shop's people read how many sales are missing and the last receipt, and when the next try begins", async () => {
  const { recovery, seenBy } = openWaiting();
  expect(await recovery.tryNow()).toBeNull();
  for (const role of ["cashier", "manager", "tool"]) {
    expect(seenBy(role)).toMatchObject({
      audience: "staff",
      state: "waiting",
      tillNumber: 1,
      store: demoStore.name,
      fault: { code: "ledger.behind-mark", params: { missing: 3, entries: 3, receipt: "1-5" } },
      nextTryAt: "2026-11-20T14:32:19.120+08:00",
      canApprove: true,
    });
  }
});

// A kiosk and the second display face whoever walks by.
test("shoppers are told that the till is closed, and nothing of receipts, counts or causes", async () => {
  const { recovery, seenBy } = openWaiting();
  await recovery.tryNow();
  for (const role of ["kiosk", "customer"]) {
    const seen = seenBy(role);
    expect(seen).toMatchObject({ audience: role, state: "waiting", taken: 0 });
    expect(JSON.stringify(seen)).not.toMatch(/1-5|missing|behind|lastError/);
  }
});

test("a shopper's display cannot let the shop open; a kiosk can, where it is all that stands there", () => {
  const { service } = openWaiting();
  const { roles } = service.contract.methods["recovery.approve"];
  expect(roles).toEqual(["cashier", "kiosk", "manager", "tool"]);
});

test("a PIN of nobody and one of somebody who is no manager are refused, and nothing is changed", async () => {
  const nobody = demoPeople.map((person) => ({ ...person, roles: ["cashier" as const] }));
  const { approve, recovery } = openWaiting();
  await recovery.tryNow();
  await expect(approve("0000")).rejects.toMatchObject({ code: "staff.pin-wrong" });
  expect(recovery.stand.state).toBe("waiting");
  const other = openWaiting({ people: nobody });
  expect(other.seenBy("cashier").canApprove).toBe(false);
  await expect(other.approve(demoPin)).rejects.toMatchObject({ code: "staff.pin-wrong" });
  expect(other.recovery.stand.state).toBe("waiting");
});

test("a manager's PIN lets the shop open: the windows hear it, and receipts go on behind the last one known", async () => {
  const { approve, recovery, told, folder, seenBy } = openWaiting();
  await recovery.tryNow();
  expect(await approve(demoPin)).toEqual({});
  expect(told.map(({ state }) => state)).toEqual(["working", "waiting", "working", "done"]);
  expect(told.map(({ version }) => version)).toEqual([2, 3, 4, 5]);
  expect(seenBy("kiosk")).toMatchObject({ state: "done", recovered: "succeeded" });
  expect(await recovery.done).toMatchObject({
    kind: "succeeded",
    follows: { approval: { by: "manager", person: "p-01" } },
  });
  expect(openTestLedger(folder).nextReceiptNumber()).toBe(6);
});

// Two windows, one hasty finger: the second new ledger would follow the first, with a gap that is none.
test("a PIN that is typed in two windows at once begins one new ledger", async () => {
  const { approve, recovery, folder, service, ledger } = openWaiting();
  await service.handlers["recovery.try-now"]({}, { role: "manager" });
  await Promise.all([approve(demoPin), approve(demoPin), recovery.tryNow()]);
  await approve(demoPin);
  const opened = openTestLedger(folder);
  expect(opened.identity.follows).toMatchObject({ ledger });
  expect(olderLedgerFiles(folder)).toHaveLength(1);
});

test("windows hear how far reading has come four times a second, however fast the pages come", async () => {
  const { folder, whole, recovery, told, timers, seenBy } = openWaiting({ kept: 1, lost: 250 });
  mkdirSync(setAsideFolder(folder), { recursive: true });
  copyFileSync(whole, join(setAsideFolder(folder), "whole.db"));
  const taken: number[] = [];
  recovery.watch(() => taken.push(recovery.stand.taken));
  expect(await recovery.tryNow()).toMatchObject({ kind: "restored", counts: { file: 250 } });
  expect(taken).toEqual([0, 200, 250, 250]);
  expect(told.map(({ state, taken: seen }) => [state, seen])).toEqual([
    ["working", 0],
    ["done", 250],
  ]);
  expect(seenBy("manager").taken).toBe(250);
  expect(timers.waiting()).toBe(0);
});

test("a disk that does something that nobody foresaw is told in words and tried again", async () => {
  const { folder, recovery, seenBy, timers } = openWaiting();
  // A file lies where the old ledger's folder would be made.
  copyFileSync(join(folder, "catalog.db"), olderLedgersFolder(folder));
  await recovery.tryNow();
  await expect(recovery.approve(demoPin)).rejects.toMatchObject({ code: "internal" });
  expect(seenBy("cashier")).toMatchObject({ state: "waiting", lastError: { code: "internal", params: {} } });
  expect(timers.waiting()).toBe(1);
});

test("the language is chosen in the window and heard in all of them", async () => {
  const { service, told } = openWaiting();
  await service.handlers["recovery.set-locale"]({ locale: "zh-CN" }, { role: "customer" });
  expect(told.at(-1)).toMatchObject({ locale: "zh-CN", version: 2 });
});
