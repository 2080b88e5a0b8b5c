import { PrinterSimulator, type PaperReceipt } from "../../../devices/simulators/printer-simulator.ts";
import { parseReceiptCode } from "../../../sync/protocol/receipt-code.ts";

/** What comes out of a printer. */
export type PrinterWatch = {
  pulsed(): void;
  /** A receipt was cut off. */
  cut(receipt: CutReceipt): void;
};

/** A receipt in somebody's hand: the code at its end, what that names, and whether it says that it is a copy. */
export type CutReceipt = { code: string; seq: number; hashStart: string; copy: boolean };

/** A printer with a drawer, watched. The watch changes with each till that it is plugged into. */
export class WatchedPrinter {
  readonly #printer = new PrinterSimulator({ columns: 48 });
  #watch: PrinterWatch = { pulsed: () => {}, cut: () => {} };
  #pulses = 0;
  #cutId = 0;

  /** Switches it on; gives its port. */
  async start(): Promise<number> {
    this.#printer.on("change", () => this.#look());
    const { port } = await this.#printer.powerOn();
    return port;
  }

  /** Tells somebody else from now on. The paper is torn off, and the drawer is shut. */
  watchFor(watch: PrinterWatch): void {
    this.#printer.tearOff();
    this.#printer.shutDrawer();
    this.#watch = watch;
  }

  /** Switches it off. */
  async stop(): Promise<void> {
    await this.#printer.powerOff();
  }

  #look(): void {
    while (this.#pulses < this.#printer.pulses) {
      this.#pulses += 1;
      this.#watch.pulsed();
    }
    for (const receipt of this.#printer.receipts) {
      if (receipt.id <= this.#cutId || receipt.lines.at(-1)?.kind !== "cut") continue;
      this.#cutId = receipt.id;
      const code = codeOf(receipt);
      if (code !== null) this.#watch.cut(code);
    }
  }
}

function codeOf({ lines }: PaperReceipt): CutReceipt | null {
  const qr = lines.findLast((line) => line.kind === "qr");
  const code = qr === undefined ? null : parseReceiptCode(qr.text);
  if (qr === undefined || code === null) return null;
  // What a killed till had begun to print stands above the receipt, on the same piece of paper.
  const copy = lines.some((line) => line.kind === "text" && /\bCOPY \d/.test(line.text));
  return { code: qr.text, seq: code.seq, hashStart: code.hashStart, copy };
}
