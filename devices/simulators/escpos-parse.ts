import { Buffer } from "node:buffer";
import { epsonCodePages, upperHalves } from "./code-pages.ts";
import { fixedLengthCommands } from "./escpos-command-lengths.ts";

/** One line as it stands on the paper, and the other things a printer does in order. */
export type ParsedEvent =
  | {
      kind: "text";
      text: string;
      align: "left" | "center" | "right";
      bold: boolean;
      widthScale: number;
      heightScale: number;
    }
  | { kind: "feed"; lines: number }
  | { kind: "qr"; text: string; size: number }
  | { kind: "image"; widthDots: number; heightDots: number }
  | { kind: "cut" }
  | { kind: "pulse"; pin: 2 | 5; onMs: number; offMs: number }
  | { kind: "initialise" }
  | { kind: "automatic-status"; mask: number }
  | { kind: "in-order-status"; n: number }
  | { kind: "process-id"; id: string }
  /** A command the printer does not know. The bytes are lost, and what follows may print as rubbish. */
  | { kind: "unknown"; hex: string };

interface Style {
  align: "left" | "center" | "right";
  bold: boolean;
  widthScale: number;
  heightScale: number;
  isChinese: boolean;
  codePage: string;
}

const freshStyle: Style = {
  align: "left",
  bold: false,
  widthScale: 1,
  heightScale: 1,
  isChinese: false,
  codePage: "pc437",
};

const dle = 0x10;
const esc = 0x1b;
const fs = 0x1c;
const gs = 0x1d;
const lineFeed = 0x0a;
const chinese = new TextDecoder("gb18030");

/**
 * Reads ESC/POS as a printer does, from the command reference and without a look at the encoder: what it shows is what
 * a customer would hold. It takes bytes in any pieces and keeps an unfinished command until the rest has come.
 */
export class EscposParser {
  readonly #columns: number;
  readonly #codePages: ReadonlyMap<number, string>;
  #style: Style = { ...freshStyle };
  #line = "";
  #lineColumns = 0;
  #lineStyle: Style | undefined;
  #pending: number[] = [];
  #qrSize = 3;
  #qrData = "";

  constructor(columns: number, codePages: ReadonlyMap<number, string> = epsonCodePages) {
    this.#columns = columns;
    this.#codePages = codePages;
  }

  /** What these bytes make the printer do, in order. */
  push(bytes: Uint8Array): ParsedEvent[] {
    const events: ParsedEvent[] = [];
    for (const byte of bytes) {
      this.#pending.push(byte);
      if (this.#step(events)) this.#pending = [];
    }
    return events;
  }

  /** Forgets an unfinished command and an unfinished line, as when the printer clears its buffers. */
  clear(): void {
    this.#pending = [];
    this.#style = { ...freshStyle };
    this.#startLine();
  }

  /** Handles the pending bytes when they are whole; true when they are used up. */
  #step(events: ParsedEvent[]): boolean {
    const [first = 0] = this.#pending;
    if (first === esc || first === fs || first === gs || first === dle) return this.#command(events);
    if (first < 0x20) {
      if (first === lineFeed) this.#endLine(events);
      return true;
    }
    return this.#character(events);
  }

  #character(events: ParsedEvent[]): boolean {
    const [first = 0, second] = this.#pending;
    if (first < 0x80) {
      this.#put(String.fromCharCode(first), 1, events);
      return true;
    }
    if (!this.#style.isChinese) {
      const upper = upperHalves.get(this.#style.codePage);
      this.#put(upper?.[first - 0x80] ?? "\ufffd", 1, events);
      return true;
    }
    if (second === undefined) return false;
    // A digit in second place begins the four-byte form of GB18030.
    const length = second >= 0x30 && second <= 0x39 ? 4 : 2;
    if (this.#pending.length < length) return false;
    this.#put(chinese.decode(Uint8Array.from(this.#pending)), 2, events);
    return true;
  }

  #put(character: string, halfWidths: number, events: ParsedEvent[]): void {
    const columns = halfWidths * this.#style.widthScale;
    // A printer breaks a line that is full wherever it is.
    if (this.#lineColumns + columns > this.#columns) this.#endLine(events);
    if (this.#lineStyle === undefined || (this.#line.trim() === "" && character !== " ")) {
      this.#lineStyle = { ...this.#style };
    }
    this.#line += character;
    this.#lineColumns += columns;
  }

  #endLine(events: ParsedEvent[]): void {
    if (this.#lineStyle === undefined) {
      events.push({ kind: "feed", lines: 1 });
    } else {
      const { align, bold, widthScale, heightScale } = this.#lineStyle;
      events.push({ kind: "text", text: this.#line, align, bold, widthScale, heightScale });
    }
    this.#startLine();
  }

  #startLine(): void {
    this.#line = "";
    this.#lineColumns = 0;
    this.#lineStyle = undefined;
  }

  /** A command that needs an empty line ends the one that is begun. */
  #flushLine(events: ParsedEvent[]): void {
    if (this.#lineStyle !== undefined) this.#endLine(events);
  }

  #command(events: ParsedEvent[]): boolean {
    const bytes = this.#pending;
    if (bytes.length < 2) return false;
    const [first = 0, second = 0] = bytes;
    const length = commandLength(bytes);
    if (length === "more") return false;
    if (length === "unknown") {
      events.push({ kind: "unknown", hex: Buffer.from(bytes).toString("hex") });
      return true;
    }
    if (bytes.length < length) return false;
    if (first === esc) this.#escape(second, bytes, events);
    else if (first === fs) this.#fieldSeparator(second, bytes);
    else if (first === gs) this.#group(second, bytes, events);
    // DLE commands were obeyed when they arrived; here they only take their room.
    return true;
  }

  #escape(command: number, bytes: readonly number[], events: ParsedEvent[]): void {
    const n = bytes[2] ?? 0;
    switch (command) {
      case 0x40:
        this.clear();
        events.push({ kind: "initialise" });
        break;
      case 0x74:
        this.#style.codePage = this.#codePages.get(n) ?? "none";
        break;
      case 0x45:
      case 0x47:
        this.#style.bold = (n & 1) === 1;
        break;
      case 0x21:
        this.#style.bold = (n & 0x08) !== 0;
        this.#style.heightScale = (n & 0x10) === 0 ? 1 : 2;
        this.#style.widthScale = (n & 0x20) === 0 ? 1 : 2;
        break;
      case 0x61:
        this.#style.align = (["left", "center", "right"] as const)[n % 0x30] ?? this.#style.align;
        break;
      case 0x64:
        this.#flushLine(events);
        if (n > 0) events.push({ kind: "feed", lines: n });
        break;
      case 0x69:
      case 0x6d:
        this.#flushLine(events);
        events.push({ kind: "cut" });
        break;
      case 0x70:
        events.push({
          kind: "pulse",
          pin: n % 0x30 === 0 ? 2 : 5,
          onMs: (bytes[3] ?? 0) * 2,
          offMs: (bytes[4] ?? 0) * 2,
        });
        break;
      default:
        // Known by its length, without a trace on this paper (line spacing, underline, fonts).
        break;
    }
  }

  #fieldSeparator(command: number, bytes: readonly number[]): void {
    if (command === 0x26) this.#style.isChinese = true;
    if (command === 0x2e) this.#style.isChinese = false;
    if (command === 0x21) {
      const n = bytes[2] ?? 0;
      this.#style.widthScale = (n & 0x04) === 0 ? 1 : 2;
      this.#style.heightScale = (n & 0x08) === 0 ? 1 : 2;
    }
  }

  #group(command: number, bytes: readonly number[], events: ParsedEvent[]): void {
    const n = bytes[2] ?? 0;
    switch (command) {
      case 0x21:
        this.#style.widthScale = ((n >> 4) & 7) + 1;
        this.#style.heightScale = (n & 7) + 1;
        break;
      case 0x56:
        this.#flushLine(events);
        events.push({ kind: "cut" });
        break;
      case 0x61:
        events.push({ kind: "automatic-status", mask: n });
        break;
      case 0x72:
        events.push({ kind: "in-order-status", n: n % 0x30 });
        break;
      case 0x76: {
        this.#flushLine(events);
        const widthDots = ((bytes[4] ?? 0) + (bytes[5] ?? 0) * 256) * 8;
        events.push({ kind: "image", widthDots, heightDots: (bytes[6] ?? 0) + (bytes[7] ?? 0) * 256 });
        break;
      }
      case 0x28:
        this.#parenthesis(n, bytes, events);
        break;
      default:
        // Known by its length, without a trace on this paper (margins, bar code settings, inversion).
        break;
    }
  }

  /** `GS ( H` with function 48 and `GS ( k` with the QR functions of code system 49. */
  #parenthesis(group: number, bytes: readonly number[], events: ParsedEvent[]): void {
    const data = bytes.slice(5);
    const [system = 0, operation = 0] = data;
    if (group === 0x48 && operation === 0x30) {
      events.push({ kind: "process-id", id: String.fromCharCode(...data.slice(2, 6)) });
    }
    if (group !== 0x6b || system !== 0x31) return;
    if (operation === 0x43) this.#qrSize = data[2] ?? this.#qrSize;
    if (operation === 0x50) this.#qrData = Buffer.from(data.slice(3)).toString("utf8");
    if (operation === 0x51) {
      this.#flushLine(events);
      events.push({ kind: "qr", text: this.#qrData, size: this.#qrSize });
    }
  }
}

/** How long the command at the start of these bytes is, parameters included. */
function commandLength(bytes: readonly number[]): number | "more" | "unknown" {
  const [first = 0, second = 0, third, fourth = 0] = bytes;
  const fixed = fixedLengthCommands.get(first * 256 + second);
  if (fixed !== undefined) return fixed;
  if (third === undefined) return second === 0x28 || first !== esc ? "more" : "unknown";
  if (first === dle) return realTimeLength(second, third);
  if (first !== gs) return "unknown";
  if (second === 0x56) return third >= 65 ? 4 : 3;
  if (second === 0x28) return bytes.length < 5 ? "more" : 5 + fourth + (bytes[4] ?? 0) * 256;
  if (second === 0x76) return rasterLength(bytes);
  if (second === 0x6b) return barCodeLength(bytes, third, fourth);
  return "unknown";
}

function realTimeLength(command: number, n: number): number | "unknown" {
  if (command === 0x04) return n >= 7 ? 4 : 3;
  if (command === 0x05) return 3;
  if (command !== 0x14) return "unknown";
  return n === 8 ? 10 : 5;
}

function rasterLength(bytes: readonly number[]): number | "more" {
  if (bytes.length < 8) return "more";
  const widthBytes = (bytes[4] ?? 0) + (bytes[5] ?? 0) * 256;
  return 8 + widthBytes * ((bytes[6] ?? 0) + (bytes[7] ?? 0) * 256);
}

/** Form A (m below 65) ends with NUL; form B gives its length. */
function barCodeLength(bytes: readonly number[], system: number, count: number): number | "more" {
  if (system >= 65) return bytes.length < 4 ? "more" : 4 + count;
  return bytes.at(-1) === 0 && bytes.length > 3 ? bytes.length : "more";
}
