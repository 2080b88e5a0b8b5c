import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "../../../main/contract/connect.ts";
import { recoveryContract } from "../../../main/contract/recovery.ts";
import { openHostedTill, type HostedTill } from "../../../main/host/hosted-till.ts";
import { connectLocalSocket, openLocalSocket } from "../../../main/host/local-socket.ts";
import { systemTimers } from "../../../main/system-timers.ts";
import { askRunningTill } from "../../../main/tool.ts";
import { demoPin } from "../../../platform/demo/goods/demo-shop.ts";
import { noPlatform, rolledBackTill } from "../recovery/rolled-back-till.ts";
import { runTill } from "../run-node.ts";

async function open(folder: string): Promise<HostedTill> {
  const log = pino({ level: "silent" });
  return openHostedTill({ folder, platformUrl: noPlatform, devices: {}, floatMinor: 0, log });
}

/** A till that waits for its ledger, with its local socket as under either host. */
async function openWaiting() {
  const till = rolledBackTill({ kept: 2, lost: 3 });
  const hosted = await open(till.folder);
  const service = hosted.serve(() => null);
  const socket = await openLocalSocket(till.folder, service.attachAs("tool"));
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    service.close();
    await socket.close();
    await hosted.close();
  };
  onTestFinished(close);
  return { ...till, hosted, close };
}

test("a till whose ledger ends too early is served as one that waits, and a manager's PIN makes it a till again", async () => {
  const { folder, hosted, close } = await openWaiting();
  expect(hosted.instead).toBe("recovery");
  expect(hosted.picture("ab".repeat(32))).toBeNull();
  const wire = await connectLocalSocket(folder);
  const { call } = connect({ contract: recoveryContract, wire: wire!, timers: systemTimers, hello: {} });
  await expect(call("recovery.approve", { pin: "0000" })).rejects.toMatchObject({ code: "staff.pin-wrong" });
  // The answer leaves the process before it ends.
  expect(await call("recovery.approve", { pin: demoPin })).toEqual({});
  expect(await hosted.ended).toBe("recovered");
  await close();
  const again = await open(folder);
  onTestFinished(() => again.close());
  expect(again.instead).toBeUndefined();
});

test("a ledger that is put in order from the disk alone needs nobody: the till opens at once", async () => {
  const { folder, whole } = rolledBackTill({ kept: 1, lost: 2 });
  mkdirSync(join(folder, "set-aside"));
  copyFileSync(whole, join(folder, "set-aside", "ledger-1.db"));
  const till = await open(folder);
  onTestFinished(() => till.close());
  expect(till.instead).toBeUndefined();
});

// Scripts of a chain run these every night; a stack trace in the morning helps nobody.
test("a command that meets a till that waits says so in words", async () => {
  const { folder } = await openWaiting();
  await expect(askRunningTill(folder, "ledger.copy", {})).rejects.toMatchObject({ code: "till.recovering" });
  for (const command of ["sync", "verify"]) {
    const { code, out, err } = await runTill(command, folder);
    expect([command, code, out]).toEqual([command, 1, ""]);
    expect(err).toMatch(/^The till on \S+ waits until its ledger is in order/);
  }
}, 60_000);
