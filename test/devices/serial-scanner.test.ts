import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../devices/clock.ts";
import type { DeviceError } from "../../devices/errors.ts";
import type { Scan, ScanRubbish } from "../../devices/scanner/scan.ts";
import { SerialScanner } from "../../devices/scanner/serial-scanner.ts";
import { hasPseudoTerminals, openPseudoTerminal } from "../../devices/simulators/pseudo-terminal.ts";
import { createScannerSimulator } from "../../devices/simulators/scanner-simulator.ts";
import type { ScannerSimulator, ScannerSimulatorOptions } from "../../devices/simulators/scanner-simulator.ts";
import { serialTransport } from "../../devices/transport/serial.ts";
import { tcpTransport } from "../../devices/transport/tcp.ts";
import type { Transport } from "../../devices/transport/transport.ts";

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

const lines = hasPseudoTerminals() ? (["serial", "tcp"] as const) : (["tcp"] as const);

function transportTo(simulator: ScannerSimulator): Transport {
  const { address } = simulator;
  return address.kind === "serial"
    ? serialTransport({ path: address.path, clock: systemClock })
    : tcpTransport({ host: address.host, port: address.port, clock: systemClock });
}

async function setUp(options: ScannerSimulatorOptions) {
  const simulator = await createScannerSimulator(options);
  cleanUps.push(() => simulator.close());
  const end = options.end === "none" ? ("idle" as const) : options.end;
  const scanner = new SerialScanner({
    transport: transportTo(simulator),
    framing: { end, staleMs: 200 },
    clock: systemClock,
    random: () => 0.1,
  });
  cleanUps.push(() => scanner.stop());
  scanner.start();
  await untilState(scanner, "ready");
  return { simulator, scanner };
}

async function untilState(scanner: SerialScanner, kind: string): Promise<void> {
  while (scanner.state.kind !== kind) await once(scanner, "state");
}

/** The next scans, listened for before the action that causes them. */
async function scansDuring(scanner: SerialScanner, count: number, action: () => Promise<void>): Promise<Scan[]> {
  const scans: Scan[] = [];
  const done = new Promise<void>((resolve) => {
    scanner.on("scan", (scan) => {
      scans.push(scan);
      if (scans.length === count) resolve();
    });
  });
  await action();
  await done;
  return scans;
}

test.each(lines)("a code goes from the simulated scanner through a real port (%s) to a scan", async (line) => {
  const { simulator, scanner } = await setUp({ end: "stx-etx", sendsSymbology: true, line });
  const scans = await scansDuring(scanner, 2, async () => {
    await simulator.scan("4006381333931", { symbology: "]E0" });
    await simulator.scan("\u0000\u0011\u0013\r\n\u001d\u5c71\u6cc9", { symbology: "]Q1" });
  });
  expect(scans[0]).toMatchObject({ text: "4006381333931", symbology: "]E0", source: "serial" });
  expect(scans[1]).toMatchObject({ text: "\u0000\u0011\u0013\r\n\u001d\u5c71\u6cc9", symbology: "]Q1" });
});

test.each(lines)(
  "a scanner that is unplugged and plugged in again (%s) works on without anybody's help",
  async (line) => {
    const { simulator, scanner } = await setUp({ end: "cr", sendsSymbology: false, line });
    for (let round = 1; round <= 3; round += 1) {
      await simulator.unplug();
      while (scanner.state.kind === "ready") await once(scanner, "state");
      expect(["absent", "degraded"]).toContain(scanner.state.kind);
      await simulator.replug();
      await untilState(scanner, "ready");
      const scans = await scansDuring(scanner, 1, () => simulator.scan(`item ${round}`));
      expect(scans[0]?.text).toBe(`item ${round}`);
      scanner.removeAllListeners("scan");
    }
  },
);

test.skipIf(!hasPseudoTerminals())("an unplugged scanner is absent, with words a cashier knows", async () => {
  const { simulator, scanner } = await setUp({ end: "cr", sendsSymbology: false });
  await simulator.unplug();
  await untilState(scanner, "absent");
  expect(scanner.state).toMatchObject({ kind: "absent", reason: { code: "scanner.unplugged" } });
});

test.each(lines)("rubbish and half a code (%s) are reported once each and cost no later scan", async (line) => {
  const { simulator, scanner } = await setUp({ end: "cr", sendsSymbology: false, line });
  const rubbish: ScanRubbish[] = [];
  scanner.on("rubbish", (event) => rubbish.push(event));
  const half = once(scanner, "rubbish");
  await simulator.sendRaw(Buffer.from("400638"));
  await half;
  expect(rubbish).toMatchObject([{ code: "scanner.half-frame", length: 6 }]);
  const scans = await scansDuring(scanner, 1, async () => {
    await simulator.sendRaw(new Uint8Array(10_000).fill(0xfe));
    await simulator.sendRaw(Buffer.from("\r"));
    await simulator.scan("4006381333931");
  });
  expect(scans.map((scan) => scan.text)).toEqual(["4006381333931"]);
  expect(rubbish[1]).toMatchObject({ code: "scanner.frame-too-long", length: 10_000 });
  expect(rubbish).toHaveLength(2);
});

test("a scanner without a suffix is read by its silence", async () => {
  const { simulator, scanner } = await setUp({ end: "none", sendsSymbology: true });
  const scans = await scansDuring(scanner, 1, () => simulator.scan("4006381333931", { symbology: "]E0" }));
  expect(scans[0]?.text).toBe("4006381333931");
});

test.skipIf(!hasPseudoTerminals())(
  "half a code before the cable was pulled does not join the first after it",
  async () => {
    const { simulator, scanner } = await setUp({ end: "cr", sendsSymbology: false });
    await scansDuring(scanner, 1, () => simulator.sendRaw(Buffer.from("4006381333931\r400")));
    scanner.removeAllListeners("scan");
    await simulator.unplug();
    while (scanner.state.kind === "ready") await once(scanner, "state");
    await simulator.replug();
    await untilState(scanner, "ready");
    const scans = await scansDuring(scanner, 1, () => simulator.scan("96385074"));
    expect(scans[0]?.text).toBe("96385074");
  },
);

test.skipIf(!hasPseudoTerminals())(
  "no unplugging is missed, also when the driver misses it, or a dead scanner looks ready",
  async () => {
    for (let round = 0; round < 25; round += 1) {
      const { simulator, scanner } = await setUp({ end: "cr", sendsSymbology: false });
      await simulator.unplug();
      await untilState(scanner, "absent");
      await scanner.stop();
      await simulator.close();
    }
  },
);

test.skipIf(!hasPseudoTerminals())("a port that another program holds is named so, and a missing one too", async () => {
  const terminal = await openPseudoTerminal();
  cleanUps.push(() => terminal.close());
  const listener = { data: () => undefined, closed: () => undefined };
  const never = new AbortController().signal;
  const first = await serialTransport({ path: terminal.path, clock: systemClock }).open(listener, never);
  cleanUps.push(() => first.close());
  const again = serialTransport({ path: terminal.path, clock: systemClock }).open(listener, never);
  await expect(again).rejects.toMatchObject({ code: "device.port-busy" });
  const missing = serialTransport({ path: "/dev/suanpan-no-such-port", clock: systemClock });
  expect(await missing.isPresent()).toBe(false);
  await expect(missing.open(listener, never)).rejects.toMatchObject({ code: "device.port-missing" });
});

test.skipIf(!hasPseudoTerminals())(
  "bytes go both ways through a pseudo terminal unchanged, all 256 of them",
  async () => {
    const terminal = await openPseudoTerminal();
    cleanUps.push(() => terminal.close());
    const all = Uint8Array.from({ length: 256 }, (_value, index) => index);
    const toTill: number[] = [];
    const toDevice: number[] = [];
    const both = new Promise<void>((resolve) => {
      const check = (): void => {
        if (toTill.length >= 256 && toDevice.length >= 256) resolve();
      };
      terminal.onData((bytes) => {
        toDevice.push(...bytes);
        check();
      });
      const listener = {
        data: (bytes: Uint8Array) => {
          toTill.push(...bytes);
          check();
        },
        closed: () => undefined,
      };
      const opening = serialTransport({ path: terminal.path, clock: systemClock }).open(
        listener,
        new AbortController().signal,
      );
      void opening.then(async (connection) => {
        cleanUps.push(() => connection.close());
        await connection.write(all, 1000);
        await terminal.write(all);
      });
    });
    await both;
    expect(toTill).toEqual([...all]);
    expect(toDevice).toEqual([...all]);
  },
);

test.skipIf(!hasPseudoTerminals())(
  "a write after the cable was pulled is refused, or a drawer would open at the next plug",
  async () => {
    const terminal = await openPseudoTerminal();
    const closed = Promise.withResolvers<DeviceError | undefined>();
    const transport = serialTransport({ path: terminal.path, clock: systemClock });
    const listener = { data: () => undefined, closed: closed.resolve };
    const connection = await transport.open(listener, new AbortController().signal);
    await terminal.close();
    expect(await closed.promise).toMatchObject({ code: "device.connection-lost" });
    expect(connection.isOpen).toBe(false);
    await expect(connection.write(Uint8Array.of(1), 1000)).rejects.toMatchObject({ code: "device.closed" });
    await connection.close();
  },
);

test.skipIf(!hasPseudoTerminals())("closing a pseudo terminal leaves no process behind", async () => {
  const terminal = await openPseudoTerminal();
  const number = terminal.path.replace("/dev/pts/", "");
  expect(await readdir("/dev/pts")).toContain(number);
  await terminal.close();
  expect(await childrenNamed("script")).toEqual([]);
});

/** The commands of our own direct children, as Linux keeps them. */
async function childrenNamed(name: string): Promise<string[]> {
  const ids = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
  const found: string[] = [];
  for (const id of ids) {
    const stat = await readFile(`/proc/${id}/stat`, "utf8").catch(() => "");
    const [, command, parent] = /^\d+ \((.*)\) \S+ (\d+)/.exec(stat) ?? [];
    if (command === name && Number(parent) === process.pid) found.push(stat);
  }
  return found;
}
