import type { ReceiptDocument } from "../../devices/printer/document.ts";
import { encodeReceipt } from "../../devices/printer/escpos-encode.ts";
import { EscposPrinter } from "../../devices/printer/escpos-printer.ts";
import type { PrintResult } from "../../devices/printer/print-result.ts";
import { printerProfile } from "../../devices/printer/profiles.ts";
import type { PrinterProfile } from "../../devices/printer/profiles.ts";
import { PrinterSimulator } from "../../devices/simulators/printer-simulator.ts";
import type { PrinterSimulatorOptions } from "../../devices/simulators/printer-simulator.ts";
import { tcpTransport } from "../../devices/transport/tcp.ts";
import { FakeClock, passTimeUntil, passTimeUntilTrue } from "./fake-clock.ts";

const cleanUps: (() => Promise<unknown>)[] = [];

/** Closes every printer and simulator of the test that has ended. */
export async function closeShops(): Promise<void> {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
}

/** Has something closed with the shops. */
export function closeLater(cleanUp: () => Promise<unknown>): void {
  cleanUps.push(cleanUp);
}

function profileNamed(name: string): PrinterProfile {
  const profile = printerProfile(name);
  if (profile === undefined) throw new Error(`No profile ${name}`);
  return profile;
}

/** A printer sold in China. */
export const chinese = profileNamed("gb18030-80mm");
/** A printer that opens the drawer and drops its buffer while off line. */
export const epson = profileNamed("epson-80mm");

interface Shop {
  clock: FakeClock;
  simulator: PrinterSimulator;
  printer: EscposPrinter;
  /** Prints a receipt with this text and passes the time it takes. */
  print(id: string, text?: string): Promise<PrintResult>;
  pass<Value>(work: Promise<Value>): Promise<Value>;
  until(holds: () => boolean, what: string): Promise<void>;
}

/** A simulated printer and the till connected to it over a real socket, with time that the test moves. */
export async function openShop(
  profile: PrinterProfile = chinese,
  simulated: Partial<PrinterSimulatorOptions> = {},
  before: (simulator: PrinterSimulator) => void = () => undefined,
): Promise<Shop> {
  const clock = new FakeClock();
  const simulator = new PrinterSimulator({ columns: profile.columns, ...simulated });
  before(simulator);
  const { host, port } = await simulator.powerOn();
  cleanUps.push(() => simulator.powerOff());
  const printer = addPrinter(clock, port, profile, host);
  const until = (holds: () => boolean, what: string): Promise<void> => passTimeUntilTrue(clock, holds, what);
  await until(() => ["ready", "degraded"].includes(printer.state.device.kind), "the printer is ready");
  if (simulator.isAnswering && !simulated.lacks?.includes("automatic-status")) {
    await until(() => printer.state.condition.paper !== "unknown", "the printer has told its status");
  }
  const pass = <Value>(work: Promise<Value>): Promise<Value> => passTimeUntil(clock, work);
  const print = (id: string, text = `receipt ${id}`): Promise<PrintResult> =>
    pass(printer.print({ id, bytes: encodeReceipt(receiptOf(text), profile) }));
  return { clock, simulator, printer, print, pass, until };
}

/** Another till on the printer at this port. */
export function addPrinter(clock: FakeClock, port: number, profile: PrinterProfile, host = "127.0.0.1"): EscposPrinter {
  const transport = tcpTransport({ host, port, clock });
  const printer = new EscposPrinter({ transport, profile, clock, random: () => 0.5, drawerOpenLevel: "high" });
  cleanUps.push(() => passTimeUntil(clock, printer.stop()));
  printer.start();
  return printer;
}

/** A short receipt with this text. */
export function receiptOf(text: string): ReceiptDocument {
  return [
    { kind: "text", text },
    { kind: "rule" },
    { kind: "columns", left: "Total", right: "12.00" },
    { kind: "cut" },
  ];
}
