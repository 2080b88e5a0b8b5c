import { randomUUID } from "node:crypto";
import type { PrinterSimulator } from "../../devices/simulators/printer-simulator.ts";
import type { ScannerSimulator } from "../../devices/simulators/scanner-simulator.ts";
import type { Item } from "../../sync/protocol/change.ts";
import type { CounterContract, CounterSnapshot, PaperLine } from "../contract/counter.ts";
import { TillError } from "../contract/errors.ts";
import type { Handlers } from "../contract/methods.ts";
import { qrRows } from "./qr.ts";
import type { Relay } from "./relay.ts";
import type { DemoPhones, DemoShelf, DemoShopper, PayCode } from "./shopper.ts";

/** Receipts that the page shows; the simulator itself keeps more. */
const shownReceipts = 6;

/** What stands on the counter of the demo shop. */
export type CounterParts = {
  scanner: ScannerSimulator;
  printer: PrinterSimulator;
  phones: DemoPhones;
  relay: Relay;
};

/**
 * The simulated counter: a person's hands, as it were. It holds goods and phones under the simulated scanner, tears the
 * paper off, shuts the drawer and pulls the network's plug. It never speaks to the till but through those.
 */
export class Counter {
  readonly #parts: CounterParts;
  readonly #listeners = new Set<(snapshot: CounterSnapshot) => void>();
  readonly #run = randomUUID();
  #tillUrl = "";
  #version = 1;
  #shelf: DemoShelf = { categories: [], goods: [] };
  #shoppers: DemoShopper[] = [];
  #payCode: (PayCode & { rows: string[]; used: boolean }) | null = null;
  #scans = 0;
  #lastScan: string | undefined;

  constructor(parts: CounterParts) {
    this.#parts = parts;
    parts.printer.on("change", () => this.#changed());
  }

  /** Fetches the shelf and the shoppers from the platform. */
  async load(): Promise<void> {
    this.#shelf = await this.#parts.phones.shelf();
    await this.#readBalances();
  }

  /** Where the till's page is, with what lets a person in. */
  setTillUrl(url: string): void {
    this.#tillUrl = url;
    this.#changed();
  }

  /** Calls the listener with every new snapshot until the returned function is called. */
  watch(listener: (snapshot: CounterSnapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Everything on the counter now. */
  snapshot(): CounterSnapshot {
    const { scanner, printer, relay } = this.#parts;
    return {
      run: this.#run,
      version: this.#version,
      currency: this.#shelf.goods[0]?.currency ?? "CNY",
      tillUrl: this.#tillUrl,
      scanner: {
        plugged: scanner.isPlugged,
        scans: this.#scans,
        ...(this.#lastScan === undefined ? {} : { lastScan: this.#lastScan }),
      },
      printer: {
        columns: printer.columns,
        paper: printer.paper,
        cover: printer.cover,
        answering: printer.isAnswering,
      },
      drawer: printer.drawer,
      paper: printer.receipts
        .slice(-shownReceipts)
        .map((receipt) => ({ id: receipt.id, lines: receipt.lines.map(paperLine) })),
      categories: this.#shelf.categories.map(({ id, name }) => ({ id, name })),
      goods: this.#shelf.goods.toSorted(byTouch).flatMap(counterGood),
      shoppers: this.#shoppers,
      ...(this.#payCode === null ? {} : { payCode: this.#payCode }),
      network: relay.state(),
    };
  }

  /** What the counter page may ask. */
  readonly handlers: Handlers<CounterContract> = {
    "scanner.scan-good": async ({ goodId }) => {
      const good = this.#shelf.goods.find((candidate) => candidate.id === goodId);
      const code = good === undefined ? undefined : barcodeOf(good);
      if (code === undefined) throw new TillError("basket.item-unknown", { item: goodId });
      await this.scan(code.text, code.symbology);
      return {};
    },
    "scanner.scan-text": async ({ text }) => {
      await this.scan(text);
      return {};
    },
    "scanner.set-plugged": async ({ plugged }) => {
      if (plugged) await this.#parts.scanner.replug();
      else await this.#parts.scanner.unplug();
      this.#changed();
      return {};
    },
    "shopper.show-code": async ({ shopperId }) => {
      const code = await this.#parts.phones.payCode(shopperId);
      this.#payCode = { ...code, rows: qrRows(code.text), used: false };
      await this.#readBalances();
      this.#changed();
      return {};
    },
    "shopper.scan-code": async () => {
      if (this.#payCode === null) throw new TillError("scan.unreadable", {});
      await this.scan(this.#payCode.text, "]Q1");
      this.#payCode = { ...this.#payCode, used: true };
      this.#changed();
      return {};
    },
    "printer.set": ({ paper, cover, answering }) => {
      if (paper !== undefined) this.#parts.printer.setPaper(paper);
      if (cover !== undefined) this.#parts.printer.setCover(cover);
      if (answering !== undefined) this.#parts.printer.setAnswering(answering);
      return {};
    },
    "printer.tear-off": () => {
      this.#parts.printer.tearOff();
      return {};
    },
    "drawer.close": () => {
      this.#parts.printer.shutDrawer();
      return {};
    },
    "network.set": async ({ network }) => {
      await this.#parts.relay.set(network);
      this.#changed();
      return {};
    },
  };

  /** Holds a code under the scanner. */
  async scan(text: string, symbology?: string): Promise<void> {
    await this.#parts.scanner.scan(text, symbology === undefined ? {} : { symbology });
    this.#scans += 1;
    this.#lastScan = text.length > 40 ? `${text.slice(0, 40)}…` : text;
    this.#changed();
  }

  /**
   * Reads the balances again, as a phone in a hand does. A platform that is away for a moment leaves them as they were.
   * Called every few seconds by whoever runs the counter.
   */
  async refresh(): Promise<void> {
    if (this.#listeners.size > 0) await this.#readBalances().catch(() => undefined);
  }

  async #readBalances(): Promise<void> {
    const shoppers = await this.#parts.phones.shoppers();
    const hasChanged = JSON.stringify(shoppers) !== JSON.stringify(this.#shoppers);
    this.#shoppers = shoppers;
    if (hasChanged) this.#changed();
  }

  #changed(): void {
    this.#version += 1;
    if (this.#listeners.size === 0) return;
    const snapshot = this.snapshot();
    for (const listener of this.#listeners) listener(snapshot);
  }
}

/** What is touched most comes first, and what has to be weighed comes last: a newcomer's first touch makes a sale. */
function byTouch(left: Item, right: Item): number {
  const weighed = Number(left.unit === "kilogram") - Number(right.unit === "kilogram");
  return weighed || (left.popular ?? Number.MAX_SAFE_INTEGER) - (right.popular ?? Number.MAX_SAFE_INTEGER);
}

/** What a scanner would read off this good, or nothing where it bears no code. */
function barcodeOf(good: Item): { text: string; symbology?: string } | undefined {
  if (good.gtin14 === undefined) return good.code === undefined ? undefined : { text: good.code, symbology: "]C0" };
  const digits = good.gtin14.replace(/^0+/, "");
  return digits.length <= 8
    ? { text: digits.padStart(8, "0"), symbology: "]E4" }
    : { text: good.gtin14.slice(1), symbology: "]E0" };
}

function counterGood(item: Item): CounterSnapshot["goods"] {
  const barcode = barcodeOf(item);
  if (barcode === undefined) return [];
  const { id, name, category, priceMinor, unit } = item;
  return [
    {
      id,
      name,
      category,
      priceMinor,
      unit,
      code: barcode.text,
      ...(barcode.symbology === undefined ? {} : { symbology: barcode.symbology }),
      ...(item.picture === undefined ? {} : { picture: item.picture }),
    },
  ];
}

function paperLine(line: PrinterSimulator["receipts"][number]["lines"][number]): PaperLine {
  return line.kind === "qr" ? { kind: "qr", text: line.text, rows: qrRows(line.text) } : line;
}
