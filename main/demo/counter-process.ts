import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pino from "pino";
import { z } from "zod";
import { PrinterSimulator } from "../../devices/simulators/printer-simulator.ts";
import { createScannerSimulator, type ScannerSimulator } from "../../devices/simulators/scanner-simulator.ts";
import { readArguments, readPort, readText } from "../arguments.ts";
import { counterContract } from "../contract/counter.ts";
import { TillError } from "../contract/errors.ts";
import { runAsChild, type ChildSide } from "../host/child-side.ts";
import { openNodeHost } from "../host/node.ts";
import { openService } from "../host/service.ts";
import { openPageTokens } from "../host/tokens.ts";
import { systemTimers } from "../system-timers.ts";
import { createWireLog } from "../wire-log.ts";
import { Counter } from "./counter.ts";
import { openRelay } from "./relay.ts";
import { DemoPhones } from "./shopper.ts";

/**
 * The demo shop's counter in a process of its own: the simulated scanner and printer that speak the real bytes, the cable
 * to the platform that can be pulled, the shoppers' phones, and the page that moves them.
 */
const options = {
  data: { type: "string" },
  platform: { type: "string" },
  port: { type: "string" },
} as const;

/** What the process says once it is ready. */
export type CounterReady = {
  ready: true;
  url: string;
  page: string;
  /** Where the till finds its devices and the platform. */
  scanner: string;
  printer: string;
  platform: string;
};

/** The till is started after the counter, which hears of its page then. */
const tillMessageSchema = z.strictObject({ tillUrl: z.url() });

/** How often the phones look at their balances while somebody looks at them. */
const balanceRefreshMs = 2_000;

const page = "counter";
await runAsChild(run);

async function run(side: ChildSide): Promise<void> {
  const { values } = readArguments(process.argv.slice(2), options);
  const folder = readText(values["data"]);
  const platformUrl = readText(values["platform"]);
  if (folder === undefined || platformUrl === undefined)
    throw new TillError("command.invalid", { detail: "--data --platform" });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const log = pino(
    { level: process.env["SUANPAN_LOG"] ?? "warn", base: null },
    pino.destination({ dest: 2, sync: true }),
  );
  const relay = await openRelay(platformUrl);
  side.onEnd(() => relay.close());
  const scanner = await createScannerSimulator({ end: "stx-etx", sendsSymbology: true });
  side.onEnd(() => scanner.close());
  const printer = new PrinterSimulator({ columns: 48 });
  const printerAddress = await printer.powerOn();
  side.onEnd(() => printer.powerOff());
  const phones = new DemoPhones(platformUrl, Date.now);
  const counter = new Counter({ scanner, printer, phones, relay });
  process.on("message", (message) => {
    const read = tillMessageSchema.safeParse(message);
    if (read.success) counter.setTillUrl(read.data.tillUrl);
  });
  await counter.load();
  const refreshing = setInterval(() => void counter.refresh(), balanceRefreshMs);
  side.onEnd(() => clearInterval(refreshing));
  const tokens = openPageTokens(folder);
  const service = openService({
    contract: counterContract,
    handlers: counter.handlers,
    timers: systemTimers,
    watch: (listener) => counter.watch(listener),
    snapshot: () => counter.snapshot(),
    admit: (hello) => tokens.admit(hello),
    log: createWireLog(log),
  });
  side.onEnd(() => service.close());
  const host = await openNodeHost({
    port: readPort("port", values["port"], 0),
    pages: fileURLToPath(new URL("../../renderer/dist/", import.meta.url)),
    pagesAllowed: [page],
    picture: (hash) => phones.picture(hash),
    attach: service.attach,
    log: (event) => log.warn(event, "counter page host"),
  });
  side.onEnd(() => host.close());
  side.ready({
    url: host.url,
    page: `${host.url}/${page}/#token=${tokens.pageToken(page)}`,
    scanner: scannerArgument(scanner.address),
    printer: `${printerAddress.host}:${printerAddress.port}`,
    platform: relay.url,
  });
}

function scannerArgument(address: ScannerSimulator["address"]): string {
  return address.kind === "serial" ? address.path : `tcp:${address.host}:${address.port}`;
}
