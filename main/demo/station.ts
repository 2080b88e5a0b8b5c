import { PrinterSimulator } from "../../devices/simulators/printer-simulator.ts";
import { createScannerSimulator, type ScannerSimulator } from "../../devices/simulators/scanner-simulator.ts";
import type { PaperLine, Station, StationId } from "../contract/counter.ts";
import { qrRows } from "./qr.ts";
import { openRelay, type Relay, type RelayState } from "./relay.ts";

/** Receipts that the page shows; the simulator itself keeps more. */
const shownReceipts = 6;

/** Characters of the last scan that the page shows. */
const shownCharacters = 40;

/** Where a till finds the devices of its station and the platform, as its process is told them. */
export type StationAddresses = { scanner: string; printer: string; platform: string };

/** The devices of one till of the demo shop: scanner, printer and the cable to the platform, all simulated. */
export class CounterStation {
  readonly id: StationId;
  readonly addresses: StationAddresses;
  readonly printer: PrinterSimulator;
  readonly #scanner: ScannerSimulator;
  readonly #relay: Relay;
  readonly #changed: () => void;
  #scans = 0;
  #lastScan: string | undefined;

  constructor(
    id: StationId,
    parts: { scanner: ScannerSimulator; printer: PrinterSimulator; printerAddress: string; relay: Relay },
    changed: () => void,
  ) {
    this.id = id;
    this.printer = parts.printer;
    this.#scanner = parts.scanner;
    this.#relay = parts.relay;
    this.#changed = changed;
    this.addresses = {
      scanner: scannerArgument(parts.scanner.address),
      printer: parts.printerAddress,
      platform: parts.relay.url,
    };
    parts.printer.on("change", changed);
  }

  /** The station as the counter page shows it. `cashMinor` is given where it has a drawer. */
  view(cashMinor: number | undefined): Station {
    const { printer } = this;
    return {
      id: this.id,
      scanner: {
        plugged: this.#scanner.isPlugged,
        scans: this.#scans,
        ...(this.#lastScan === undefined ? {} : { lastScan: this.#lastScan }),
      },
      printer: {
        columns: printer.columns,
        paper: printer.paper,
        cover: printer.cover,
        answering: printer.isAnswering,
      },
      paper: printer.receipts
        .slice(-shownReceipts)
        .map((receipt) => ({ id: receipt.id, lines: receipt.lines.map(paperLine) })),
      ...(cashMinor === undefined ? {} : { drawer: { state: printer.drawer, cashMinor } }),
      network: this.#relay.state(),
    };
  }

  /** Holds a code under the scanner. */
  async scan(text: string, symbology?: string): Promise<void> {
    await this.#scanner.scan(text, symbology === undefined ? {} : { symbology });
    this.#scans += 1;
    const characters = [...text];
    this.#lastScan = characters.length > shownCharacters ? `${characters.slice(0, shownCharacters).join("")}…` : text;
    this.#changed();
  }

  /** Pulls the scanner's plug or puts it in again. */
  async setPlugged(plugged: boolean): Promise<void> {
    if (plugged) await this.#scanner.replug();
    else await this.#scanner.unplug();
    this.#changed();
  }

  /** Sets the cable between the till and the platform. */
  async setNetwork(network: RelayState): Promise<void> {
    await this.#relay.set(network);
    this.#changed();
  }

  /** Switches everything off. */
  async close(): Promise<void> {
    await this.printer.powerOff();
    await this.#scanner.close();
    await this.#relay.close();
  }
}

/** Sets up the devices of one till, with a cable of its own to the platform. */
export async function openStation(id: StationId, platformUrl: string, changed: () => void): Promise<CounterStation> {
  const printer = new PrinterSimulator({ columns: 48 });
  const relay = await openRelay(platformUrl);
  const scanner = await createScannerSimulator({ end: "stx-etx", sendsSymbology: true });
  const { host, port } = await printer.powerOn();
  return new CounterStation(id, { scanner, printer, printerAddress: `${host}:${port}`, relay }, changed);
}

function scannerArgument(address: ScannerSimulator["address"]): string {
  return address.kind === "serial" ? address.path : `tcp:${address.host}:${address.port}`;
}

function paperLine(line: PrinterSimulator["receipts"][number]["lines"][number]): PaperLine {
  return line.kind === "qr" ? { kind: "qr", text: line.text, rows: qrRows(line.text) } : line;
}
