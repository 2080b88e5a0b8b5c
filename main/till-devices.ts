import { systemClock } from "../devices/clock.ts";
import type { DeviceReason } from "../devices/errors.ts";
import { EscposPrinter } from "../devices/printer/escpos-printer.ts";
import { shownReason } from "../devices/printer/printer-condition.ts";
import { printerProfile } from "../devices/printer/profiles.ts";
import type { Scan } from "../devices/scanner/scan.ts";
import { SerialScanner } from "../devices/scanner/serial-scanner.ts";
import type { DeviceState } from "../devices/supervisor.ts";
import { serialTransport } from "../devices/transport/serial.ts";
import { tcpTransport } from "../devices/transport/tcp.ts";
import { TillError } from "./contract/errors.ts";
import type { DeviceView } from "./contract/snapshot.ts";
import type { ReceiptPrinter } from "./receipt/print-desk.ts";

/** Where the devices of this till are. Each may be missing: a till without a printer still sells. */
export type DeviceSetup = {
  scanner?: { kind: "serial"; path: string } | { kind: "tcp"; host: string; port: number };
  printer?: { host: string; port: number; profile: string };
};

/** What the devices tell the till. */
export type DeviceEvents = {
  onScan(scan: Scan): void;
  onRubbish(rubbish: { code: "scanner.frame-too-long" | "scanner.half-frame"; length: number }): void;
  changed(): void;
};

/** The devices of this till. */
export type TillDevices = {
  printer: ReceiptPrinter | null;
  /** How each device stands. A printer that said nothing about its last receipt is not called ready. */
  views(printerIsSilent: boolean): DeviceView[];
  start(): void;
  stop(): Promise<void>;
};

/**
 * Sets the devices up without opening them. A scanner ends its codes with ETX, the one setting under which a QR code may
 * hold a line break.
 * @throws TillError `command.invalid` for a printer profile that does not exist.
 */
export function createDevices(setup: DeviceSetup, events: DeviceEvents): TillDevices {
  const scanner = setup.scanner === undefined ? null : createScanner(setup.scanner, events);
  const printer = setup.printer === undefined ? null : createPrinter(setup.printer, events);
  return {
    printer: printer?.receipts ?? null,
    views(printerIsSilent) {
      const views: DeviceView[] = [];
      if (scanner !== null) views.push(deviceView("scanner", scanner.state));
      if (printer !== null) views.push(printerView(printer.device, printerIsSilent));
      return views;
    },
    start() {
      scanner?.start();
      printer?.device.start();
    },
    async stop() {
      await Promise.all([scanner?.stop(), printer?.device.stop()]);
    },
  };
}

function createScanner(setup: NonNullable<DeviceSetup["scanner"]>, events: DeviceEvents): SerialScanner {
  const clock = systemClock;
  const transport =
    setup.kind === "serial"
      ? serialTransport({ path: setup.path, clock })
      : tcpTransport({ host: setup.host, port: setup.port, clock });
  const scanner = new SerialScanner({ transport, framing: { end: "stx-etx" }, clock, random: Math.random });
  scanner.on("scan", (scan) => events.onScan(scan));
  scanner.on("rubbish", (rubbish) => events.onRubbish(rubbish));
  scanner.on("state", () => events.changed());
  return scanner;
}

function createPrinter(
  setup: NonNullable<DeviceSetup["printer"]>,
  events: DeviceEvents,
): { device: EscposPrinter; receipts: ReceiptPrinter } {
  const profile = printerProfile(setup.profile);
  if (profile === undefined) throw new TillError("command.invalid", { detail: `printer profile ${setup.profile}` });
  const clock = systemClock;
  const transport = tcpTransport({ host: setup.host, port: setup.port, clock });
  const device = new EscposPrinter({ transport, profile, clock, random: Math.random, drawerOpenLevel: "high" });
  device.on("state", () => events.changed());
  return {
    device,
    receipts: { profile, print: (job) => device.print(job), openDrawer: (pin) => device.openDrawer(pin) },
  };
}

function deviceView(kind: DeviceView["kind"], state: DeviceState): DeviceView {
  const fault = "reason" in state ? faultOfReason(state.reason) : undefined;
  return { id: kind, kind, state: state.kind, ...(fault === undefined ? {} : { fault }) };
}

/** A printer that is connected can still be without paper: that is what the cashier has to read. */
function printerView(device: EscposPrinter, isSilent: boolean): DeviceView {
  const { device: state, condition } = device.state;
  const view = deviceView("printer", state);
  const silence = isSilent ? { code: "printer.no-answer" as const, params: {} } : undefined;
  const reason = state.kind === "ready" ? (shownReason(condition) ?? silence) : undefined;
  return reason === undefined ? view : { ...view, state: "degraded", fault: faultOfReason(reason) };
}

function faultOfReason(reason: DeviceReason): NonNullable<DeviceView["fault"]> {
  return { code: reason.code, params: reason.params };
}
