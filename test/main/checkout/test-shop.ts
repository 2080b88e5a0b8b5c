import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished } from "vitest";
import { PrinterSimulator } from "../../../devices/simulators/printer-simulator.ts";
import { createScannerSimulator, type ScannerSimulator } from "../../../devices/simulators/scanner-simulator.ts";
import type { TillContract, MethodInput, MethodName, MethodOutput, Role } from "../../../main/contract/methods.ts";
import type { Snapshot } from "../../../main/contract/snapshot.ts";
import { openRelay, type Relay } from "../../../main/demo/relay.ts";
import { openLedgerCopy } from "../../../main/ledger/read-copy.ts";
import { verifyLedger } from "../../../main/ledger/verify/verify.ts";
import { openTill, type Till, type TillOptions } from "../../../main/till.ts";
import { putChanges } from "../../../platform/changes/change-log.ts";
import type { TestPlatform } from "../../platform/support/test-platform.ts";
import { makeCode } from "../../platform/support/test-till.ts";

/** Longer than anything in a test may take; only a failing test ever waits for it. */
const patienceMs = 15_000;

/** A till of its own with simulated devices, on a cable that can be pulled. All of it is put away with the test. */
export type TestShop = {
  folder: string;
  scanner: ScannerSimulator;
  printer: PrinterSimulator;
  relay: Relay;
  /** What a page asks for; the cashier's page where no role is named. */
  call<M extends MethodName<TillContract>>(
    method: M,
    input: MethodInput<TillContract, M>,
    role?: Role,
  ): Promise<MethodOutput<TillContract, M>>;
  snapshot(): Snapshot;
  /** Resolves with the first snapshot of which the condition holds. */
  until(what: string, condition: (snapshot: Snapshot) => boolean): Promise<Snapshot>;
  /** Scans a good and stays until it is in the basket. */
  scanGood(text: string): Promise<void>;
  /** Opens a second till on the same folder, while the first is open. */
  openSecond(): Promise<Till>;
  /** Opens the till again on the same folder, after it was closed. */
  reopen(): Promise<void>;
  /** Entries of a type, from the journal itself. The till must be closed. */
  closeAndRead(): Promise<{ type: string; body: Record<string, unknown> }[]>;
};

/** A bottle of jasmine tea as it is printed on it, and what it costs. */
export const tea = { code: "6993058001072", itemId: "g-0134", priceMinor: 450 };

/** Opens a shop on a platform that runs. `through` is another way there than the cable, one that loses answers. */
export async function openTestShop(
  platform: TestPlatform,
  changes: { withPrinter?: boolean; through?: string; mode?: "till" | "kiosk" } = {},
): Promise<TestShop> {
  const folder = mkdtempSync(join(tmpdir(), "suanpan-till-"));
  const relay = await openRelay(platform.url);
  const scanner = await createScannerSimulator({ end: "stx-etx", sendsSymbology: true, line: "tcp" });
  const printer = new PrinterSimulator({ columns: 48 });
  const printerAddress = await printer.powerOn();
  const options: TillOptions = {
    folder,
    platformUrl: changes.through ?? relay.url,
    enrolmentCode: (await makeCode(platform)).code,
    mode: changes.mode ?? "till",
    devices: {
      scanner: tcp(scanner),
      ...(changes.withPrinter === false ? {} : { printer: { ...printerAddress, profile: "gb18030-80mm" } }),
    },
    floatMinor: 500_00,
    log: pino({ level: process.env["SUANPAN_LOG"] ?? "silent" }),
  };
  let till: Till | null = null;

  function open(): Till {
    if (till === null) throw new Error("The till is closed");
    return till;
  }

  async function close(): Promise<void> {
    const closing = till;
    till = null;
    await closing?.close();
  }

  onTestFinished(async () => {
    await close();
    await scanner.close();
    await printer.powerOff();
    await relay.close();
    rmSync(folder, { recursive: true, force: true });
  });

  till = await openTill(options);
  const shop: TestShop = {
    folder,
    scanner,
    printer,
    relay,
    call: async (method, input, role = "cashier") => {
      const handler = open().service.handlers[method] as (given: unknown, caller: { role: string }) => unknown;
      return (await handler(input, { role })) as never;
    },
    snapshot: () => open().service.snapshot(),
    until: (what, condition) => untilShown(open(), what, condition),
    async scanGood(text) {
      const before = shop.snapshot();
      const count = before.outcome === undefined ? before.basket.addedCount : 0;
      await scanner.scan(text);
      await shop.until(`the good ${text}`, (now) => now.outcome === undefined && now.basket.addedCount > count);
    },
    openSecond: () => openTill(options),
    async reopen() {
      await close();
      till = await openTill(options);
    },
    async closeAndRead() {
      await close();
      const ledger = openLedgerCopy(join(folder, "ledger.db"));
      try {
        return [...ledger.everyEntry()].map(
          ({ text }) => JSON.parse(text) as { type: string; body: Record<string, unknown> },
        );
      } finally {
        ledger.close();
      }
    },
  };
  const isReady = (now: Snapshot) => now.devices.every(({ state }) => state === "ready") && now.sync.state === "online";
  await shop.until("devices and platform", isReady);
  // A printer that has been asked for its status says by itself from then on what happens to its paper.
  if (changes.withPrinter !== false) await expect.poll(() => printer.receivedBytes).toBeGreaterThan(0);
  return shop;
}

/** Changes goods at the platform, and stays until the till sells by it. */
export async function changeGoods(
  platform: TestPlatform,
  shop: TestShop,
  ...changes: Parameters<typeof putChanges>[1]
): Promise<void> {
  const { catalogCursor } = shop.snapshot();
  await putChanges(platform.database, changes);
  await shop.call("sync.try-now", {}, "manager");
  await shop.until("the changed goods", (now) => now.catalogCursor > catalogCursor);
}

/** What is wrong with a ledger that is put away, null where nothing is. */
export async function brokenPlace(shop: TestShop): Promise<unknown> {
  return (await verifyLedger({ folder: shop.folder })).firstBroken;
}

function tcp({ address }: ScannerSimulator): { kind: "tcp"; host: string; port: number } {
  if (address.kind !== "tcp") throw new Error("The simulated scanner is on no TCP port");
  return address;
}

/** Resolves with the first snapshot of an open till of which the condition holds, the one of now included. */
function untilShown(till: Till, what: string, condition: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => reject(new Error(`Waited in vain for ${what}`))), patienceMs);
    const stop = till.service.watch(look);
    function end(settle: () => void): void {
      clearTimeout(timer);
      stop();
      settle();
    }
    function look(snapshot: Snapshot): void {
      if (condition(snapshot)) end(() => resolve(snapshot));
    }
    look(till.service.snapshot());
  });
}

/** The lines of text on the strip of the simulated printer. */
export function paperText({ printer }: TestShop): string {
  const lines = printer.receipts.flatMap((receipt) => receipt.lines);
  return lines.map((line) => (line.kind === "text" ? line.text : "")).join("\n");
}

/** The code that something is refused with, or null where it is not. */
export async function codeFrom(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return null;
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}
