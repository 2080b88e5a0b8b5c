import ReceiptPrinterEncoder from "@point-of-sale/receipt-printer-encoder";
import { Buffer } from "node:buffer";
import { DeviceError } from "../errors.ts";
import type { DrawerPin, ReceiptBlock, ReceiptDocument } from "./document.ts";
import { armAutomaticStatus } from "./escpos-bytes.ts";
import { layOut } from "./layout.ts";
import type { LaidLine } from "./layout.ts";
import type { PrinterProfile } from "./profiles.ts";
import type { TextCell } from "./text-cells.ts";

/** More than a metre of receipt; what is longer is a mistake. */
const longestDocumentBytes = 64 * 1024;
/** Below 1021 the length field of `GS ( k` cannot look like a real-time command (10 04, 10 05). */
const longestQrBytes = 1000;
const mostFeedLines = 20;
const defaultQrSize = 6;

/**
 * The bytes that print a document on this kind of printer, from `ESC @` to the last block.
 * Commands come from @point-of-sale/receipt-printer-encoder; text is written here, because that package knows neither
 * GB18030 nor which characters a code page lacks.
 * @throws DeviceError `printer.document-refused` with `params.reason`; nothing has been sent then.
 */
export function encodeReceipt(document: ReceiptDocument, profile: PrinterProfile): Uint8Array {
  const parts: Uint8Array[] = [initialise(profile)];
  let length = 0;
  for (const block of document) {
    const bytes = encodeBlock(block, profile);
    length += bytes.length;
    if (length > longestDocumentBytes) throw refused("too-long", { limit: longestDocumentBytes });
    parts.push(bytes);
  }
  const bytes = Buffer.concat(parts);
  refuseRealTimeCommands(bytes);
  return bytes;
}

/** The buffered drawer command `ESC p m t1 t2`: 50 ms on, 500 ms off, which suits the drawers in use. */
export function encodeDrawerPulse(pin: DrawerPin): Uint8Array {
  return commands((encoder) => encoder.pulse(pin === 2 ? 0 : 1, 50, 500));
}

/**
 * `FS .` in the package's start sequence leaves Chinese mode, in which models sold in China wake up. `GS a` comes after
 * `ESC @` because that command ends automatic status, and paper that runs out during the receipt must be heard of.
 */
function initialise(profile: PrinterProfile): Uint8Array {
  const start = Buffer.concat([commands((encoder) => encoder.initialize()), armAutomaticStatus]);
  if (profile.textMode.kind === "gb18030") return start;
  // ESC t n
  return Buffer.concat([start, Uint8Array.of(0x1b, 0x74, profile.textMode.number)]);
}

function encodeBlock(block: ReceiptBlock, profile: PrinterProfile): Uint8Array {
  switch (block.kind) {
    case "text":
    case "columns":
    case "row":
      return encodeLines(layOut(block, profile), profile);
    case "rule":
      return encodeLines(layOut({ kind: "text", text: "-".repeat(profile.columns) }, profile), profile);
    case "feed":
      return feed(Math.max(0, Math.min(mostFeedLines, Math.trunc(block.lines))));
    case "qr":
      return encodeQr(block.data, block.size ?? defaultQrSize, profile);
    case "cut":
      return encodeCut(profile);
    case "drawer":
      return encodeDrawerPulse(block.pin);
  }
}

function feed(lines: number): Uint8Array {
  return new Uint8Array(lines).fill(0x0a);
}

function encodeLines(lines: readonly LaidLine[], profile: PrinterProfile): Uint8Array {
  return Buffer.concat(lines.map((line) => encodeLine(line, profile)));
}

function encodeLine(line: LaidLine, profile: PrinterProfile): Uint8Array {
  const bytes = profile.textMode.kind === "gb18030" ? chineseBytes(line.cells) : plainBytes(line.cells);
  return commands((encoder) => {
    if (line.bold) encoder.bold(true);
    if (line.size !== "normal") encoder.size(2, line.size === "double" ? 2 : 1);
    encoder.raw(bytes);
    if (line.size !== "normal") encoder.size(1, 1);
    if (line.bold) encoder.bold(false);
    encoder.newline();
  });
}

function plainBytes(cells: readonly TextCell[]): Uint8Array {
  return Buffer.concat(cells.map((cell) => cell.bytes));
}

/** Each run of two-byte characters between `FS &` (1C 26) and `FS .` (1C 2E). */
function chineseBytes(cells: readonly TextCell[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let isChinese = false;
  for (const cell of cells) {
    const wantsChinese = cell.columns === 2;
    if (wantsChinese !== isChinese) parts.push(Uint8Array.of(0x1c, wantsChinese ? 0x26 : 0x2e));
    isChinese = wantsChinese;
    parts.push(cell.bytes);
  }
  if (isChinese) parts.push(Uint8Array.of(0x1c, 0x2e));
  return Buffer.concat(parts);
}

function encodeQr(data: string, size: number, profile: PrinterProfile): Uint8Array {
  if (data === "") throw refused("qr-empty", {});
  if (!Number.isInteger(size) || size < 1 || size > 8) throw refused("qr-size", { size });
  // The package writes ISO 8859-1; giving it one character a byte makes it write our UTF-8 unchanged.
  const octets = Buffer.from(data, "utf8");
  if (octets.length > longestQrBytes) throw refused("qr-too-long", { limit: longestQrBytes });
  // A code may hold GS (GS1), but DLE begins the commands a printer obeys even inside data; a code cannot be altered.
  if (octets.includes(0x10)) throw refused("qr-control", {});
  if (!profile.printsQr) return encodeLines(layOut({ kind: "text", text: data }, profile), profile);
  const code = commands((encoder) =>
    encoder.align("center").qrcode(octets.toString("latin1"), { model: 2, size, errorlevel: "m" }),
  );
  return code;
}

function encodeCut(profile: PrinterProfile): Uint8Array {
  const { cut } = profile;
  const fed = feed(profile.feedBeforeCut);
  if (cut === "none") return fed;
  // GS V m, without the package's line feed after it, which would begin the next receipt with an empty line.
  return Buffer.concat([fed, Uint8Array.of(0x1d, 0x56, cut === "full" ? 0 : 1)]);
}

/** Runs the package for one piece. It never sees text, so its own wrapping and code pages play no part. */
function commands(write: (encoder: ReceiptPrinterEncoder) => unknown): Uint8Array {
  const encoder = new ReceiptPrinterEncoder({ language: "esc-pos", columns: 48, newline: "\n", feedBeforeCut: 0 });
  write(encoder);
  return encoder.encode();
}

/**
 * The last guard. `DLE EOT`, `DLE ENQ` and `DLE DC4` are obeyed wherever they stand, inside pictures and codes too:
 * they would open the drawer or drop the receipt.
 */
function refuseRealTimeCommands(bytes: Uint8Array): void {
  for (const [index, byte] of bytes.entries()) {
    const next = bytes[index + 1];
    if (byte === 0x10 && (next === 0x04 || next === 0x05 || next === 0x14))
      throw refused("real-time-command", { index });
  }
}

function refused(reason: string, details: Record<string, string | number>): DeviceError {
  return new DeviceError("printer.document-refused", { reason, ...details });
}
