import { EventEmitter, once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { EscposParser } from "./escpos-parse.ts";
import type { ParsedEvent } from "./escpos-parse.ts";
import { RealTimeScanner } from "./real-time-commands.ts";
import type { RealTimeCommand } from "./real-time-commands.ts";

/** What stands on the paper strip. */
export type PaperLine = Extract<ParsedEvent, { kind: "text" | "feed" | "qr" | "image" | "cut" }>;

/** One receipt on the strip. All but the newest are complete. */
export interface PaperReceipt {
  id: number;
  lines: PaperLine[];
}

/** What a simulated printer is like. */
export interface PrinterSimulatorOptions {
  /** Half-width characters a line: 48 on 80 mm paper, 32 on 58 mm. */
  columns: number;
  /** What `ESC t n` chooses; Epson's numbers by default. */
  codePages?: ReadonlyMap<number, string>;
  /** Proofs and commands this model lacks; it has all by default. */
  lacks?: readonly ("process-id" | "in-order-status" | "automatic-status" | "clear")[];
}

interface PrinterSimulatorEvents {
  /** Something on the paper, in the printer or in the drawer has changed. */
  change: [];
}

const mostReceipts = 50;
const mostLinesInReceipt = 2_000;
/** A real printer's buffer; when it is full the line is not read until there is room. */
const bufferBytes = 64 * 1024;

/**
 * A receipt printer with a drawer that listens on TCP and obeys and answers the real bytes. Its own knobs (paper, cover,
 * power, silence, a line that breaks) are the faults a shop sees. It knows nothing of the till's encoder.
 */
export class PrinterSimulator extends EventEmitter<PrinterSimulatorEvents> {
  readonly #options: PrinterSimulatorOptions;
  readonly #receipts: PaperReceipt[] = [];
  readonly #sockets = new Set<Socket>();
  #parser: EscposParser;
  #scanner = new RealTimeScanner();
  #server: Server | undefined;
  #port = 0;
  #active: Socket | undefined;
  #buffer: number[] = [];
  #automaticMask = 0;
  #nextReceiptId = 1;
  #paper: "ok" | "near-end" | "end" = "ok";
  #cover: "closed" | "open" = "closed";
  #drawer: "closed" | "open" = "closed";
  #isAnswering = true;
  #isReading = true;
  #resetInBytes: number | undefined;
  #paperEndInBytes: number | undefined;
  /** Bytes this printer has received since it was made. */
  receivedBytes = 0;
  /** Pulses that opened the drawer, so that one too many is seen. */
  pulses = 0;

  constructor(options: PrinterSimulatorOptions) {
    super();
    this.#options = options;
    this.#parser = this.#newParser();
  }

  get paper(): "ok" | "near-end" | "end" {
    return this.#paper;
  }

  get cover(): "closed" | "open" {
    return this.#cover;
  }

  get drawer(): "closed" | "open" {
    return this.#drawer;
  }

  get isAnswering(): boolean {
    return this.#isAnswering;
  }

  get columns(): number {
    return this.#options.columns;
  }

  /** The receipts on the strip, the newest last. */
  get receipts(): readonly PaperReceipt[] {
    return this.#receipts;
  }

  /** Switches the printer on. The port stays the same when it is switched off and on again. */
  async powerOn(): Promise<{ host: string; port: number }> {
    if (this.#server === undefined) {
      const server = createServer((socket) => this.#accept(socket));
      server.listen(this.#port, "127.0.0.1");
      await once(server, "listening");
      this.#server = server;
      this.#port = (server.address() as AddressInfo).port;
    }
    return { host: "127.0.0.1", port: this.#port };
  }

  /** Switches it off: everything it held is gone, the paper stays. */
  async powerOff(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    this.#forget();
    this.#automaticMask = 0;
    if (server === undefined) return;
    server.close();
    await once(server, "close");
  }

  setPaper(paper: "ok" | "near-end" | "end"): void {
    this.#paper = paper;
    this.#changed();
    this.#work();
  }

  setCover(cover: "closed" | "open"): void {
    this.#cover = cover;
    this.#changed();
    this.#work();
  }

  /** A printer that does not answer still prints. */
  setAnswering(isAnswering: boolean): void {
    this.#isAnswering = isAnswering;
    this.#changed();
  }

  /** A printer that does not read fills the network's buffers until the till's write times out. */
  setReading(isReading: boolean): void {
    this.#isReading = isReading;
    if (isReading) this.#active?.resume();
    else this.#active?.pause();
  }

  /** Breaks the connection after this many more bytes. */
  resetAfterBytes(count: number): void {
    this.#resetInBytes = count;
  }

  /** Runs out of paper after working through this many more bytes. */
  endPaperAfterBytes(count: number): void {
    this.#paperEndInBytes = count;
  }

  /** Breaks the connection now. */
  reset(): void {
    this.#active?.resetAndDestroy();
  }

  shutDrawer(): void {
    this.#drawer = "closed";
    this.#changed();
  }

  /** Takes the paper away. */
  tearOff(): void {
    this.#receipts.length = 0;
    this.emit("change");
  }

  #newParser(): EscposParser {
    return new EscposParser(this.#options.columns, this.#options.codePages);
  }

  #accept(socket: Socket): void {
    socket.on("error", () => socket.destroy());
    // Receipt printers serve one connection; a second till is turned away.
    if (this.#active !== undefined) {
      socket.destroy();
      return;
    }
    this.#active = socket;
    this.#sockets.add(socket);
    this.#scanner = new RealTimeScanner();
    socket.setNoDelay(true);
    socket.on("data", (bytes: Buffer) => this.#receive(bytes));
    socket.on("close", () => {
      this.#sockets.delete(socket);
      if (this.#active === socket) this.#active = undefined;
      this.emit("change");
    });
    if (!this.#isReading) socket.pause();
    this.emit("change");
  }

  #receive(bytes: Buffer): void {
    let taken = bytes;
    if (this.#resetInBytes !== undefined) {
      taken = bytes.subarray(0, this.#resetInBytes);
      this.#resetInBytes -= taken.length;
    }
    this.receivedBytes += taken.length;
    // A printer keeps to the order of arrival as well as it can: what is real-time is answered before the rest is worked.
    const commands = this.#scanner.push(taken);
    for (const byte of taken) this.#buffer.push(byte);
    for (const command of commands) this.#obey(command);
    this.#work();
    if (this.#buffer.length >= bufferBytes) this.#active?.pause();
    if (this.#resetInBytes === 0) {
      this.#resetInBytes = undefined;
      this.reset();
    }
  }

  #obey(command: RealTimeCommand): void {
    switch (command.kind) {
      case "status":
        this.#answer([this.#realTimeStatus(command.n)]);
        break;
      case "pulse":
        this.#openDrawer();
        break;
      case "recover":
        break;
      case "clear":
        if (this.#lacks("clear")) break;
        this.#forget();
        this.#answer([0x37, 0x25, 0x00]);
        break;
    }
  }

  /** Works through the buffer while the printer is on line. */
  #work(): void {
    let done = 0;
    while (done < this.#buffer.length && this.#isOnline()) {
      const byte = this.#buffer[done] ?? 0;
      done += 1;
      for (const event of this.#parser.push(Uint8Array.of(byte))) this.#perform(event);
      if (this.#paperEndInBytes !== undefined) {
        this.#paperEndInBytes -= 1;
        if (this.#paperEndInBytes <= 0) {
          this.#paperEndInBytes = undefined;
          this.#paper = "end";
          this.#changed();
        }
      }
    }
    this.#buffer = this.#buffer.slice(done);
    if (done > 0 && this.#isReading && this.#buffer.length < bufferBytes) this.#active?.resume();
  }

  #perform(event: ParsedEvent): void {
    switch (event.kind) {
      case "pulse":
        this.#openDrawer();
        break;
      case "initialise":
        // The setting of GS a ends with ESC @ (command reference).
        this.#automaticMask = 0;
        break;
      case "automatic-status":
        if (this.#lacks("automatic-status")) break;
        this.#automaticMask = event.mask;
        this.#sendAutomaticStatus();
        break;
      case "in-order-status":
        if (!this.#lacks("in-order-status")) this.#answer([this.#inOrderStatus(event.n)]);
        break;
      case "process-id":
        if (!this.#lacks("process-id")) this.#answer([0x37, 0x22, ...Buffer.from(event.id, "latin1"), 0x00]);
        break;
      case "unknown":
        break;
      default:
        this.#print(event);
    }
  }

  #print(line: PaperLine): void {
    const newest = this.#receipts.at(-1);
    const isEnded = newest === undefined || newest.lines.at(-1)?.kind === "cut";
    const receipt = isEnded ? { id: this.#nextReceiptId++, lines: [] } : newest;
    if (isEnded) this.#receipts.push(receipt);
    if (this.#receipts.length > mostReceipts) this.#receipts.shift();
    if (receipt.lines.length < mostLinesInReceipt) receipt.lines.push(line);
    this.emit("change");
  }

  #openDrawer(): void {
    this.pulses += 1;
    this.#drawer = "open";
    this.#changed();
  }

  #isOnline(): boolean {
    return this.#paper !== "end" && this.#cover === "closed";
  }

  #forget(): void {
    this.#buffer = [];
    this.#parser = this.#newParser();
    this.#active?.resume();
  }

  #lacks(feature: "process-id" | "in-order-status" | "automatic-status" | "clear"): boolean {
    return this.#options.lacks?.includes(feature) ?? false;
  }

  #realTimeStatus(n: number): number {
    const fixed = 0x12;
    switch (n) {
      case 1:
        return fixed | (this.#drawer === "open" ? 0x04 : 0) | (this.#isOnline() ? 0 : 0x08);
      case 2:
        return fixed | (this.#cover === "open" ? 0x04 : 0) | (this.#paper === "end" ? 0x20 : 0);
      case 4:
        return fixed | (this.#paper === "ok" ? 0 : 0x0c) | (this.#paper === "end" ? 0x60 : 0);
      default:
        return fixed;
    }
  }

  #inOrderStatus(n: number): number {
    if (n === 2) return this.#drawer === "open" ? 0x01 : 0x00;
    return this.#paper === "ok" ? 0x00 : 0x03;
  }

  #changed(): void {
    if (this.#automaticMask !== 0) this.#sendAutomaticStatus();
    this.emit("change");
  }

  #sendAutomaticStatus(): void {
    const first =
      0x10 | (this.#drawer === "open" ? 0x04 : 0) | (this.#isOnline() ? 0 : 0x08) | (this.#cover === "open" ? 0x20 : 0);
    const third = (this.#paper === "ok" ? 0 : 0x03) | (this.#paper === "end" ? 0x0c : 0);
    this.#answer([first, 0x00, third, 0x0f]);
  }

  #answer(bytes: readonly number[]): void {
    if (this.#isAnswering && this.#active?.writable === true) this.#active.write(Uint8Array.from(bytes));
  }
}
